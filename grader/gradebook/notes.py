"""Small files of the course directory in which people's decisions are kept, as JSON.

They are instructors' decisions that nbgrader's gradebook has no place for. Each change is made under a
lock of its own, so that it neither waits for grading nor gets lost beside another one.
"""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from grader.errors import GraderError


def read(path: Path) -> dict[str, Any]:
    """What is kept there.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict of str to object
        Empty where there is no such file.

    Raises
    ------
    GraderError
        Where the file is not as it was written.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise GraderError(f"{path} cannot be read: {error}. Restore it from a backup") from error
    if not isinstance(found, dict):
        raise GraderError(f"{path} is not a JSON object. Restore it from a backup")
    return found


@contextmanager
def changed(path: Path) -> Iterator[dict[str, Any]]:
    """Change what is kept there: the body changes the dict, which is then written, in full or not at all.

    Parameters
    ----------
    path : Path
        The file; whoever may write in its folder's group may write it.

    Yields
    ------
    dict of str to object
        What is kept.

    Raises
    ------
    GraderError
        Where it can't be read or written.
    """
    mode = 0o660 if path.parent.stat().st_mode & 0o2000 else 0o600
    try:
        lock = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT, mode)
    except OSError as error:
        raise GraderError(f"{path} cannot be written: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        content = read(path)
        before = json.dumps(content, sort_keys=True)
        yield content
        if json.dumps(content, sort_keys=True) != before:
            _write(path, content, mode)
    finally:
        os.close(lock)


def _write(path: Path, content: dict[str, Any], mode: int) -> None:
    descriptor, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(content, stream, indent=1, ensure_ascii=False, sort_keys=True)
            stream.write("\n")
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(part, mode)
        os.replace(part, path)
    except OSError as error:
        Path(part).unlink(missing_ok=True)
        raise GraderError(f"{path} cannot be written: {error.strerror}") from error
