"""The grading services of the one-machine hub: they start and end with it, each in a view of its own.

One lets students practise, and sees neither gradebook nor seed. The other records what the course lets be
graded on submit; it is the instructor's, with the course directory, and starts only where there is any.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from grader import assignments
from hub import view
from hub.members import Member
from hub.places import COURSE_ID, PYTHON, Inside, State

STOP_SECONDS = 10
LOOK_SECONDS, AGAIN_SECONDS = 0.5, 5.0  # whether it runs; until it is started again


def command(instructor: Member, state: State, records: bool = False) -> list[str]:
    """The whole command: the view, and in it the service."""
    exchange = Inside.EXCHANGE / COURSE_ID
    rules = assignments.course().service
    release, course = str(exchange / "outbound"), str(Inside.COURSE)
    return [
        *view.service_command(instructor, state, records),
        *(str(PYTHON), "-m", "grader.service"),
        *("--inbound", str(exchange / "inbound")),
        *("--feedback", str(exchange / "feedback")),
        *(("--course", course) if records else ("--release", release)),
        *("--log", str(Inside.PRACTICE / "attempts.jsonl")),
        *(rules.graded if records else rules.practice),
    ]


@contextlib.contextmanager
def running(instructor: Member, state: State) -> Iterator[None]:
    """The services that the course's modes need, while the body runs."""
    rules = assignments.course().service
    with contextlib.ExitStack() as services:
        for records, names in ((False, rules.practice), (True, rules.graded)):
            if names:
                wanted = command(instructor, state, records)
                services.enter_context(_running(wanted, instructor, state))
        yield


@contextlib.contextmanager
def _running(command: list[str], instructor: Member, state: State) -> Iterator[None]:
    """A service that is started again whenever it ends, but for the body's end.

    What it had not answered lies in the lanes, and the next one finds it there.
    """
    ending = threading.Event()
    keeper = threading.Thread(
        target=_keep, args=(lambda: _start(command, instructor, state), ending)
    )
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join()


def _keep(start: Callable[[], subprocess.Popen[bytes]], ending: threading.Event) -> None:
    # a process whose starter's thread ends is asked to end too: this thread starts them all
    process = start()
    while not ending.wait(LOOK_SECONDS):
        if process.poll() is not None and not ending.wait(AGAIN_SECONDS):
            process = start()
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _start(command: list[str], instructor: Member, state: State) -> subprocess.Popen[bytes]:
    log = os.open(_log(state), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    environment = view.environment(instructor) | {"HOME": "/tmp"}
    try:
        return subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *command],
            env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            start_new_session=True, umask=view.umask(instructor),
        )  # fmt: skip
    finally:
        os.close(log)


def _log(state: State) -> Path:
    return state.root / "service.log"
