"""A follower: handed over at once, bounded, and let go when nothing is taken for long."""

import asyncio
import os
import socket
import struct
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import pytest
import uvloop
from tests.serving import PATIENCE

from equalterms.lib.api.asgi import LAST_CHUNK
from equalterms.live.hub import followers
from equalterms.live.hub.followers import BUFFER, HEARTBEAT, Channel, Follower, plain_socket
from equalterms.live.snapshots import Place

HIGH = 64 * 1024


class Wire(asyncio.Transport):
    """A connection under the control of a test: what is written lies here until the client takes it."""

    def __init__(self) -> None:
        super().__init__()
        self.lies, self.took, self.how = b"", b"", ""
        self.left: list[Follower] = []
        self.follower = Follower(Channel(Place("session", uuid4(), uuid4())), self.left.append)

    def write(self, data: bytes | bytearray | memoryview) -> None:
        before, self.lies = len(self.lies), self.lies + bytes(data)
        if before <= HIGH < len(self.lies):
            self.follower.pause_writing()

    def take(self) -> None:
        self.took, self.lies = self.took + self.lies, b""
        self.follower.resume_writing()

    def get_write_buffer_size(self) -> int:
        return len(self.lies)

    def is_closing(self) -> bool:
        return self.how != ""

    def close(self) -> None:
        self.how = "closed"

    def abort(self) -> None:
        self.how = "aborted"


@pytest.fixture
def wire() -> Wire:
    made = Wire()
    made.follower.begin(made, b"hello")
    return made


def test_a_chunk_is_handed_over_at_once(wire: Wire) -> None:
    wire.follower.offer(b"one")

    assert wire.lies == b"helloone"


def test_a_client_that_cannot_take_a_chunk_gets_all_of_them_later_in_order(wire: Wire) -> None:
    wire.follower.offer(b"a" * HIGH)
    for part in (b"one", b"two", b"three"):
        wire.follower.offer(part)
    wire.take()
    wire.follower.offer(b"four")

    assert wire.took == b"hello" + b"a" * HIGH + b"onetwothree"
    assert (wire.lies, wire.how) == (b"four", "")


def test_a_client_whose_buffer_is_full_is_let_go(wire: Wire) -> None:
    wire.take()
    for _ in range(BUFFER // 1024):
        wire.follower.offer(b"x" * 1024)
    before = wire.how
    wire.follower.offer(b"x" * 1024)

    assert (before, wire.how, len(wire.lies)) == ("", "aborted", BUFFER)


def test_what_was_missed_takes_no_room_from_what_comes_meanwhile() -> None:
    wire = Wire()
    wire.follower.begin(wire, b"m" * BUFFER)
    for _ in range(BUFFER // 1024):
        wire.follower.offer(b"x" * 1024)
    before = wire.how
    wire.take()
    for _ in range(BUFFER // 1024 + 1):
        wire.follower.offer(b"x" * 1024)

    assert (before, wire.how) == ("", "aborted")


def test_a_heartbeat_goes_to_whoever_takes_what_comes(wire: Wire) -> None:
    wire.follower.tend()

    assert wire.lies == b"hello" + HEARTBEAT


def test_a_client_that_takes_nothing_for_too_long_is_let_go(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    wire.follower.offer(b"x" * 100 * 1024)
    wire.follower.tend()
    before = wire.how, len(wire.lies)
    monkeypatch.setattr(followers, "PATIENCE", -100.1)
    wire.follower.tend()

    assert (before, wire.how) == (("", len(b"hello") + 100 * 1024), "aborted")


def test_a_large_part_has_a_second_more_for_each_kib(wire: Wire) -> None:
    wire.follower.offer(b"x" * 100 * 1024)
    assert wire.follower.stuck is not None
    wire.follower.stuck = time.monotonic() - followers.PATIENCE - 90
    wire.follower.tend()
    before = wire.how
    wire.follower.stuck -= 20
    wire.follower.tend()

    assert (before, wire.how) == ("", "aborted")


def test_the_end_is_said_to_whoever_takes_it(wire: Wire) -> None:
    wire.follower.end(b"bye")

    assert (wire.lies, wire.how) == (b"hellobye" + LAST_CHUNK, "closed")


def test_the_end_waits_for_nobody(wire: Wire) -> None:
    wire.follower.offer(b"x" * 100 * 1024)
    wire.follower.end(b"bye")

    assert (wire.how, wire.lies[-3:]) == ("aborted", b"xxx")


def test_a_lost_connection_is_told_once(wire: Wire) -> None:
    wire.follower.connection_lost(None)

    assert wire.left == [wire.follower]


# Over a real connection, past the transport


class Line(Follower):
    """A follower who knows whether their socket was still theirs when the connection ended."""

    def __init__(self) -> None:
        super().__init__(Channel(Place("session", uuid4(), uuid4())), lambda _: None)
        self.lost: list[bool] = []
        self.arrived: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.arrived.set_result(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        assert self.socket is not None
        self.lost.append(os.fstat(self.socket) is not None)
        super().connection_lost(exc)


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[Line, socket.socket]]:
    """A follower who has been greeted, and the client's end."""
    made = Line()
    loop = asyncio.get_running_loop()
    host = await loop.create_server(lambda: made, "127.0.0.1", 0)
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(host.sockets[0].getsockname())
        client.setblocking(False)
        transport = await made.arrived
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16_384)
        made.begin(transport, b"hello")
        try:
            assert await loop.sock_recv(client, 5) == b"hello"
            yield made, client
        finally:
            transport.abort()
            host.close()
            while not made.lost:
                await asyncio.sleep(0.01)


def run(work: Callable[[], Awaitable[Any]]) -> None:
    async def whole() -> None:
        async with asyncio.timeout(PATIENCE):
            await work()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(whole())


def test_what_the_socket_does_not_take_waits_in_the_transport_and_all_comes_in_order() -> None:
    async def work() -> None:
        loop = asyncio.get_running_loop()
        async with connected() as (follower, client):
            sent, came, past, behind = bytearray(), bytearray(), 0, 0
            for number in range(20_000):
                part = b"%d " % number * 40
                follower.offer(part)
                sent += part
                past += follower.line is not None
                behind += follower.line is None
                # The client reads only when it has much to catch up with.
                if follower.transport.get_write_buffer_size() > BUFFER // 2:
                    while len(came) < len(sent):
                        came += await loop.sock_recv(client, 65_536)
                    while follower.stuck is not None:
                        await asyncio.sleep(0)
                    follower.tend()
                    sent += HEARTBEAT
            while len(came) < len(sent):
                came += await loop.sock_recv(client, 65_536)

            assert came == sent
            assert past > 1_000
            assert behind > 100
            assert not follower.lost

    run(work)


def reset(client: socket.socket) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


ENDINGS: dict[str, Callable[[Line, socket.socket], None]] = {
    "the client hangs up": lambda _, client: client.close(),
    "the client breaks it off": lambda _, client: reset(client),
    "it is said to be over": lambda follower, _: follower.end(b"bye"),
    "it is cut": lambda follower, _: follower.transport.abort(),
    "a write finds it broken": lambda follower, client: (reset(client), follower.offer(b"one"))[0],
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_is_written_to_whoever_has_the_number_of_the_socket_next(ending: str) -> None:
    async def work() -> None:
        async with connected() as (follower, client):
            number = follower.line
            assert number is not None
            theirs, other = socket.socketpair()
            other.setblocking(False)
            with theirs, other:
                ENDINGS[ending](follower, client)
                while not follower.lost:
                    await asyncio.sleep(0.01)
                assert follower.lost == [True]
                with pytest.raises(OSError, match="Bad file descriptor"):
                    os.fstat(number)
                os.dup2(theirs.fileno(), number)
                follower.offer(b"not for you")
                os.close(number)
                with pytest.raises(BlockingIOError):
                    other.recv(100)

    run(work)


def test_nothing_follows_the_end() -> None:
    async def work() -> None:
        loop = asyncio.get_running_loop()
        async with connected() as (follower, client):
            follower.end(b"bye")
            follower.offer(b"one")
            came = b""
            while part := await loop.sock_recv(client, 65_536):
                came += part
            assert came == b"bye" + LAST_CHUNK

    run(work)


def test_within_tls_everything_goes_through_the_transport() -> None:
    class Plain(Wire):
        def get_extra_info(self, name: str, default: Any = None) -> Any:
            return {"socket": here}.get(name, default)

    class Sealed(Plain):
        def get_extra_info(self, name: str, default: Any = None) -> Any:
            return object() if name == "sslcontext" else super().get_extra_info(name, default)

    with socket.socket() as here:
        assert plain_socket(Plain()) == here.fileno()
        assert plain_socket(Sealed()) is None
