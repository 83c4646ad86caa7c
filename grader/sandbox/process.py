"""The grader's side of one student's process: run cells, ask questions, believe nothing.

The process is an IPython shell in a sandbox (`pool.py`) and speaks in frames of JSON
(`inside/frames.py`). Whatever comes from it is bounded in size, number and time, and taken apart with
care: what it says can spoil its own outputs and answers, and nothing else.
"""

from __future__ import annotations

import base64
import builtins
import contextlib
import dataclasses
import json
import math
import os
import secrets
import select
import signal
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeGuard, cast

from .connection import Connection, ConnectionBroken
from .inside import wire
from .inside.frames import largest_output
from .inside.limits import Limits
from .inside.wire import Answer, WireError
from .outputs import Outputs, error_output, within
from .pool import ADVICE, SandboxBroken, SandboxUnavailable, Zygote

START_SECONDS = 30.0
GRACE_SECONDS = 2.0  # to stop after an interrupt
TAIL_SECONDS = 1.0  # for the word of how a process ended whose connection broke
MAX_CALLS, MAX_CALL_BYTES = 2_000, 32 << 20  # of a question's stand-ins, together
MAX_NAMES, MAX_NAME = 10_000, 100  # that cells which show something bind, and characters of each
LOOK_SECONDS = 5.0
MAX_MESSAGE = 1_000  # characters of an exception

StandIn = Callable[..., object]


class ProcessGone(Exception):
    """The student's process died, flooded or stopped answering; says so in a sentence for the student.

    Attributes
    ----------
    outputs : list of dict
        What the cell that was running had put out.
    used_up : str
        "cpu" where the processor time was, "time" where the notebook's time was, else "".
    """

    def __init__(self, message: str, used_up: str = ""):
        super().__init__(message)
        self.outputs: list[dict[str, Any]] = []
        self.used_up = used_up


class CallTimeout(Exception):
    """The student's function took too long; the process could be interrupted and goes on."""


@dataclasses.dataclass(frozen=True)
class Exit:
    """How a student's process ended.

    Attributes
    ----------
    cpu_seconds : float
        Processor time.
    max_rss : int
        Largest resident memory in bytes.
    status : int or None
        As of wait(2); None if it is not known.
    reason : str
        A sentence, empty if the grader ended it.
    """

    cpu_seconds: float = 0.0
    max_rss: int = 0
    status: int | None = None
    reason: str = ""


class StudentProcess:
    """One student's process, from fork to kill; a context manager. To be used by one thread at a time.

    Parameters
    ----------
    zygote : Zygote
        From which it is forked.
    limits : Limits
        What it may use up.
    files : dict of str to bytes, optional
        Names and contents of files to find in its working directory.

    Attributes
    ----------
    cpu_seconds : float
        Processor time so far, as the process says; for words only.

    Raises
    ------
    SandboxBroken
        If it does not start: that is never the submission's fault.
    SandboxUnavailable
        If none can.
    """

    def __init__(self, zygote: Zygote, limits: Limits, files: dict[str, bytes] | None = None):
        self._zygote, self._limits = zygote, limits
        self._gone: str | None = None
        self._used_up = ""
        self._output_left = limits.notebook_output_bytes
        self.cpu_seconds = 0.0
        self._exit: Exit | None = None
        self._killed = self._refused = False
        self._report = b""
        self._request = ""
        self._deadline = math.inf
        self._sockets = contextlib.ExitStack()
        try:
            self._start(zygote, _start_request(limits, files or {}, zygote.profile.nice))
        except (ProcessGone, ConnectionBroken, OSError) as error:
            self._sockets.close()
            raise SandboxBroken(f"A student's process did not start: {error}") from error
        except BaseException:
            self._sockets.close()
            raise
        self._deadline = time.monotonic() + limits.notebook_seconds

    def _start(self, zygote: Zygote, request: bytes) -> None:
        # two pairs: the supervisor's, on which only it can speak, and the student's
        self._supervisor, watching = socket.socketpair()
        self._sockets.enter_context(self._supervisor)
        student, inner = socket.socketpair()
        self._sockets.enter_context(student)
        with watching, inner:
            zygote.fork(watching, inner)
        self._supervisor.settimeout(START_SECONDS)
        self._supervisor.sendall(len(request).to_bytes(8, "big") + request)
        self._student = Connection(student)
        self._poll = select.poll()
        for source in (student, self._supervisor):
            self._poll.register(source, select.POLLIN)
        end = time.monotonic() + START_SECONDS
        # its first word means that all is set up: an interrupt before that would end the process
        while not any(message.get("kind") == "ready" for message in self._messages(end)):
            if time.monotonic() > end:
                self._give_up("it does not answer")

    def look(self, pictures: list[str], others: list[str]) -> tuple[list[str], frozenset[str]]:
        """What runs of the cells that only show something, for each of them, and what is left out.

        `pictures` are their sources, `others` those of all other cells (`inside/shown.py`). To be called
        before any cell has run. Where nothing can be found out nothing runs.
        """
        said: dict[str, object] = {}

        def take(kind: object, message: dict[str, object]) -> None:
            if kind == "shown":
                said.update(message)

        size = 2 * sum(map(len, pictures)) + MAX_NAMES * MAX_NAME
        self._student.allow(6 * size + 65_536, 10, 6 * size + 65_536)  # \\uXXXX takes six bytes
        self._exchange({"kind": "look", "pictures": pictures, "others": others}, LOOK_SECONDS, take)
        runs, names = said.get("runs"), said.get("left_out")
        if not _are_strings(runs) or len(runs) != len(pictures) or not _are_strings(names):
            return [""] * len(pictures), frozenset()
        return [wire.clean(code) for code in runs], frozenset(names)

    def run(self, source: str, seconds: float | None = None) -> list[dict[str, Any]]:
        """Run one cell.

        Only streams, errors, and displays as plain text, PNG and JPEG are kept, and only so much.

        Parameters
        ----------
        source : str
            The cell's text.
        seconds : float, optional
            After which it is interrupted and ends with an error output; by default the limit
            for a cell.

        Returns
        -------
        list of dict
            Its outputs as notebook format 4 has them.

        Raises
        ------
        ProcessGone
            If the process ends or cannot be interrupted.
        """
        seconds = self._limits.cell_seconds if seconds is None else seconds
        outputs = Outputs(self._limits.output_bytes)
        size, count = self._limits.message_bytes, self._limits.messages
        self._student.allow(size, count, min(size, largest_output(self._limits.output_bytes)))

        def take(kind: object, message: dict[str, object]) -> None:
            content = message.get("content")
            if isinstance(kind, str) and isinstance(content, dict):
                outputs.add(kind, content)

        try:
            stopped = self._exchange(
                {"kind": "run", "source": source}, seconds, take, lambda: outputs.full
            )
        except ProcessGone as gone:
            gone.outputs = self._within(outputs.kept)
            raise
        if stopped:
            outputs.kept.append(error_output("Stopped", stopped))
        return self._within(outputs.kept)

    def _within(self, outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
        kept, self._output_left = within(outputs, self._output_left)
        return kept

    def ask(
        self,
        call: str,
        setup: str,
        cases: list[dict[str, object]],
        seconds: float,
        max_bytes: int,
        stand_ins: Mapping[str, StandIn] | None = None,
    ) -> list[Answer]:
        """Evaluate an expression for every case.

        Every case has names of its own, in which `setup` is executed and the case's inputs are
        bound, as copies; of the student's names the call finds those that it asks for and that are
        none of these, nor built in (`inside/scope.py`).

        Parameters
        ----------
        call : str
            The expression.
        setup : str
            Statements that are executed before it.
        cases : list of dict of str to object
            Inputs by name: values of `wire`.
        seconds : float
            For all cases together.
        max_bytes : int
            That the answers may take.
        stand_ins : mapping of str to StandIn, optional
            They take the place of the student's functions of these names while the question
            is open, for the student's other functions as well. They are called here, in the
            grader's process, with values of the student's choice, at most `MAX_CALLS` times:
            they must refuse what they would not want to compute, by an exception. What they
            return (a value of the wire) or raise arrives in the student's process; of an
            exception, its built-in class and its message.

        Returns
        -------
        list of Answer
            One answer for each case.

        Raises
        ------
        CallTimeout
            If it takes longer.
        ProcessGone
            If it cannot be stopped then.
        WireError
            If what comes back is not a list of answers or is larger than `max_bytes`.
        """
        replies: list[object] = []
        help_given = _Help(stand_ins or {})

        def take(kind: object, message: dict[str, object]) -> None:
            if kind == "answers":
                replies[:] = [message.get("answers")]
            elif kind == "stand_in":
                self._send(help_given.answer(message), GRACE_SECONDS)

        # JSON in JSON: a quotation mark takes twice its room
        largest = 2 * wire.text_length(max_bytes) + 65_536 * (1 + len(cases))
        calls, call_bytes = 0, 0
        if stand_ins:
            calls, call_bytes = 2 * MAX_CALLS, 2 * wire.text_length(MAX_CALL_BYTES)
        self._student.allow(
            largest + call_bytes + 65_536, self._limits.messages + calls, max(largest, call_bytes)
        )
        content: dict[str, object] = {"call": call, "setup": setup, "max_bytes": max_bytes}
        content |= {"cases": wire.dump(cases), "stand_ins": list(stand_ins or ())}
        stopped = self._exchange({"kind": "ask", **content}, seconds, take)
        if stopped:
            raise CallTimeout(stopped)
        return _answers(replies, len(cases), max_bytes)

    def fresh(self) -> StudentProcess:
        """Another process of the same kind, without files, that has run nothing of this one's."""
        return StudentProcess(self._zygote, self._limits)

    def close(self) -> Exit:
        """Kill the process, wait for its end and say how it was."""
        if self._exit is None:
            self._kill()
            self._await_exit(5.0)
        self._sockets.close()
        return self._exit or Exit(reason="How the process ended was not reported.")

    def __enter__(self) -> StudentProcess:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _exchange(
        self,
        request: dict[str, object],
        seconds: float,
        take: Callable[[object, dict[str, object]], None],
        full: Callable[[], bool] = lambda: False,
    ) -> str:
        """Send a request and take what comes until it is done; return why it was stopped if it was."""
        if self._gone:
            raise ProcessGone(self._gone, self._used_up)
        now = time.monotonic()
        end, why = now + seconds, f"It was stopped after {seconds:g} s."
        if end > self._deadline:
            end = self._deadline
            why = f"The {self._limits.notebook_seconds:g} s for the notebook are used up."
        if end <= now:
            self._used_up = "time"
            self._give_up(why)
        self._request = secrets.token_hex(8)  # what answers it can't have been sent before
        self._send(request | {"id": self._request}, end - now)
        stopped = ""
        while True:
            for message in self._messages(end):
                if message.get("id") != self._request:
                    continue
                kind = message.get("kind")
                if kind == "done":
                    self._note_cost(message.get("cpu"))
                    return stopped
                take(kind, message)
            now = time.monotonic()
            if not stopped and full():
                end, why = now, "It was stopped because it put out too much."
            if now < end:
                continue
            if stopped:
                self._give_up(f"{stopped} It could not be interrupted.")
            stopped, end = why, now + GRACE_SECONDS
            self._command(b"I")

    def _note_cost(self, cpu: object) -> None:
        if isinstance(cpu, float) and self.cpu_seconds <= cpu < 1e9:
            self.cpu_seconds = cpu

    def _send(self, message: dict[str, object], seconds: float) -> None:
        try:
            self._student.send(message, seconds)
        except ConnectionBroken as error:
            self._lose(error)

    def _messages(self, until: float) -> list[dict[str, object]]:
        """Wait for something to come; return the messages that are complete."""
        wait = max(0.0, until - time.monotonic())
        ready = {descriptor for descriptor, _ in self._poll.poll(wait * 1000)}
        broken = None
        if self._student.fileno() in ready:
            try:
                found = self._student.receive()
            except ConnectionBroken as error:
                broken = error
            else:
                return found  # before the end that there may be, too
        if self._supervisor.fileno() in ready:
            self._read_report()
        if self._exit:
            self._give_up(self._exit.reason)
        if broken:
            self._lose(broken)
        return []

    def _lose(self, error: ConnectionBroken) -> None:
        """Give up a process whose connection broke: it has ended, as a rule, and we hear how."""
        self._await_exit(TAIL_SECONDS)
        self._give_up(self._exit.reason if self._exit else f"The kernel {error}.")

    def _give_up(self, why: str) -> None:
        if self._exit and self._exit.status is None:
            # the student cannot end the supervisor
            text = f"The sandbox of a student's process failed: {why}"
            raise SandboxUnavailable(f"{text} {ADVICE}") if self._refused else SandboxBroken(text)
        self._gone = why
        if self._exit is None:
            self._kill()
        raise ProcessGone(why, self._used_up)

    def _kill(self) -> None:
        self._killed = True
        self._command(b"K")

    def _command(self, command: bytes) -> None:
        with contextlib.suppress(OSError):
            self._supervisor.sendall(command)

    def _await_exit(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self._exit is None and (left := end - time.monotonic()) > 0:
            self._supervisor.settimeout(left)
            self._read_report()

    def _read_report(self) -> None:
        """Read what the supervisor says; it is its only line."""
        try:
            data = self._supervisor.recv(4096)
        except TimeoutError:
            return
        except OSError:
            data = b""
        self._report += data
        if data and not self._report.endswith(b"\n"):
            return
        try:
            report = json.loads(self._report)
        except ValueError:
            report = {}
        self._exit = self._exit_of(report)

    def _exit_of(self, report: dict[str, Any]) -> Exit:
        if "status" not in report:
            self._refused = "error" in report  # the system did, and would the next process, too
            return Exit(reason=report.get("error", "The sandbox of the process is gone."))
        cpu = report["cpu_seconds"]
        reason = ""
        if not self._killed:
            # Who ignores the signal is killed a second later. The limit counts ticks, which on a busy
            # machine are more than the time that was used.
            out_of_time = _signal(report["status"]) == signal.SIGXCPU or (
                _signal(report["status"]) == signal.SIGKILL and cpu > 0.7 * self._limits.cpu_seconds
            )
            reason = _sentence(report["status"], self._limits.cpu_seconds if out_of_time else 0)
            if out_of_time:
                self._used_up = "cpu"
        return Exit(cpu, report["max_rss"], report["status"], reason)


class _Help:
    """What the stand-ins of one question say; calls beyond the bounds get an error."""

    def __init__(self, stand_ins: Mapping[str, StandIn]):
        self._stand_ins = stand_ins
        self._calls, self._bytes = MAX_CALLS, MAX_CALL_BYTES

    def answer(self, message: dict[str, object]) -> dict[str, object]:
        """The message that answers a call; the call is a claim of the student's process."""
        number = message.get("number")
        said: dict[str, object] = {
            "kind": "stood_in",
            "id": message["id"],
            "number": number if type(number) is int else 0,
        }
        try:
            value = self._call(message.get("name"), message.get("arguments"))
            return said | {"value": wire.dump(value)}
        except Exception as error:
            names = [c.__name__ for c in type(error).__mro__ if _is_built_in(c)]
            return said | {"raised": names, "message": _message(error)}

    def _call(self, name: object, text: object) -> object:
        self._calls -= 1
        self._bytes -= len(text) if isinstance(text, str) else 0
        if self._calls < 0 or self._bytes < 0:
            raise RuntimeError("There were too many calls in one question.")
        if not isinstance(name, str) or name not in self._stand_ins:
            raise NameError("Nothing of that name stands in for yours.")
        # fresh values: whatever is done with them here, nobody else has them
        call = wire.load(cast(str, text), MAX_CALL_BYTES)
        if not isinstance(call, list) or len(call) != 2:
            raise WireError("the call is damaged")
        arguments, named = call
        if not isinstance(arguments, list) or not isinstance(named, dict):
            raise WireError("the call is damaged")
        if not all(isinstance(key, str) for key in named):
            raise WireError("the call is damaged")
        return self._stand_ins[name](*arguments, **named)


def _is_built_in(kind: type[Any]) -> bool:
    return getattr(builtins, kind.__name__, None) is kind and issubclass(kind, Exception)


def _message(error: Exception) -> str:
    """The text that the exception was made of: str(KeyError) has quotes around it."""
    text = error.args[0] if len(error.args) == 1 and isinstance(error.args[0], str) else str(error)
    return wire.clean(text[:MAX_MESSAGE])


def _are_strings(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _start_request(limits: Limits, files: dict[str, bytes], nice: int) -> bytes:
    for name in files:
        if name != Path(name).name or name in ("", ".."):
            raise ValueError(f"a file for the notebook needs a plain name, not {name!r}")
    encoded = {name: base64.b64encode(data).decode() for name, data in files.items()}
    request = {"limits": dataclasses.asdict(limits), "files": encoded, "nice": nice}
    return json.dumps(request).encode()


def _answers(replies: list[object], count: int, max_bytes: int) -> list[Answer]:
    if not replies:
        raise WireError("the kernel gave no answer")
    [entries] = replies
    if not isinstance(entries, list) or len(entries) != count:
        raise WireError("the kernel did not answer every case")
    answers = []
    for entry in entries:
        if not isinstance(entry, dict):
            raise WireError("an answer is damaged")
        answers.append(_answer(entry, max_bytes))
        max_bytes -= len(entry["value"])
    return answers


def _answer(entry: dict[str, Any], max_bytes: int) -> Answer:
    message, seconds = entry.get("message"), entry.get("seconds")
    if not (isinstance(message, str) and isinstance(seconds, float) and 0 <= seconds < 1e9):
        raise WireError("an answer is damaged")
    return Answer(
        value=wire.load(cast(str, entry.get("value")), max(0, max_bytes)),
        raised=_texts(entry.get("raised"), 100),
        message=wire.clean(message[:1000]),
        changed=_texts(entry.get("changed"), 100),
        warnings=_texts(entry.get("warnings"), 1100),
        seconds=seconds,
        line=_text(entry.get("line", "")),
        shapes=_text(entry.get("shapes", "")),
    )


def _text(entry: object) -> str:
    if not isinstance(entry, str):
        raise WireError("an answer is damaged")
    return wire.clean(entry[:200])


def _texts(entries: object, length: int) -> tuple[str, ...]:
    if not isinstance(entries, list) or not all(isinstance(e, str) for e in entries):
        raise WireError("an answer is damaged")
    return tuple(wire.clean(e[:length]) for e in entries[:50])


def _signal(status: int) -> int:
    """The signal that ended a process, 0 where none did."""
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def _sentence(status: int, used_up: int) -> str:
    """Say how a kernel ended that the grader did not end; `used_up` seconds of processor time, or 0."""
    if os.WIFEXITED(status):
        return (
            "The notebook ended its own kernel (as `exit()` or `os._exit()` do), "
            "so nothing after that could run."
        )
    number = os.WTERMSIG(status)
    if used_up:
        return f"The notebook used up its {used_up} seconds of processor time, and its kernel was ended."
    if number == signal.SIGKILL:
        return "The kernel was killed; the notebook may have used too much memory."
    return f"The kernel crashed ({signal.strsignal(number)}); the notebook broke the interpreter."
