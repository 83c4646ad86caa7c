"""A hostile process cannot make the grader read too much, or wait for what does not come."""

import os
import socket
import tracemalloc

import pytest

from grader.sandbox.connection import Connection, ConnectionBroken
from grader.sandbox.inside.conversation import Conversation, Interrupts
from grader.sandbox.inside.frames import frame


@pytest.fixture
def hostile():
    """A connection, and a plain socket at its other end that may send anything."""
    ours, peer = socket.socketpair()
    peer.setblocking(False)
    yield Connection(ours), peer
    ours.close()
    peer.close()


@pytest.fixture
def honest():
    ours, theirs = socket.socketpair()
    yield Connection(ours), Conversation(theirs, Interrupts())
    ours.close()
    theirs.close()


MESSAGES = [
    {},
    {"kind": "stream", "id": 3, "content": {"text": 'naïve 😀 \n \x00 "quoted" \ud800'}},
    {"kind": "answers", "list": [1, 2.5, None, True], "long": "x" * 100_000},
]


@pytest.mark.parametrize("message", MESSAGES, ids=["empty", "text", "long"])
def test_both_ends_understand_each_other(honest, message):
    connection, conversation = honest
    connection.allow(1 << 20, 10, 1 << 20)
    conversation.send(message)
    assert received(connection) == [message]
    connection.send(message, 5.0)
    assert conversation.receive() == message


def received(connection):
    while not (messages := connection.receive()):
        pass
    return messages


def test_messages_in_pieces_are_put_together(hostile):
    connection, peer = hostile
    messages = []
    for byte in frame({"a": 1}) + frame({"b": 2}):
        peer.send(bytes([byte]))
        messages += connection.receive()
    assert messages == [{"a": 1}, {"b": 2}]


def test_messages_at_once_are_taken_apart(hostile):
    connection, peer = hostile
    peer.send(frame({"a": 1}) + frame({"b": 2}) + frame({"c": 3})[:-1])
    assert connection.receive() == [{"a": 1}, {"b": 2}]


@pytest.mark.parametrize("announced", [1001, 1 << 20, (1 << 32) - 1])
def test_a_frame_that_announces_too_much_is_refused_at_once(hostile, announced):
    connection, peer = hostile
    connection.allow(10_000, 10, 1000)
    peer.send(announced.to_bytes(4, "big"))
    with pytest.raises(ConnectionBroken, match="far too much"):
        connection.receive()


def test_no_more_bytes_are_read_than_allowed(hostile):
    connection, peer = hostile
    connection.allow(10_000, 1000, 1000)
    taken = 0
    with pytest.raises(ConnectionBroken, match="far too much"):
        for _ in range(1000):
            taken += peer.send(frame({"x": "y" * 100}))
            connection.receive()
    assert taken < 10_000 + 200


@pytest.mark.parametrize("data", [b"\x00\x00\x00\x02{}" * 6, bytes(4) * 6], ids=["{}", "empty"])
def test_no_more_frames_are_read_than_allowed(hostile, data):
    connection, peer = hostile
    connection.allow(10_000, 5, 1000)
    peer.send(data)
    with pytest.raises(ConnectionBroken, match="far too much"):
        connection.receive()


JUNK = {
    "nothing": b"",
    "no JSON": b"junk",
    "no object": b"[1, 2]",
    "a number": b"3",
    "a huge number": b"9" * 9000,
    "half an object": b'{"kind": ',
    "not ASCII": '{"kind": "ü"}'.encode(),
    "UTF-16": '{"kind": "run"}'.encode("utf-16"),
    "deep": b"[" * 100_000,
    "deep and complete": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
}


@pytest.mark.parametrize("body", JUNK.values(), ids=JUNK)
def test_what_is_no_message_is_passed_over(hostile, body):
    connection, peer = hostile
    connection.allow(1 << 21, 10, 1 << 20)
    peer.setblocking(True)
    peer.settimeout(5)
    peer.sendall(len(body).to_bytes(4, "big") + body[:100_000])
    found = connection.receive()
    if len(body) > 100_000:
        for start in range(100_000, len(body), 100_000):
            peer.sendall(body[start : start + 100_000])
            found += connection.receive()
    peer.sendall(frame({"after": 1}))
    while not found:
        found += connection.receive()
    assert found == [{"after": 1}]


def test_a_bracket_bomb_costs_no_memory(hostile):
    """A list costs thirty times the two characters that write it."""
    connection, peer = hostile
    connection.allow(1 << 23, 10, 1 << 23)
    bomb = b'{"a": [' + b"[]," * 1_000_000 + b"[]]}"
    data = len(bomb).to_bytes(4, "big") + bomb
    tracemalloc.start()
    for start in range(0, len(data), 100_000):
        peer.sendall(data[start : start + 100_000])
        assert connection.receive() == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * len(bomb)


def test_the_end_of_the_peer_is_an_error(hostile):
    connection, peer = hostile
    peer.close()
    with pytest.raises(ConnectionBroken, match="closed its connection"):
        connection.receive()
    with pytest.raises(ConnectionBroken, match="closed its connection"):
        connection.send({}, 1.0)


def test_a_peer_that_does_not_read_is_an_error_in_time(hostile):
    connection, _ = hostile
    with pytest.raises(ConnectionBroken, match="does not read"):
        connection.send({"x": "x" * (1 << 24)}, 0.1)


def test_descriptors_that_come_along_are_not_kept(hostile):
    """A process may send its own open files with its bytes; nobody takes them."""
    connection, peer = hostile
    with open("/dev/null") as file:
        socket.send_fds(peer, [frame({"a": 1})], [file.fileno()] * 3)
    before = _open_files()
    assert connection.receive() == [{"a": 1}]
    assert _open_files() == before


def _open_files():
    return len(os.listdir("/proc/self/fd"))
