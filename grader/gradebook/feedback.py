"""Makes the pages that students read: nbgrader's feedback over the graded notebooks."""

from __future__ import annotations

from pathlib import Path

from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory


def feedback(
    course: CourseDirectory, assignment: str, students: list[str] | None = None
) -> list[Path]:
    """Write the feedback of everyone who has been graded.

    Parameters
    ----------
    course : CourseDirectory
        Where the graded notebooks are.
    assignment : str
        Its name.
    students : list of str, optional
        Only of these.

    Returns
    -------
    list of Path
        The pages, `feedback/STUDENT/ASSIGNMENT/ASSIGNMENT.html`.

    Raises
    ------
    GraderError
        Where nothing has been graded, or nbgrader fails.
    """
    graded = [s for s, _ in course.graded(assignment) if students is None or s in students]
    if not graded:
        raise GraderError(
            f"nothing of {assignment!r} has been graded in {course.root}:"
            f" run `python -m grader autograde {assignment}` first"
        )
    for student in graded:
        result = course.api.generate_feedback(assignment, student, force=True)
        if not result["success"]:
            reason = result.get("log") or result.get("error") or "no reason given"
            raise GraderError(f"nbgrader made no feedback for {student!r}:\n{reason}")
    return [course.feedback(assignment, student) for student in graded]
