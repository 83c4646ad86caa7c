"""A ZeroMQ connection that reads no more than it has agreed to.

A student's process is at the other end. libzmq would read ahead whatever it sends, and holds a
message of any number of parts until the last has come, so a hostile kernel could fill the grader's
memory. This client of ZMTP 3.0 (rfc.zeromq.org/spec/23, mechanism NULL) counts every byte first.
It needs one peer on a Unix socket, as DEALER or SUB, and nothing else of ZeroMQ.
"""

from __future__ import annotations

import socket
import struct

_GREETING = b"\xff" + bytes(8) + b"\x7f\x03\x00" + b"NULL".ljust(20, b"\0") + bytes(32)
_MORE, _LONG, _COMMAND = 1, 2, 4
_MAX_PARTS = 64
_CHUNK = 1 << 18


class ChannelError(Exception):
    """The connection cannot be used any more; says why as a clause with the kernel as subject."""


class Channel:
    """One end of a connection to a ROUTER (kind "DEALER") or to an XPUB (kind "SUB").

    ready: whether the peer has shaken hands; libzmq takes an earlier message for an error
    """

    def __init__(self, connection: socket.socket, kind: str):
        self._connection = connection
        self._buffer = bytearray()
        self._parts: list[bytes] = []
        self._greeted = self.ready = False
        self._kind = kind
        self.allow(1 << 20, 1000)
        self._send(_GREETING + _frame(_ready(kind), _COMMAND), 5.0)

    def fileno(self) -> int:
        return self._connection.fileno()

    def allow(self, size: int, count: int) -> None:
        """Set how many bytes and messages may come from now on."""
        self._bytes_left, self._messages_left = size, count

    def send(self, parts: list[bytes], seconds: float) -> None:
        """Send one message."""
        *first, last = parts
        self._send(b"".join([_frame(p, _MORE) for p in first] + [_frame(last)]), seconds)

    def _send(self, data: bytes, seconds: float) -> None:
        self._connection.settimeout(seconds)
        try:
            self._connection.sendall(data)
        except TimeoutError:
            raise ChannelError("does not read what it is sent") from None
        except OSError:
            raise ChannelError("closed its connection to the grader") from None

    def receive(self) -> list[list[bytes]]:
        """Return the messages that one read completes; call it when there is something to read."""
        try:
            data = self._connection.recv(_CHUNK)
        except OSError:
            data = b""
        if not data:
            raise ChannelError("closed its connection to the grader")
        self._bytes_left -= len(data)
        self._buffer += data
        messages = []
        while (part := self._next_part()) is not None:
            flags, body = part
            if flags & _COMMAND:
                self._shake_hands(body)
                continue
            self._parts.append(body)
            if not flags & _MORE:
                messages.append(self._parts)
                self._parts = []
        self._messages_left -= len(messages)
        if self._bytes_left < 0 or self._messages_left < 0 or len(self._parts) > _MAX_PARTS:
            raise ChannelError("sent far too much")
        return messages

    def _shake_hands(self, command: bytes) -> None:
        if command.startswith(b"\x05READY") and not self.ready:
            self.ready = True
            if self._kind == "SUB":
                self.send([b"\x01"], 5.0)  # subscribes to everything

    def _next_part(self) -> tuple[int, bytes] | None:
        """Take a complete frame off the buffer, if there is one: its flags and its body."""
        buffer = self._buffer
        if not self._greeted:
            if len(buffer) < len(_GREETING):
                return None
            if buffer[0] != 0xFF or buffer[9] != 0x7F or buffer[10] < 3:
                raise ChannelError("does not speak the protocol")
            del buffer[: len(_GREETING)]
            self._greeted = True
        if len(buffer) < 2:
            return None
        start = 9 if buffer[0] & _LONG else 2
        if len(buffer) < start:
            return None
        size = int.from_bytes(buffer[1:start], "big")
        if size > len(buffer) + max(0, self._bytes_left):
            raise ChannelError("sent far too much")
        if len(buffer) < start + size:
            return None
        flags, body = buffer[0], bytes(buffer[start : start + size])
        del buffer[: start + size]
        return flags, body


def _frame(body: bytes, flags: int = 0) -> bytes:
    if len(body) < 256:
        return bytes([flags, len(body)]) + body
    return struct.pack(">BQ", flags | _LONG, len(body)) + body


def _ready(kind: str) -> bytes:
    properties = {b"Socket-Type": kind.encode(), b"Identity": b""}
    pairs = [
        bytes([len(name)]) + name + struct.pack(">I", len(value)) + value
        for name, value in properties.items()
    ]
    return b"\x05READY" + b"".join(pairs)
