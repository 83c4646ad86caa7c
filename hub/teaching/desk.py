"""What the page works on: the course directory, the exchange, and the log of practice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader import assignments
from grader.gradebook.course_directory import CourseDirectory
from grader.gradebook.plain_files import NAME
from grader.service.attempts import Log
from hub.release import Exchange


@dataclass(frozen=True)
class Desk:
    """The folders of one course.

    Attributes
    ----------
    root : Path
        nbgrader's course directory.
    exchange : Path
        The course's folder of the exchange: outbound, inbound, feedback.
    log : Path
        The service's log of practice, there or not.
    """

    root: Path
    exchange: Path
    log: Path

    @cached_property
    def course(self) -> CourseDirectory:
        """The course directory as the grader has it."""
        return CourseDirectory(self.root)

    @cached_property
    def commands(self) -> Exchange:
        """nbgrader's own commands on the hub's exchange; for one thread at a time."""
        return Exchange(self.course)

    @cached_property
    def practised(self) -> Log:
        """What students have tried."""
        return Log(self.log)

    def names(self) -> list[str]:
        """The assignments: the course's, in its order, and then the instructor's own."""
        return self.commands.names()

    def title(self, name: str) -> str:
        """What an assignment is called in the book; its name where it has no page."""
        return assignments.course().title(name) if name in assignments.names() else name

    def students(self) -> dict[str, str]:
        """Everybody whom the gradebook has as a student: the name for people by the identifier."""
        with self.course.gradebook() as gradebook:
            return {
                student.id: " ".join(filter(None, (student.first_name, student.last_name)))
                for student in gradebook.students
            }

    def released(self, name: str) -> bool:
        """Whether students can fetch it."""
        return (self.exchange / "outbound" / name).is_dir()

    def lanes(self) -> Iterator[Path]:
        """The lanes for handing in, one of each student."""
        inbound = self.exchange / "inbound"
        for lane in sorted(inbound.iterdir()) if inbound.is_dir() else ():
            if lane.is_dir() and not lane.is_symlink():
                yield lane

    def handed_in(self, lane: Path, entries: list[str] | None = None) -> dict[str, list[str]]:
        """The names of submissions in a lane, or of its `entries`: oldest first, by assignment."""
        found: dict[str, list[str]] = {}
        for name in sorted(os.listdir(lane) if entries is None else entries):
            match = NAME.fullmatch(name)
            if match and match["student"] == lane.name:
                found.setdefault(match["assignment"], []).append(name)
        return found
