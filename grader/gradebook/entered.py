"""What the gradebook has of each submission: points, what waits for a person, lateness.

Asked for at once and not student by student: a class of a thousand takes a second, and not minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from grader.gradebook.course_directory import CourseDirectory


@dataclass
class Entered:
    """One submission as the gradebook has it.

    Attributes
    ----------
    score, max_score : float
        Of all that is graded, without the penalty.
    written, max_written : float
        Of that, what a person gives.
    waits : bool
        Whether a person has to look at some of it.
    written_waits : bool
        Whether that is an answer in words.
    late : float
        The penalty for handing in late, in points.
    overdue : int
        Seconds after the student's own deadline; 0 where it was kept or there is none.
    """

    score: float = 0.0
    max_score: float = 0.0
    written: float = 0.0
    max_written: float = 0.0
    waits: bool = False
    written_waits: bool = False
    late: float = 0.0
    overdue: int = 0


def entered(
    course: CourseDirectory, assignment: str | None = None, student: str | None = None
) -> dict[tuple[str, str], Entered]:
    """The submissions of a gradebook.

    Parameters
    ----------
    course : CourseDirectory
        Whose gradebook it is.
    assignment, student : str, optional
        Only of these.

    Returns
    -------
    dict of (str, str) to Entered
        By assignment and student.
    """
    from nbgrader.api import Assignment, SubmittedAssignment

    wanted = []
    if assignment is not None:
        wanted.append(Assignment.name == assignment)
    if student is not None:
        wanted.append(SubmittedAssignment.student_id == student)
    found: dict[str, Entered] = {}
    keys: dict[tuple[str, str], str] = {}
    with course.gradebook() as gradebook:
        for key, name, who, seconds in _submissions(gradebook, wanted):
            keys[name, who] = key
            found[key] = Entered(overdue=seconds)
        for key, penalty in _penalties(gradebook, wanted):
            found[key].late = penalty or 0
        for key, is_check, score, most, waits in _points(gradebook, wanted):
            one = found[key]
            one.score += score
            one.max_score += most
            one.waits |= bool(waits)
            if not is_check:
                one.written, one.max_written = score, most
                one.written_waits = bool(waits)
    return {names: found[key] for names, key in keys.items()}


def _submissions(gradebook: Any, wanted: list[Any]) -> Any:
    """The number of each submission, its assignment and student, and the seconds that it is overdue."""
    from nbgrader.api import Assignment, SubmittedAssignment

    query = gradebook.db.query(
        SubmittedAssignment.id,
        Assignment.name,
        SubmittedAssignment.student_id,
        SubmittedAssignment.timestamp,
        Assignment.duedate,
        SubmittedAssignment.extension,
    ).join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
    for key, name, student, made, due, extension in query.filter(*wanted):
        late = made - (due + (extension or timedelta())) if made and due else timedelta()
        yield key, name, student, max(0, round(late.total_seconds()))


def _penalties(gradebook: Any, wanted: list[Any]) -> Any:
    from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import func

    return (
        gradebook.db.query(
            SubmittedAssignment.id, func.sum(SubmittedNotebook.late_submission_penalty)
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(*wanted)
        .group_by(SubmittedAssignment.id)
    )


def _points(gradebook: Any, wanted: list[Any]) -> Any:
    """Of each submission, for its checks and for the rest: points, of how many, and whether one waits."""
    from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import case, func, literal_column

    is_check: Any = literal_column("substr(base_cell.name, 1, 6) = 'check-'").label("is_check")
    return (
        gradebook.db.query(
            SubmittedAssignment.id,
            is_check,
            func.sum(Grade.score),
            func.sum(Grade.max_score),
            func.max(case((Grade.needs_manual_grade, 1), else_=0)),
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .filter(*wanted)
        .group_by(SubmittedAssignment.id, is_check)
    )
