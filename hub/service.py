"""The grading services of the one-machine hub: they start and end with it, each in a view of its own.

One lets students practise, and sees neither gradebook nor seed. The other records what the course lets be
graded on submit; it is the instructor's, with the course directory, and starts only where there is any.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from hub import modes, view
from hub.members import Member
from hub.places import COURSE_ID, PYTHON, Inside, State

PAGE = "teaching"
STOP_SECONDS = 10
LOOK_SECONDS, AGAIN_SECONDS = 0.5, 5.0  # whether it runs; until it is started again


def command(
    instructor: Member, state: State, names: Sequence[str], records: bool = False
) -> list[str]:
    """The whole command: the view, and in it the service of these assignments."""
    exchange = Inside.EXCHANGE / COURSE_ID
    release, course, named = str(exchange / "outbound"), str(Inside.COURSE), str(Inside.NAMED)
    return [
        *view.service_command(instructor, state, records),
        *(str(PYTHON), "-m", "grader.service"),
        *("--inbound", str(exchange / "inbound")),
        *("--feedback", str(exchange / "feedback")),
        *(("--course", course) if records else ("--release", release, "--mistakes", named)),
        *("--log", str(Inside.PRACTICE / "attempts.jsonl")),
        *names,
    ]


def wanted(state: State, mode: str) -> list[str]:
    """The assignments that a service is for now."""
    return [name for name, chosen in modes.modes(state.course).items() if chosen == mode]


@contextlib.contextmanager
def running(instructor: Member, state: State) -> Iterator[None]:
    """The services that the modes of the assignments need, while the body runs."""
    with contextlib.ExitStack() as services:
        for mode in (modes.PRACTICE, modes.GRADED):
            services.enter_context(_running(instructor, state, mode))
        yield


@contextlib.contextmanager
def page(instructor: Member, state: State) -> Iterator[None]:
    """The instructors' page, while the body runs: the hub knows it by its token and its port.

    The hub itself would end where a service that it starts is slow to answer.
    """
    settings = json.loads(state.settings.read_text(encoding="utf-8"))
    asked = [*view.teaching_command(instructor, state), str(PYTHON), "-m", "hub.teaching"]
    ending = threading.Event()

    def start(names: list[str]) -> subprocess.Popen[bytes]:
        return _start(asked, instructor, state, page_environment(settings))

    keeper = threading.Thread(target=_keep, args=(lambda: [PAGE], start, ending))
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join()


def page_environment(settings: Mapping[str, Any]) -> dict[str, str]:
    """How the page finds the hub, as JupyterHub tells the services that it starts."""
    prefix = f"/services/{PAGE}/"
    return {
        "JUPYTERHUB_SERVICE_NAME": PAGE,
        "JUPYTERHUB_SERVICE_PREFIX": prefix,
        "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:{settings['teaching_port']}",
        "JUPYTERHUB_API_URL": f"http://127.0.0.1:{settings['hub_port']}/hub/api",
        "JUPYTERHUB_API_TOKEN": settings["teaching_token"],
        "JUPYTERHUB_CLIENT_ID": f"service-{PAGE}",
        "JUPYTERHUB_OAUTH_CALLBACK_URL": f"{prefix}oauth_callback",
        "JUPYTERHUB_OAUTH_ACCESS_SCOPES": json.dumps([f"access:services!service={PAGE}"]),
        "JUPYTERHUB_BASE_URL": "/",
    }


@contextlib.contextmanager
def _running(instructor: Member, state: State, mode: str) -> Iterator[None]:
    """A service that is started again whenever it ends, or is for other assignments, until the body's end.

    What it had not answered lies in the lanes, and the next one finds it there.
    """
    ending = threading.Event()

    def start(names: list[str]) -> subprocess.Popen[bytes]:
        asked = command(instructor, state, names, mode == modes.GRADED)
        return _start(asked, instructor, state)

    keeper = threading.Thread(target=_keep, args=(lambda: wanted(state, mode), start, ending))
    keeper.start()
    try:
        yield
    finally:
        ending.set()
        keeper.join()


def _keep(
    wanted: Callable[[], list[str]],
    start: Callable[[list[str]], subprocess.Popen[bytes]],
    ending: threading.Event,
) -> None:
    # a process whose starter's thread ends is asked to end too: this thread starts them all
    names: list[str] = []
    process: subprocess.Popen[bytes] | None = None
    while True:
        with contextlib.suppress(GraderError):  # a file that can't be read changes nothing
            now = wanted()
            if now != names:
                _stop(process)
                process, names = (start(now) if now else None), now
        if process is not None and process.poll() is not None:
            if ending.wait(AGAIN_SECONDS):
                break
            process = start(names)
        if ending.wait(LOOK_SECONDS):
            break
    _stop(process)


def _stop(process: subprocess.Popen[bytes] | None) -> None:
    if process is None:
        return
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _start(
    command: list[str],
    instructor: Member,
    state: State,
    more: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    log = os.open(_log(state), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    environment = view.environment(instructor) | {"HOME": "/tmp"} | dict(more or {})
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
