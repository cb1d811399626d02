"""Open streams, which are connections taken over from the server, and the topic that they follow."""

import asyncio
import os
import time
from collections.abc import Callable

from equalterms.lib.api.asgi import LAST_CHUNK, chunk
from equalterms.live import render
from equalterms.live.snapshots import Place

# What may wait for a follower who reads slowly, beside what they had missed when they came.
BUFFER = 256 * 1024
# How long it may wait: so long, and a second for each KiB.
PATIENCE = 30
SLOWEST = 1024
HEARTBEAT = chunk(b":\n\n")


class Channel:
    """A topic somebody follows. `version` is what all its followers have been told."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.version: int | None = None
        # In the order in which they came, which is that of their memory: a set's order costs more.
        self.followers: dict[Follower, None] = {}
        # The first words for whoever comes without a cursor, or with one of these, at this version.
        self.greetings: dict[int | None, bytes] = {}
        self.shown: render.Shown = {}
        self.lock = asyncio.Lock()
        self.members = 0
        self.due = False
        self.spoke = self.read = float("-inf")


class Follower(asyncio.Protocol):
    """`left` is called once, when the connection has ended for whatever reason. `stuck` is since when the
    client has had more on its way than the connection takes, in seconds of the monotonic clock. `line` is the
    socket, to be written to past the transport, while nothing waits in that; None at all other times."""

    __slots__ = ("beat", "channel", "left", "line", "most", "socket", "stuck", "transport")
    transport: asyncio.Transport

    def __init__(self, channel: Channel, left: "Callable[[Follower], None]", beat: int = 0) -> None:
        self.channel = channel
        self.left = left
        self.beat = beat
        self.most = BUFFER
        self.stuck: float | None = None
        self.socket: int | None = None
        self.line: int | None = None

    def begin(self, transport: asyncio.Transport, first: bytes) -> None:
        """What a follower has missed takes no room from what comes meanwhile."""
        self.transport = transport
        self.socket = plain_socket(transport)
        transport.write(first)
        self._find_line()
        if self.stuck is not None:
            self.most += len(first)

    def offer(self, part: bytes) -> None:
        """Hands over chunks without ever waiting."""
        if self.line is not None:
            try:
                sent = os.write(self.line, part)
            except OSError:  # full, or broken: the transport finds out which
                sent = 0
            if sent == len(part):
                return
            self.line, part = None, part[sent:]
        if self.transport.is_closing():
            return  # it has left while others were told
        if self.stuck is not None and self.transport.get_write_buffer_size() + len(part) > self.most:
            self.transport.abort()
        else:
            self.transport.write(part)

    def tend(self) -> None:
        """A sign of life for a follower who takes what comes; one who has not for too long is let go."""
        if self.stuck is None:
            self.transport.write(HEARTBEAT)
            self._find_line()
        elif time.monotonic() - self.stuck > PATIENCE + self.transport.get_write_buffer_size() / SLOWEST:
            self.transport.abort()

    def end(self, part: bytes) -> None:
        self.line = None
        if self.stuck is None:
            self.transport.write(part + LAST_CHUNK)
            self.transport.close()
        else:
            self.transport.abort()

    def _find_line(self) -> None:
        waits = self.transport.is_closing() or self.transport.get_write_buffer_size()
        self.line = None if waits else self.socket

    # What the connection says

    def pause_writing(self) -> None:
        self.stuck = time.monotonic()

    def resume_writing(self) -> None:
        self.stuck = None
        self.most = BUFFER
        self._find_line()

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is closed after this, never before: somebody else may have its number then."""
        self.socket = self.line = None
        self.left(self)


def plain_socket(transport: asyncio.Transport) -> int | None:
    """The number of the socket, where what is written to it is what the client reads: not within TLS."""
    if transport.get_extra_info("sslcontext") is not None:
        return None
    sock = transport.get_extra_info("socket")
    return None if sock is None else sock.fileno()
