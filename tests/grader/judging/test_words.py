"""What a student's error may say in a hint: what explains, and nothing of the hidden inputs."""

from __future__ import annotations

import numpy as np
import pytest

from grader.judging.words import without_values

WHOLE = np.arange(101, 113).reshape(3, 4)
TWEET = "the debate was awful tonight"
VALUES = {
    "floats": np.linspace(1.5, 2.5, 12),
    "a float": 1.2345678,
    "a scientific float": 1.5e-05,
    "whole numbers": WHOLE,
    "many whole numbers": np.arange(101, 3000),
    "a list": WHOLE.tolist(),
    "a tuple": tuple(WHOLE.ravel().tolist()),
    "a set": set(WHOLE.ravel().tolist()),
    "a dict": {"Wf": WHOLE},
    "a text": TWEET,
    "texts": [TWEET, TWEET],
    "a long text": TWEET * 100,
    "bytes": WHOLE.tobytes(),
    "text as bytes": TWEET.encode(),
    "a row without brackets": " ".join(map(str, WHOLE.ravel())),
    "a row with slashes": "/".join(map(str, WHOLE.ravel())),
    "a long number": 101102103104,
}
SECRETS = ("101", "102", "112", "1.5", "debate", "awful", "\\x00", "e-05", "1.2345678")


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("write", [repr, str, lambda value: f"here: {value!r} it is"])
def test_a_value_that_is_longer_than_a_word_is_cut(kind, write):
    if kind in ("a text", "a long text") and write is str:
        pytest.skip("a text that is not marked as one is a message like any other")
    said = without_values(write(VALUES[kind])[:1000])
    assert not [secret for secret in SECRETS if secret in said], said


@pytest.mark.parametrize(
    "text",
    [
        "operands could not be broadcast together with shapes (3,4) (4,3)",
        "unsupported operand type(s) for +: 'int' and 'list'",
        "can't multiply sequence by non-int of type 'float'",
        "index 4 is out of bounds for axis 0 with size 4",
        "shapes (2,3,4) and (5,) not aligned: 4 (dim 2) != 5 (dim 0)",
        "cannot reshape array of size 12 into shape (5,2)",
        "f() missing 2 required positional arguments: 'c_prev' and 'params'",
        "'numpy.ndarray' object has no attribute 'foo'",
        "could not convert string to float: 'abc'",
        "'Wf'",
    ],
)
def test_what_explains_an_error_stays(text):
    assert without_values(text) == text
