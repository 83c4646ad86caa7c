"""A mistake that is named where the exercises can't be changed is kept in the course directory."""

from __future__ import annotations

import copy
import json
import os

import pytest

from grader import assignments, grading
from grader.authoring import hint
from grader.batch import autograde
from grader.errors import GraderError
from grader.gradebook import named
from grader.gradebook.report import group, report
from tests.grader.classroom import Classroom

pytestmark = pytest.mark.sandbox

NAME, FUNCTION = "smoothing", "blend"
ODD = (
    "def blend(old, new, share):\n    return np.cos(new) * old + 0.125 * share\n",
    "def blend(old, new, share):\n    # mine\n    return share / 8 + old * np.cos(new)\n",
)
ODD_CALLER = (
    "def smooth(X, share):\n    return blend(np.cos(X), X**3, share) + np.arange(len(X))[:, None]\n"
)
HINT = "The new value goes in as it is, and not its cosine."
GOOD = {"function": FUNCTION, "label": "cosine", "hint": HINT, "source": ODD[0]}


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Classroom:
    room = Classroom(tmp_path_factory.mktemp("course"), NAME)
    for student, source in zip(("ada", "bea"), ODD, strict=True):
        room.submit(student, room.with_answer(FUNCTION, source))
    autograde(room.course, NAME)
    return room


def verdicts(room: Classroom) -> dict[str, dict]:
    return {row["student"]: row["checks"][FUNCTION] for row in report(room.course, NAME)}


def name(room: Classroom, label: str = "cosine"):
    found = hint.find(room.course, NAME, FUNCTION, "ada")
    return hint.name_mistake(room.course, NAME, found, label, HINT)


def test_it_is_known_until_it_is_taken_back(room, monkeypatch):
    access, checks = os.access, assignments.course().checks(NAME)
    monkeypatch.setattr(os, "access", lambda path, mode: path != checks and access(path, mode))
    (found,) = group(room.course, NAME, report(room.course, NAME))
    assert found.students == ["ada", "bea"]
    path, code = name(room)
    assert path == room.course.root / named.FILE
    assert "np.cos(new)" in code and "mine" not in code
    with pytest.raises(GraderError, match="already"):
        name(room)

    again = autograde(room.course, NAME).again
    assert again == {student: ["the named mistakes"] for student in ("ada", "bea")}
    for verdict in verdicts(room).values():
        assert (verdict["misconception"], verdict["hint"]) == ("cosine", HINT)
        assert verdict["behaviour"] is None
    assert autograde(room.course, NAME).graded == []

    with pytest.raises(GraderError, match="nobody has named"):
        named.drop(room.course.root, NAME, FUNCTION, "sine")
    named.drop(room.course.root, NAME, FUNCTION, "cosine")
    assert len(autograde(room.course, NAME).again) == 2
    assert verdicts(room)["ada"]["misconception"] is None


def test_a_mistake_is_the_same_one_beside_a_wrong_helper(tmp_path):
    """Both call `blend`, and one of them has that wrong as well: the mistake in `smooth` is one mistake."""
    room = Classroom(tmp_path, NAME)
    only = room.with_answer("smooth", ODD_CALLER)
    both = copy.deepcopy(only)
    room.cell(both, FUNCTION)["source"] = ODD[0]
    room.submit("ada", only)
    room.submit("bea", both)
    autograde(room.course, NAME)
    rows = report(room.course, NAME)
    assert [row["checks"]["smooth"]["aided"] for row in rows] == [[], [FUNCTION]]
    (found,) = [g for g in group(room.course, NAME, rows) if g.function == "smooth"]
    assert found.students == ["ada", "bea"]
    check = assignments.load(NAME)["smooth"]
    code = hint.needed(ODD_CALLER, "smooth")
    assert grading.behaviour_of(assignments.load(NAME), check, code) == found.behaviour


def test_what_is_not_as_it_was_written_is_said(room, tmp_path):
    path = tmp_path / named.FILE
    path.parent.mkdir()
    for mistake in (
        {"label": 1},
        GOOD | {"label": 1},
        GOOD | {"hint": " "},
        GOOD | {"source": "def other(old, new, share):\n    return old\n"},
        GOOD | {"source": "def blend("},
        [],
    ):
        path.write_text(json.dumps({"smoothing": [mistake]}))
        with pytest.raises(GraderError, match="not as it was written"):
            named.named(tmp_path, NAME)
    assert named.named(tmp_path, "other") == ()
    path.write_text('{"smoothing": 1}')
    with pytest.raises(GraderError, match="not as it was written"):
        named.named(tmp_path, NAME)
    path.write_text(json.dumps({"smoothing": [GOOD]}))
    assert [known.label for known in named.named(tmp_path, NAME)] == ["cosine"]
