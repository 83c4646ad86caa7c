"""Holds a student's answers against the reference, and a wrong one against the known mistakes.

Everything here runs in the grader's own process on plain values: `Answer`s that came over the wire,
and what the reference function does with the same inputs.
"""

from __future__ import annotations

import copy
import threading
import warnings
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from grader.checks import (
    Assignment,
    Case,
    Check,
    Misconception,
    Outcome,
    implementation,
    source_of,
)
from grader.judging.difference import difference
from grader.sandbox.inside.wire import Answer, copied
from grader.submission import Verdict

WARNINGS = threading.Lock()
"""To be held where warnings are caught: that changes the whole process, and threads judge a class."""


def judge(
    assignment: Assignment,
    check: Check,
    cases: list[Case],
    answers: list[Answer],
    earlier: Mapping[str, Verdict] | None = None,
) -> Verdict:
    """The verdict on the answers to one check's cases.

    `earlier` holds the verdicts on the functions before this one: where one of those that it usually
    calls is wrong, the student is sent there first.
    """
    with WARNINGS:
        return _verdict(assignment, check, cases, answers, earlier or {})


def _verdict(assignment: Assignment, check: Check, cases, answers, earlier) -> Verdict:
    for answer in answers:
        if absent := _absent(check, answer):
            unanswered, text = absent
            return Verdict(check.function, check.points, 0.0, text, unanswered=unanswered)
    outcome = _outcome(assignment, check, cases, answers)
    verdict = Verdict(
        check.function, check.points, outcome.score, outcome.hint, outcome.misconception
    )
    if outcome.score == 0 and outcome.misconception is None:
        return _follow_on(assignment, check, cases, answers, earlier, verdict)
    return verdict


def _outcome(assignment: Assignment, check: Check, cases, answers) -> Outcome:
    if len(answers) != len(cases):
        return Outcome(0, "Your function's answers did not arrive in full.")
    if check.judge is not None:
        return _judge_property(check, cases, answers)
    expected = reference_answers(assignment, check, cases)
    problem = _first_problem(check, cases, expected, answers)
    if problem is None:
        return Outcome(1)
    for known in check.misconceptions:
        wrong = _wrong_source(known, reference_source(assignment, check))
        if _gives(assignment, check, wrong, cases, answers):
            return Outcome(0, known.hint, known.label)
    return Outcome(0, problem)


def _judge_property(check: Check, cases, answers) -> Outcome:
    for case, answer in zip(cases, answers, strict=True):
        problem = _claim_problem(check, answer, expected_raise=())
        if problem:
            return Outcome(0, f"{_where(check.inputs(case))}{problem}")
    outcome = check.judge(copy.deepcopy(cases), [answer.value for answer in answers])
    share = float(outcome.score)
    if not 0 <= share <= 1:  # also refuses nan
        raise ValueError(f"the check of {check.function} gave the score {outcome.score!r}")
    return replace(outcome, score=share)


# ---------------------------------------------------------------- the reference and the known mistakes


# The same sources are needed for every submission; compiling them takes longer than running them.
_compiled = cache(compile)


@cache
def _wrong_source(known: Misconception, reference: str) -> str:
    return known.code(reference)


def reference_source(assignment: Assignment, check: Check) -> str:
    return source_of(assignment.reference, check.function)


def reference_answers(assignment: Assignment, check: Check, cases: list[Case]) -> list[Answer]:
    """What the reference function does with the cases."""
    return answers_of(assignment, check, reference_source(assignment, check), cases)


def answers_of(
    assignment: Assignment,
    check: Check,
    source: str,
    cases: list[Case],
    helpers: Mapping[str, object] | None = None,
) -> list[Answer]:
    """The same call as in the student's process, with the function that `source` defines.

    `helpers` take the place of other functions of the reference that it calls.
    """
    namespace = _namespace(assignment, check, source, helpers)
    return [_answer(check, namespace, case) for case in cases]


def _gives(
    assignment: Assignment,
    check: Check,
    source: str,
    cases: list[Case],
    answers: list[Answer],
    helpers: Mapping[str, object] | None = None,
) -> bool:
    """Whether the function that `source` defines gives these answers; most don't in the first case."""
    namespace, same = _namespace(assignment, check, source, helpers), _same(check)
    return all(
        same(_answer(check, namespace, case), given)
        for case, given in zip(cases, answers, strict=True)
    )


def _namespace(assignment: Assignment, check: Check, source: str, helpers) -> dict[str, object]:
    namespace = dict(vars(assignment.reference)) | dict(helpers or {})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(_compiled(source, f"<{check.function}>", "exec"), namespace)
    return namespace


def _answer(check: Check, namespace: dict, case: Case) -> Answer:
    sent = check.inputs(case)
    inputs = copied(sent)
    scope = dict(namespace)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            exec(_compiled(check.setup, "<setup of the check>", "exec"), scope)
            scope |= inputs
            value = eval(_compiled(check.expression(case), "<call of the check>", "eval"), scope)
            raised = ()
        except Exception as error:
            value = None
            raised = tuple(kind.__name__ for kind in type(error).__mro__)
    changed = tuple(n for n in sent if difference(sent[n], inputs[n], rtol=0, atol=0) is not None)
    return Answer(
        value=value,
        raised=raised,
        changed=changed,
        warnings=tuple(f"{w.category.__name__}: {w.message}" for w in caught),
    )


def _same(check: Check):
    """Whether a known mistake and the student did the same: value or exception, and side effects."""

    def same(wrong: Answer, given: Answer) -> bool:
        if bool(wrong.raised) != bool(given.raised) or set(wrong.changed) != set(given.changed):
            return False
        if check.silent and bool(wrong.warnings) != bool(given.warnings):
            return False
        if wrong.raised:
            return wrong.raised[0] == given.raised[0]
        return difference(wrong.value, given.value, check.rtol, check.atol) is None

    return same


def _follow_on(assignment, check, cases, answers, earlier, verdict: Verdict) -> Verdict:
    """Sends the student to the function that this one builds on, where that one is wrong."""
    for name in check.needs:
        cause = earlier.get(name)
        if cause is None or cause.share == 1:
            continue
        comparable = check.judge is None and cause.misconception
        if comparable and _explains(assignment, check, cases, answers, cause):
            hint = f"This follows from your `{name}`, nothing else: mend that and this is right."
        else:
            hint = (
                f"Your `{name}` is not right yet, and this function usually calls it: mend that first,"
                f" then look here again. {verdict.hint}"
            )
        return replace(verdict, hint=hint, follows=name)
    return verdict


def _explains(assignment: Assignment, check: Check, cases, answers, cause: Verdict) -> bool:
    """Whether the reference, calling the known mistake of another function, gives these answers."""
    other = assignment[cause.function]
    known = next((m for m in other.misconceptions if m.label == cause.misconception), None)
    if known is None:
        return False
    code = _wrong_source(known, reference_source(assignment, other))
    helper = implementation(assignment.reference, cause.function, code)
    source = reference_source(assignment, check)
    return _gives(assignment, check, source, cases, answers, {cause.function: helper})


# ---------------------------------------------------------------- what differs


def _first_problem(check: Check, cases, expected, answers) -> str | None:
    for case, wanted, given in zip(cases, expected, answers, strict=True):
        problem = _claim_problem(check, given, wanted.raised)
        if problem is None and not wanted.raised:
            problem = difference(wanted.value, given.value, check.rtol, check.atol)
        if problem is not None:
            return f"{_where(check.inputs(case))}{problem}"
    return None


def _claim_problem(check: Check, given: Answer, expected_raise: tuple[str, ...]) -> str | None:
    """What is wrong with an answer before its value is looked at."""
    if expected_raise:
        kind = expected_raise[0]
        if not given.raised:
            return (
                f"a {kind} should be raised for these inputs, but your function returned a value."
            )
        if kind not in given.raised:
            return f"a {kind} should be raised for these inputs; yours raised {_raised(given)}"
        return None
    if given.raised:
        return f"your function raised {_raised(given)}"
    if given.changed:
        names = ", ".join(f"`{name}`" for name in given.changed)
        return f"your function changes its argument {names}. Work on a copy: the caller still needs it."
    if check.silent and given.warnings:
        return f"the result came with a warning, and none is allowed here: {given.warnings[0]}"
    return None


def _absent(check: Check, given: Answer) -> tuple[str, str] | None:
    """Why there is no function to judge, for programs and for people."""
    if given.raised[:1] == ("NotImplementedError",):
        return "unwritten", f"`{check.function}` has not been written yet."
    if given.raised[:1] == ("NameError",) and f"'{check.function}'" in given.message:
        return "undefined", (
            f"The notebook defines no `{check.function}`. Was its cell renamed or deleted, or did it"
            " stop with an error?"
        )
    return None


def _raised(given: Answer) -> str:
    return f"{given.raised[0]}: {given.message}" if given.message else f"{given.raised[0]}."


def _where(case: Case) -> str:
    """Which inputs these were, by size and not by value."""
    inputs = ", ".join(f"{name} {_size(value)}" for name, value in case.items())
    return f"For {inputs}: " if inputs else ""


def _size(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f"of shape {value.shape}"
    if isinstance(value, dict):
        return f"with {len(value)} keys" if len(value) != 1 else "with 1 key"
    if isinstance(value, list | tuple):
        return f"with {len(value)} items" if len(value) != 1 else "with 1 item"
    if isinstance(value, str) and len(value) > 30:
        return f"of {len(value)} characters"
    return f"= {value!r}"
