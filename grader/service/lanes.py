"""What lies in the lanes: attempts, each with the name under which its feedback is fetched.

    inbound/STUDENT/STUDENT+ASSIGNMENT+TIME+CHANCE/    written by this student alone
    feedback/STUDENT/HASH.html                         read by this student alone

The lane is the identity: what a folder's name says of its owner must agree with it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.gradebook import submitted
from grader.gradebook.plain_files import NAME, Refused, copy_plain_files, secret_of
from grader.notebooks.merge import MAX_NOTEBOOK_BYTES

MOST_ENTRIES = 500  # of a lane, to look at; the newest by name


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

    def __init__(self, inbound: Path, feedback: Path):
        self.inbound, self.feedback = inbound, feedback
        self._seen: set[tuple[str, str]] = set()

    def attempts(self) -> Iterator[Attempt]:
        """Whole submissions that were not there before and have no page yet, oldest first."""
        for lane in sorted(self.inbound.iterdir()):
            if lane.is_symlink() or not (self.feedback / lane.name).is_dir():
                continue
            for name in sorted(self._names(lane), key=_time)[-MOST_ENTRIES:]:
                attempt = self._attempt(lane, name)
                if attempt is not None:
                    self._seen.add((lane.name, name))
                    if not (self.feedback / lane.name / attempt.page_name).exists():
                        yield attempt

    def _names(self, lane: Path) -> Iterator[str]:
        try:
            names = os.listdir(lane)
        except OSError:
            return
        for name in names:
            match = NAME.fullmatch(name)
            if match and match["student"] == lane.name and (lane.name, name) not in self._seen:
                yield name

    def _attempt(self, lane: Path, name: str) -> Attempt | None:
        """None for what is not whole, or not yet: it is looked at again the next time."""
        try:
            secret = secret_of(lane / name)
        except (Refused, OSError):
            return None
        match = NAME.fullmatch(name)
        assert match is not None
        return Attempt(lane.name, match["assignment"], lane / name, secret)

    def put(self, attempt: Attempt, page: str) -> None:
        """Put a page into the student's lane, in full or not at all."""
        lane = self.feedback / attempt.student
        descriptor, part = tempfile.mkstemp(dir=lane, prefix=".", suffix=".part")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                stream.write(page)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(part, 0o664)
            os.replace(part, lane / attempt.page_name)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise


def read(attempt: Attempt) -> submitted.Notebook:
    """The attempt's notebook as it is now, from a copy of the plain files: nothing changes under us."""
    with tempfile.TemporaryDirectory(prefix="attempt-") as folder:
        copy = Path(folder, attempt.assignment)
        copy.mkdir()
        try:
            copy_plain_files(attempt.folder, copy)
            return submitted.notebook(Path(folder), attempt.assignment, MAX_NOTEBOOK_BYTES)
        finally:
            shutil.rmtree(copy, ignore_errors=True)


def _time(name: str) -> str:
    match = NAME.fullmatch(name)
    return match["time"] if match else ""
