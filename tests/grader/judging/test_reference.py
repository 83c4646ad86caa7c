"""The reference in the grader's process: as a check calls it, and without a word on the terminal."""

from __future__ import annotations

import types

import numpy as np
import pytest

from grader.checks import Assignment, Check
from grader.judging.judge import answers_of

SOURCE = """
def fitted(X, y):
    return np.linalg.lstsq(X, y)[0]


def shrunk(X, y):
    return fitted(X, y) / 2
"""
reference = types.ModuleType("reference")
reference.np = np
exec(SOURCE, vars(reference))
FITTED, SHRUNK = (Check(name, 1, lambda rng: []) for name in ("fitted", "shrunk"))
COURSE = Assignment("demo", reference, (FITTED, SHRUNK))
X, Y = np.array([[1.0, 0.0], [2.0, 1.0], [0.0, 1.0]]), np.ones(3)


@pytest.mark.parametrize(
    "source",
    [
        "def shrunk(X, y):\n    return fitted(X / 0, y) / 2\n",
        "def shrunk(X, y):\n    return np.linalg.lstsq(X / 0, y)[0] / 2\n",
        "def shrunk(X, y):\n    return np.linalg.pinv(X / 0) @ y / 2\n",
        "def shrunk(X, y):\n    return np.linalg.svd(X / 0)[1]\n",
    ],
)
def test_lapack_prints_nothing_where_a_wrong_function_gives_it_a_nan(source, capfd):
    before = np.linalg.lstsq
    with np.errstate(all="ignore"):
        answer = answers_of(COURSE, SHRUNK, source, [{"X": X, "y": Y}])[0]
    assert answer.raised[0] == "LinAlgError"
    printed = capfd.readouterr()
    assert printed.out == printed.err == ""
    assert np.linalg.lstsq is before


def test_right_functions_give_what_they_give():
    source = "def shrunk(X, y):\n    return fitted(X, y=y) / 2\n"
    answer = answers_of(COURSE, SHRUNK, source, [{"X": X, "y": Y}])[0]
    assert np.allclose(answer.value, reference.shrunk(X, Y))
