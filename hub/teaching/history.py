"""What one student has done in the course, and what the class has asked to be looked at again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.gradebook.collecting import parsed
from grader.gradebook.deadlines import local
from grader.gradebook.report import Row, report
from grader.gradebook.whole_file import write_whole
from hub.teaching.desk import Desk

LONGEST = 2000  # characters of a request, and of an answer to it


@dataclass(frozen=True)
class Chapter:
    """One student and one assignment.

    Attributes
    ----------
    times : list of datetime
        When something was handed in, as the names of the submissions say, in this machine's time zone.
    row : Row or None
        The student's entry in the class report.
    tries : int
        Attempts that the service of practice has answered.
    """

    name: str
    title: str
    times: list[datetime]
    row: Row | None
    tries: int


def rows_of(desk: Desk, name: str, student: str | None = None) -> list[Row]:
    """The class report's entries; none of an assignment that nobody has been graded in.

    An instructor's own may not be built yet, so that nothing is known of its functions.
    """
    return report(desk.course, name, student) if any(desk.course.graded(name, student)) else []


def history(desk: Desk, student: str) -> list[Chapter]:
    """All of a student's assignments, in the course's order.

    Parameters
    ----------
    desk : Desk
        Where the student works.
    student : str
        The name in the gradebook.

    Returns
    -------
    list of Chapter
        One for each assignment.

    Raises
    ------
    GraderError
        Where the class has no such student.
    """
    from nbgrader.api import MissingEntry

    with desk.course.gradebook() as gradebook:
        try:
            gradebook.find_student(student)
        except MissingEntry:
            raise GraderError(f"the class has no student {student!r}") from None
    lane = desk.exchange / "inbound" / student
    handed_in = desk.handed_in(lane) if lane.is_dir() else {}
    found = []
    for name in desk.names():
        rows = rows_of(desk, name, student)
        said = [parsed(entry.split("+")[2]) for entry in handed_in.get(name, [])]
        times = [local(moment) for moment in said if moment]
        tries = desk.practised.attempts_of(student, name)
        found.append(Chapter(name, desk.title(name), times, rows[0] if rows else None, tries))
    return found


# ---------------------------------------------------------------- requests to look again


@dataclass(frozen=True)
class Request:
    """A student's wish that a person looks at a mark again, and what came of it.

    Attributes
    ----------
    asked, answered : str
        When, in ISO format with a time zone; `answered` is empty while it is open.
    text, answer : str
        In words, a stranger's.
    by : str
        Who answered.
    """

    student: str
    assignment: str
    asked: str
    text: str
    answered: str = ""
    answer: str = ""
    by: str = ""

    @property
    def open(self) -> bool:
        """Whether nobody has answered."""
        return not self.answered


def requests(desk: Desk) -> list[Request]:
    """All requests: the open ones first, the oldest first among them."""
    found = filter(None, map(_read, _folder(desk).glob("*/*.json")))
    return sorted(found, key=lambda one: (not one.open, one.asked, one.student))


def request(desk: Desk, student: str, assignment: str) -> Request | None:
    """A student's request on an assignment, None where there is none."""
    found = _read(_folder(desk) / assignment / f"{student}.json")
    # the names may come from a form, and are no way to other files
    return found if found and (found.student, found.assignment) == (student, assignment) else None


def _folder(desk: Desk) -> Path:
    return desk.root / "grading" / "requests"


def _read(path: Path) -> Request | None:
    try:
        return Request(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def ask(desk: Desk, student: str, assignment: str, text: str) -> None:
    """Note a request; it takes the place of the student's last one on the assignment.

    Parameters
    ----------
    desk : Desk
        Where it is noted.
    student, assignment : str
        Who asks, and about what.
    text : str
        In words; what is too long is cut off.

    Raises
    ------
    GraderError
        Where nothing has been graded that could be looked at again, or nothing is asked.
    """
    if assignment not in desk.names() or not desk.course.autograded(assignment, student).is_file():
        raise GraderError("Nothing of yours has been graded there yet.")
    if not text.strip():
        raise GraderError("Say what should be looked at again, and why.")
    _write(desk, Request(student, assignment, _now(), text.strip()[:LONGEST]))


def answer(desk: Desk, student: str, assignment: str, text: str, by: str) -> None:
    """Answer a request, which closes it.

    Parameters
    ----------
    desk : Desk
        Where it is noted.
    student, assignment : str
        Who asked, and about what.
    text : str
        In words; what is too long is cut off.
    by : str
        Who answers.

    Raises
    ------
    GraderError
        Where there is no such request.
    """
    found = request(desk, student, assignment)
    if found is None:
        raise GraderError(f"{student} has asked nothing about {assignment}")
    closed: dict[str, Any] = {"answered": _now(), "answer": text.strip()[:LONGEST], "by": by}
    _write(desk, Request(**asdict(found) | closed))


def _write(desk: Desk, one: Request) -> None:
    path = _folder(desk) / one.assignment / f"{one.student}.json"
    write_whole(path, json.dumps(asdict(one)))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
