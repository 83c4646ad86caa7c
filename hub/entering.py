"""Run in the instructor's view: enters the class in the gradebook, and who has left it.

`python -m hub.entering`, with the rows of the roster as JSON on standard input.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import Any

from grader.gradebook import leavers
from grader.gradebook.course_directory import CourseDirectory


def enter(course: CourseDirectory, rows: list[dict[str, Any]]) -> None:
    """Enter the students in the gradebook; their grades stay as they are.

    Parameters
    ----------
    course : CourseDirectory
        Whose gradebook it is.
    rows : list of dicts from field to value
        The class, as `hub.roster.Entry.to_json` gives it; those with `left` are marked.
    """
    students = [row for row in rows if row["role"] == "student"]
    with course.gradebook() as gradebook:
        for row in students:
            fields = {key: row[key] or None for key in ("first_name", "last_name", "email")}
            gradebook.update_or_create_student(row["name"], **fields)
    noted = leavers.left(course)
    for row in students:
        if row["left"] and row["name"] not in noted:
            leavers.leave(course, row["name"])
        if not row["left"] and row["name"] in noted:
            leavers.come_back(course, row["name"])
    with contextlib.suppress(OSError):  # shared with the other instructors
        (course.root / "gradebook.db").chmod(0o660)


if __name__ == "__main__":
    os.umask(0o007)
    enter(CourseDirectory(), json.load(sys.stdin))
