"""The whole story in a real hub and a real browser: from the launch link to the feedback."""

from __future__ import annotations

import os
import re

import pytest

from exercises.lstm import checks
from grader.checks import source_of
from hub.launch import launch_link
from tests.hub.running import RunningHub, directory_for_a_hub
from tests.journey.people import Instructor, Student

pytestmark = [pytest.mark.browser, pytest.mark.hub, pytest.mark.sandbox, pytest.mark.slow]

REFERENCE = checks.ASSIGNMENT.reference
FUNCTIONS = tuple(check.function for check in checks.ASSIGNMENT.checks)
MISTAKE = next(m for m in checks.STEP.misconceptions if m.label == "no-forget-gate")
WRITTEN_POINTS = 3
FULL_MARKS = sum(check.points for check in checks.ASSIGNMENT.checks) + WRITTEN_POINTS


@pytest.fixture(scope="module")
def hub():
    with directory_for_a_hub() as directory, RunningHub(directory, plain=False) as running:
        yield running


@pytest.fixture
def person(hub, browser):
    opened = []

    def enter(kind, name: str):
        opened.append(kind(browser, hub.address, name, hub.passwords[name]))
        return opened[-1]

    yield enter
    pictures = os.environ.get(
        "JOURNEY_PICTURES"
    )  # a folder for the last thing that each person saw
    for visitor in opened:
        if pictures:
            visitor.page.screenshot(path=f"{pictures}/{visitor.name}.png")
        visitor.close()


def test_from_the_launch_link_to_the_feedback(hub, person):
    """A right and a wrong answer to `lstm`: full marks for one, the named mistake for the other."""
    ada = person(Student, "ada")
    assert "not fetched" in ada.first_screen("lstm")
    ada.open_by_launch_link(launch_link("chapters/lstm"), "lstm.ipynb")
    ada.assignments().fetch("lstm")
    notebook = ada.open_notebook("lstm/lstm.ipynb")
    for function in FUNCTIONS:
        ada.write(notebook, function, source_of(REFERENCE, function))
    ada.answer_in_words(
        notebook, "With the forget gate open, the derivative along the cell is one."
    )
    assert "Success" in ada.validate()
    ada.assignments().submit("lstm")
    assert "your notebook" in ada.first_screen("lstm")

    assert (hub.state.inbound / "ada" / ".fetched-lstm").exists(), "the instructors' page counts it"

    lin = person(Student, "lin")
    lin.go("/hub/user-redirect/lab")
    lin.assignments().fetch("lstm")
    notebook = lin.open_notebook("lstm/lstm.ipynb")
    lin.write(notebook, "sigmoid", source_of(REFERENCE, "sigmoid"))
    lin.write(notebook, "lstm_step", MISTAKE.code(source_of(REFERENCE, "lstm_step")))
    lin.save()
    lin.assignments().submit("lstm")

    instructor = person(Instructor, "instructor")
    instructor.collect("lstm")
    for student in ("ada", "lin"):
        instructor.autograde("lstm", student)
    instructor.mark_by_hand("lstm", "ada", WRITTEN_POINTS)
    instructor.give_feedback("lstm", ["ada", "lin"])

    good = ada.assignments().feedback("lstm")
    assert f"{FULL_MARKS} of {FULL_MARKS} points" in good
    bad = lin.assignments().feedback("lstm")
    said = re.sub(r"[`*$\\_].*", "", MISTAKE.hint)  # a formula is drawn
    assert said in bad
    assert said not in good
    assert "feedback is there" in lin.first_screen("lstm")
