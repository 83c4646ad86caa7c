"""A first submission is entered in bulk, as nbgrader's own methods would enter it."""

from __future__ import annotations

import shutil

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text

from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.record import Recorder
from grader.grading import grade
from tests.grader.classroom import Classroom

ROWS = {
    "student": "select id, first_name, last_name, email, lms_user_id from student",
    "submitted_assignment": "select a.name, s.student_id, s.timestamp, s.extension"
    " from submitted_assignment s join assignment a on a.id = s.assignment_id",
    "submitted_notebook": "select n.name, a.student_id, s.flagged, s.late_submission_penalty"
    " from submitted_notebook s join notebook n on n.id = s.notebook_id"
    " join submitted_assignment a on a.id = s.assignment_id",
    "grade": "select c.name, c.type, a.student_id, g.auto_score, g.manual_score, g.extra_credit,"
    " g.needs_manual_grade from grade g join base_cell c on c.id = g.cell_id"
    " join submitted_notebook s on s.id = g.notebook_id"
    " join submitted_assignment a on a.id = s.assignment_id",
    "comment": "select c.name, c.type, a.student_id, g.auto_comment, g.manual_comment"
    " from comment g join base_cell c on c.id = g.cell_id"
    " join submitted_notebook s on s.id = g.notebook_id"
    " join submitted_assignment a on a.id = s.assignment_id",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A class of two with a time stamp, graded and not recorded: one unanswered, one in full."""
    room = Classroom(tmp_path_factory.mktemp("record"), "smoothing")
    for student, notebook in (("ada", room.solved), ("blank", room.blank)):
        room.submit(student, notebook)
        stamp = room.folder(student) / "timestamp.txt"
        stamp.write_text("2026-03-02 12:00:00 UTC")
    submissions = [room.course.submission("smoothing", student) for student in ("ada", "blank")]
    return room, [(submission, grade(submission, "none")) for submission in submissions]


def rows(course):
    with Gradebook(course.db_url) as gradebook:
        found = {name: gradebook.db.execute(text(query)).all() for name, query in ROWS.items()}
    return {name: sorted(map(repr, entries)) for name, entries in found.items()}


def recorded(graded, root, times=1):
    room, pairs = graded
    shutil.copytree(room.course.root, root)
    course = CourseDirectory(root)
    for _ in range(times):
        with Recorder(course) as recorder:
            for submission, result in pairs:
                recorder.record(submission, result)
    return rows(course)


def test_in_bulk_or_one_by_one_the_gradebook_is_the_same(graded, tmp_path, monkeypatch):
    bulk = recorded(graded, tmp_path / "bulk")
    monkeypatch.setattr(Recorder, "_enter_first", lambda *arguments: False)
    assert recorded(graded, tmp_path / "single") == bulk
    assert len(bulk["grade"]) == 2 * 3  # two students, two checks and a written answer
    assert "2026" in bulk["submitted_assignment"][0]


def test_recording_again_changes_nothing(graded, tmp_path):
    assert recorded(graded, tmp_path / "once") == recorded(graded, tmp_path / "twice", 2)


def test_a_late_submission_is_penalised_the_first_time(graded, tmp_path):
    """Where there is a due date, nbgrader's plugin decides."""
    room, pairs = graded
    shutil.copytree(room.course.root, tmp_path / "late")
    course = CourseDirectory(tmp_path / "late")
    with Gradebook(course.db_url) as gradebook:
        gradebook.update_or_create_assignment("smoothing", duedate="2026-03-01 12:00:00 UTC")
    course.api.config.LateSubmissionPlugin.penalty_method = "zero"
    with Recorder(course) as recorder:
        for submission, result in pairs:
            recorder.record(submission, result)
    with Gradebook(course.db_url) as gradebook:
        [ada, _] = sorted(gradebook.assignment_submissions("smoothing"), key=lambda s: s.student.id)
        assert ada.total_seconds_late == 24 * 3600
        assert ada.late_submission_penalty == ada.score > 0
