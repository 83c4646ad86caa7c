"""Who is next: the newest attempt of each lane, one lane after the other."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from typing import Generic, TypeVar

Work = TypeVar("Work")


class FairQueue(Generic[Work]):
    """A queue in which a student who hands in twenty times delays each of the others by one attempt.

    Each lane has one place for each assignment: a newer attempt takes that of an older one that still
    waits. Lanes take turns, and no two threads work for the same lane: where there are two, a student
    whose attempts take long has one of them, and the others the other.
    """

    def __init__(self) -> None:
        self._turns: deque[str] = deque()
        self._waiting: dict[str, OrderedDict[str, Work]] = {}
        self._at_work: dict[int, str] = {}  # by the thread's number, for which lane it is
        self._changed = threading.Condition()
        self._closed = False

    def put(self, lane: str, assignment: str, work: Work) -> Work | None:
        """Enter an attempt; return the older one that it took the place of."""
        with self._changed:
            if lane not in self._waiting:
                self._waiting[lane] = OrderedDict()
                self._turns.append(lane)
            older = self._waiting[lane].get(assignment)
            self._waiting[lane][assignment] = work
            self._changed.notify()
            return older

    def wait(self, seconds: float) -> None:
        """Return when there is something to do, at the latest after so many seconds."""
        with self._changed:
            if not self._turns and not self._closed:
                self._changed.wait(seconds)

    def get(self) -> Work | None:
        """The next attempt, waiting for one; None when the queue has been closed.

        Whoever asks has done with what it got before.
        """
        with self._changed:
            if self._at_work.pop(threading.get_ident(), None) is not None:
                self._changed.notify_all()
            while (lane := self._next()) is None and not self._closed:
                self._changed.wait()
            if lane is None or self._closed:
                return None
            self._turns.remove(lane)
            self._at_work[threading.get_ident()] = lane
            waiting = self._waiting[lane]
            _, work = waiting.popitem(last=False)
            if waiting:
                self._turns.append(lane)
            else:
                del self._waiting[lane]
            return work

    def _next(self) -> str | None:
        busy = set(self._at_work.values())
        return next((lane for lane in self._turns if lane not in busy), None)

    def close(self) -> None:
        """Let everybody who waits go home."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def __len__(self) -> int:
        with self._changed:
            return sum(map(len, self._waiting.values()))
