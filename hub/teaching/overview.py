"""How far each assignment is, in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grader.gradebook.deadlines import local
from grader.gradebook.report import FEW_POINTS
from hub.teaching.desk import FETCHED, Desk


@dataclass
class Progress:
    """One assignment over the class.

    Attributes
    ----------
    due : datetime or None
        The deadline, with a time zone: this machine's.
    fetched, handed_in : int
        Students who did, by what is in their lanes.
    graded : int
        Students who have points.
    waiting : int
        Of those, whose answers in words wait for a person.
    passed : int
        Of those who wait for nobody, who have at least half of the points.
    """

    name: str
    title: str
    released: bool
    due: datetime | None = None
    fetched: int = 0
    handed_in: int = 0
    graded: int = 0
    waiting: int = 0
    passed: int = 0


def overview(desk: Desk) -> tuple[list[Progress], int]:
    """Each assignment's progress, in the course's order, and the number of students."""
    found = {name: Progress(name, desk.title(name), desk.released(name)) for name in desk.names()}
    _lanes(desk, found)
    with desk.course.gradebook() as gradebook:
        for assignment in gradebook.assignments:
            if assignment.name in found and assignment.duedate is not None:
                found[assignment.name].due = local(assignment.duedate)
        for name, student, score, most, waits, penalty in _scores(gradebook):
            if name not in found or not _graded(desk, name, student):
                continue
            one = found[name]
            one.graded += 1
            one.waiting += bool(waits)
            one.passed += not waits and score - (penalty or 0) >= FEW_POINTS * most
        students = len(gradebook.students)
    return list(found.values()), students


def _graded(desk: Desk, name: str, student: str) -> bool:
    """A row of the gradebook may also be there for an extension only."""
    return desk.course.autograded(name, student).is_file()


def _scores(gradebook: Any) -> Any:
    from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook
    from sqlalchemy import func

    late = func.sum(SubmittedNotebook.late_submission_penalty)
    return (
        gradebook.db.query(
            Assignment.name,
            SubmittedAssignment.student_id,
            SubmittedAssignment.score,
            SubmittedAssignment.max_score,
            SubmittedAssignment.needs_manual_grade,
            late,
        )
        .join(SubmittedAssignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .group_by(SubmittedAssignment.id, Assignment.name)
        .all()
    )


def _lanes(desk: Desk, found: dict[str, Progress]) -> None:
    for lane in desk.lanes():
        handed_in = desk.handed_in(lane)
        for name, one in found.items():
            one.handed_in += name in handed_in
            one.fetched += name in handed_in or (lane / f"{FETCHED}{name}").exists()
