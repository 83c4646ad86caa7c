"""Deadlines and extensions: the same in collecting, in recording and in the report."""

from __future__ import annotations

import shutil
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest

from grader.__main__ import main
from grader.errors import GraderError
from grader.gradebook import notes
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.deadlines import FILE, deadlines, extend, set_deadline

DUE = datetime(2026, 3, 1, 12)


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> CourseDirectory:
    course = CourseDirectory(tmp_path_factory.mktemp("template"))
    with course.gradebook() as gradebook:
        for name in ("warmup", "smoothing"):  # the second is one of the tests' course
            gradebook.add_assignment(name)
        for student in ("ada", "lin"):
            gradebook.add_student(student)
    return course


@pytest.fixture
def course(template, tmp_path) -> CourseDirectory:
    shutil.copytree(template.root, tmp_path / "course")
    return CourseDirectory(tmp_path / "course")


def penalised_seconds(course: CourseDirectory, student: str) -> float:
    """By how much nbgrader takes a submission for late."""
    with course.gradebook() as gradebook:
        return gradebook.find_submission("warmup", student).total_seconds_late


def test_without_a_deadline_nobody_is_late(course):
    assert deadlines(course, "warmup").of("ada") is None
    assert deadlines(course, "unknown").of("ada") is None
    extend(course, "warmup", "ada", DUE)
    assert deadlines(course, "warmup").of("ada") is None


def test_who_has_handed_in_nothing_can_have_more_time(course):
    """nbgrader keeps an extension with a submission, and says that there is none."""
    set_deadline(course, "warmup", DUE)
    assert extend(course, "warmup", "ada", DUE + timedelta(days=2)) == DUE + timedelta(days=2)
    found = deadlines(course, "warmup")
    assert found.of("ada") == DUE + timedelta(days=2) and found.of("lin") == DUE
    assert extend(course, "warmup", "ada", None) == DUE


def test_a_time_with_a_zone_is_the_same_moment(course):
    zone = timezone(timedelta(hours=2))
    set_deadline(course, "warmup", DUE.replace(tzinfo=UTC).astimezone(zone))
    assert deadlines(course, "warmup").due == DUE
    assert extend(course, "warmup", "ada", datetime(2026, 3, 2, 14, tzinfo=zone)) == datetime(
        2026, 3, 2, 12
    )


def test_an_extension_reaches_the_submission_that_is_there(course):
    with course.gradebook() as gradebook:
        gradebook.add_submission("warmup", "ada", timestamp=DUE + timedelta(hours=1))
    set_deadline(course, "warmup", DUE)
    assert penalised_seconds(course, "ada") == 3600
    extend(course, "warmup", "ada", DUE + timedelta(hours=2))
    assert penalised_seconds(course, "ada") == 0
    set_deadline(course, "warmup", DUE - timedelta(hours=1))  # an extension is a time, not a span
    assert penalised_seconds(course, "ada") == 0
    extend(course, "warmup", "ada", None)
    assert penalised_seconds(course, "ada") == 7200


def test_an_extension_that_nbgrader_has_entered_counts(course):
    with course.gradebook() as gradebook:
        gradebook.add_submission("warmup", "ada")
        gradebook.grant_extension("warmup", "ada", hours=3)
    set_deadline(course, "warmup", DUE)
    assert deadlines(course, "warmup").of("ada") == DUE + timedelta(hours=3)


def test_names_that_nobody_has_are_refused(course):
    for assignment, student in (("warmup", "nobody"), ("nothing", "ada")):
        with pytest.raises(GraderError, match="no extension for"):
            extend(course, assignment, student, DUE)
    with pytest.raises(GraderError, match="release it first"):
        set_deadline(course, "nothing", DUE)
    assert notes.read(course.root / FILE) == {}


def test_a_file_that_is_damaged_is_named(course):
    (course.root / FILE).write_text("[")
    with pytest.raises(GraderError, match=r"extensions\.json cannot be read"):
        extend(course, "warmup", "ada", DUE)


def test_a_command_sets_and_shows_them(course, capsys, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    where = ["--course", str(course.root)]
    assert main(["deadline", "smoothing", "2026-03-01T12:00", *where]) == 0
    assert main(["deadline", "smoothing", "2026-03-03T12:00", "--student", "ada", *where]) == 0
    shown = "smoothing: 2026-03-01 12:00 UTC\n  ada: 2026-03-03 12:00 UTC\n"
    assert capsys.readouterr().out.endswith(shown)
    assert main(["deadline", "smoothing", "none", *where]) == 0
    assert capsys.readouterr().out == "smoothing: no deadline\n"
    assert main(["deadline", "smoothing", "tomorrow", *where]) == 1
    assert "is not a time" in capsys.readouterr().err
    assert main(["left", "ada", *where]) == 0
    assert capsys.readouterr().out.startswith("ada  since 20")
    assert main(["left", "ada", "--back", *where]) == 0
    assert capsys.readouterr().out == ""
