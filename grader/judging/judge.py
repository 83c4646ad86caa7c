"""Holds a student's answers against the reference; a wrong one goes to the diagnosis.

Everything here runs in the grader's own process on plain values: `Answer`s that came over the wire,
and what the reference function does with the same inputs.
"""

from __future__ import annotations

import copy
import logging
import threading
from collections.abc import Mapping
from dataclasses import replace

from grader.checks import Assignment, Case, Check, Outcome
from grader.judging import errors
from grader.judging.diagnosis import diagnose
from grader.judging.difference import difference
from grader.judging.evidence import LONG, Context, Evidence, Finding
from grader.judging.reference import (
    answers_of,
    lines_of,
    reference_answers,
    reference_source,
)
from grader.judging.words import where
from grader.sandbox.inside.wire import Answer
from grader.submission import Verdict

__all__ = ["Context", "answers_of", "is_right", "judge", "reference_answers", "reference_source"]

log = logging.getLogger(__name__)

WARNINGS = threading.RLock()
"""To be held where warnings are caught: that changes the whole process, and threads judge a class.

Taken twice by one thread where a function is asked once more while it is judged, and calls a stand-in.
"""


def judge(
    assignment: Assignment,
    check: Check,
    cases: list[Case],
    answers: list[Answer],
    earlier: Mapping[str, Verdict] | None = None,
    context: Context | None = None,
) -> Verdict:
    """The verdict on the answers to one check's cases.

    Parameters
    ----------
    assignment : Assignment
        With its reference.
    check : Check
        That is judged.
    cases : list of Case
        What was asked, with what was withheld.
    answers : list of Answer
        What came back; a claim of the student's process.
    earlier : mapping of str to Verdict, optional
        The verdicts on the functions before this one: where one of those that it usually
        calls is wrong, the student is sent there first.
    context : Context, optional
        The cell of the answer, and a way to ask its function once more; without it, less can
        be said about a wrong answer.

    Returns
    -------
    Verdict
        Share of the points, and why it is not all.
    """
    with WARNINGS:
        return _verdict(assignment, check, cases, answers, earlier or {}, context or Context())


def is_right(
    assignment: Assignment, check: Check, cases: list[Case], answers: list[Answer]
) -> bool:
    """Whether the answers are those of the reference; for checks without a property of their own.

    Parameters
    ----------
    assignment : Assignment
        With its reference.
    check : Check
        That is judged.
    cases : list of Case
        What was asked.
    answers : list of Answer
        What came back.

    Returns
    -------
    bool
        True where all agree by value and nothing else happened.
    """
    if len(answers) != len(cases):
        return False
    with WARNINGS:
        expected = reference_answers(assignment, check, cases)
        return _first_problem(check, cases, expected, answers) is None


def _verdict(
    assignment: Assignment,
    check: Check,
    cases: list[Case],
    answers: list[Answer],
    earlier: Mapping[str, Verdict],
    context: Context,
) -> Verdict:
    verdict = Verdict(check.function, check.points, 0.0)
    for given in answers:
        if absent := errors.unanswered(check, given, context):
            return _with(replace(verdict, unanswered=absent[0]), absent[1])
    if len(answers) != len(cases):
        return replace(verdict, hint="Your function's answers did not arrive in full.")
    if check.judge is not None:
        return _property(assignment, check, cases, answers, earlier, context)
    expected = reference_answers(assignment, check, cases)
    problem = _first_problem(check, cases, expected, answers)
    if problem is None:
        return replace(verdict, share=1.0)

    def lines(number: int) -> int:
        return lines_of(assignment, check, cases[number], LONG)

    found = _diagnosis(Evidence(assignment, check, cases, expected, answers, context, lines))
    verdict = _with(verdict, found or Finding("", "", problem))
    if found is None or found.kind not in ("known", "error"):
        return _follow_on(check, earlier, verdict)
    return verdict


def _diagnosis(evidence: Evidence) -> Finding | None:
    try:
        return diagnose(evidence)
    except Exception:  # an answer can be anything; the grade stands without a reason
        log.exception("no diagnosis of an answer to %s", evidence.check.function)
        return None


def _with(verdict: Verdict, found: Finding) -> Verdict:
    return replace(verdict, hint=found.hint, misconception=found.label or None, kind=found.kind)


def _property(
    assignment: Assignment,
    check: Check,
    cases: list[Case],
    answers: list[Answer],
    earlier: Mapping[str, Verdict],
    context: Context,
) -> Verdict:
    """The verdict of a check that judges by a property of its own."""
    verdict = Verdict(check.function, check.points, 0.0)
    due = [Answer(value=()) for _ in cases]  # whatever it is, it is a value
    evidence = Evidence(assignment, check, cases, due, answers, context)
    found = (
        errors.raised(evidence)
        or errors.nothing_returned(evidence)
        or errors.changed_arguments(evidence)
        or errors.warned(evidence)
    )
    if found is not None:
        return _with(verdict, found)
    outcome = _outcome(check, cases, answers)
    label, kind = outcome.misconception, "known"
    if label is None:
        named = f"relation:{outcome.lacks or 'property'}"
        label, kind = (named, "relation") if outcome.hint else (None, "")
    verdict = replace(
        verdict, share=outcome.score, hint=outcome.hint, misconception=label, kind=kind
    )
    if outcome.score == 1:
        return replace(verdict, misconception=None, kind="")
    if outcome.score == 0 and outcome.misconception is None:
        return _follow_on(check, earlier, verdict)
    return verdict


def _outcome(check: Check, cases: list[Case], answers: list[Answer]) -> Outcome:
    assert check.judge is not None
    outcome = check.judge(copy.deepcopy(cases), [given.value for given in answers])
    share = float(outcome.score)
    if not 0 <= share <= 1:  # also refuses nan
        raise ValueError(f"the check of {check.function} gave the score {outcome.score!r}")
    return replace(outcome, score=share)


# ---------------------------------------------------------------- what follows from another function


def _follow_on(check: Check, earlier: Mapping[str, Verdict], verdict: Verdict) -> Verdict:
    """Sends the student to the wrong function that this one builds on, where none could stand in."""
    for name in check.needs:
        cause = earlier.get(name)
        if cause is None or cause.share == 1:
            continue
        hint = (
            f"Your `{name}` is not right yet, and this function usually calls it: mend that first,"
            f" then look here again. {verdict.hint}"
        )
        return replace(verdict, hint=hint, follows=name)
    return verdict


# ---------------------------------------------------------------- what differs


def _first_problem(
    check: Check, cases: list[Case], expected: list[Answer], answers: list[Answer]
) -> str | None:
    for case, wanted, given in zip(cases, expected, answers, strict=True):
        problem = _problem(check, wanted, given)
        if problem is not None:
            return f"{where(check.inputs(case))}{problem}"
    return None


def _problem(check: Check, wanted: Answer, given: Answer) -> str | None:
    """What is wrong with one answer, seen by itself."""
    if wanted.raised:
        right = bool(given.raised) and wanted.raised[0] in given.raised
        return None if right else "the outcome is another one."
    if given.raised:
        return f"your function raised {errors.text_of(given)}"
    if given.changed:
        return "an argument was changed."
    if check.silent and given.warnings:
        return "a warning came with the result."
    return difference(
        wanted.value, given.value, check.rtol, check.atol, "the result", check.promises
    )
