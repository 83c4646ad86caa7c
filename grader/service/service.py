"""The service: one process that turns what is handed in into feedback, within seconds.

In practice it has no gradebook, no course directory, no seed and no network. It reads the release, the
lanes of submissions, and writes pages into the lanes of feedback; nothing else.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from grader import assignments
from grader.errors import GraderError
from grader.gradebook.plain_files import Refused
from grader.gradebook.word_page import word_page
from grader.sandbox.pool import SandboxUnavailable, zygote_for
from grader.service.lanes import Attempt, Lanes, read
from grader.service.limits import Allowance, Limiter
from grader.service.practice import practise
from grader.service.queue import FairQueue
from grader.submission import Verdict

log = logging.getLogger(__name__)

POLL_SECONDS = 0.25
NOT_RUN = (
    "The grader could not run",
    "That is not your fault, and what you handed in is safe. Tell your instructor.",
)
IDLE_SECONDS = 15.0  # after which a worker warms up, before anybody has handed in


@dataclass(frozen=True)
class Settings:
    """What a service works with.

    Attributes
    ----------
    release : Path
        The folder of released assignments, as nbgrader lays it out.
    practised : tuple of str
        The assignments that may be practised.
    labels : Path or None
        A file to which each attempt's verdicts are appended, for the class report; or None.
    """

    release: Path
    practised: tuple[str, ...]
    allowance: Allowance = field(default_factory=Allowance)
    sandbox: str = "bubblewrap"
    labels: Path | None = None


class Service:
    """Grades attempts for practice; `start`, then `stop`, or `run` until it is interrupted."""

    def __init__(
        self, lanes: Lanes, settings: Settings, clock: Callable[[], float] = time.monotonic
    ):
        self.lanes, self.settings = lanes, settings
        self._clock = clock
        self._limiter = Limiter(settings.allowance)
        self._queues: dict[str, FairQueue[Attempt]] = {}
        self._threads: list[threading.Thread] = []
        self._stopped = threading.Event()
        self._writing = threading.Lock()

    def start(self) -> None:
        """Start the workers; each kind of submission has a queue of its own."""
        for name in self.settings.practised:
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
                self.poll()
        finally:
            self.stop()

    def poll(self) -> None:
        """Look into the lanes once, and queue what is new; one bad look must not end the service."""
        try:
            self._look()
        except Exception:
            log.exception("the lanes could not be read to their end; they are looked at again")

    def _look(self) -> None:
        for attempt in self.lanes.attempts():
            if attempt.assignment not in self.settings.practised:
                continue
            if not self._release(attempt.assignment).is_file():
                continue  # withdrawn, or never released
            queue = self._queue(assignments.load(attempt.assignment).profile)
            older = queue.put(attempt.student, attempt.assignment, attempt)
            if older is not None:
                self._say(
                    older,
                    "A newer attempt took its place",
                    "You handed in again before this one was looked at. Fetch that one's feedback.",
                )

    def _queue(self, profile: str) -> FairQueue[Attempt]:
        if profile not in self._queues:
            queue = self._queues[profile] = FairQueue()
            thread = threading.Thread(
                target=self._work, args=(queue, profile), name=profile, daemon=True
            )
            self._threads.append(thread)
            thread.start()
        return self._queues[profile]

    def _work(self, queue: FairQueue[Attempt], profile: str) -> None:
        queue.wait(IDLE_SECONDS)
        if not self._stopped.is_set():
            self._warm_up(profile)
        while (attempt := queue.get()) is not None:
            try:
                self._serve(attempt)
            except Exception:  # one attempt must not end the service
                log.exception("%s of %s failed", attempt.assignment, attempt.student)
                self._say(attempt, *NOT_RUN)

    def _warm_up(self, profile: str) -> None:
        """Have a warm process ready: its imports take seconds, which nobody should have to wait for."""
        try:
            zygote_for(assignments.profile(profile), self.settings.sandbox)
        except SandboxUnavailable as error:
            log.error("nothing can be graded here: %s", error)

    def _serve(self, attempt: Attempt) -> None:
        wait = self._limiter.wait(attempt.student, attempt.assignment, self._clock())
        if wait > 0:
            minutes = int(wait // 60) + 1
            self._say(
                attempt,
                "Too many attempts in a short time",
                f"This attempt was not looked at. You can practise again in {minutes} min."
                " What you handed in is safe: it counts like any other submission.",
            )
            return
        try:
            found = read(attempt)
            practised = practise(
                attempt.assignment,
                attempt.student,
                self._release(attempt.assignment).read_text(encoding="utf-8"),
                found.data,
                self.settings.sandbox,
                found.name,
                found.others,
            )
        except Refused as reason:
            self._say(attempt, "This submission could not be taken", f"{reason}.")
            return
        except (GraderError, SandboxUnavailable, OSError) as error:
            log.error("%s of %s: %s", attempt.assignment, attempt.student, error)
            self._say(attempt, *NOT_RUN)
            return
        self.lanes.put(attempt, practised.page)
        self._note(attempt, practised.graded.verdicts)

    def _release(self, assignment: str) -> Path:
        return self.settings.release / assignment / f"{assignment}.ipynb"

    def _say(self, attempt: Attempt, title: str, text: str) -> None:
        try:
            self.lanes.put(attempt, word_page(attempt.assignment, title, text))
        except OSError as error:  # the lane is gone, or its disk is full
            log.error("no word for %s of %s: %s", attempt.assignment, attempt.student, error)

    def _note(self, attempt: Attempt, verdicts: list[Verdict]) -> None:
        if self.settings.labels is None:
            return
        entry = {
            "time": datetime.now().astimezone().isoformat(timespec="seconds"),
            "student": attempt.student,
            "assignment": attempt.assignment,
            "checks": {
                v.function: {"score": v.score, "status": v.status, "misconception": v.misconception}
                for v in verdicts
            },
        }
        with self._writing, self.settings.labels.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(entry) + "\n")
