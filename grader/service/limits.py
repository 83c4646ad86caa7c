"""How often somebody may practise: so many attempts a minute and an hour at each assignment."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from dataclasses import dataclass

MINUTE, HOUR = 60.0, 3600.0


@dataclass(frozen=True)
class Allowance:
    """Attempts that one student may make at one assignment."""

    a_minute: int = 1
    an_hour: int = 10


class Limiter:
    """Remembers the attempts of the last hour; threads may share it.

    A student who hands in often delays nobody else by it; over the limit there is a word, and the
    submission itself lies safely in the lane.
    """

    def __init__(self, allowance: Allowance):
        self._allowance = allowance
        self._attempts: dict[tuple[str, str], deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def remember(self, student: str, assignment: str, moment: float) -> None:
        """Enter an attempt that was made before this limiter was."""
        with self._lock:
            self._attempts[student, assignment].append(moment)

    def give_back(self, student: str, assignment: str) -> None:
        """Take back the last attempt: it could not be graded, which is not the student's fault."""
        with self._lock:
            if attempts := self._attempts[student, assignment]:
                attempts.pop()

    def wait(self, student: str, assignment: str, now: float) -> float:
        """Seconds until the next attempt is free; 0 where it is free now, and then it is taken."""
        with self._lock:
            attempts = self._attempts[student, assignment]
            while (
                attempts and not now - HOUR < attempts[0] <= now
            ):  # over, or the clock was set back
                attempts.popleft()
            wait = 0.0
            if len(attempts) >= self._allowance.an_hour:
                wait = attempts[-self._allowance.an_hour] + HOUR - now
            recent = [moment for moment in attempts if moment > now - MINUTE]
            if len(recent) >= self._allowance.a_minute:
                wait = max(wait, recent[-self._allowance.a_minute] + MINUTE - now)
            if wait <= 0:
                attempts.append(now)
                return 0.0
            return wait
