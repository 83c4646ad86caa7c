"""The reference in the grader's process: as a check calls it, and without a word on the terminal."""

from __future__ import annotations

import types

import numpy as np

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
WRONG = "def shrunk(X, y):\n    return fitted(X / 0, y) / 2\n"


def test_lapack_prints_nothing_where_a_wrong_function_calls_a_right_one(capfd):
    X, y = np.array([[1.0, 0.0], [2.0, 1.0], [0.0, 1.0]]), np.ones(3)
    with np.errstate(all="ignore"):
        answer = answers_of(COURSE, SHRUNK, WRONG, [{"X": X, "y": y}])[0]
    assert answer.raised[0] == "LinAlgError"
    printed = capfd.readouterr()
    assert printed.out == printed.err == ""
    assert reference.fitted.__globals__ is vars(reference)


def test_right_functions_give_what_they_give():
    X, y = np.array([[1.0, 0.0], [2.0, 1.0], [0.0, 1.0]]), np.ones(3)
    source = "def shrunk(X, y):\n    return fitted(X, y=y) / 2\n"
    answer = answers_of(COURSE, SHRUNK, source, [{"X": X, "y": y}])[0]
    assert np.allclose(answer.value, reference.shrunk(X, y))
