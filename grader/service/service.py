"""The service: one process that turns what is handed in into feedback, within seconds.

In practice it has no gradebook, no seed, no network, and of the course directory one folder. It reads the
release, the mistakes that instructors have named, the lanes of submissions, and writes pages into the lanes
of feedback; nothing else. What is to be recorded
is a matter of another process (`record.py`), which is the instructor's.
"""

from __future__ import annotations

import json
import logging
import math
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from grader import assignments
from grader.errors import GraderError
from grader.gradebook.plain_files import Refused
from grader.gradebook.word_page import word_page
from grader.notebooks.build import build
from grader.sandbox.pool import SandboxUnavailable, zygote_for
from grader.service.attempts import Log
from grader.service.kept import Kept
from grader.service.lanes import Attempt, Lanes, State, time_of
from grader.service.limits import Allowance, Limiter
from grader.service.modes import Mode, Served
from grader.service.practice import practise
from grader.service.queue import FairQueue

log = logging.getLogger(__name__)

POLL_SECONDS = 0.25
NOT_RUN = (
    "The grader could not run",
    "That is not your fault, and what you handed in is safe. Tell your instructor.",
)
IDLE_SECONDS = 15.0  # after which a worker warms up, before anybody has handed in
# Of each kind. One core is left to the rest of the machine; a queue of its own for each kind means little
# if one long submission stops it.
WORKERS = max(2, len(os.sched_getaffinity(0)) - 1) if hasattr(os, "sched_getaffinity") else 2
AGAIN_SECONDS, SELDOM_SECONDS = (
    30.0,
    300.0,
)  # until what could not be graded is tried again; at most


@dataclass(frozen=True)
class Settings:
    """What a service works with.

    Attributes
    ----------
    names : tuple of str
        The assignments that it serves.
    workers : int
        Submissions at a time, of each kind.
    log : Log or None
        Where each attempt is noted, for the class report; or None.
    """

    names: tuple[str, ...]
    allowance: Allowance = field(default_factory=Allowance)
    sandbox: str = "bubblewrap"
    log: Log | None = None
    workers: int = WORKERS


class Service:
    """Serves the lanes in one mode; `start`, then `stop`, or `run` until it is interrupted."""

    def __init__(
        self,
        lanes: Lanes,
        mode: Mode,
        settings: Settings,
        clock: Callable[[], float] = time.time,
    ):
        self.lanes, self.mode, self.settings = lanes, mode, settings
        self._clock = clock
        self._limiter = Limiter(settings.allowance)
        self._queues: dict[str, FairQueue[Attempt]] = {}
        self._threads: list[threading.Thread] = []
        self._stopped = threading.Event()
        self._newest: dict[tuple[str, str], Attempt] = {}
        self._later: dict[Attempt, float] = {}
        self._failures: Counter[str] = Counter()  # how often an attempt could not be graded
        self._counted: set[str] = set()  # attempts that the limiter knows already
        self._unwritten: Kept[Attempt, Served] = Kept(_characters)
        self._changing = threading.Lock()

    def start(self) -> None:
        """Start the workers; each kind of submission has a queue of its own."""
        self.lanes.sweep()
        for entry in self.settings.log.recent() if self.settings.log else ():
            self._limiter.remember(entry.student, entry.assignment, entry.moment)
            self._counted.add(entry.attempt)
        for name in self.settings.names:
            self._queue(assignments.load(name).profile)

    def stop(self) -> None:
        """End; what waits has no page yet, so that the next service finds it again."""
        self._stopped.set()
        for queue in self._queues.values():
            queue.close()
        for thread in self._threads:
            thread.join()

    def run(self) -> None:
        """Serve until `stop` is called from another thread, or a signal interrupts."""
        self.start()
        try:
            while not self._stopped.wait(POLL_SECONDS):
                try:
                    self.poll()
                except OSError:  # of the file system, for a moment
                    log.exception("the lanes could not be read")
        finally:
            self.stop()

    def poll(self) -> None:
        """Look into the lanes once, and queue what is new; one bad look must not end the service."""
        try:
            self._look()
        except Exception:
            log.exception("the lanes could not be read to their end; they are looked at again")

    def _look(self) -> None:
        """Queue what is new, and what was to be looked at again."""
        names = {name for name in self.settings.names if self.mode.release(name).is_file()}
        found = list(self.lanes.attempts(names))  # withdrawn, or never released: passed over
        newest = {(attempt.student, attempt.assignment): attempt for attempt in found}
        for attempt in found:
            is_newest = newest[attempt.student, attempt.assignment] == attempt
            if self._has_work(attempt, is_newest):
                self._enter(attempt)
        now = self._clock()
        with self._changing:
            due = [attempt for attempt, when in self._later.items() if when <= now]
            for attempt in due:
                del self._later[attempt]
        for attempt in due:
            self._enter(attempt)

    def _has_work(self, attempt: Attempt, is_newest: bool) -> bool:
        """Whether anything is to be done; of what was for practice until now, the newest may count."""
        if self.lanes.state(attempt) is State.PRACTISED and not is_newest:
            return False
        return self._state(attempt) is not State.DONE

    def _state(self, attempt: Attempt) -> State:
        """How far an attempt is for this mode: another one may have served it before."""
        state = self.lanes.state(attempt)
        if self.mode.waits:
            return State.WAITING if state is State.PRACTISED else state
        return State.DONE if state in (State.PRACTISED, State.RECORDED) else state

    def _put(self, attempt: Attempt, page: str, state: State) -> None:
        if state is State.DONE and not self.mode.waits:
            state = State.PRACTISED
        self.lanes.put(attempt, page, state)

    def _enter(self, attempt: Attempt) -> None:
        queue = self._queue(assignments.load(attempt.assignment).profile)
        if (
            attempt in self._unwritten or self._state(attempt) is State.RECORDED
        ):  # only a page is due
            queue.put(attempt.student, attempt.folder.name, attempt)
            return
        place = (attempt.student, attempt.assignment)
        newest = self._newest.get(place)
        if newest and time_of(newest.folder.name) > time_of(attempt.folder.name):
            self._pass_over(attempt)
            return
        self._newest[place] = attempt
        older = queue.put(attempt.student, attempt.assignment, attempt)
        if older is not None and older != attempt:
            self._pass_over(older)

    def _pass_over(self, attempt: Attempt) -> None:
        self._say(
            attempt,
            "A newer attempt took its place",
            "You handed in again before this one had been looked at. Fetch the feedback on the newer one.",
        )

    def _queue(self, profile: str) -> FairQueue[Attempt]:
        if profile not in self._queues:
            queue = self._queues[profile] = FairQueue()
            for number in range(self.settings.workers):
                thread = threading.Thread(
                    target=self._work,
                    args=(queue, profile, number == 0),
                    name=f"{profile} {number}",
                    daemon=True,
                )
                self._threads.append(thread)
                thread.start()
        return self._queues[profile]

    def _work(self, queue: FairQueue[Attempt], profile: str, warms_up: bool) -> None:
        if warms_up:
            queue.wait(IDLE_SECONDS)
            self._warm_up(queue, profile)
        while (attempt := queue.get()) is not None:
            try:
                self._serve(attempt)
            except OSError as error:  # such as a disk that is full: when it isn't, go on
                log.error("%s of %s: %s", attempt.assignment, attempt.student, error)
                if attempt not in self._unwritten:
                    self._give_back(attempt)
                self._look_again(attempt, self._next_try(attempt))
            except Exception:  # one attempt must not end the service
                log.exception("%s of %s failed", attempt.assignment, attempt.student)
                self._say(attempt, *NOT_RUN)

    def _warm_up(self, queue: FairQueue[Attempt], profile: str) -> None:
        """Grade right answers of one's own, so that nobody has to wait for imports, which take seconds.

        It gives way to whoever has handed in.
        """
        try:
            if not self._stopped.is_set():
                zygote_for(assignments.profile(profile), self.settings.sandbox)
            for name in self.settings.names:
                if assignments.load(name).profile != profile:
                    continue
                release = self.mode.release(name)
                if self._stopped.is_set() or len(queue):
                    return
                if not release.is_file():
                    continue
                text, solved = release.read_text(encoding="utf-8"), json.dumps(build(name)).encode()
                found = practise(name, "warm-up", text, solved, self.settings.sandbox).graded
                wrong = [v.function for v in found.verdicts if v.share < 1]
                if wrong:
                    log.error("%s: the reference fails its own checks: %s", name, ", ".join(wrong))
        except Exception as error:  # it is said to whoever hands in, too
            log.error("nothing can be graded here: %s", error)

    def _serve(self, attempt: Attempt) -> None:
        state = self._state(attempt)
        if state is not State.DONE:
            kept = self._unwritten.get(attempt)
            self._write(attempt, kept or self._outcome(attempt, state))
            if kept:
                self._failures.pop(attempt.folder.name, None)
        self._unwritten.drop(attempt)

    def _outcome(self, attempt: Attempt, state: State) -> Served:
        try:
            served = self._refusal(attempt, state) or self.mode.serve(attempt, state)
        except Refused as reason:
            return Served(self._word(attempt, "This submission could not be taken", f"{reason}."))
        except (GraderError, SandboxUnavailable) as error:
            log.error("%s of %s: %s", attempt.assignment, attempt.student, error)
            return self._could_not(attempt, state, self._next_try(attempt))
        except OSError:
            raise
        except Exception:
            log.exception("%s of %s failed", attempt.assignment, attempt.student)
            return self._could_not(attempt, state, None)
        self._failures.pop(attempt.folder.name, None)
        return served

    def _write(self, attempt: Attempt, served: Served) -> None:
        """Note and show what came of it; OSError where there is no writing, and then it is kept."""
        if served.graded is not None:
            self._unwritten.put(attempt, served)
            if self.settings.log is not None:
                self.settings.log.note(attempt, served.graded)
                self._unwritten.put(attempt, replace(served, graded=None))  # noted once
        if served.page is not None:
            self._put(attempt, served.page, served.state)
        if served.again is not None:
            self._look_again(attempt, served.again)
        if (other := served.instead) and self._state(other) in (State.NEW, State.WAITING):
            self._counted.add(other.folder.name)
            self._queue(assignments.load(other.assignment).profile).put(
                other.student, other.folder.name, other
            )

    def _refusal(self, attempt: Attempt, state: State) -> Served | None:
        """The word for a lane that is too full, or for somebody who has to wait."""
        if state is State.RECORDED:
            return None
        goes_on = State.WAITING if self.mode.waits else State.DONE
        if crowded := self.lanes.crowded(attempt.student):
            text = (
                f"There are {crowded} in your lane, so nothing in it is looked at. Your"
                " instructor can make room in it."
            )
            page = self._word(attempt, "Your lane is full", text)
            return Served(page, goes_on, 2 * AGAIN_SECONDS if self.mode.waits else None)
        if attempt.folder.name in self._counted:
            return None
        wait = self._limiter.wait(attempt.student, attempt.assignment, self._clock())
        if wait <= 0:
            self._counted.add(attempt.folder.name)
            return None
        minutes = math.ceil(wait / 60)
        if self.mode.waits:
            text = f"This attempt will be graded in {minutes} min, unless you hand in again."
        else:
            text = f"This attempt was not looked at. You can practise again in {minutes} min."
        page = self._word(
            attempt,
            "Too many attempts in a short time",
            text + " What you handed in is safe: it counts like any other submission.",
        )
        return Served(page, goes_on, wait if self.mode.waits else None)

    def _could_not(self, attempt: Attempt, state: State, again: float | None) -> Served:
        if state is State.RECORDED:
            return Served(None, state, again)
        self._give_back(attempt)
        text = "That is not your fault, and what you handed in is safe."
        text += " It will be tried again." if again else " Tell your instructor."
        return Served(self._word(attempt, "The grader could not run", text), State.WAITING, again)

    def _next_try(self, attempt: Attempt) -> float:
        """Seconds until then: the more often it failed, the longer."""
        name = attempt.folder.name
        self._failures[name] += 1
        return min(AGAIN_SECONDS * 2.0 ** (self._failures[name] - 1), SELDOM_SECONDS)

    def _give_back(self, attempt: Attempt) -> None:
        self._counted.discard(attempt.folder.name)
        self._limiter.give_back(attempt.student, attempt.assignment)

    def _look_again(self, attempt: Attempt, seconds: float) -> None:
        with self._changing:
            self._later[attempt] = self._clock() + seconds

    def _word(self, attempt: Attempt, title: str, text: str) -> str:
        return word_page(attempt.assignment, title, text)

    def _say(self, attempt: Attempt, title: str, text: str) -> None:
        """A word on an attempt that has none; where it can't be written, it can be without."""
        try:
            if self._state(attempt) in (State.NEW, State.WAITING):
                state = State.WAITING if self.mode.waits else State.DONE  # it may count after all
                self._put(attempt, self._word(attempt, title, text), state)
        except OSError as error:
            log.error("no word for %s: %s", attempt.student, error)


def _characters(served: Served) -> int:
    return len(served.page or "") + (len(served.graded.notebook) if served.graded else 0)
