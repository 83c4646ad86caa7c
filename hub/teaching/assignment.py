"""What the page of one assignment shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from grader.gradebook import deadlines, named
from grader.gradebook.questions import questions
from grader.gradebook.report import commonest, group, summarise
from hub import modes
from hub.teaching import history, marking
from hub.teaching.desk import Desk
from hub.teaching.overview import overview


def shown(desk: Desk, name: str) -> dict[str, Any]:
    """All that the page says of an assignment.

    Parameters
    ----------
    desk : Desk
        Where it is.
    name : str
        Of the assignment.

    Returns
    -------
    dict of str to object
        As the template names it.
    """
    rows = history.rows_of(desk, name)
    groups = group(desk.course, name, rows)
    (progress,), students = overview(desk, name)
    waiting = marking.waiting(desk, name)
    return {
        "one": progress,
        "students": students,
        "names": list(desk.students()),
        "graded": len(rows),
        "summary": summarise(rows),
        "common": commonest(rows, groups),
        "groups": groups,
        "named": named.named(desk.root, name),
        "questions": [(asked, waiting[asked.cell]) for asked in questions(desk.root, name)],
        "extensions": {
            student: deadlines.local(until)
            for student, until in deadlines.deadlines(desk.course, name).extended.items()
        },
        "mode": modes.modes(desk.root).get(name),
        "zone": datetime.now().astimezone().tzname(),
    }
