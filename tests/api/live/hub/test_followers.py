"""A follower: handed over at once, bounded, and let go when nothing is taken for long."""

import asyncio
import time
from uuid import uuid4

import pytest

from equalterms.lib.api.asgi import LAST_CHUNK
from equalterms.live.hub import followers
from equalterms.live.hub.followers import BUFFER, HEARTBEAT, Channel, Follower
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
