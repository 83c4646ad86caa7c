"""The student's end of the socket to the grader: whole frames, and interrupts at the right moment.

All of it is within reach of the student's code. What that can spoil is its own outputs and answers.
"""

from __future__ import annotations

import json
import signal
import socket
import threading
from collections import deque
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

from .frames import LENGTH, frame

T = TypeVar("T")

_decode = json.JSONDecoder().decode
_set_signal = signal.signal


class Interrupts:
    """Turns the signal SIGINT into KeyboardInterrupt: only during `run`, and never inside a frame."""

    def __init__(self) -> None:
        self._allowed = self._pending = False
        self._held = 0

    def install(self) -> None:
        """Take the signal over, also from a cell that ignored it."""
        _set_signal(signal.SIGINT, self._handle)

    def run(self, work: Callable[[], T]) -> T:
        """Do some work that may be interrupted; KeyboardInterrupt if it is."""
        self._pending, self._held = False, 0
        try:
            self._allowed = True
            return work()
        finally:
            self._allowed = False

    def forbid(self) -> None:
        """Make sure of it after an interrupt, which may have come when `run` was about to end."""
        self._allowed = self._pending = False

    def __enter__(self) -> None:
        """Hold interrupts back until the end of the block."""
        if threading.current_thread() is threading.main_thread():
            self._held += 1

    def __exit__(self, *exception: object) -> None:
        if threading.current_thread() is threading.main_thread():
            self._held -= 1
            if self._pending and not self._held:
                self._pending = False
                raise KeyboardInterrupt

    def _handle(self, number: int, stack: FrameType | None) -> None:
        if self._held:
            self._pending = self._allowed
        elif self._allowed:
            raise KeyboardInterrupt


class Conversation:
    """Messages to and from the grader. Any thread may send."""

    def __init__(self, connection: socket.socket, interrupts: Interrupts):
        self._connection = connection
        self._interrupts = interrupts
        self._lock = threading.RLock()
        self._waiting: deque[bytes] = deque()
        self._sending = False

    def send(self, message: dict[str, object]) -> None:
        """Send a whole frame, whatever interrupts that."""
        self.send_frame(frame(message))

    def send_frame(self, data: bytes) -> None:
        """Put a frame into the queue, and wait only where that is full."""
        with self._interrupts, self._lock:
            self._waiting.append(data)
            if (
                self._sending
            ):  # by this thread: a signal handler of the student's has interrupted it
                return
            self._sending = True
            try:
                while self._waiting:
                    self._connection.sendall(self._waiting.popleft())
            finally:
                self._sending = False

    def receive(self) -> dict[str, Any]:
        """Wait for a message; EOFError where the grader is gone."""
        [size] = LENGTH.unpack(self._read(LENGTH.size))
        message: dict[str, Any] = _decode(self._read(size).decode("ascii"))
        return message

    def _read(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            part = self._connection.recv(min(size - len(data), 1 << 20))
            if not part:
                raise EOFError("the grader is gone")
            data += part
        return bytes(data)
