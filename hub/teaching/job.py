"""One long job at a time, in the background; its status survives a reload, and a restart too."""

from __future__ import annotations

import json
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.gradebook.whole_file import write_whole
from grader.sandbox.pool import SandboxUnavailable


@dataclass(frozen=True)
class Status:
    """How far a job is.

    Attributes
    ----------
    what : str
        In words: "Grading lstm".
    who : str
        Who started it.
    started, ended : str
        In ISO format with a time zone; `ended` is empty while it runs.
    done, total : int
        Of the steps that it has; a total of 0 where their number isn't known.
    notes : tuple of str
        What it found worth saying.
    error : str
        Why it failed; empty where it didn't.
    """

    what: str
    who: str
    started: str
    ended: str = ""
    done: int = 0
    total: int = 0
    notes: tuple[str, ...] = ()
    error: str = ""

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return not self.ended


Step = Callable[[int, int], None]
"""Told by the work how many steps are done, of how many."""
Work = Callable[[Step], list[str]]
"""What a job does; gives what is worth saying."""


class Busy(Exception):
    """Another job runs."""


class Jobs:
    """Runs one job after the other, in a thread of its own.

    Parameters
    ----------
    path : Path
        Where the status is kept.
    """

    def __init__(self, path: Path):
        self._path, self._lock = path, threading.Lock()
        self._thread = ThreadPoolExecutor(1, "job")
        self._status = _read(path)
        if self._status and self._status.runs:
            error = "It was cut off by a restart. Start it again: it does what is left."
            self._set(replace(self._status, ended=_now(), error=error))

    @property
    def status(self) -> Status | None:
        """Of the job that runs, or of the last one."""
        return self._status

    def start(self, what: str, who: str, work: Work) -> None:
        """Begin a job.

        Parameters
        ----------
        what, who : str
            As in its status.
        work : Work
            What it does.

        Raises
        ------
        Busy
            Where one runs.
        """
        with self._lock:
            if self._status and self._status.runs:
                raise Busy(f"{self._status.what}: that has to end first.")
            self._set(Status(what, who, _now()))
        self._thread.submit(self._run, work)

    def _run(self, work: Work) -> None:
        end: dict[str, Any]
        try:
            end = {"notes": tuple(work(self._step))}
        except (GraderError, SandboxUnavailable) as error:
            end = {"error": str(error)}
        except Exception as error:
            traceback.print_exc()
            end = {"error": f"{type(error).__name__}: {error}"}
        if self._status:
            self._set(replace(self._status, ended=_now(), **end))

    def _step(self, done: int, total: int) -> None:
        if self._status:
            self._set(replace(self._status, done=done, total=total))

    def _set(self, status: Status) -> None:
        write_whole(self._path, json.dumps(asdict(status)))
        self._status = status


def _read(path: Path) -> Status | None:
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        return Status(**fields | {"notes": tuple(fields["notes"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
