"""The log of attempts: what each gave, for the class report, and who may try again when."""

from __future__ import annotations

import errno
import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from grader import assignments
from grader.gradebook.report import Row, verdicts_of
from grader.service.lanes import Attempt
from grader.service.limits import HOUR
from grader.submission import Graded

RECENT = 4 << 20  # bytes at the end of the log that are read first for those of the last hour


@dataclass(frozen=True)
class Entry:
    """Who tried what and when, in seconds since 1970; `attempt` is the name of its folder."""

    student: str
    assignment: str
    attempt: str
    moment: float


@dataclass(frozen=True)
class Log:
    """A file with a line of JSON for each attempt that was graded.

    A service that is killed may write the line of an attempt twice; the name of its folder tells.
    """

    path: Path
    _writing: threading.Lock = field(default_factory=threading.Lock)

    def note(self, attempt: Attempt, graded: Graded) -> None:
        """Append an attempt.

        Parameters
        ----------
        attempt : Attempt
            What was handed in, and where.
        graded : Graded
            What came of it.

        Raises
        ------
        OSError
            Where there is no room for all of its line.
        """
        checks = verdicts_of(json.loads(graded.notebook), [v.function for v in graded.verdicts])
        entry = {
            "time": datetime.now().astimezone().isoformat(timespec="seconds"),
            "student": attempt.student,
            "assignment": attempt.assignment,
            "attempt": attempt.folder.name,
            "checks": checks,
        }
        line = (json.dumps(entry) + "\n").encode()
        # in one piece: the service that records writes here too
        with self._writing, self.path.open("a+b", buffering=0) as stream:
            line = (b"" if _is_whole(stream) else b"\n") + line
            if stream.write(line) != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))

    def recent(self) -> Iterator[Entry]:
        """The latest attempts, at least those of the last hour, oldest first."""
        most = RECENT
        entries = list(self._entries(most))
        while self._size() > most and (not entries or _moment(entries[0]) > time.time() - HOUR):
            most *= 4
            entries = list(self._entries(most))
        for entry in {entry["attempt"]: entry for entry in entries}.values():
            yield Entry(entry["student"], entry["assignment"], entry["attempt"], _moment(entry))

    def rows(self, assignment: str) -> list[Row]:
        """Each student's last attempt, as the class report has graded submissions."""
        last = {e["student"]: e for e in self._entries() if e["assignment"] == assignment}
        return [_row(assignment, last[student]) for student in sorted(last)]

    def attempts_of(self, student: str, assignment: str) -> int:
        """How often a student has tried an assignment."""
        wanted = (student, assignment)
        tried = (e for e in self._entries() if (e["student"], e["assignment"]) == wanted)
        return len({entry["attempt"] for entry in tried})

    def _size(self) -> int:
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def _entries(self, most: int | None = None) -> Iterator[dict[str, Any]]:
        """Of the whole log, or of its end; a line that was cut off is passed over."""
        try:
            with self.path.open("rb") as stream:
                if most is not None:
                    stream.seek(max(0, os.fstat(stream.fileno()).st_size - most))
                lines = stream.read().splitlines()
        except FileNotFoundError:
            return
        for line in lines:
            try:
                entry = json.loads(line)
                if {"time", "student", "assignment", "attempt", "checks"} <= set(entry):
                    yield entry
            except (ValueError, TypeError):
                continue


def _is_whole(stream: BinaryIO) -> bool:
    """Whether the last line has its end: on a full disk it may have been cut off."""
    if stream.seek(0, os.SEEK_END) == 0:
        return True
    stream.seek(-1, os.SEEK_END)
    return stream.read(1) == b"\n"


def _moment(entry: dict[str, Any]) -> float:
    return datetime.fromisoformat(entry["time"]).timestamp()


def _row(assignment: str, entry: dict[str, Any]) -> Row:
    names = [check.function for check in assignments.load(assignment).checks]
    checks = {name: entry["checks"][name] for name in names if name in entry["checks"]}
    score = round(sum(check["score"] for check in checks.values()), 4)
    most = sum(check["max_score"] for check in checks.values())
    return {
        "student": entry["student"],
        "score": score,
        "max_score": most,
        "checks": checks,
        "seconds": None,
        "written": None,
        "late": 0,
        "overdue": 0,
        "total": score,
        "max_total": most,
    }
