"""Hints don't leak: no value of the reference's results, no line of its code, no difference's size."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from grader import assignments
from grader.authoring.mutants import mutants
from grader.authoring.proof import time_limit
from grader.checks import without_docstring
from grader.judging.judge import judge, reference_answers, reference_source
from grader.judging.words import where
from tests.bench.diagnosis import Written, corpus, tell
from tests.exercises.harness import marks_of, verdict

ROOT = Path(__file__).parents[2]
LONGEST = 700
"""Characters of a hint: two known mistakes with two sentences each."""


def checks():
    for name in assignments.names():
        assignment = assignments.load(name)
        for check in assignment.checks:
            if check.judge is None:
                marks = marks_of(assignment, check)
                yield pytest.param(assignment, check, id=f"{name}-{check.function}", marks=marks)


every_check = pytest.mark.parametrize(("assignment", "check"), list(checks()))


def numbers_in(value) -> set[float]:
    if isinstance(value, dict):
        parts = [*value.values(), *value]
        return set().union(*map(numbers_in, parts), {len(value)})
    if isinstance(value, list | tuple):
        return set().union(*map(numbers_in, value), {len(value)})
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiu":
        return {*map(float, value.ravel().tolist()), *map(float, value.shape)}
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {float(value)}
    return set()


def texts_in(value) -> set[str]:
    if isinstance(value, dict):
        return set().union(*map(texts_in, [*value.values(), *value]))
    if isinstance(value, list | tuple):
        return set().union(*map(texts_in, value))
    return {value} if isinstance(value, str) else set()


def keys_of(answers) -> list[str]:
    """The names of the entries of results."""
    return [str(key) for a in answers if isinstance(a.value, dict) for key in a.value]


def leaks(assignment, check, hint: str, seed: int = 0) -> list[str]:
    """What of the reference stands in a hint."""
    cases = check.draw(np.random.default_rng(seed))
    answers = reference_answers(assignment, check, cases)
    values = set().union(*(numbers_in(a.value) for a in answers))
    given = set().union(*(numbers_in(case) for case in cases))
    shapes = set().union(*(map(float, np.shape(a.value) if isinstance(a.value, np.ndarray) else ())
                           for a in answers))  # fmt: skip
    for case in cases:  # which inputs these were
        hint = hint.replace(where(check.inputs(case)), "")
    found = []
    for text in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?", hint):
        digits = len(re.sub(r"\D", "", text))
        for value in values - given - shapes:
            if not value or (abs(value) < 20 and float(value).is_integer()):
                continue  # a small whole number is a place or a count
            if (digits >= 3 or "." in text) and float(f"{value:.{digits}g}") == float(text):
                found.append(f"{text} is {value}")
    known = (
        check.call
        + check.setup
        + " ".join(keys_of(answers))  # the specification names them
        + " ".join(texts_in(cases))
        + str(getattr(assignment.reference, check.function).__doc__)
    )
    known += " ".join(k.hint for k in check.misconceptions)
    for text in set().union(*(texts_in(a.value) for a in answers)):
        if len(text) >= 8 and text in hint and text not in known:
            found.append(text)
    source = without_docstring(reference_source(assignment, check))
    for line in source.splitlines()[1:]:
        if len(line.strip()) >= 12 and line.strip() in hint:
            found.append(line.strip())
    return found


@every_check
def test_hints_about_known_mistakes_tell_nothing(assignment, check):
    source = reference_source(assignment, check)
    for known in check.misconceptions:
        hint = verdict(assignment, check, known.code(source)).hint
        assert not leaks(assignment, check, hint), hint


@pytest.mark.slow
@every_check
def test_hints_about_small_changes_tell_nothing(assignment, check, caplog):
    for _, source in mutants(reference_source(assignment, check)):
        try:
            with time_limit(20), np.errstate(all="ignore"):
                found = verdict(assignment, check, source)
        except Exception:  # it breaks where it is defined, or never ends
            continue
        assert not leaks(assignment, check, found.hint), found.hint
        assert len(found.hint) <= LONGEST
    assert not caplog.records, "the diagnosis failed"


def wrong_answers():
    loaded = {name: assignments.load(name) for name in assignments.names()}
    for written in corpus():
        assignment = loaded[written.assignment]
        slow = "while" in written.source or assignment[written.function].judge is not None
        if written.right or slow:
            continue
        marks = [pytest.mark.tensorflow] if assignment.profile == "keras" else []
        if written.assignment != "context":
            marks.append(pytest.mark.slow)
        yield pytest.param(written, id=f"{written.corpus}-{written.name}", marks=marks)


@pytest.mark.slow
@pytest.mark.parametrize("written", list(wrong_answers()))
def test_hints_about_answers_of_people_tell_nothing(written: Written, caplog):
    told = tell(written)
    assert not caplog.records, "the diagnosis failed"
    assert told.verdict.share < 1, "it gets full marks"
    assignment = assignments.load(written.assignment)
    source = without_docstring(reference_source(assignment, assignment[written.function]))
    hint = without_own_code(told.verdict.hint, written.source)
    assert not [n for n in leaks(assignment, assignment[written.function], hint)
                if n not in written.source]  # fmt: skip
    assert source not in hint
    assert len(told.verdict.hint) <= LONGEST


def without_own_code(hint: str, source: str) -> str:
    """The hint without what it shows of the student's own code; names by themselves show nothing."""
    own = " ".join(source.split())
    shown = {text for text in re.findall("`([^`]+)`", hint) if text.removesuffix("...") in own}
    shown = {text for text in shown if not text.isidentifier()}
    for text in shown:
        hint = hint.replace(f"`{text}`", "")
    return hint


def moved(value, size, rng):
    """The value with every number in it moved, each by an amount of its own."""
    if isinstance(value, dict):
        return {key: moved(part, size, rng) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(moved(part, size, rng) for part in value)
    if isinstance(value, bool | str) or value is None:
        return value
    array = np.asarray(value)
    away = size * (1 + rng.integers(1, 1000, array.shape))  # the same pattern in every size
    return (array + away)[()]


@pytest.mark.slow
@every_check
def test_the_size_of_a_difference_is_not_told(assignment, check):
    """Handing in again and again must not be a way to a hidden value."""
    cases = check.draw(np.random.default_rng(7))
    right = reference_answers(assignment, check, cases)
    hints = set()
    for size in (3, 61, 880):
        rng = np.random.default_rng(1)
        answers = [replace(each, value=moved(each.value, size, rng)) for each in right]
        hints.add(judge(assignment, check, cases, answers).hint)
    assert len(hints) == 1


def last_hints():
    """The last hint of each function of each sheet."""
    for name in assignments.names():
        sheet = (ROOT / "exercises" / name / f"{name}.md").read_text(encoding="utf-8")
        parts = re.split(rf"^from solutions\.{name} import (\w+)$", sheet, flags=re.MULTILINE)
        for function, part in zip(parts[1::2], parts[2::2], strict=True):
            if not inspect.isfunction(getattr(assignments.load(name).reference, function)):
                continue
            hint = re.search(r"<summary>Hint 3.*?</summary>(.*?)</details>", part, re.DOTALL)
            yield pytest.param(name, function, hint[1] if hint else "", id=f"{name}-{function}")


@pytest.mark.parametrize(("name", "function", "hint"), list(last_hints()))
def test_the_last_hint_of_a_sheet_stops_short_of_the_answer(name, function, hint):
    """It may name a tool and ask a question. It shows no call as the answer has it."""
    assert hint
    reference = getattr(assignments.load(name).reference, function)
    source = without_docstring(inspect.getsource(reference))
    answer = re.sub(r"\s", "", source)
    shown = [re.sub(r"\s", "", code) for code in re.findall("`([^`]+)`", hint)]
    assert not [code for code in shown if len(code) >= 25 and code in answer]
    assert sum(map(len, shown)) < len(answer) / 2


def test_a_guess_at_a_number_is_not_told_how_far_it_is():
    assignment = assignments.load("unrolling")
    check = assignment["count_parameters"]
    hints = {
        verdict(assignment, check, f"def count_parameters(D, H, K):\n    return {guess}").hint
        for guess in (-5, 12, 900, 5000, 123456)
    }
    assert len(hints) == 1
