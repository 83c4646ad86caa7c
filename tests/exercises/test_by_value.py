"""By value: what a specification promises is demanded, and nothing else.

The reference's results in every form that is the same by value, over the wire, get full marks; a form
that breaks a promise of the specification gets nothing and is told so.

It holds for functions with one right answer, and for those that are judged by a property. Only what gives
a network is left out: a network has one form, and the judge sees what a fresh process reads in it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import jupytext
import numpy as np
import pytest

from grader import assignments
from grader.judging.judge import judge, reference_answers
from grader.sandbox.inside.wire import dump, load
from tests.exercises.harness import marks_of

ROOT = Path(__file__).parents[2]
OPEN_TASK = r"^## \d+\. Open task:.*$[\s\S]*?^from solutions\.\w+ import (\w+)$"

PROMISED = {
    "bag_of_words": {"int"},
    "count_parameters": {"int"},
    "generate": {"int"},
    "generalization_gap": {"array"},
    "lstm_parameter_count": {"int"},
    "kfold_indices": {"int", "array"},
    "smallest_within": {"int"},
    "expand_grid": {"int"},
    "retweet_groups": {"int"},
    "encode": {"int"},
    "confusion": {"int"},
}
"""What the contract and the docstrings promise of types. All other functions promise none."""

BY_PROPERTY = {"random_search": {"int"}}
"""The same of functions that are judged by a property: a value from a list keeps its type."""


def leaves(change, value):
    """The value with every number and every array in it changed."""
    if isinstance(value, dict):
        return {key: leaves(change, part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(leaves(change, part) for part in value)
    return change(value)


def sequences(kind, value):
    if isinstance(value, dict):
        return {key: sequences(kind, part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return kind(sequences(kind, part) for part in value)
    return value


def is_number(value):
    return isinstance(value, int | float | np.number) and not isinstance(value, bool)


def of_arrays(change):
    return lambda value: change(value) if isinstance(value, np.ndarray) else value


def of_floats(change):
    def changed(value):
        floats = isinstance(value, np.ndarray) and value.dtype.kind == "f"
        return change(value) if floats else value

    return changed


def floats(value):
    if isinstance(value, np.ndarray):
        return value.astype(float) if value.dtype.kind in "iu" else value
    return float(value) if is_number(value) else value


def whole_numbers(value):
    """Ints where the floats are whole."""
    if isinstance(value, np.ndarray):
        whole = value.dtype.kind == "f" and (np.isfinite(value) & (value == np.round(value))).all()
        return value.astype(int) if whole else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def narrow(value):
    """The narrowest ints that hold the values."""
    if isinstance(value, np.ndarray) and value.dtype.kind in "iu" and value.size:
        return value.astype(np.min_scalar_type(int(value.max())) if value.min() >= 0 else np.int16)
    return value


def as_list(value):
    return value.tolist() if isinstance(value, np.ndarray) else value


def as_tuples(value):
    def tuples(part):
        return tuple(map(tuples, part)) if isinstance(part, list) else part

    return tuples(as_list(value))


def numbers_as_array(value):
    """A list of numbers, or of such lists, as an array."""
    if isinstance(value, dict):
        return {key: numbers_as_array(part) for key, part in value.items()}
    if isinstance(value, list | tuple) and value and all(map(is_number, value)):
        return np.array(value)
    if isinstance(value, list | tuple):
        return type(value)(numbers_as_array(part) for part in value)
    return value


def through_a_stride(array):
    return np.repeat(array, 2, axis=-1)[..., ::2] if array.ndim else array


def read_only(array):
    array = array.copy()
    array.flags.writeable = False
    return array


FORMS = {
    "floats for whole numbers": lambda v: leaves(floats, v),
    "whole numbers for floats": lambda v: leaves(whole_numbers, v),
    "NumPy scalars": lambda v: leaves(lambda x: np.asarray(x)[()] if is_number(x) else x, v),
    "long double scalars": lambda v: leaves(
        lambda x: np.longdouble(x) if isinstance(x, float) else x, v
    ),
    "arrays without axes": lambda v: leaves(lambda x: np.array(x) if is_number(x) else x, v),
    "narrow ints": lambda v: leaves(narrow, v),
    "long double": lambda v: leaves(of_floats(lambda a: a.astype(np.longdouble)), v),
    "Fortran order": lambda v: leaves(of_arrays(np.asfortranarray), v),
    "negative strides": lambda v: leaves(
        of_arrays(lambda a: a[::-1].copy()[::-1] if a.ndim else a), v
    ),
    "strides": lambda v: leaves(of_arrays(through_a_stride), v),
    "read-only": lambda v: leaves(of_arrays(read_only), v),
    "big-endian": lambda v: leaves(of_floats(lambda a: a.astype(">f8")), v),
    "object arrays": lambda v: leaves(of_arrays(lambda a: a.astype(object)), v),
    "lists for arrays": lambda v: leaves(as_list, v),
    "tuples for arrays": lambda v: leaves(as_tuples, v),
    "lists for tuples": lambda v: sequences(list, v),
    "tuples for lists": lambda v: sequences(tuple, v),
    "arrays for lists of numbers": numbers_as_array,
}
BREAKS = {
    "floats for whole numbers": "int",
    "lists for arrays": "array",
    "tuples for arrays": "array",
}


def checks():
    for name in assignments.names():
        assignment = assignments.load(name)
        for check in assignment.checks:
            if not check.apart:
                marks = marks_of(assignment, check) if check.judge else ()
                yield pytest.param(assignment, check, id=f"{name}-{check.function}", marks=marks)


every_check = pytest.mark.parametrize(("assignment", "check"), list(checks()))


@cache
def asked(name, function):
    """The cases of a check and what the reference gives, which can take its time."""
    assignment = assignments.load(name)
    check = assignment[function]
    cases = check.draw(np.random.default_rng(5))
    return cases, reference_answers(assignment, check, cases)


@every_check
def test_the_promises_are_those_of_the_specification(assignment, check):
    assert set(check.promises) == PROMISED.get(check.function, set())


@every_check
@pytest.mark.parametrize("form", FORMS)
def test_every_form_that_is_the_same_by_value_is_right(assignment, check, form):
    cases, answers = asked(assignment.name, check.function)
    changed = [
        replace(each, value=load(dump(FORMS[form](each.value), lenient=True), check.max_bytes))
        for each in answers
    ]
    verdict = judge(assignment, check, cases, changed)
    promises = {*check.promises, *BY_PROPERTY.get(check.function, ())}
    if BREAKS.get(form) in promises and differs(form, answers):
        assert verdict.share == 0
        assert verdict.hint
    else:
        assert verdict.share == 1, verdict.hint


def differs(form, answers):
    """Whether the form changes anything at all."""
    return any(repr(FORMS[form](each.value)) != repr(each.value) for each in answers)


def open_tasks():
    """Each assignment that has an open task, and the functions of such tasks."""
    for name in assignments.names():
        sheet = (ROOT / "exercises" / name / f"{name}.md").read_text(encoding="utf-8")
        if "Open task:" in sheet:
            found = re.findall(OPEN_TASK, sheet, re.MULTILINE)
            marks = [pytest.mark.tensorflow] if assignments.load(name).profile == "keras" else []
            yield pytest.param(name, found, id=name, marks=marks)


def test_the_assignments_of_the_course_have_an_open_task_each():
    """A sheet that somebody adds may do without; none of these is to lose its own."""
    course = "context unrolling bptt lstm overfitting regularization search tweets after"
    assert {each.id for each in open_tasks()} >= set(course.split())


@pytest.mark.parametrize(("name", "found"), list(open_tasks()))
def test_a_sheet_has_no_more_than_one_open_task_and_that_a_number_to_beat(name, found):
    assert len(found) == 1
    sheet = (ROOT / "exercises" / name / f"{name}.md").read_text(encoding="utf-8")
    section = re.split(r"^## ", sheet[sheet.index("Open task:") :], flags=re.MULTILINE)[0]
    assert re.search(r"number\s+to\s+beat", section)
    assert "half of the points" in " ".join(section.lower().split())
    assert assignments.load(name)[found[0]].judge


@pytest.mark.parametrize(("name", "found"), list(open_tasks()))
@pytest.mark.parametrize(
    "form", ["floats for whole numbers", "whole numbers for floats", "NumPy scalars"]
)
def test_the_visible_example_of_an_open_task_takes_the_same_values(name, found, form):
    """What the grader takes for right, the cell in the notebook doesn't refuse."""
    reference = assignments.load(name).reference
    space = {key: value for key, value in vars(reference).items() if not key.startswith("__")}

    def changed(*given):
        return FORMS[form](getattr(reference, found[0])(*given))

    sheet = jupytext.read(ROOT / "exercises" / name / f"{name}.md", fmt="md:myst")
    [example] = [c for c in sheet.cells if f"check-{found[0]}" in c.metadata.get("tags", ())]
    exec(example.source, space | {"np": np, found[0]: changed})
