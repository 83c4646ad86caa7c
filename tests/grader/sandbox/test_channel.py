"""The channel talks to real ZeroMQ sockets, and a hostile peer cannot make it read too much."""

import select
import socket

import pytest
import zmq

from grader.sandbox.channel import Channel, ChannelError

READY = b"\x04\x08\x05READY\x00\x00"
GREETING = b"\xff" + bytes(8) + b"\x7f\x03\x01NULL" + bytes(48)


@pytest.fixture
def connected(tmp_path):
    """Make a channel of one kind and a libzmq socket that it is connected to."""
    context = zmq.Context()
    made = []

    def connect(kind, zmq_kind):
        peer = context.socket(zmq_kind)
        peer.linger = 0
        path = tmp_path / kind
        peer.bind(f"ipc://{path}")
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(path))
        made.extend([peer, connection])
        return Channel(connection, kind), peer

    yield connect
    for thing in made:
        thing.close()
    context.term()


def received(channel, count=1):
    messages = []
    while len(messages) < count:
        assert select.select([channel], [], [], 5)[0], "nothing came within five seconds"
        messages += channel.receive()
    return messages


def shake_hands(channel):
    while not channel.ready:
        assert select.select([channel], [], [], 5)[0], "no handshake within five seconds"
        channel.receive()


MESSAGES = [
    [b"one part"],
    [b"", b"a", b"", b"b" * 255],
    [b"c" * 256, b"d" * 300_000],
]


def test_dealer_and_router_understand_each_other(connected):
    channel, router = connected("DEALER", zmq.ROUTER)
    shake_hands(channel)
    for message in MESSAGES:
        channel.send(message, 5.0)
        identity, *parts = router.recv_multipart()
        assert parts == message
        router.send_multipart([identity, *message])
        assert received(channel) == [message]


def test_subscriber_gets_everything_that_is_published(connected):
    channel, publisher = connected("SUB", zmq.XPUB)
    shake_hands(channel)
    assert publisher.recv() == b"\x01"  # subscribed, to no topic in particular
    for message in MESSAGES:
        publisher.send_multipart(message)
    assert received(channel, len(MESSAGES)) == MESSAGES


def test_the_end_of_the_peer_is_an_error(connected):
    channel, router = connected("DEALER", zmq.ROUTER)
    shake_hands(channel)
    router.close()
    with pytest.raises(ChannelError, match="closed its connection"):
        received(channel)


@pytest.fixture
def hostile():
    """A channel, and a plain socket at its other end that may send anything."""
    connection, peer = socket.socketpair()
    peer.setblocking(False)
    yield Channel(connection, "DEALER"), peer
    connection.close()
    peer.close()


def test_a_message_in_pieces_is_put_together(hostile):
    channel, peer = hostile
    for byte in GREETING + READY + b"\x01\x02ab\x00\x01c":
        assert channel._parts in ([], [b"ab"])
        peer.send(bytes([byte]))
        messages = channel.receive()
    assert messages == [[b"ab", b"c"]]


@pytest.mark.parametrize(
    "data",
    [b"HTTP/1.1 200 OK\r\n" + bytes(64), bytes(64), b"\xff" + bytes(8) + b"\x7f\x01" + bytes(60)],
    ids=["http", "zeros", "ZMTP 1"],
)
def test_another_protocol_is_an_error(hostile, data):
    channel, peer = hostile
    peer.send(data)
    with pytest.raises(ChannelError, match="does not speak the protocol"):
        channel.receive()


def test_a_frame_that_announces_too_much_is_refused_at_once(hostile):
    channel, peer = hostile
    channel.allow(1000, 10)
    peer.send(GREETING + READY + b"\x02" + (2**40).to_bytes(8, "big"))
    with pytest.raises(ChannelError, match="far too much"):
        channel.receive()


@pytest.mark.parametrize("frame", [b"\x00\x64" + bytes(100), b"\x01\x64" + bytes(100)])
def test_no_more_bytes_are_read_than_allowed(hostile, frame):
    """Whether as many messages, or as one of ever more parts: libzmq would take the second."""
    channel, peer = hostile
    channel.allow(10_000, 1000)
    peer.send(GREETING + READY)
    taken = 0
    with pytest.raises(ChannelError, match="far too much"):
        for _ in range(1000):
            taken += peer.send(frame)
            channel.receive()
    assert taken < 10_000 + len(frame)


def test_no_more_messages_are_read_than_allowed(hostile):
    channel, peer = hostile
    channel.allow(10_000, 5)
    peer.send(GREETING + READY + b"\x00\x00" * 6)
    with pytest.raises(ChannelError, match="far too much"):
        channel.receive()


def test_a_peer_that_does_not_read_is_an_error_in_time(hostile):
    channel, _ = hostile
    with pytest.raises(ChannelError, match="does not read"):
        channel.send([bytes(1 << 24)], 0.1)
