"""What lies in the lanes: attempts, each with the name under which its feedback is fetched.

    inbound/STUDENT/STUDENT+ASSIGNMENT+TIME+CHANCE/    written by this student alone
    feedback/STUDENT/HASH.html                         read by this student alone

The lane is the identity: what a folder's name says of its owner must agree with it.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import stat
import tempfile
import time
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from grader.gradebook import submitted
from grader.gradebook.plain_files import MAX_FILES, NAME, Refused, copy_plain_files, secret_of
from grader.notebooks.merge import MAX_NOTEBOOK_BYTES

FLOOD = 20  # times the number of folders that a lane may hold: so many are listed at most
AT_ONCE = (
    25  # submissions of a lane that are entered in one look, beside the newest of each assignment
)
LEFT_BEHIND = 600.0  # seconds after which a page that is half written is nobody's
SOON, LATER = 0.2, 60.0  # seconds until a submission that isn't whole yet is looked at again


class State(Enum):
    """How far an attempt is, as its page says; the value ends the page, where no student writes."""

    NEW = ""
    WAITING = "<!-- waiting -->\n"  # there is a word for the student, and work to do
    PRACTISED = "<!-- practised -->\n"  # done, unless the assignment is recorded from now on
    RECORDED = "<!-- recorded -->\n"  # the grade is recorded, its feedback is not to be seen yet
    DONE = "<!-- done -->\n"


@dataclass(frozen=True)
class Quota:
    """What a lane may hold."""

    folders: int = 500
    bytes: int = 500 << 20


@dataclass(frozen=True)
class Attempt:
    """One submission that lies in a lane.

    Attributes
    ----------
    secret : str
        What nbgrader put beside it: its feedback is fetched under a name made of it.
    """

    student: str
    assignment: str
    folder: Path
    secret: str

    @property
    def page_name(self) -> str:
        """The file that nbgrader's *Fetch Feedback* looks for (`nbgrader.utils.notebook_hash`)."""
        text = self.secret + self.assignment
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest() + ".html"


class Lanes:
    """The lanes of an exchange.

    Polled, not watched: network file systems tell nobody what others write.
    """

    def __init__(
        self,
        inbound: Path,
        feedback: Path,
        quota: Quota | None = None,
        clock: Callable[[], float] = time.monotonic,
    ):
        self.inbound, self.feedback = inbound, feedback
        self._quota, self._clock = quota or Quota(), clock
        self._seen: dict[str, set[str]] = {}
        self._again: dict[str, dict[str, tuple[float, float]]] = {}  # name: when, delay

    def attempts(self, wanted: Container[str]) -> Iterator[Attempt]:
        """Whole submissions of the assignments in `wanted` that were not there before, oldest first.

        Of many at once there are only the last, and of a lane that holds too many only the newest:
        whoever floods gets some words, not thousands.
        """
        for lane in sorted(self.inbound.iterdir()):
            if lane.is_symlink() or not (self.feedback / lane.name).is_dir():
                continue
            names = self._names(lane)
            seen = self._seen.setdefault(lane.name, set())
            seen &= names
            again = self._again.get(lane.name, {})
            self._again[lane.name] = {name: again[name] for name in again if name in names}
            new = sorted(
                (name for name in names - seen if self._is_wanted(lane.name, name, wanted)),
                key=time_of,
            )
            seen |= names - {*new}
            kept = new[-1:] if len(names) > self._quota.folders else _last(new)
            seen.update({*new} - {*kept})
            for name in kept:
                attempt = self.attempt(lane.name, name)
                if attempt is None:
                    self._look_again(lane.name, name)
                    continue
                self._again[lane.name].pop(name, None)
                seen.add(name)
                yield attempt

    def _names(self, lane: Path) -> set[str]:
        try:
            with os.scandir(lane) as entries:
                most = FLOOD * self._quota.folders
                return {entry.name for entry in itertools.islice(entries, most)}
        except OSError:
            return set()

    def _is_wanted(self, lane: str, name: str, wanted: Container[str]) -> bool:
        match = NAME.fullmatch(name)
        return bool(match and match["student"] == lane and match["assignment"] in wanted)

    def _look_again(self, lane: str, name: str) -> None:
        """A submission that isn't whole, or not yet: the longer it stays so, the less it is asked."""
        due, delay = self._again[lane].get(name, (0.0, SOON / 2))
        if due <= self._clock():
            delay = min(2 * delay, LATER)
            self._again[lane][name] = (self._clock() + delay, delay)

    def attempt(self, lane: str, name: str) -> Attempt | None:
        """The submission of that name; None for what is not whole, or not yet."""
        due, _ = self._again.get(lane, {}).get(name, (0.0, 0.0))
        match = NAME.fullmatch(name)
        if match is None or due > self._clock():
            return None
        folder = self.inbound / lane / name
        try:
            return Attempt(lane, match["assignment"], folder, secret_of(folder))
        except (Refused, OSError):
            return None

    def crowded(self, student: str) -> str:
        """What there is too much of in this lane, so that nothing of it is read; else empty."""
        lane, quota = self.inbound / student, self._quota
        if len(self._names(lane)) > quota.folders:
            return f"more than {quota.folders} submissions"
        files, size = quota.folders * MAX_FILES, quota.bytes
        for status in _all_below(lane):
            files, size = files - 1, size - status.st_size * stat.S_ISREG(status.st_mode)
            if size < 0:
                return f"more than {quota.bytes >> 20} MiB"
            if files < 0:
                return "too many files"
        return ""

    def state(self, attempt: Attempt) -> State:
        """How far it is, by the page in the student's lane."""
        path = self.feedback / attempt.student / attempt.page_name
        try:
            with path.open("rb") as page:
                page.seek(max(0, path.stat().st_size - 100))
                end = page.read().decode("utf-8", "replace")
        except FileNotFoundError:
            return State.NEW
        open_ends = (State.WAITING, State.PRACTISED, State.RECORDED)
        # a page without such an end is an instructor's
        return next((state for state in open_ends if end.endswith(state.value)), State.DONE)

    def put(self, attempt: Attempt, page: str, state: State = State.DONE) -> None:
        """Put a page into the student's lane, in full or not at all.

        Parameters
        ----------
        attempt : Attempt
            Whose feedback it is.
        page : str
            HTML.
        state : State, default State.DONE
            How far the attempt is with it.
        """
        lane = self.feedback / attempt.student
        descriptor, part = tempfile.mkstemp(dir=lane, prefix=".", suffix=".part")
        try:
            # a file may have a name that is no text
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as stream:
                stream.write(page.rstrip("\n") + "\n" + state.value)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(part, 0o664)
            os.replace(part, lane / attempt.page_name)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise

    def sweep(self) -> None:
        """Remove what a service that was killed had begun to write."""
        for part in self.feedback.glob("*/.*.part"):
            with contextlib.suppress(OSError):
                if part.stat().st_mtime < time.time() - LEFT_BEHIND:
                    part.unlink()


def read(attempt: Attempt) -> submitted.Notebook:
    """The attempt's notebook as it is now, from a copy of the plain files: nothing changes under us."""
    with tempfile.TemporaryDirectory(prefix="attempt-") as folder:
        copy = Path(folder, attempt.assignment)
        copy.mkdir()
        copy_plain_files(attempt.folder, copy)
        return submitted.notebook(Path(folder), attempt.assignment, MAX_NOTEBOOK_BYTES)


def _last(names: list[str]) -> list[str]:
    """Of names in the order of their times the last ones, and the last of each assignment."""
    newest = {match["assignment"]: name for name in names if (match := NAME.fullmatch(name))}
    kept = {*newest.values(), *names[-AT_ONCE:]}
    return [name for name in names if name in kept]


def _all_below(folder: Path) -> Iterator[os.stat_result]:
    """What a folder and those in it hold, read only as far as it is asked for; links aren't followed."""
    folders = [str(folder)]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(status.st_mode):
                    folders.append(entry.path)
                yield status


def time_of(name: str) -> str:
    """When a submission of this name says that it was handed in."""
    match = NAME.fullmatch(name)
    return match["time"] if match else ""
