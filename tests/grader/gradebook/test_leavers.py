"""A student who left: passed over, with nothing lost, and restored by one call."""

from __future__ import annotations

import pytest

from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.leavers import come_back, leave, left
from grader.gradebook.report import report


@pytest.fixture
def course(tmp_path) -> CourseDirectory:
    course = CourseDirectory(tmp_path / "course")
    with course.gradebook() as gradebook:
        gradebook.add_student("ada")
    return course


def test_leaving_is_a_mark_that_can_be_taken_away(course):
    leave(course, "ada")
    (first,) = left(course).values()
    leave(course, "ada")
    assert left(course) == {"ada": first}
    come_back(course, "ada")
    assert left(course) == {}
    with course.gradebook() as gradebook:
        assert [student.id for student in gradebook.students] == ["ada"]


def test_the_report_passes_over_who_left(course):
    with course.gradebook() as gradebook:
        gradebook.add_assignment("smoothing")
        gradebook.add_student("lin")
    for student in ("ada", "lin"):
        path = course.autograded("smoothing", student)
        path.parent.mkdir(parents=True)
        path.write_text('{"cells": []}')

    def listed() -> list[str]:
        return [row["student"] for row in report(course, "smoothing")]

    leave(course, "ada")
    assert listed() == ["lin"]
    come_back(course, "ada")
    assert listed() == ["ada", "lin"]


def test_a_name_that_nobody_has_is_refused(course):
    for change in (leave, come_back):
        with pytest.raises(GraderError, match="no student 'nobody'"):
            change(course, "nobody")
