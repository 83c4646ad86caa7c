"""The student's process after the fork: takes the grader's requests one by one until it is killed."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import time
from functools import partial
from typing import Any

from .conversation import Conversation, Interrupts
from .limits import Limits
from .questions import answer_all
from .shell import Shell, connect
from .shown import shown
from .stand_ins import StandIns

_processor_time = time.process_time
_set_clock = signal.setitimer
_CLOCKS = (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)


def serve(shell: Shell, descriptor: int, limits: Limits) -> None:
    """Answer the requests that come on a socket until it closes or the student exits."""
    interrupts = Interrupts()
    interrupts.install()  # before that an interrupt would end the process
    conversation = Conversation(socket.socket(fileno=descriptor), interrupts)
    connect(shell, conversation, limits.output_bytes)
    shell.starting_dir = os.getcwd()
    shell.user_ns["_dh"][:] = [shell.starting_dir]
    _make_importable(shell.starting_dir)
    conversation.send({"kind": "ready"})
    kinds = {"run": _run, "ask": _ask, "look": _look}
    while not shell.exit_now:
        request = conversation.receive()
        interrupts.install()
        with contextlib.suppress(MemoryError):  # of the answer: the next may find room again
            kinds[request["kind"]](shell, conversation, interrupts, request)
        conversation.send({"kind": "done", "id": request["id"], "cpu": _processor_time()})
    os._exit(0)


def rehearse(shell: Shell, cells: list[str]) -> None:
    """Run cells in the shell when nobody is connected to it."""
    for cell in cells:
        shell.run_cell(cell)  # type: ignore[no-untyped-call]


def _look(
    shell: Shell, conversation: Conversation, interrupts: Interrupts, request: dict[str, Any]
) -> None:
    """Say what runs of the cells that only show something."""
    try:
        found = interrupts.run(partial(shown, request["pictures"], request["others"]))
    except BaseException:
        return
    finally:
        interrupts.forbid()
    conversation.send({"kind": "shown", "id": request["id"], **found})


def _make_importable(directory: str) -> None:
    """Let a notebook import the files beside it, and those of a folder that it goes to.

    Both come last, so that none takes the place of a library.
    """
    sys.path += [directory, ""]


def _run(
    shell: Shell, conversation: Conversation, interrupts: Interrupts, request: dict[str, Any]
) -> None:
    """Run a cell; what it puts out goes its own way."""
    _look_again_at_files(shell.starting_dir)
    shell.outbox.open(request["id"])
    try:
        interrupts.run(partial(shell.run_cell, request["source"], store_history=True))
    except BaseException as error:  # such as a stream of the student's that can't be written to
        interrupts.forbid()
        shell.showtraceback((type(error), error, error.__traceback__))
    finally:
        interrupts.forbid()
        for clock in _CLOCKS:  # what goes off during a later question does so by chance
            _set_clock(clock, 0)
        shell.outbox.close()


def _look_again_at_files(directory: str) -> None:
    """Else a file that is just written, there or in a folder of it, may not be seen."""
    for path, finder in list(sys.path_importer_cache.items()):
        if path.startswith(directory) and finder is not None:
            finder.invalidate_caches()  # type: ignore[attr-defined]


def _ask(
    shell: Shell, conversation: Conversation, interrupts: Interrupts, request: dict[str, Any]
) -> None:
    """Answer a question, with stand-ins bound while it is open."""
    content = {key: request[key] for key in ("call", "setup", "cases", "max_bytes")}
    stand_ins = StandIns(conversation, interrupts, request["id"], request["stand_ins"])
    stand_ins.bind(shell.user_ns)
    try:
        answers = interrupts.run(partial(answer_all, shell.user_ns, **content))
    except (
        BaseException
    ):  # between two cases, or a question that can't be asked: then there is none
        return
    finally:
        interrupts.forbid()
        stand_ins.release(shell.user_ns)
    conversation.send({"kind": "answers", "id": request["id"], "answers": answers})
