"""Comparison by value, and words that say what differs without giving the reference's values away."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judging.difference import difference
from grader.sandbox.inside.wire import Unsupported

FLOATS = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        (FLOATS, FLOATS * (1 + 5e-7)),
        (FLOATS, FLOATS.astype(int)),
        (FLOATS, np.asfortranarray(FLOATS)),
        (np.array([1, 2]), np.array([1, 2], dtype=np.uint8)),
        (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
        (np.array([0.0]), np.array([9e-10])),
        (3, np.int32(3)),
        (3, np.array(3)),
        (0.5, np.float32(0.5)),
        (2.0, 2),
        ((1, 2), [1, 2]),
        ([1, 2, 3], np.array([1, 2, 3])),
        (3, 3.0),
        (np.array([1, 2]), np.array([1.0, 2.0])),
        (FLOATS, FLOATS.tolist()),
        (FLOATS, tuple(map(tuple, FLOATS))),
        (FLOATS, list(FLOATS)),
        (FLOATS, np.repeat(FLOATS, 2, axis=1)[:, ::2]),
        (FLOATS, FLOATS[::-1].copy()[::-1]),
        (np.array(0.5), 0.5),
        ([FLOATS, FLOATS], np.stack([FLOATS, FLOATS])),
        ({"a": 1, "b": [2.0]}, {"b": [2.0], "a": 1}),
        ("Positive", "Positive"),
        (None, None),
        (np.zeros((0, 3)), np.zeros((0, 3))),
    ],
)
def test_equal_by_value(expected, given):
    assert difference(expected, given) is None


@pytest.mark.parametrize(
    ("expected", "given", "says"),
    [
        (FLOATS, FLOATS.T, r"shape \(3, 2\)"),
        (FLOATS, FLOATS[None], "shape"),
        (FLOATS, FLOATS.tolist()[:1], "shape"),
        (FLOATS, [[1.0], [2.0, 3.0]], "is a list"),
        (FLOATS, 1.0, "is a number"),
        (FLOATS, FLOATS * (1 + 2e-6), "6 of 6 entries"),
        (FLOATS, np.where(FLOATS == 4, np.nan, FLOATS), r"first at \[1, 0\]"),
        (np.array([np.nan]), np.array([0.0]), "1 of 1"),
        (np.array([np.inf]), np.array([-np.inf]), "1 of 1"),
        (np.array([True]), np.array([1]), "dtype"),
        (1, True, "True or False"),
        (0.5, 0.6, "a different number"),
        (0.5, "0.5", "a string"),
        (0.5, None, "None"),
        (0.5, float("nan"), "a different number"),
        ([1, 2], [1], "has 1 item; it should have 2"),
        ([1, 2], {1: 1, 2: 2}, "a dict"),
        ({"a": 1}, {"b": 1}, "1 missing, 1 too many"),
        ({"a": 1}, [1], "should be a dict"),
        ("Positive", "Negative", "a different one"),
        (FLOATS, Unsupported("set"), "of type set"),
        ((FLOATS, 1), (FLOATS, 2), "item 2 of the result"),
    ],
)
def test_different(expected, given, says):
    import re

    assert re.search(says, difference(expected, given))


def test_words_never_show_the_expected_values():
    secret = np.array([0.123456789, 0.987654321])
    text = difference(secret, np.array([0.1, 0.9])) + difference(secret[0], 0.1)
    assert "0.1234" not in text
    assert "0.9876" not in text


@pytest.mark.parametrize(
    ("expected", "given", "promises", "says"),
    [
        (3, 3.0, ("int",), "should be an int and is a float"),
        (np.array([1, 2]), np.array([1.0, 2.0]), ("int",), "dtype is float64"),
        ([1, 2], [1, 2.0], ("int",), "item 2 of the result"),
        (FLOATS, FLOATS.tolist(), ("array",), "should be an array; yours is a list"),
        ([(FLOATS,)], [(FLOATS.tolist(),)], ("array",), "item 1 of item 1"),
    ],
)
def test_what_is_promised_is_demanded(expected, given, promises, says):
    assert says in difference(expected, given, promises=promises)
    assert difference(expected, given) is None


@pytest.mark.parametrize("given", [3, np.int8(3), np.uint64(3), np.array(3)])
def test_a_promised_int_may_be_of_any_width(given):
    assert difference(3, given, promises=("int",)) is None


def test_words_never_show_by_how_much():
    """Else handing in again would show the value."""
    texts = {difference(0.123456, guess) for guess in (0.1, 0.2, 5.0, -7.0)}
    assert texts == {"the result is a different number."}
