"""The rubric is shown where a person marks, and on no page that a student sees."""

from __future__ import annotations

import pytest

from grader.batch import autograde
from grader.gradebook.feedback import feedback
from grader.gradebook.questions import questions
from tests.grader.classroom import Classroom
from tests.grader.gradebook.test_contained import formgrader_page

NAME, WRITTEN = "smoothing", "written-the-price"
ANSWER = "An answer of one's own."


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Classroom:
    room = Classroom(tmp_path_factory.mktemp("rubric"), NAME)
    room.submit("ada", room.with_answer(WRITTEN, ANSWER))
    autograde(room.course, NAME, sandbox="none")
    return room


@pytest.fixture(scope="module")
def question(room):
    (found,) = questions(room.course.root, NAME)
    return found


def test_a_question_has_its_points_its_text_and_its_rubric(question, room):
    assert (question.cell, question.points) == (WRITTEN, 2)
    source = room.cell(room.blank, WRITTEN)
    assert question.points == source["metadata"]["nbgrader"]["points"]
    assert question.rubric == room.cell(room.solved, WRITTEN)["source"]
    above = room.blank["cells"][room.blank["cells"].index(source) - 1]
    assert question.asked == above["source"]


def test_formgrader_shows_it_below_the_answer(room, question):
    page = formgrader_page(room, "ada")
    answer, rubric = page.index("An answer of one"), page.index(_sentence(question))
    assert answer < rubric < page.index("</html>")


def test_no_student_sees_it(room, question):
    (page,) = feedback(room.course, NAME)
    assert "An answer of one" in page.read_text(encoding="utf-8")
    for shown in (page, room.course.release(NAME), room.course.autograded(NAME, "ada")):
        assert _sentence(question) not in shown.read_text(encoding="utf-8")


def test_without_sources_there_are_no_questions(tmp_path):
    assert questions(tmp_path, NAME) == []


def _sentence(question) -> str:
    """Some words of the rubric that look the same in HTML."""
    return max(question.rubric.replace("*", "\n").splitlines(), key=len).strip()[:40]
