"""The table that the book shows is of this catalogue, and of this assignment's points."""

from __future__ import annotations

import json

import pytest

from exercises.lstm.checks import ASSIGNMENT
from tests.attacks.__main__ import RESULT
from tests.attacks.catalogue import CATALOGUE

RUN = "run `python -m tests.attacks` (with NAME ... where only these are new)"
STORED = json.loads(RESULT.read_text(encoding="utf-8"))
POINTS = {check.function: check.points for check in ASSIGNMENT.checks}


def test_every_entry_is_in_it_and_no_other():
    found = [(one["name"], one["kind"], one["tries"]) for one in STORED["attempts"]]
    assert found == [(one.name, one.kind, one.tries) for one in CATALOGUE], RUN


def test_full_marks_are_those_of_the_checks():
    assert STORED["max_points"] == ASSIGNMENT.max_score == sum(POINTS.values()), RUN


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_points_are_what_the_answers_deserve(entry):
    """By today's points of each function; plain nbgrader gives no more than there are."""
    stored = {one["name"]: one for one in STORED["attempts"]}[entry.name]
    least = sum(POINTS[function] for function in entry.full)
    most = least + sum(POINTS[function] for function in {*entry.may} - {*entry.full})
    assert least <= stored["here"]["points"] <= most, RUN
    assert stored["plain"]["outcome"], RUN
