"""Makes the pages that students read: nbgrader's feedback over the graded notebooks."""

from __future__ import annotations

from pathlib import Path

from grader.errors import GraderError
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.word_page import word_page

NO_PAGE = (
    "Your submission has been graded, and the points are recorded; only this page could not be drawn."
    " That is not your fault. Tell your instructor."
)


def feedback(
    course: CourseDirectory, assignment: str, students: list[str] | None = None
) -> list[Path]:
    """Write the feedback of everyone who has been graded.

    Whatever goes wrong with one page costs no other its own: it is said at the end, and until then a
    word stands in its place.

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
        Where nothing has been graded, or a page could not be made.
    """
    graded = [s for s, _ in course.graded(assignment) if students is None or s in students]
    if not graded:
        raise GraderError(
            f"nothing of {assignment!r} has been graded in {course.root}:"
            f" run `python -m grader autograde {assignment}` first"
        )
    course.require_gradebook(assignment)
    reasons = {student: _write(course, assignment, student) for student in graded}
    failed = [f"{student} ({reason})" for student, reason in reasons.items() if reason]
    if failed:
        raise GraderError(
            f"{len(graded) - len(failed)} pages were written. These could not be drawn, and a word stands"
            f" in their place: {'; '.join(failed)}"
        )
    return [course.feedback(assignment, student) for student in graded]


def _write(course: CourseDirectory, assignment: str, student: str) -> str:
    """Write one page; the reason, where there is a word in its place."""
    result = course.api.generate_feedback(assignment, student, force=True)
    page = course.feedback(assignment, student)
    if result["success"] and page.is_file():
        return ""
    page.parent.mkdir(parents=True, exist_ok=True)
    text = word_page(assignment, "There is no feedback page yet", NO_PAGE)
    page.write_text(text, encoding="utf-8")
    log: str = result.get("log") or result.get("error") or "no reason given"
    return _last_error(log)


def _last_error(log: str) -> str:
    """The line of a log that says what happened, without the way there."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    said = [line for line in lines if not line.startswith(("[", "File", "^", "~"))]
    return (said or lines)[-1]
