"""Topics somebody follows, and what their followers are told."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from uuid import UUID

from django.db import Error

from equalterms.lib.api.asgi import chunk
from equalterms.live import render
from equalterms.live.hub.followers import Channel, Follower
from equalterms.live.snapshots import Place
from equalterms.live.watch import Late, Watch, readings

HEARTBEAT_SECONDS = 15
GAP = 0.1
BATCH = 256
# How many seconds streams may take to end when the server stops.
ENDING = 5
# Whoever hands a connection over to a follower; None where there is none any more.
Hand = Callable[[Follower], asyncio.Transport | None]


class Gone(Exception):
    """The topic is no more."""


class Hub:
    def __init__(self, watch: Watch, *, most: int = 100_000) -> None:
        self.watch = watch
        self.most = most
        self.channels: dict[UUID, Channel] = {}
        self.count = 0
        self.joined = 0
        self.stopping = False
        self._rings: list[set[Follower]] = [set() for _ in range(HEARTBEAT_SECONDS)]
        self._tasks: set[asyncio.Task[None]] = set()
        self._left = self._gone  # one object for all of them
        watch.in_use.append(self.channels.keys)
        watch.moved.append(self.moved)

    def start(self) -> None:
        self._later(self._beat_for_ever())

    def stop(self) -> None:
        """Ends every stream at once, and spreads their return over some seconds."""
        self.stopping = True
        for task in self._tasks:
            task.cancel()
        for channel in list(self.channels.values()):
            self._end(channel)
        asyncio.get_running_loop().call_later(ENDING, self.hang_up)

    def hang_up(self) -> None:
        """Closes every stream without waiting for what is still on its way."""
        for ring in self._rings:
            for follower in ring:
                follower.transport.abort()

    def full(self) -> bool:
        return self.stopping or self.count >= self.most

    async def join(self, place: Place, cursor: int | None, hand: Hand) -> bool:
        """A new follower, who is told what the cursor has missed; False when `hand` has no connection.
        Raises Gone, or django.db.Error: Late among others, so that nobody waits for ever."""
        channel = self.channels.get(place.topic)
        if channel is None:
            self.watch.use(place.topic)
            channel = self.channels[place.topic] = Channel(place)
        channel.members += 1
        self.count += 1
        joined = False
        try:
            first = self._ready_for(channel, cursor)
            if first is None:
                async with in_time(channel.lock):
                    first = await self._first(channel, cursor)
            # From here on nothing is waited for: no frame can come between the first words and the others.
            joined = self._let_in(channel, first, hand)
        finally:
            if not joined:
                self._leave(channel)
        return joined

    def _let_in(self, channel: Channel, first: bytes, hand: Hand) -> bool:
        follower = Follower(channel, self._left, self.joined % HEARTBEAT_SECONDS)
        transport = None if self.stopping else hand(follower)
        if transport is None:
            return False
        follower.begin(transport, first)
        channel.followers[follower] = None
        self._rings[follower.beat].add(follower)
        self.joined += 1
        return True

    def _gone(self, follower: Follower) -> None:
        follower.channel.followers.pop(follower, None)
        self._rings[follower.beat].discard(follower)
        self._leave(follower.channel)

    def _leave(self, channel: Channel) -> None:
        self.count -= 1
        channel.members -= 1
        if not channel.members and self.channels.get(channel.place.topic) is channel:
            del self.channels[channel.place.topic]

    def moved(self, topic: UUID, version: int | None) -> None:
        """A topic has this version now, or is gone. Its followers are told soon, at most ten times a
        second: what comes in between goes into one frame."""
        channel = self.channels.get(topic)
        if channel is None or channel.version is None:
            return
        if version is None:
            self._end(channel)
        elif version > channel.version and not channel.due:
            channel.due = True
            self._later(self._speak(channel))

    async def _speak(self, channel: Channel) -> None:
        await asyncio.sleep(channel.spoke + GAP - self.watch.loop.time())
        async with channel.lock:
            channel.due = False
            with suppress(Error, Gone):
                await self._advance(channel)

    async def _advance(self, channel: Channel) -> None:
        """Reads what is new, once, and tells all followers of the topic. The channel is locked."""
        topic, before = channel.place.topic, channel.version
        least, began = self.watch.use(topic), self.watch.loop.time()
        told = await self.watch.read(render.news, channel.place, before)
        if told is None:
            self._end(channel)
            raise Gone
        self.watch.correct(topic, least, told.version)
        channel.read = began
        if told.version != before:
            channel.version = told.version
            channel.greetings = {}
            channel.shown = {}  # a new one: a reading that came too late may still add to the old one
            channel.spoke = self.watch.loop.time()
            await self._tell(channel, told.frame)

    async def _tell(self, channel: Channel, frame: bytes) -> None:
        part = chunk(frame)
        for number, follower in enumerate(tuple(channel.followers), 1):
            follower.offer(part)
            if number % BATCH == 0:
                await asyncio.sleep(0)

    def _ready_for(self, channel: Channel, cursor: int | None) -> bytes | None:
        """The first words, if they lie ready and may be trusted."""
        if self._current(channel, cursor) and self.watch.fresh(channel.read):
            return channel.greetings.get(cursor)
        return None

    async def _first(self, channel: Channel, cursor: int | None) -> bytes:
        """`hello`, then what the cursor has missed. The channel is locked.

        The id of `hello` is where the follower stands *before* what comes next, so that a connection
        lost in between loses nothing."""
        if self._current(channel, cursor) and not self.watch.fresh(channel.read):
            await self.watch.check()
        if not self._current(channel, cursor) or not self.watch.fresh(channel.read):
            await self._advance(channel)
        version, greetings = channel.version, channel.greetings
        assert version is not None  # noqa: S101 - _advance has read it
        if cursor in greetings:
            return greetings[cursor]
        if cursor is None or cursor == version:
            greetings[cursor] = chunk(render.hello(version, at=version))
        elif version - render.FAR <= cursor < version:
            missed = await self.watch.read(render.missed, channel.place, cursor, version, channel.shown)
            greetings[cursor] = chunk(render.hello(version, at=cursor) + missed)
        else:  # any number at all may be asked for: nothing of it is kept
            return chunk(render.hello(version, at=cursor) + render.reset(version))
        return greetings[cursor]

    def _current(self, channel: Channel, cursor: int | None) -> bool:
        """Nothing newer was heard of, and the one who comes back has seen nothing newer."""
        known = max(self.watch.least(channel.place.topic), cursor or 0)
        return channel.version is not None and channel.version >= known

    def _end(self, channel: Channel) -> None:
        for follower in tuple(channel.followers):
            follower.end(chunk(b"retry: %d\n\n" % random.randint(1_000, 8_000)))  # noqa: S311 - only spreads load

    async def _beat_for_ever(self) -> None:
        """Each follower hears a heartbeat every 15 s; each second a fifteenth of them."""
        beat = 0
        while True:
            await asyncio.sleep(1)
            beat = (beat + 1) % HEARTBEAT_SECONDS
            for number, follower in enumerate(tuple(self._rings[beat]), 1):
                if follower in self._rings[beat]:
                    follower.tend()
                if number % BATCH == 0:
                    await asyncio.sleep(0)
            for topic in list(self.channels):
                self.moved(topic, self.watch.least(topic))

    def _later(self, work: "asyncio._CoroutineLike[None]") -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


@asynccontextmanager
async def in_time(lock: asyncio.Lock) -> AsyncIterator[None]:
    """Holds the lock, or raises Late where those before take too long."""
    try:
        async with asyncio.timeout(readings.PATIENCE):
            await lock.acquire()
    except TimeoutError:
        raise Late("others wait for the database too") from None
    try:
        yield
    finally:
        lock.release()
