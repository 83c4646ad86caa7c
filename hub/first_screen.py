"""What a member sees first: who and where one is, the book, the assignments, and what to do next.

On one machine it is a page of the hub's own process, which may be root's: it runs nothing that lies in the
course directory, and reads the gradebook as the database file that it is. On a server or a cluster the
hub sees neither course nor gradebook, and `hub.teaching` shows it.
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
from hub.launch import launch_link
from hub.members import Member
from hub.places import FETCHED, State

EPOCH = datetime(1970, 1, 1)  # from which nbgrader's database counts an interval
WHEN = "%A, %-d %B, %H:%M"


@dataclass(frozen=True)
class Line:
    """One assignment as a member has it.

    Attributes
    ----------
    state : str
        For a student one of "not out", "not fetched", "fetched", "handed in" and "feedback"; for
        those who teach, "out" or "not out".
    due : datetime or None
        The student's own deadline, or for those who teach that of the assignment, in the machine's
        time zone.
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
    """The assignments in the course's order, each as the member of a one-machine hub has it.

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
    exchange, due = state.outbound.parent, _deadlines(state)
    return listed(member.name, member.teaches, exchange, due, member.home)


def listed(
    name: str,
    teaches: bool,
    exchange: Path,
    due: Mapping[str, Deadlines],
    home: Path | None = None,
) -> list[Line]:
    """As `lines`, where there are no more than the folders of the exchange.

    Parameters
    ----------
    name : str
        Who looks.
    teaches : bool
        Whether that is an instructor.
    exchange : Path
        The course's folder of the exchange.
    due : mapping of str to Deadlines
        By assignment.
    home : Path, optional
        Of the member, where it can be seen.

    Returns
    -------
    list of Line
        All assignments of the course, then what instructors have released of their own.
    """
    course = assignments.course()
    titles = {one: course.title(one) for one in course.names()}
    out = {
        path.name
        for path in _within(exchange / "outbound")
        if (path / f"{path.name}.ipynb").is_file()
    }
    lane = _Lane(exchange, name, home)
    found = []
    for one in (*titles, *sorted(out - set(titles))):
        dates = due.get(one, Deadlines())
        until = dates.due if teaches else dates.of(name)
        line = Line(one, titles.get(one, one), "", local(until) if until else None)
        line = replace(line, own=one not in titles)
        if teaches:
            found.append(replace(line, state="out" if one in out else "not out"))
            continue
        made, answered = lane.handed_in(one)
        if answered:
            word = "feedback"
        elif made:
            word = "handed in"
        elif lane.has_fetched(one):
            word = "fetched"
        else:
            word = "not fetched" if one in out else "not out"
        found.append(replace(line, state=word, handed_in=made))
    return found


class _Lane:
    """A member's folders of the exchange, and the home where it can be seen."""

    def __init__(self, exchange: Path, name: str, home: Path | None):
        self._name, self._home = name, home
        self._lanes = Lanes(exchange / "inbound", exchange / "feedback")
        self._feedback = exchange / "feedback" / name
        entries = _within(exchange / "inbound" / name)
        self._names = {entry.name for entry in entries}
        self._last: dict[str, tuple[datetime, str]] = {}  # of each assignment: when, and its folder
        for folder in entries:
            match = NAME.fullmatch(folder.name)
            if match is None or match["student"] != name:
                continue
            try:
                made = submission_time(folder, match["time"]), folder.name
            except (Refused, OSError):
                continue
            self._last[match["assignment"]] = max(made, self._last.get(match["assignment"], made))

    def has_fetched(self, assignment: str) -> bool:
        """By the notebook, or by the mark that nbgrader leaves in the lane."""
        marked = f"{FETCHED}{assignment}" in self._names
        notebook = self._home and self._home / assignment / f"{assignment}.ipynb"
        return marked or bool(notebook and notebook.exists())

    def handed_in(self, assignment: str) -> tuple[datetime | None, bool]:
        """When a member handed in last, and whether there is feedback on that."""
        if assignment not in self._last:
            return None, False
        time, last = self._last[assignment]
        attempt = self._lanes.attempt(self._name, last)
        answered = attempt and (self._feedback / attempt.page_name).is_file()
        return local(time), bool(answered)


def _within(folder: Path) -> list[Path]:
    """What lies in a folder, nothing where there is none."""
    return list(folder.iterdir()) if folder.is_dir() else []


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
