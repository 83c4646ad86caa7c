"""What a right helper gave can't be carried into a hint: not by names, not by sizes, not by texts."""

from __future__ import annotations

import re

import numpy as np
import pytest

from grader.checks import Check
from grader.judging.untold import untold
from grader.sandbox.inside.wire import Answer, Unsupported

SECRET = "vbjcedefcffcdahb"
DOCUMENTED = "Returns a dict with the entries left and right, or an array (N,)."
CELL = "def quarter(x):\n    return half(x) @ x\n"
CASE = {"x": np.arange(5.0), "params": {"Wf": 1.0}}
CHECK = Check("quarter", 2, lambda rng: [CASE])
OWN = Answer(raised=("TypeError", "Exception"), message="half is 3", line="half(x)")


def told(answer, own=OWN):
    return untold(answer, own, CHECK, CASE, CELL, DOCUMENTED)


TELLING = {
    "the name of an error": Answer(raised=(SECRET, "ValueError", "Exception")),
    "an error without a known class": Answer(raised=(SECRET,)),
    "the text of an error": Answer(raised=("ValueError",), message=SECRET),
    "a line that nobody wrote": Answer(raised=("ValueError",), line=SECRET),
    "shapes of something else": Answer(raised=("ValueError",), shapes=f"`{SECRET}` is (2, 3)"),
    "shapes that are a text": Answer(raised=("ValueError",), shapes=SECRET),
    "the name of a type": Answer(value=Unsupported(SECRET)),
    "the name of a type in a list": Answer(value=[1, (Unsupported(SECRET), 2)]),
    "a key": Answer(value={SECRET: 1.0, "left": 2.0}),
    "a key further down": Answer(value=[{"left": {SECRET: 1.0}}]),
    "a warning": Answer(value=1.0, warnings=(f"UserWarning: {SECRET}",)),
    "a warning in NumPy's words": Answer(
        value=1.0, warnings=(f"RuntimeWarning: overflow encountered in {SECRET}",)
    ),
}


@pytest.mark.parametrize("way", TELLING)
def test_names_and_texts_stay_behind(way):
    found = told(TELLING[way])
    assert SECRET not in repr(found)
    assert bool(found.raised) == bool(TELLING[way].raised)


@pytest.mark.parametrize(
    "value",
    [
        *(np.zeros((0, 12_345)), [0.0] * 12_345, {"left": np.zeros((12_345, 0))}),
        *(np.zeros((0, 123, 45)), np.zeros((1, 2, 3, 4, 5)), [[0.0] * 123, [0.0] * 45]),
    ],
)
def test_numbers_don_t_travel_as_sizes(value):
    found = told(Answer(value=value)).value
    parts = list(found.values()) if isinstance(found, dict) else [found]
    parts = found if isinstance(found, list) else parts
    assert {type(part) for part in parts} == {Unsupported}
    assert not re.search(r"\d\d", repr(found))


def test_sizes_that_follow_from_the_inputs_are_told():
    case = {"X": np.zeros((12, 40)), "s_0": np.zeros((12, 25)), "steps": 30}
    for shape in ((12, 40, 25), (40, 12), (480,), (13, 39), (65, 31)):
        value = np.zeros(shape)
        assert untold(Answer(value=value), OWN, CHECK, case, CELL, DOCUMENTED).value is value
    error = Answer(raised=("ValueError",), shapes="`x` is (12, 77) and `x` is (1, 2, 3, 4, 5)")
    assert untold(error, OWN, CHECK, case, CELL, DOCUMENTED).shapes == ""
    error = Answer(raised=("ValueError",), shapes="`x` is (12, 77) and `x` is (3, 65)")
    found = untold(error, OWN, CHECK, case, CELL, DOCUMENTED)
    assert found.shapes == "`x` is (12, ...) and `x` is (3, 65)"


def test_shapes_of_the_cell_are_told_and_long_ones_cut():
    answer = Answer(
        raised=("ValueError",), line="half(x) @ x", shapes="`half(x)` is (12345, 5) and `x` is (5)"
    )
    found = told(answer)
    assert (found.line, found.shapes) == ("half(x) @ x", "`half(x)` is (..., 5) and `x` is (5)")


def test_shapes_are_of_the_cell_however_python_writes_it():
    answer = Answer(raised=("ValueError",), shapes="`params['Wf']` is (3, 5) and `x[:, t]` is (5,)")
    found = untold(answer, OWN, CHECK, CASE, 'params["Wf"] @ x[:,t]', DOCUMENTED)
    assert found.shapes == answer.shapes


def test_an_honest_answer_stays_as_it_is():
    value = {"left": np.arange(3.0), "right": [1, 2.5], "Wf": (0.5,)}
    honest = Answer(value=value, warnings=("RuntimeWarning: overflow encountered in exp",))
    found = told(honest)
    assert repr(found) == repr(honest)


def test_the_error_that_came_without_help_is_told_in_full():
    assert told(OWN).message == "half is 3"
