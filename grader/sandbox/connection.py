"""The grader's end of the socket to a student's process: it reads no more than it has agreed to.

What comes is counted before memory is spent on it: a frame that announces too much is refused when its
length has come, and none is taken apart that would cost more than its text.
"""

from __future__ import annotations

import socket

from .inside import wire
from .inside.frames import LENGTH, frame

_CHUNK = 1 << 18


class ConnectionBroken(Exception):
    """The connection cannot be used any more; says why, with the process as the subject."""


class Connection:
    """Frames to and from one student's process."""

    def __init__(self, connection: socket.socket):
        self._connection = connection
        self._buffer = bytearray()
        self.allow(1 << 12, 10, 1 << 12)

    def fileno(self) -> int:
        """Its descriptor, for `select`."""
        return self._connection.fileno()

    def allow(self, size: int, count: int, largest: int) -> None:
        """Set how many bytes and frames may come from now on, and how large one may be."""
        self._bytes_left, self._frames_left, self._largest = size, count, largest

    def send(self, message: dict[str, object], seconds: float) -> None:
        """Send one message."""
        self._connection.settimeout(max(0.001, seconds))
        try:
            self._connection.sendall(frame(message))
        except TimeoutError:
            raise ConnectionBroken("does not read what it is sent") from None
        except OSError:
            raise ConnectionBroken("closed its connection to the grader") from None

    def receive(self) -> list[dict[str, object]]:
        """Return the messages that one read completes; call it when there is something to read.

        A frame that holds no object of JSON, or one that would be costly to hold, is passed over.
        """
        try:
            data = self._connection.recv(_CHUNK)
        except OSError:
            data = b""
        if not data:
            raise ConnectionBroken("closed its connection to the grader")
        self._bytes_left -= len(data)
        self._buffer += data
        messages = []
        while (body := self._next_frame()) is not None:
            self._frames_left -= 1
            if self._frames_left < 0:
                break
            message = _understood(body)
            if message is not None:
                messages.append(message)
        if self._bytes_left < 0 or self._frames_left < 0:
            raise ConnectionBroken("sent far too much")
        return messages

    def _next_frame(self) -> bytes | None:
        """Take a complete frame off the buffer, if there is one."""
        if len(self._buffer) < LENGTH.size:
            return None
        [size] = LENGTH.unpack_from(self._buffer)
        if size > self._largest:
            raise ConnectionBroken("sent far too much")
        end = LENGTH.size + size
        if len(self._buffer) < end:
            return None
        body = bytes(self._buffer[LENGTH.size : end])
        del self._buffer[:end]
        return body


def _understood(body: bytes) -> dict[str, object] | None:
    try:
        message = wire.parse_json(body.decode("ascii"))
    except ValueError:
        return None
    return message if isinstance(message, dict) else None
