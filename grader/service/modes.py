"""What a service does with an attempt: the interface of its modes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from grader.service.lanes import Attempt, State
from grader.submission import Graded


@dataclass(frozen=True)
class Served:
    """What an attempt came to.

    Attributes
    ----------
    page : str or None
        For the student's lane; None where the one that lies there stays.
    state : State
        How far the attempt is with it.
    again : float or None
        Seconds until it is to be looked at again; None if it isn't.
    graded : Graded or None
        For the log, where it was graded.
    instead : Attempt or None
        The attempt that counts in its place, which may want a page too.
    """

    page: str | None
    state: State = State.DONE
    again: float | None = None
    graded: Graded | None = None
    instead: Attempt | None = None


class Mode(Protocol):
    """What becomes of an attempt.

    Attributes
    ----------
    waits : bool
        Whether an attempt that may not be graded now has to be later on.
    """

    waits: bool

    def release(self, assignment: str) -> Path:
        """Where the released notebook is, if it is released."""

    def serve(self, attempt: Attempt, state: State) -> Served:
        """Grade an attempt; `state` is RECORDED where that was done and only feedback is due."""
