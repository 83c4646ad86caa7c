"""One writer at a time in a course directory."""

from __future__ import annotations

import fcntl
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from grader.errors import GraderError

NAME = ".grading.lock"


@contextmanager
def locked(root: Path, work: str) -> Iterator[None]:
    """Hold a course directory while something is done in it.

    The system frees the lock when the process ends, however it ends; the file stays.

    Parameters
    ----------
    root : Path
        The course directory.
    work : str
        What is done, in words for whoever has to wait.

    Raises
    ------
    GraderError
        Where somebody else holds it, or nothing can be written there.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        stream = (root / NAME).open("a+", encoding="utf-8")
    except OSError as error:
        raise GraderError(
            f"nothing can be written in {root}: {error.strerror}. Look at who owns the folder and whether"
            " its disk is mounted for reading only"
        ) from error
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stream.seek(0)
            holder = stream.read(300).strip() or "another command"
            raise GraderError(
                f"{holder} is at work in {root}. Wait for it to end, then run the same command again"
            ) from None
        except OSError:  # a file system that knows no locks: the gradebook has its own
            pass
        stream.truncate(0)
        started = datetime.now().strftime("%H:%M")
        stream.write(f"{work} (process {os.getpid()} on {platform.node()}, since {started})\n")
        stream.flush()
        yield
