"""The followers of this process: one set a topic, one encoding a change for all of them.

Nobody waits for anybody. A frame is handed to each follower without waiting; one who cannot take it now
gets a small buffer and a task of their own, and one whose buffer is full is let go: they come back with
the last id they saw.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from uuid import UUID

from django.db import Error

from equalterms.lib.api import asgi
from equalterms.lib.api.asgi import Send
from equalterms.live import render
from equalterms.live.snapshots import Place
from equalterms.live.watch import Late, Watch, readings

BUFFER = 256 * 1024
# How long a frame may take on its way to one who reads slowly: so long, and a second for each KiB.
PATIENCE = 30
SLOWEST = 1024
HEARTBEAT = b":\n\n"
HEARTBEAT_SECONDS = 15
GAP = 0.1
BATCH = 256


class Follower:
    """One open stream. `abort` closes its connection without waiting for what is still to be sent."""

    __slots__ = (
        "__weakref__", "abort", "beat", "behind", "channel", "most", "send", "size", "task", "waiting"
    )  # fmt: skip

    def __init__(self, channel: "Channel", send: Send, abort: Callable[[], None], beat: int = 0) -> None:
        self.channel = channel
        self.send = send
        self.abort = abort
        self.beat = beat
        self.most = BUFFER
        self.waiting: list[bytes] = []
        self.size = 0
        self.behind = True
        self.task: asyncio.Task[None] | None = None

    def begin(self, frame: bytes) -> None:
        """What a follower has missed waits first, and takes no room from what comes meanwhile."""
        self.waiting.append(frame)
        self.size += len(frame)
        self.most += len(frame)

    def offer(self, frame: bytes) -> None:
        """Hands over a frame without ever waiting."""
        if self.behind:
            self._keep(frame)
        elif not self._hand(frame, more=True):
            self.behind = True
            self._keep(frame)
            self.task = asyncio.create_task(self.catch_up())

    def _keep(self, frame: bytes) -> None:
        self.size += len(frame)
        self.waiting.append(frame)
        if self.size > self.most:
            self._let_go()

    def _let_go(self) -> None:
        self.waiting.clear()
        self.size = 0
        self.abort()

    def _hand(self, frame: bytes, *, more: bool) -> bool:
        """Runs the server's `send` up to where it would wait. False when it would: nothing was sent then."""
        step = self.send(asgi.body(frame, more=more)).__await__()
        try:
            next(step)
        except StopIteration:
            return True
        except (RuntimeError, OSError):  # closed meanwhile; its own task is about to notice
            return True
        if hasattr(step, "close"):
            step.close()
        return False

    async def catch_up(self) -> None:
        """Sends what has been kept, in order, at the client's pace if it has one."""
        try:
            while self.waiting:
                frame = self.waiting[0]
                async with asyncio.timeout(PATIENCE + len(frame) / SLOWEST):
                    await self.send(asgi.body(frame, more=True))
                if self.waiting:
                    self.size -= len(self.waiting.pop(0))
        except TimeoutError:
            self._let_go()
            return
        self.most = BUFFER
        self.behind = False

    def end(self, frame: bytes) -> None:
        if self.behind or not self._hand(frame, more=False):
            self.abort()


class Channel:
    """A topic somebody follows. `version` is what all its followers have been told."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.version: int | None = None
        self.followers: set[Follower] = set()
        self.replays: dict[int, bytes] = {}
        self.shown: render.Shown = {}
        self.lock = asyncio.Lock()
        self.members = 0
        self.due = False
        self.spoke = self.read = float("-inf")


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

    def full(self) -> bool:
        return self.stopping or self.count >= self.most

    async def join(self, place: Place, cursor: int | None, send: Send, abort: Callable[[], None]) -> Follower:
        """A follower with its first frames waiting. Raises Gone, or django.db.Error: Late among others,
        so that nobody waits for ever."""
        channel = self.channels.get(place.topic)
        if channel is None:
            self.watch.use(place.topic)
            channel = self.channels[place.topic] = Channel(place)
        channel.members += 1
        follower = Follower(channel, send, abort, self.joined % HEARTBEAT_SECONDS)
        self._rings[follower.beat].add(follower)
        self.joined += 1
        self.count += 1
        try:
            async with in_time(channel.lock):
                follower.begin(await self._first(channel, cursor))
                channel.followers.add(follower)
        except BaseException:
            self.leave(follower)
            raise
        return follower

    def leave(self, follower: Follower) -> None:
        channel = follower.channel
        channel.followers.discard(follower)
        self._rings[follower.beat].discard(follower)
        if follower.task:
            follower.task.cancel()
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
            channel.replays.clear()
            channel.shown = {}  # a new one: a reading that came too late may still add to the old one
            channel.spoke = self.watch.loop.time()
            await self._tell(channel, told.frame)

    async def _tell(self, channel: Channel, frame: bytes) -> None:
        for number, follower in enumerate(tuple(channel.followers), 1):
            follower.offer(frame)
            if number % BATCH == 0:
                await asyncio.sleep(0)

    async def _first(self, channel: Channel, cursor: int | None) -> bytes:
        """`hello`, then what the cursor has missed. The channel is locked.

        The id of `hello` is where the follower stands *before* what comes next, so that a connection
        lost in between loses nothing."""
        if self._current(channel, cursor) and not self.watch.fresh(channel.read):
            await self.watch.check()
        if not self._current(channel, cursor) or not self.watch.fresh(channel.read):
            await self._advance(channel)
        version = channel.version
        assert version is not None  # noqa: S101 - _advance has read it
        if cursor is None or cursor == version:
            return render.hello(version, at=version)
        if not version - render.FAR <= cursor < version:
            return render.hello(version, at=cursor) + render.reset(version)
        if cursor not in channel.replays:
            missed = await self.watch.read(render.missed, channel.place, cursor, version, channel.shown)
            channel.replays[cursor] = render.hello(version, at=cursor) + missed
        return channel.replays[cursor]

    def _current(self, channel: Channel, cursor: int | None) -> bool:
        """Nothing newer was heard of, and the one who comes back has seen nothing newer."""
        known = max(self.watch.least(channel.place.topic), cursor or 0)
        return channel.version is not None and channel.version >= known

    def _end(self, channel: Channel) -> None:
        for follower in tuple(channel.followers):
            follower.end(b"retry: %d\n\n" % random.randint(1_000, 8_000))  # noqa: S311 - only spreads load

    async def _beat_for_ever(self) -> None:
        """Each follower hears a heartbeat every 15 s; each second a fifteenth of them."""
        beat = 0
        while True:
            await asyncio.sleep(1)
            beat = (beat + 1) % HEARTBEAT_SECONDS
            for number, follower in enumerate(tuple(self._rings[beat]), 1):
                if not follower.behind and follower in self._rings[beat]:
                    follower.offer(HEARTBEAT)
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
