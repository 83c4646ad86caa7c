"""Reads the archive of submissions that a learning management system offers for download.

Canvas and Moodle say in each file's name who handed it in (Canvas' `content_zipper.rb`, Moodle's
`mod/assign`); that is all that they say. What is in such an archive is strangers': its paths are read
and never followed, and nothing is unpacked but notebooks up to their usual size. nbgrader's
`zip_collect` unpacks whatever there is, and finds a student only by an id in the file's name.
"""

from __future__ import annotations

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from grader.errors import GraderError
from grader.notebooks.merge import MAX_NOTEBOOK_BYTES

MAX_ENTRIES = 20_000
MAX_BYTES = 2 << 30  # of all notebooks together
MAX_NAME = 100

# lovelaceada_LATE_101_5678_lstm-1.ipynb; the system takes all but letters, digits and _ from the name
CANVAS = re.compile(
    r"(?P<person>\w+?)(?:_(?P<late>LATE))?_(?P<number>\d+)_\d+_(?P<file>[^/]+\.ipynb)",
    re.IGNORECASE,
)
CANVAS_ANONYMOUS = re.compile(r"anon_\w+?_\d+_[^/]+")
# Ada Lovelace_5678_assignsubmission_file_/lstm.ipynb, or without folders ..._file_lstm.ipynb; the
# number is that of the submission's participant, by which nobody is known elsewhere
MOODLE = re.compile(
    r"(?:.*/)?(?P<person>[^/_]+)_\d+_assignsubmission_file_/?(?P<file>.+\.ipynb)",
    re.IGNORECASE | re.DOTALL,
)
RESUBMITTED = re.compile(r"-\d+(?=\.ipynb$)", re.IGNORECASE)  # Canvas' mark
NOT_THE_STUDENTS = ("__MACOSX", ".ipynb_checkpoints")


@dataclass(frozen=True)
class Sender:
    """Who handed in, as the system names them.

    Attributes
    ----------
    name : str
        The person's name; Canvas' has no spaces, the last name first.
    number : str
        Canvas' number of the user, else "".
    late : bool or None
        What the system says of it; None where it says nothing.
    """

    name: str
    number: str = ""
    late: bool | None = None


@dataclass
class Sent:
    """What one person handed in: the notebooks by name, when the last was written, what is wrong."""

    notebooks: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    time: datetime = datetime.min
    fault: str = ""


@dataclass
class Contents:
    """What an archive holds.

    Attributes
    ----------
    sent : dict of Sender to Sent
        What each person handed in.
    unreadable : dict of str to str
        Entries that say nothing of who sent them, or can't be taken, and why.
    other : int
        How many files are no notebooks.
    """

    sent: dict[Sender, Sent] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    other: int = 0


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at a path; GraderError where it is none, or is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (OSError, zipfile.BadZipFile, zipfile.LargeZipFile) as error:
        raise GraderError(f"{path} cannot be read as a zip archive: {error}") from error


def contents(archive: zipfile.ZipFile, assignment: str) -> Contents:
    """Who handed in what; GraderError for an archive of too many files."""
    entries = [info for info in archive.infolist() if not info.is_dir()]
    if len(entries) > MAX_ENTRIES:
        raise GraderError(f"the archive has {len(entries)} files; at most {MAX_ENTRIES} are read")
    found = Contents()
    for info in entries:
        name = _name(info)
        if any(part in NOT_THE_STUDENTS or part.startswith("._") for part in name.split("/")):
            continue
        _enter(found, info, name)
    for sender, sent in found.sent.items():
        if sender.number:
            _rename_resubmitted(sent, f"{assignment}.ipynb")
    return found


def read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a notebook; GraderError where it can't be read, or is larger than one may be.

    Not more than that is ever unpacked, whatever size the archive claims.
    """
    try:
        with archive.open(info) as stream:
            data = stream.read(MAX_NOTEBOOK_BYTES + 1)
    except (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise GraderError(f"cannot be unpacked: {error}") from error
    if len(data) > MAX_NOTEBOOK_BYTES:
        raise GraderError(f"is larger than {MAX_NOTEBOOK_BYTES >> 20} MB")
    return data


def _name(info: zipfile.ZipInfo) -> str:
    """An entry's path: UTF-8 also where the archive doesn't say so, with one kind of slash."""
    name = info.filename
    if not info.flag_bits & 0x800:  # then zipfile has read it as code page 437
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _enter(found: Contents, info: zipfile.ZipInfo, name: str) -> None:
    moodle = MOODLE.fullmatch(name)
    match = moodle or CANVAS.fullmatch(name)
    if stat.S_ISLNK(info.external_attr >> 16):
        found.unreadable[name] = "it is a link, not a file"
    elif CANVAS_ANONYMOUS.fullmatch(name):
        found.unreadable[name] = "it was handed in anonymously: switch that off to download"
    elif name.lower().endswith(".zip"):
        found.unreadable[name] = "it is an archive in the archive: ask for the notebook itself"
    elif not name.lower().endswith(".ipynb"):
        found.other += 1
    elif match is None:
        found.unreadable[name] = "its name is not one that Canvas or Moodle gives"
    else:
        late = None if moodle else match["late"] is not None
        sender = Sender(match["person"].strip(), "" if moodle else match["number"], late)
        sent = found.sent.setdefault(sender, Sent())
        file = _plain(PurePosixPath(match["file"]).name)
        if file in sent.notebooks:
            sent.fault = f"there are two files called {file}"
        sent.notebooks[file] = info
        sent.time = max(sent.time, _time(info))


def _plain(name: str) -> str:
    """A file name that is one on every system."""
    kept = "".join(c if c.isprintable() and c not in '/\\:*?"<>|' else "_" for c in name)
    return kept.lstrip(". ")[-MAX_NAME:] or "notebook.ipynb"


def _rename_resubmitted(sent: Sent, released: str) -> None:
    """Give a notebook its name back, to which Canvas adds a number when it is handed in again."""
    names = [name for name in sent.notebooks if RESUBMITTED.sub("", name) == released]
    if len(names) == 1:
        sent.notebooks[released] = sent.notebooks.pop(names[0])


def _time(info: zipfile.ZipInfo) -> datetime:
    """When an entry was written (UTC, naive as in nbgrader's gradebook).

    The exact time where the archive has it in a field of its own (Info-ZIP's 0x5455); else the clock
    on the wall, of which the archive doesn't say where it hung: this machine's place is taken.
    """
    extra = info.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == 0x5455 and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            seconds = struct.unpack_from("<i", extra, 5)[0]
            return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
        extra = extra[4 + size :]
    try:
        return datetime(*info.date_time).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return datetime(1980, 1, 1)
