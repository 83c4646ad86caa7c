"""Unusual submissions as a class hands them in: each has its page, and none costs another its own."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from grader.batch import autograde
from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.feedback import feedback
from grader.gradebook.record import Recorder
from grader.gradebook.report import report
from grader.notebooks import safe_html
from grader.notebooks.merge import MAX_CELL_CHARACTERS
from tests.grader.classroom import Classroom
from tests.grader.gradebook.test_contained import formgrader_page
from tests.grader.pictures import SVG, png

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]
NAME, WRITTEN = "smoothing", "written-the-price"
LONG = MAX_CELL_CHARACTERS + 5


def with_picture(room: Classroom, kind: str, data: str) -> dict:
    notebook = room.with_answer("blend", room.cell(room.solved, "blend")["source"])
    room.cell(notebook, WRITTEN).update(
        source="My sketch: ![image.png](attachment:image.png) So it lags.",
        attachments={"image.png": {kind: data}},
    )
    return notebook


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Classroom:
    """One as usual, one who pasted a picture, one a drawing, one with much data, one with too much."""
    room = Classroom(tmp_path_factory.mktemp("one-page"), NAME)
    room.submit("ada", room.solved)
    room.submit("bea", with_picture(room, "image/png", png()))
    room.submit("cal", with_picture(room, "image/svg+xml", SVG))
    blend = room.cell(room.solved, "blend")["source"]
    room.submit("dan", room.with_answer("blend", f"data = '{'x' * 200_000}'\n{blend}"))
    room.submit("eve", room.with_answer("blend", f"data = '{'x' * LONG}'\n{blend}"))
    room.submit("zoe", room.solved)
    return room


@pytest.fixture(scope="module")
def said(room) -> list[str]:
    """What grading the class says in the log."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    logging.getLogger("grader").addHandler(handler)
    try:
        assert autograde(room.course, NAME).failed == {}
    finally:
        logging.getLogger("grader").removeHandler(handler)
    return lines


@pytest.fixture(scope="module")
def pages(room, said) -> dict[str, str]:
    paths = feedback(room.course, NAME)
    return {path.parent.parent.name: path.read_text(encoding="utf-8") for path in paths}


def test_everybody_has_a_page(pages):
    assert sorted(pages) == ["ada", "bea", "cal", "dan", "eve", "zoe"]


def test_the_picture_is_there_for_student_and_marker(pages, room):
    address = f"data:image/png;base64,{png()}"
    assert f'src="{address}"' in pages["bea"]
    assert address in formgrader_page(room, "bea")


def test_a_drawing_is_a_word_for_both(pages, room):
    for page in (pages["cal"], formgrader_page(room, "cal")):
        assert "left out: only PNG, JPEG and GIF are shown" in page
        assert SVG not in page


def test_much_data_costs_nothing(room, said):
    rows = {row["student"]: row for row in report(room.course, NAME)}
    assert rows["dan"]["score"] == rows["ada"]["score"] == rows["ada"]["max_score"]


def test_a_cut_is_said_on_the_page_in_the_log_and_in_the_hint(pages, room, said):
    rows = {row["student"]: row for row in report(room.course, NAME)}
    hint = rows["eve"]["checks"]["blend"]["hint"]
    assert "its end was not read" in hint
    assert rows["eve"]["checks"]["smooth"]["score"] > 0, "what does not need it is judged"
    assert safe_html.hint2html(hint) in pages["eve"]
    assert "This cell is too long to be read in full" in pages["eve"]
    assert "up to here" in formgrader_page(room, "eve")
    assert [line for line in said if "was cut" in line and line.startswith("eve")]
    assert not any("was cut" in line and not line.startswith("eve") for line in said)
    for student in ("ada", "dan"):
        assert "too long" not in pages[student]


def test_whatever_one_page_raises_the_others_are_written(room, said, monkeypatch):
    draw = safe_html.cell2html

    def broken(cell):
        if "attachments" in cell:
            raise ZeroDivisionError("nobody thought of this")
        return draw(cell)

    with monkeypatch.context() as patch:
        patch.setattr(safe_html, "cell2html", broken)
        with pytest.raises(GraderError) as told:
            feedback(room.course, NAME)
    assert "5 pages were written" in str(told.value)
    assert "bea (ZeroDivisionError: nobody thought of this)" in str(told.value)
    assert "could not be drawn" in room.course.feedback(NAME, "bea").read_text()
    for student in ("ada", "zoe"):
        assert "All results" in room.course.feedback(NAME, student).read_text()
    assert len(feedback(room.course, NAME)) == 6


def copied(room: Classroom, root: Path) -> CourseDirectory:
    import shutil

    shutil.copytree(room.course.root, root, ignore=shutil.ignore_patterns("autograded", "feedback"))
    return CourseDirectory(root)


def test_a_submission_that_cannot_be_read_stops_no_other(room, said, tmp_path, monkeypatch):
    course = copied(room, tmp_path / "course")
    read = CourseDirectory.submission

    def denied(self, assignment, student, **known):
        if student == "bea":
            raise PermissionError(13, "Permission denied", f"submitted/{student}")
        return read(self, assignment, student, **known)

    monkeypatch.setattr(CourseDirectory, "submission", denied)
    summary = autograde(course, NAME)
    assert summary.failed == {"bea": "submitted/bea: Permission denied"}
    assert summary.graded == ["ada", "cal", "dan", "eve", "zoe"]


def test_a_notebook_that_cannot_be_recorded_stops_no_other(room, said, tmp_path, monkeypatch):
    course = copied(room, tmp_path / "course")
    record = Recorder.record

    def broken(self, submission, graded):
        if submission.student == "bea":
            raise ZeroDivisionError
        record(self, submission, graded)

    monkeypatch.setattr(Recorder, "record", broken)
    summary = autograde(course, NAME)
    assert list(summary.failed) == ["bea"]
    assert summary.graded == ["ada", "cal", "dan", "eve", "zoe"]


def test_the_graded_notebooks_are_notebooks(room, said):
    import nbformat

    for student, path in room.course.graded(NAME):
        nbformat.validate(nbformat.from_dict(json.loads(path.read_text())), relax_add_props=False)
        assert student in json.loads(path.read_text())["metadata"]["grader"]["student"]
