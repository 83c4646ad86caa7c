"""Builds assignments into a course directory and makes the version that students get."""

from __future__ import annotations

from pathlib import Path

from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.lock import locked
from grader.notebooks import build, own_tests


def build_source(course: CourseDirectory, name: str) -> Path:
    """Write nbgrader's source notebook of an assignment."""
    return build.write(name, course.source())


def release(course: CourseDirectory, name: str) -> Path:
    """Build an assignment and let nbgrader make its release version and enter it in the gradebook.

    One of an instructor's own lies in source/ already.

    Parameters
    ----------
    course : CourseDirectory
        Where it is released.
    name : str
        Of the assignment.

    Returns
    -------
    Path
        The notebook that students get.

    Raises
    ------
    GraderError
        Where a declaration or the sheet is wrong, an assignment of an instructor's own isn't one
        notebook of its name, or nbgrader fails.
    """
    with locked(course.root, f"`grader release {name}`"):
        return _release(course, name)


def _release(course: CourseDirectory, name: str) -> Path:
    course.require_assignment(name)
    if not own_tests.is_own(name):
        build_source(course, name)
    course.write_config()
    result = course.api.generate_assignment(name, force=True, create=True)
    if not result["success"]:
        reason = result.get("log") or result.get("error") or "no reason given"
        raise GraderError(f"nbgrader could not release {name!r}:\n{reason}")
    return course.release(name)
