"""How far each assignment is, in numbers."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from grader.gradebook.deadlines import local
from grader.gradebook.entered import entered
from grader.gradebook.report import FEW_POINTS
from hub.places import FETCHED
from hub.teaching.desk import Desk


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


def overview(desk: Desk, only: str | None = None) -> tuple[list[Progress], int]:
    """Each assignment's progress, in the course's order, and the number of students.

    Parameters
    ----------
    desk : Desk
        Where they are.
    only : str, optional
        Of this assignment alone.

    Returns
    -------
    (list of Progress, int)
        Of every assignment that is asked for; of students.
    """
    names = [name for name in desk.names() if only in (None, name)]
    found = {name: Progress(name, desk.title(name), desk.released(name)) for name in names}
    _lanes(desk, found)
    for (name, student), of_one in entered(desk.course, only).items():
        # a row of the gradebook may also be there for an extension only
        if name in found and desk.course.autograded(name, student).is_file():
            one = found[name]
            one.graded += 1
            one.waiting += of_one.waits
            enough = of_one.score - of_one.late >= FEW_POINTS * of_one.max_score
            one.passed += enough and not of_one.waits
    with desk.course.gradebook() as gradebook:
        for assignment in gradebook.assignments:
            if assignment.name in found and assignment.duedate is not None:
                found[assignment.name].due = local(assignment.duedate)
        return list(found.values()), _students(gradebook)


def _students(gradebook: Any) -> int:
    from nbgrader.api import Student

    count: int = gradebook.db.query(Student).count()
    return count


def _lanes(desk: Desk, found: dict[str, Progress]) -> None:
    for lane in desk.lanes():
        entries = os.listdir(lane)
        handed_in = desk.handed_in(lane, entries)
        fetched = {entry.removeprefix(FETCHED) for entry in entries if entry.startswith(FETCHED)}
        for name, one in found.items():
            one.handed_in += name in handed_in
            one.fetched += name in handed_in or name in fetched
