"""Proof that the checks judge right: every assignment, every function.

The reference gets everything, what is released gets nothing, each known misconception gets nothing
and is called by its name, right answers in other styles get everything, and no small change of a
reference function that changes what it does goes unnoticed.
"""

from __future__ import annotations

import numpy as np
import pytest

from grader import assignments
from grader.checks import source_of
from grader.judging.judge import reference_source
from grader.notebooks import build
from tests.exercises.harness import equivalents, styles, time_limit, verdict
from tests.exercises.mutants import mutants

SEEDS = (0, 1, 2)
FEWEST_MISCONCEPTIONS = 3


def checks():
    """(assignment, check) for every check; those that need Keras are marked."""
    for name in assignments.names():
        assignment = assignments.load(name)
        marks = [pytest.mark.tensorflow] if assignment.profile == "keras" else []
        for check in assignment.checks:
            yield pytest.param(assignment, check, id=f"{name}-{check.function}", marks=marks)


every_check = pytest.mark.parametrize(("assignment", "check"), list(checks()))


@every_check
def test_the_reference_gets_full_marks(assignment, check):
    for seed in SEEDS:
        found = verdict(assignment, check, reference_source(assignment, check), seed)
        assert found.share == 1, found.hint


@every_check
def test_what_is_released_gets_nothing(assignment, check):
    """The student's cell before anything is written into it."""
    text = build.solution_cell(source_of(assignment.reference, check.function), check.function)
    head, _, rest = text.partition(build.BEGIN)
    assert rest.rstrip().endswith(build.END)
    if callable(getattr(assignment.reference, check.function)):
        cell = head.rstrip() + "\n    raise NotImplementedError()\n"
        found = verdict(assignment, check, cell)
        assert found.share == 0
        assert "not been written" in found.hint
    else:  # a variable: the cell ends before there is one
        assert all(line.startswith("#") for line in head.splitlines())


@every_check
def test_each_misconception_is_rejected_and_named(assignment, check):
    labels = [known.label for known in check.misconceptions]
    assert len(labels) >= FEWEST_MISCONCEPTIONS
    assert len(set(labels)) == len(labels)
    for known in check.misconceptions:
        code = known.code(reference_source(assignment, check))
        for seed in SEEDS:
            found = verdict(assignment, check, code, seed)
            assert found.share == 0, f"{known.label} gets marks"
            assert found.misconception == known.label
            assert found.hint


@every_check
def test_other_right_styles_get_full_marks(assignment, check):
    right = styles(assignment.name).get(check.function, {})
    assert len(right) >= 3, f"only {len(right)} other styles of {check.function}"
    for style, source in right.items():
        for seed in SEEDS:
            found = verdict(assignment, check, source, seed)
            assert found.share == 1, f"{style}: {found.hint}"


@every_check
def test_no_mutant_survives(assignment, check):
    """Each change of the reference is caught, for every seed, but those shown to change nothing."""
    known = equivalents(assignment.name).get(check.function, {})
    survivors, seen = [], set()
    for description, source in mutants(reference_source(assignment, check)):
        seen.add(description)
        if description not in known and not _caught(assignment, check, source):
            survivors.append(description)
    assert not survivors, "\n".join(survivors)
    assert seen, "there is nothing to mutate"
    assert set(known) <= seen, f"no such mutant any more: {set(known) - seen}"


def _caught(assignment, check, source: str) -> bool:
    for seed in SEEDS:
        try:
            with time_limit(30), np.errstate(all="ignore"):
                if verdict(assignment, check, source, seed).share == 1:
                    return False
        except TimeoutError:
            continue
        except Exception:  # the mutant breaks where the function is defined: nobody can submit that
            continue
    return True
