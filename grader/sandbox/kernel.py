"""The grader's side of one student's kernel: run cells, ask questions, believe nothing.

The kernel is an IPython kernel in a sandbox (`sandbox.py`) and speaks Jupyter's messaging protocol.
Whatever comes from it is bounded in size, number and time, and taken apart with care: what it says
can spoil its own outputs and answers, and nothing else.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import json
import math
import os
import select
import signal
import socket
import tempfile
import time
from pathlib import Path

from .channel import Channel, ChannelError
from .inside import wire
from .inside.limits import Limits
from .inside.wire import Answer, WireError
from .outputs import Outputs, error_output
from .pool import ADVICE, SandboxBroken, SandboxUnavailable, Zygote

START_SECONDS = 30.0
GRACE_SECONDS = 2.0  # to stop after an interrupt
TAIL_SECONDS = 1.0  # for what belongs together and comes on two channels
_MAX_HEADER = 1 << 14
_DELIMITER = b"<IDS|MSG>"  # between the addresses of a message and the message


class KernelGone(Exception):
    """The kernel died, flooded or stopped answering; says so in a sentence for the student.

    outputs: what the cell that was running had put out
    """

    def __init__(self, message: str):
        super().__init__(message)
        self.outputs: list[dict] = []


class CallTimeout(Exception):
    """The student's function took too long; the kernel could be interrupted and goes on."""


@dataclasses.dataclass(frozen=True)
class Exit:
    """How a kernel ended.

    cpu_seconds, max_rss: processor time in seconds and largest resident memory in bytes
    status: as of wait(2); None if it is not known
    reason: a sentence, empty if the grader ended it
    """

    cpu_seconds: float = 0.0
    max_rss: int = 0
    status: int | None = None
    reason: str = ""


class Kernel:
    """One kernel, from fork to kill; a context manager. To be used by one thread at a time.

    files: names and contents of files to find in its working directory
    Raises `SandboxBroken` if it does not start, or `SandboxUnavailable` if none can: that is never the
    submission's fault.
    """

    def __init__(self, zygote: Zygote, limits: Limits, files: dict[str, bytes] | None = None):
        self._limits = limits
        # imported late, while the sandbox starts: it takes a sixth of a second
        from jupyter_client.session import Session

        self._session = Session()  # signs what nobody checks: the student would hold the key, too
        self._gone: str | None = None
        self._exit: Exit | None = None
        self._killed = self._refused = False
        self._report = b""
        self._request_id: str | None = None
        self._deadline = math.inf
        self._sockets = contextlib.ExitStack()
        try:
            self._start(zygote, _start_request(limits, files or {}))
        except (KernelGone, ChannelError, OSError) as error:
            self._sockets.close()
            raise SandboxBroken(f"A kernel did not start: {error}") from error
        except BaseException:
            self._sockets.close()
            raise
        self._deadline = time.monotonic() + limits.notebook_seconds

    def _start(self, zygote: Zygote, request: bytes) -> None:
        self._connection, inner = socket.socketpair()
        self._sockets.enter_context(self._connection)
        clients, listeners = _connected_pairs(2)
        with inner, listeners[0], listeners[1]:
            for client in clients:
                self._sockets.enter_context(client)
            zygote.fork(inner, listeners)
        self._connection.settimeout(START_SECONDS)
        self._connection.sendall(len(request).to_bytes(8, "big") + request)
        self._shell, self._iopub = Channel(clients[0], "DEALER"), Channel(clients[1], "SUB")
        self._poll = select.poll()
        for source in (self._shell, self._iopub, self._connection):
            self._poll.register(source, select.POLLIN)
        self._await_welcome()
        # a first answer means that all is set up: an interrupt before that would end the kernel
        self._exchange("kernel_info_request", {}, START_SECONDS, self._limits.message_bytes)

    def run(self, source: str, seconds: float | None = None) -> list[dict]:
        """Run one cell; return its outputs as notebook format 4 has them.

        Only streams, errors, and displays as plain text, PNG and JPEG are kept, and only so much.
        A cell that takes longer than `seconds` is interrupted and ends with an error output.
        """
        seconds = self._limits.cell_seconds if seconds is None else seconds
        outputs = Outputs(self._limits.output_bytes)
        content = {
            "code": source,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        try:
            _, stopped = self._exchange(
                "execute_request", content, seconds, self._limits.message_bytes, outputs
            )
        except KernelGone as gone:
            gone.outputs = outputs.kept
            raise
        if stopped:
            outputs.kept.append(error_output("Stopped", stopped))
        return outputs.kept

    def ask(
        self, call: str, setup: str, cases: list[dict[str, object]], seconds: float, max_bytes: int
    ) -> list[Answer]:
        """Evaluate the expression `call` for every case; return one answer for each.

        Every case has a fresh copy of the student's global names, in which `setup` is executed and
        the case's inputs (values of `wire`) are bound, as copies of their own.
        Raises `CallTimeout` if all cases together take longer than `seconds`, `KernelGone` if it
        cannot be stopped then, `WireError` if what comes back is not a list of answers or is larger
        than `max_bytes`.
        """
        content = {"call": call, "setup": setup, "max_bytes": max_bytes}
        content["cases"] = wire.dump(cases)
        # JSON in JSON: a quotation mark takes twice its room
        reply_bytes = 2 * wire.text_length(max_bytes) + 65_536 * (1 + len(cases))
        reply, stopped = self._exchange("ask_request", content, seconds, reply_bytes)
        if stopped:
            raise CallTimeout(stopped)
        return _answers(reply, len(cases), max_bytes)

    def close(self) -> Exit:
        """Kill the kernel, wait for its end and say how it was."""
        if self._exit is None:
            self._kill()
            self._await_exit(5.0)
        self._sockets.close()
        return self._exit or Exit(reason="How the kernel ended was not reported.")

    def __enter__(self) -> Kernel:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _exchange(
        self,
        kind: str,
        content: dict,
        seconds: float,
        reply_bytes: int,
        outputs: Outputs | None = None,
    ) -> tuple[dict | None, str]:
        """Send a request; return the reply's content (a claim), and why it was stopped if it was.

        A request is over when its reply and the status idle have come, on two channels.
        """
        if self._gone:
            raise KernelGone(self._gone)
        self._shell.allow(reply_bytes, self._limits.messages)
        self._iopub.allow(self._limits.message_bytes, self._limits.messages)
        now = time.monotonic()
        end, why = now + seconds, f"It was stopped after {seconds:g} s."
        if end > self._deadline:
            end = self._deadline
            why = f"The {self._limits.notebook_seconds:g} s for the notebook are used up."
        if end <= now:
            self._give_up(why)
        self._send(kind, content, end - now)
        reply, idle, stopped = None, False, ""
        while reply is None or not idle:
            for channel, kind_of, body in self._messages(end):
                if channel is self._shell:
                    reply = body
                elif kind_of == "status":
                    idle = idle or body.get("execution_state") == "idle"
                elif outputs is not None:
                    outputs.add(kind_of, body)
            now = time.monotonic()
            if reply is not None or idle:
                end = min(end, now + TAIL_SECONDS)
            if not stopped and outputs is not None and outputs.full:
                end, why = now, "It was stopped because it put out too much."
            if now < end:
                continue
            if reply is not None or idle:
                break
            if stopped:
                self._give_up(f"{stopped} It could not be interrupted.")
            stopped, end = why, now + GRACE_SECONDS
            self._command(b"I")
        return reply, stopped

    def _send(self, kind: str, content: dict, seconds: float) -> None:
        message = self._session.msg(kind, content)
        self._request_id = message["header"]["msg_id"]
        try:
            self._shell.send(self._session.serialize(message), seconds)
        except ChannelError as error:
            self._lose(error)

    def _messages(self, until: float) -> list[tuple[Channel, str, dict]]:
        """Wait for something to come; return the messages that belong to the request."""
        wait = max(0.0, until - time.monotonic())
        ready = {descriptor for descriptor, _ in self._poll.poll(wait * 1000)}
        found, broken = [], None
        for channel in (self._shell, self._iopub):
            if channel.fileno() in ready:
                try:
                    arrived = channel.receive()
                except ChannelError as error:
                    broken = error
                    continue
                understood = (_understood(parts, self._request_id) for parts in arrived)
                found += [(channel, *message) for message in understood if message]
        if found:
            return found  # before the end that there may be, too
        if self._connection.fileno() in ready:
            self._read_report()
        if self._exit:
            self._give_up(self._exit.reason)
        if broken:
            self._lose(broken)
        return []

    def _await_welcome(self) -> None:
        """Wait until the kernel has our subscription: what it puts out earlier would be lost."""
        end = time.monotonic() + START_SECONDS
        welcome = False
        while not (welcome and self._shell.ready):
            if time.monotonic() > end:
                self._give_up("it does not answer")
            kinds = [kind for _, kind, _ in self._messages(end)]
            welcome = welcome or "iopub_welcome" in kinds

    def _lose(self, error: ChannelError) -> None:
        """Give up a kernel whose connection broke: it has ended, as a rule, and we hear how."""
        self._await_exit(TAIL_SECONDS)
        self._give_up(self._exit.reason if self._exit else f"The kernel {error}.")

    def _give_up(self, why: str) -> None:
        if self._exit and self._exit.status is None:
            # the student cannot end the supervisor
            text = f"The sandbox of a kernel failed: {why}"
            raise SandboxUnavailable(f"{text} {ADVICE}") if self._refused else SandboxBroken(text)
        self._gone = why
        if self._exit is None:
            self._kill()
        raise KernelGone(why)

    def _kill(self) -> None:
        self._killed = True
        self._command(b"K")

    def _command(self, command: bytes) -> None:
        with contextlib.suppress(OSError):
            self._connection.sendall(command)

    def _await_exit(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self._exit is None and (left := end - time.monotonic()) > 0:
            self._connection.settimeout(left)
            self._read_report()

    def _read_report(self) -> None:
        """Read what the supervisor says; it is its only line."""
        try:
            data = self._connection.recv(4096)
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

    def _exit_of(self, report: dict) -> Exit:
        if "status" not in report:
            self._refused = "error" in report  # the system did, and would the next kernel, too
            return Exit(reason=report.get("error", "The sandbox of the kernel is gone."))
        cpu = report["cpu_seconds"]
        reason = ""
        if not self._killed:
            reason = _sentence(report["status"], cpu > 0.9 * self._limits.cpu_seconds)
        return Exit(cpu, report["max_rss"], report["status"], reason)


def _start_request(limits: Limits, files: dict[str, bytes]) -> bytes:
    for name in files:
        if name != Path(name).name or name in ("", ".."):
            raise ValueError(f"a file for the kernel needs a plain name, not {name!r}")
    encoded = {name: base64.b64encode(data).decode() for name, data in files.items()}
    return json.dumps({"limits": dataclasses.asdict(limits), "files": encoded}).encode()


def _connected_pairs(count: int) -> tuple[list[socket.socket], list[socket.socket]]:
    """Return connected sockets and the listening ones they are connected to, under no name."""
    clients, listeners = [], []
    with tempfile.TemporaryDirectory(prefix="kernel-") as directory:
        for n in range(count):
            path = f"{directory}/{n}"
            listeners.append(socket.socket(socket.AF_UNIX))
            listeners[-1].bind(path)
            listeners[-1].listen(4)
            clients.append(socket.socket(socket.AF_UNIX))
            clients[-1].connect(path)
            listeners[-1].setblocking(False)  # as libzmq wants it
    return clients, listeners


def _understood(parts: list[bytes], request_id: str | None) -> tuple[str, dict] | None:
    """Return kind and content of a message that answers the request; None for anything else."""
    try:
        start = parts.index(_DELIMITER) + 1
        _, header, parent, _, content, *_ = parts[start:]
        if max(len(header), len(parent)) > _MAX_HEADER:
            return None
        parent = wire.parse_json(parent)
        if parent.get("msg_id") != request_id:
            return None
        kind = wire.parse_json(header)["msg_type"]
        content = wire.parse_json(content)
    except (ValueError, AttributeError, KeyError, TypeError):
        return None
    return (kind, content) if isinstance(kind, str) and isinstance(content, dict) else None


def _answers(reply: dict | None, count: int, max_bytes: int) -> list[Answer]:
    if reply is None:
        raise WireError("the kernel gave no answer")
    entries = reply.get("answers")
    if not isinstance(entries, list) or len(entries) != count:
        raise WireError("the kernel did not answer every case")
    answers = []
    for entry in entries:
        if not isinstance(entry, dict):
            raise WireError("an answer is damaged")
        answers.append(_answer(entry, max_bytes))
        max_bytes -= len(entry["value"])
    return answers


def _answer(entry: dict, max_bytes: int) -> Answer:
    message, seconds = entry.get("message"), entry.get("seconds")
    if not (isinstance(message, str) and isinstance(seconds, float) and 0 <= seconds < 1e9):
        raise WireError("an answer is damaged")
    return Answer(
        value=wire.load(entry.get("value"), max(0, max_bytes)),
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


def _sentence(status: int, out_of_time: bool) -> str:
    """Say how a kernel ended that the grader did not end."""
    if os.WIFEXITED(status):
        return (
            "The notebook ended its own kernel (as `exit()` or `os._exit()` do), "
            "so nothing after that could run."
        )
    number = os.WTERMSIG(status)
    if number == signal.SIGKILL and out_of_time:
        return "The notebook used up all of its processor time, and its kernel was ended."
    if number == signal.SIGKILL:
        return "The kernel was killed; the notebook may have used too much memory."
    return f"The kernel crashed ({signal.strsignal(number)}); the notebook broke the interpreter."
