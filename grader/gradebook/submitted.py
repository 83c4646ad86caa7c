"""Reads what a student handed in: plain files only, following no link and waiting for no writer."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MOST_ENTRIES = 1000  # of a folder, to look at


@dataclass(frozen=True)
class Notebook:
    """The notebook of a submission.

    Attributes
    ----------
    data : bytes or None
        Its bytes, None where there is none that can be read.
    name : str
        Under which it was found, where that isn't the released name; else "".
    others : tuple of str
        Names of notebooks that were passed over since nothing says which of them counts.
    """

    data: bytes | None
    name: str = ""
    others: tuple[str, ...] = ()


def notebook(student: Path, assignment: str, limit: int) -> Notebook:
    """The notebook that a student handed in.

    A browser that downloads twice, or a person who saves under a name of their own, sends a right
    notebook under another name. Where it lies there alone, it counts.

    Parameters
    ----------
    student : Path
        The student's folder under `submitted/`.
    assignment : str
        Its name.
    limit : int
        Bytes; one more is read, so that it can be seen that there are more.

    Returns
    -------
    Notebook
        What was found.
    """
    with _folder(student, assignment) as folder:
        data = _read(folder, f"{assignment}.ipynb", limit)
        if data is not None or folder is None:
            return Notebook(data)
        names = sorted(name for name in _notebooks(folder) if _is_file(folder, name))
        if len(names) == 1:
            return Notebook(_read(folder, names[0], limit), _as_text(names[0]))
        return Notebook(None, others=tuple(map(_as_text, names)))


def file(student: Path, assignment: str, name: str, limit: int) -> bytes | None:
    """A regular file of a submission.

    Parameters
    ----------
    student : Path
        The student's folder under `submitted/`.
    assignment : str
        Its name.
    name : str
        Of the file.
    limit : int
        Bytes; one more is read, so that it can be seen that there are more.

    Returns
    -------
    bytes or None
        Its bytes, None where there is no such file.
    """
    with _folder(student, assignment) as folder:
        return _read(folder, name, limit)


@contextmanager
def _folder(student: Path, assignment: str) -> Iterator[int | None]:
    """A descriptor of the submission's folder, None where it isn't a real one."""
    outer = os.open(student, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
            inner = os.open(assignment, flags, dir_fd=outer)
        except OSError:
            yield None
            return
        try:
            yield inner
        finally:
            os.close(inner)
    finally:
        os.close(outer)


def _notebooks(folder: int) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number >= MOST_ENTRIES:
                return
            name = entry.name
            if name.lower().endswith(".ipynb") and not name.startswith("."):
                yield name


def _as_text(name: str) -> str:
    """A file's name, which may be any bytes, so that it can be written."""
    return name.encode("utf-8", "replace").decode("utf-8")


def _is_file(folder: int, name: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


def _read(folder: int | None, name: str, limit: int) -> bytes | None:
    if folder is None:
        return None
    try:
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        return None
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        return None
    with os.fdopen(file, "rb") as stream:
        return stream.read(limit + 1)
