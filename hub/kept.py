"""What the hub keeps belongs to one hub at a time, and to one version of it."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator

from hub.members import ClassError
from hub.places import State

VERSION = 1
"""Of the layout of the state: a hub reads no other."""


@contextlib.contextmanager
def held(state: State) -> Iterator[int]:
    """Hold the state for this hub alone, while the body runs.

    Nothing of it has been touched where this refuses. The lock ends with the last process that has
    the descriptor, however it ends.

    Parameters
    ----------
    state : State
        What the hub keeps.

    Yields
    ------
    int
        The descriptor of the lock, for processes that are to hold it too.

    Raises
    ------
    ClassError
        Where another hub has the state, where it is another version's, or where it can't be written.
    """
    try:
        state.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(state.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise ClassError(
            f"{error.filename}: {error.strerror}. The hub keeps its state there; name another folder: "
            "--state"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ClassError(
                f"Another hub runs with the state in {state.root}. End it first, or give this one a "
                "state and a port of its own: --state, --port"
            ) from None
        _require_version(state)
        yield descriptor
    finally:
        os.close(descriptor)


def _require_version(state: State) -> None:
    if not state.version.exists():
        state.version.write_text(f"{VERSION}\n", encoding="ascii")
        return
    found = state.version.read_text(encoding="utf-8", errors="replace").strip()
    if found != str(VERSION):
        raise ClassError(
            f"The state in {state.root} is of version {found[:20]}, and this hub reads version {VERSION}. "
            "Start the hub of the course's version that made it, or name another folder: --state. "
            "Grades move from one to the other by `python -m hub.backup`."
        )
