"""A known mistake is recognised in other clothes, also where it has no single answer."""

from __future__ import annotations

import pytest

from grader import assignments
from tests.exercises.harness import verdict

SOLVED = (
    "np.linalg.solve(A, X.T @ y)",
    "np.linalg.inv(A) @ X.T @ y",
    "np.linalg.pinv(A) @ (X.T @ y)",
    "np.linalg.lstsq(A, X.T @ y, rcond=None)[0]",
)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("solved", SOLVED)
def test_lam_in_every_entry_is_told_however_the_equations_are_solved(solved, seed):
    """With more columns than rows they have many solutions, and each way finds another one."""
    assignment = assignments.load("regularization")
    source = f"def ridge_fit(X, y, lam):\n    A = X.T @ X + lam\n    return {solved}\n"
    found = verdict(assignment, assignment["ridge_fit"], source, seed)
    assert (found.kind, found.misconception) == ("known", "lam-everywhere")
