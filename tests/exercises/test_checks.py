"""Proof that the checks judge right: every assignment, every function.

The questions are those of `grader check`; here they are asked one by one, so that a failure names its
question. What an author there is only reminded of is demanded here.
"""

from __future__ import annotations

import pytest

from grader import assignments
from grader.authoring.proof import FEWEST, Proof
from grader.authoring.trials import styles
from grader.checks import source_of
from grader.notebooks import build
from tests.exercises.harness import marks_of


def checks():
    """A proof for every check; those that need Keras are marked."""
    for name in assignments.names():
        assignment = assignments.load(name)
        for check in assignment.checks:
            marks = marks_of(assignment, check)
            yield pytest.param(Proof(assignment, check), id=f"{name}-{check.function}", marks=marks)


every_check = pytest.mark.parametrize("proof", list(checks()))


@every_check
def test_the_reference_gets_full_marks(proof):
    assert not list(proof.reference())


@every_check
def test_what_is_released_gets_nothing(proof):
    """The student's cell before anything is written into it."""
    function, reference = proof.check.function, proof.assignment.reference
    text = build.solution_cell(source_of(reference, function), function)
    head, _, rest = text.partition(build.BEGIN)
    assert rest.rstrip().endswith(build.END)
    if callable(getattr(reference, function)):
        cell = head.rstrip() + "\n    raise NotImplementedError()\n"
        found = proof.verdict(cell, seed=0)
        assert found.share == 0
        assert "not been written" in found.hint
    else:  # a variable: the cell ends before there is one
        assert all(line.startswith("#") for line in head.splitlines())


@every_check
def test_each_misconception_is_rejected_and_named(proof):
    assert len(proof.check.misconceptions) >= FEWEST
    assert not list(proof.misconceptions())


@every_check
def test_other_right_styles_get_full_marks(proof):
    right = styles(proof.assignment.name).get(proof.check.function, {})
    assert len(right) >= FEWEST, f"only {len(right)} other styles of {proof.check.function}"
    assert not list(proof.styles())


@pytest.mark.slow
@every_check
def test_no_mutant_survives(proof):
    """Each change of the reference is caught, for every seed, but those shown to change nothing."""
    assert not list(proof.mutants())
