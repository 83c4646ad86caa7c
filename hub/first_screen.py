"""What a member sees first: who and where one is, the book, the assignments, and what to do next.

It is a page of the hub's own process, which may be root's: it runs nothing that lies in the course
directory, and reads the gradebook as the database file that it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from grader import assignments
from grader.gradebook import deadlines, notes
from grader.gradebook.collecting import submission_time
from grader.gradebook.deadlines import Deadlines, local
from grader.gradebook.plain_files import NAME, Refused
from grader.service.lanes import Lanes
from hub.members import Member
from hub.places import State
from hub.student_export import launch_link

EPOCH = datetime(1970, 1, 1)  # from which nbgrader's database counts an interval
WHEN = "%A, %-d %B, %H:%M"


@dataclass(frozen=True)
class Line:
    """One assignment as a member has it.

    Attributes
    ----------
    state : str
        One of "not out", "not fetched", "fetched", "handed in" and "feedback".
    due : datetime or None
        The member's own deadline, in the machine's time zone.
    handed_in : datetime or None
        When the last submission was made, likewise.
    own : bool
        Whether it is an instructor's own, which no chapter belongs to.
    """

    name: str
    title: str
    state: str
    due: datetime | None = None
    handed_in: datetime | None = None
    own: bool = False

    @property
    def chapter(self) -> str:
        """Where the chapter opens as a notebook; empty where there is none."""
        return "" if self.own else launch_link(f"chapters/{self.name}")

    @property
    def notebook(self) -> str:
        """Where the fetched notebook opens."""
        return f"/hub/user-redirect/lab/tree/{self.name}/{self.name}.ipynb"

    @property
    def late(self) -> bool:
        """Whether the deadline is over and nothing was handed in."""
        return self.due is not None and self.handed_in is None and self.due < _now()

    @property
    def when(self) -> str:
        """The deadline in words."""
        return self.due.strftime(WHEN) if self.due else "no deadline"


def lines(member: Member, state: State) -> list[Line]:
    """The assignments in the course's order, each as the member has it.

    Parameters
    ----------
    member : Member
        Who looks.
    state : State
        What the hub keeps.

    Returns
    -------
    list of Line
        All assignments of the course, then what instructors have released of their own.
    """
    course = assignments.course()
    due = _deadlines(state)
    titles = {name: course.title(name) for name in course.names()}
    released = sorted(path.name for path in state.outbound.iterdir() if path.is_dir())
    found = [
        _line(member, state, name, titles.get(name, name), due.get(name, Deadlines()))
        for name in (*titles, *(name for name in released if name not in titles))
    ]
    return [line if line.name in titles else replace(line, own=True) for line in found]


def _line(member: Member, state: State, name: str, title: str, due: Deadlines) -> Line:
    until = due.due if member.teaches else due.of(member.name)
    last = local(until) if until else None
    out = (state.outbound / name / f"{name}.ipynb").is_file()
    if member.teaches:
        return Line(name, title, "out" if out else "not out", last)
    made, answered = _handed_in(member, state, name)
    if answered:
        word = "feedback"
    elif made:
        word = "handed in"
    elif (member.home / name / f"{name}.ipynb").exists():
        word = "fetched"
    else:
        word = "not fetched" if out else "not out"
    return Line(name, title, word, last, made)


def _handed_in(member: Member, state: State, name: str) -> tuple[datetime | None, bool]:
    """When a member handed in last, and whether there is feedback on that."""
    lanes = Lanes(state.inbound, state.feedback)
    found: list[tuple[datetime, str]] = []
    for folder in (state.inbound / member.name).iterdir():
        match = NAME.fullmatch(folder.name)
        if match and match["student"] == member.name and match["assignment"] == name:
            try:
                found.append((submission_time(folder, match["time"]), folder.name))
            except (Refused, OSError):
                continue
    if not found:
        return None, False
    time, last = max(found)
    attempt = lanes.attempt(member.name, last)
    answered = attempt and (state.feedback / member.name / attempt.page_name).is_file()
    return local(time), bool(answered)


def next_step(listed: list[Line]) -> tuple[str, Line | None]:
    """The next thing for a student to do: words, and the assignment that it is about.

    Parameters
    ----------
    listed : list of Line
        The assignments.

    Returns
    -------
    word : str
        One of "fetch", "work", "read" and "wait".
    line : Line or None
        The one with the nearest deadline, else the first in the course's order.
    """
    last = datetime.max.replace(tzinfo=UTC)
    undone = [line for line in listed if line.state in ("not fetched", "fetched")]
    for line in sorted(undone, key=lambda line: (line.late, line.due or last)):
        return ("fetch" if line.state == "not fetched" else "work"), line
    read = [line for line in listed if line.state == "feedback"]
    return ("read", read[-1]) if read else ("wait", None)


def _deadlines(state: State) -> Mapping[str, Deadlines]:
    """Those of all assignments, from the gradebook's file and the extensions beside it."""
    path = state.course / "gradebook.db"
    dues: dict[str, datetime] = {}
    extended: dict[str, dict[str, datetime]] = {}
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=2)) as gradebook:
            for name, due in gradebook.execute("SELECT name, duedate FROM assignment"):
                if due:
                    dues[name] = datetime.fromisoformat(due)
            given = gradebook.execute(
                "SELECT a.name, s.student_id, s.extension FROM submitted_assignment s"
                " JOIN assignment a ON a.id = s.assignment_id WHERE s.extension IS NOT NULL"
            )
            for name, student, extension in given:
                if name in dues:
                    until = dues[name] + (datetime.fromisoformat(extension) - EPOCH)
                    extended.setdefault(name, {})[student] = until
    except (sqlite3.Error, ValueError):  # locked, or not there yet: the page goes without
        return {}
    for name, students in notes.read(state.course / deadlines.FILE).items():
        for student, text in students.items():
            extended.setdefault(name, {})[student] = datetime.fromisoformat(text)
    return {name: Deadlines(due, extended.get(name, {})) for name, due in dues.items()}


def _now() -> datetime:
    return datetime.now(UTC)


def book_file(book: Path, path: str) -> Path | None:
    """The file of the built book under this address; None where there is none.

    Parameters
    ----------
    book : Path
        The built book's folder.
    path : str
        From the book's root; a folder's is its index.html.

    Returns
    -------
    Path or None
        A file below the folder.
    """
    found = (book / path).resolve()
    if found.is_dir():
        found = found / "index.html"
    return found if found.is_relative_to(book.resolve()) and found.is_file() else None
