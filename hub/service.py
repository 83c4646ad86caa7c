"""The grading service of the one-machine hub: it starts and ends with it, in a view of its own."""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from grader import assignments
from hub import view
from hub.members import Member
from hub.places import COURSE_ID, PYTHON, Inside, State

STOP_SECONDS = 10


def command(instructor: Member, state: State) -> list[str]:
    """The whole command: the view, and in it the service."""
    exchange = Inside.EXCHANGE / COURSE_ID
    return [
        *view.service_command(instructor, state),
        *(str(PYTHON), "-m", "grader.service"),
        *("--inbound", str(exchange / "inbound")),
        *("--feedback", str(exchange / "feedback")),
        *("--release", str(exchange / "outbound")),
        *("--log", str(Inside.PRACTICE / "attempts.jsonl")),
        *assignments.course().service.practice,
    ]


@contextlib.contextmanager
def running(instructor: Member, state: State) -> Iterator[subprocess.Popen[bytes] | None]:
    """The service, while the body runs; None where the course lets nothing be practised."""
    if not assignments.course().service.practice:
        yield None
        return
    log = os.open(_log(state), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    environment = view.environment(instructor) | {"HOME": "/tmp"}
    try:
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *command(instructor, state)],
            env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True,
        )  # fmt: skip
    finally:
        os.close(log)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _log(state: State) -> Path:
    return state.root / "service.log"
