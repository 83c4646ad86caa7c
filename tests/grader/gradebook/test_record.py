"""A first submission is entered in bulk, as nbgrader's own methods would enter it."""

from __future__ import annotations

import shutil

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text

from grader.batch import autograde
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


# ---------------------------------------------------------------- points that a person gave

WRITTEN, CHECK = "written-the-price", "check-smooth"
BETTER = "def smooth(x, share):\n    return x\n"


@pytest.fixture
def marked(tmp_path):
    """ada's submission, graded, with 2 points for the words and 1 in place of a check's score."""
    room = Classroom(tmp_path, "smoothing")
    room.submit("ada", room.solved)
    autograde(room.course, "smoothing", sandbox="none")
    _give(room.course, {WRITTEN: 2, CHECK: 1})
    return room


def _give(course, points):
    with Gradebook(course.db_url) as gradebook:
        for name, score in points.items():
            grade = gradebook.find_grade(name, "smoothing", "smoothing", "ada")
            grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.db.commit()


def _waits(course):
    with Gradebook(course.db_url) as gradebook:
        grades = gradebook.find_submission("smoothing", "ada").notebooks[0].grades
        assert {g.name: g.manual_score for g in grades if g.name in (WRITTEN, CHECK)} == {
            WRITTEN: 2,
            CHECK: 1,
        }, "what a person gave is never lost"
        return {grade.name for grade in grades if grade.needs_manual_grade}


def _by_the_command(course):
    autograde(course, "smoothing", force=True, sandbox="none")


@pytest.fixture(
    params=[_by_the_command, pytest.param("formgrader", marks=pytest.mark.sandbox)],
    ids=["grader", "formgrader"],
)
def regrade(request):
    """Grades again by this grader's command, or by nbgrader's own code, as formgrader's button does."""

    def by_nbgrader(course):
        result = course.api.autograde("smoothing", "ada", force=True)
        assert result["success"], result

    return by_nbgrader if request.param == "formgrader" else request.param


def test_grading_an_unchanged_submission_again_opens_no_mark(marked, regrade):
    regrade(marked.course)
    assert _waits(marked.course) == set()


def test_another_answer_in_words_opens_its_own_mark_only_and_stays_open(marked, regrade):
    changed = marked.with_answer(WRITTEN, "It forgets.")
    marked.submit("ada", changed)
    regrade(marked.course)
    assert _waits(marked.course) == {WRITTEN}
    regrade(marked.course)
    assert _waits(marked.course) == {WRITTEN}, "nobody has looked at it meanwhile"
    _give(marked.course, {WRITTEN: 2, CHECK: 1})
    regrade(marked.course)
    assert _waits(marked.course) == set()


def test_another_function_opens_the_mark_of_its_check_and_not_that_of_the_words(marked, regrade):
    marked.submit("ada", marked.with_answer("smooth", BETTER))
    regrade(marked.course)
    assert _waits(marked.course) == {CHECK}
