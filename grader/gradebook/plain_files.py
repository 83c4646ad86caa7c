"""Takes what lies in a student's lane: plain files only, following no link and waiting for nobody."""

from __future__ import annotations

import itertools
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = re.compile(r"(?P<student>.+)\+(?P<assignment>[^+]+)\+(?P<time>[^+]+)\+(?P<chance>[^+]+)")
"""Of a submission's folder in a lane, as nbgrader names it."""
SECRET = re.compile(r"[0-9a-f]{128}")
MAX_FILES = 100
MAX_BYTES = 50 << 20


class Refused(Exception):
    """What lies there is no submission that can be taken; says why."""


def secret_of(folder: Path) -> str:
    """The secret of a submission.

    nbgrader writes the secret last, so that it is there when all else is. It costs two small
    reads: whoever watches a lane may ask again and again.

    Parameters
    ----------
    folder : Path
        The submission, in a lane.

    Returns
    -------
    str
        128 hexadecimal digits.

    Raises
    ------
    Refused
        Where it was not handed in to its end.
    """
    with _opened(folder, os.O_DIRECTORY) as opened:
        return _secret(opened)


def require_whole(folder: Path) -> None:
    """Refuse a submission that was not handed in to its end.

    Where the disk was full or the connection broke, a folder stays behind that must not take the place
    of an earlier, whole one.

    Parameters
    ----------
    folder : Path
        The submission, in a lane.

    Raises
    ------
    Refused
        Where time or secret are missing, or no notebook in it can be read.
    """
    with _opened(folder, os.O_DIRECTORY) as opened:
        _secret(opened)
        names = [name for name in entries(opened) if name.endswith(".ipynb")]
        if not any(_is_json(opened, name) for name in names):
            raise Refused("it was not handed in completely: no notebook in it can be read")


def _secret(folder: int) -> str:
    secret = _text(folder, "submission_secret.txt").strip()
    if not SECRET.fullmatch(secret) or not _text(folder, "timestamp.txt").strip():
        raise Refused("it was not handed in completely: time or secret are missing")
    return secret


def copy_plain_files(source: Path, goal: Path) -> None:
    """Copy the plain files of a folder and of the folders in it.

    Each file is opened first and looked at then, so that what was looked at is what is copied, even if
    its owner exchanges files meanwhile.

    Parameters
    ----------
    source : Path
        A folder that its owner may be changing.
    goal : Path
        A folder that is there.

    Raises
    ------
    Refused
        Where there is a link, a pipe, or more than is allowed; what was copied until then
        stays.
    """
    budget = {"files": MAX_FILES, "bytes": MAX_BYTES}
    with _opened(source, os.O_DIRECTORY) as folder:
        _copy_folder(folder, goal, budget, depth=3)


def _copy_folder(folder: int, goal: Path, budget: dict[str, int], depth: int) -> None:
    for name in entries(folder):
        budget["files"] -= 1
        if budget["files"] < 0 or depth == 0:
            raise Refused(f"more than {MAX_FILES} files, or folders too deep")
        with _opened(name, 0, folder) as entry:
            status = os.fstat(entry)
            if stat.S_ISDIR(status.st_mode):
                (goal / name).mkdir()
                _copy_folder(entry, goal / name, budget, depth - 1)
            elif not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
                raise Refused(f"{name} is not a plain file")
            else:
                _copy_file(entry, goal / name, budget)


def _copy_file(entry: int, goal: Path, budget: dict[str, int]) -> None:
    with open(entry, "rb", closefd=False) as stream, goal.open("xb") as copy:
        while piece := stream.read(1 << 20):
            budget["bytes"] -= len(piece)
            if budget["bytes"] < 0:
                raise Refused(f"more than {MAX_BYTES >> 20} MiB")
            copy.write(piece)


@contextmanager
def _opened(path: Path | str, kind: int, folder: int | None = None) -> Iterator[int]:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | kind
    try:
        descriptor = os.open(path, flags, dir_fd=folder)
    except OSError as error:
        name = os.path.basename(path)
        raise Refused(f"{name} is a link, or cannot be read: {error.strerror}") from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def entries(folder: int | Path) -> list[str]:
    """The names in a folder, sorted; no more are read than make clear that it holds too many.

    Parameters
    ----------
    folder : int or Path
        The folder, or a descriptor of it.

    Returns
    -------
    list of str
        At most one more than `MAX_FILES`.
    """
    with os.scandir(folder) as found:
        return sorted(entry.name for entry in itertools.islice(found, MAX_FILES + 1))


def _text(folder: int, name: str) -> str:
    try:
        os.lstat(name, dir_fd=folder)
    except FileNotFoundError:
        return ""
    with _opened(name, 0, folder) as entry:
        if not stat.S_ISREG(os.fstat(entry).st_mode):
            raise Refused(f"{name} is not a plain file")
        return os.read(entry, 1000).decode("ascii", "replace")


def _is_json(folder: int, name: str) -> bool:
    try:
        with _opened(name, 0, folder) as entry:
            status = os.fstat(entry)
            if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
                return stat.S_ISREG(status.st_mode)  # the grader says what is wrong with it
            with open(entry, "rb", closefd=False) as stream:
                json.loads(stream.read(MAX_BYTES))
    except (Refused, ValueError, RecursionError):
        return False
    return True
