"""What this process has heard about versions, and the check that makes hearing unnecessary.

The bell, and Redis between processes, only hurry things up. Once a second every version in use is read
from the database, and nothing that was not confirmed by such a reading is trusted for longer.
"""

import asyncio
import logging
import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar
from uuid import UUID

import redis.asyncio
from django.db import Error, close_old_connections, connection, connections
from redis.exceptions import RedisError

from equalterms.journal import bell
from equalterms.journal.models import Topic
from equalterms.lib.api.paths import Ref
from equalterms.live import snapshots
from equalterms.live.snapshots import Place

logger = logging.getLogger("equalterms.live")
T = TypeVar("T")
Moved = Callable[[UUID, int | None], None]
EVERY = 0.8
TRUSTED = 2.0
CHANNEL = "equalterms:bell"
API = "/api/v1"
ADDRESSES = [
    (re.compile(rf"{API}/sessions/({Ref.regex})/(?:live/|stream)"), "session"),
    (re.compile(rf"{API}/events/({Ref.regex})/(?:live/|stream)"), "now"),
    (re.compile(rf"{API}/events/({Ref.regex})/"), "day"),
]


class Watch:
    """Belongs to one event loop. `hear` alone may be called from any thread."""

    def __init__(self, *, redis_url: str = "", every: float = EVERY) -> None:
        self.every = every
        self.heard: dict[UUID, int] = {}
        self.places: dict[str, Place] = {}
        self.in_use: list[Callable[[], Iterable[UUID]]] = []
        self.moved: list[Moved] = []
        self.checked = float("-inf")
        self._lock = threading.Lock()
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="live-read")
        self._checker = ThreadPoolExecutor(1, thread_name_prefix="live-check")
        self._mark: object = None
        self._finding: dict[str, asyncio.Task[Place | None]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._wire = Wire(redis_url, self._rumour) if redis_url else None

    def start(self) -> None:
        self.loop = asyncio.get_running_loop()
        self._unlisten = bell.listen(self._rung)
        self._tasks = [asyncio.create_task(self._check_for_ever())]
        if self._wire:
            self._tasks += self._wire.tasks()

    async def stop(self) -> None:
        self._unlisten()
        await ended(self._tasks)
        for pool in (self._reader, self._checker):
            await self.loop.run_in_executor(pool, connections.close_all)
            pool.shutdown()

    # What is known

    def fresh(self, read: float = float("-inf")) -> bool:
        """What was read at `read` (loop time) may be trusted: then, or since, its version was looked at."""
        return self.loop.time() - max(self.checked, read) < TRUSTED

    def use(self, topic: UUID) -> int:
        """Begins to listen for a topic, before it is read. Gives the least version a copy must have."""
        with self._lock:
            return self.heard.setdefault(topic, 0)

    def least(self, topic: UUID) -> int:
        return self.heard.get(topic, 0)

    def hear(self, versions: dict[UUID, int]) -> None:
        with self._lock:
            for topic, version in versions.items():
                if self.heard.get(topic, version) < version:
                    self.heard[topic] = version

    def correct(self, topic: UUID, least: int, read: int) -> None:
        """What a reading that began after `least` was heard shows to be lower was a false rumour."""
        with self._lock:
            if read < least and self.heard.get(topic) == least:
                self.heard[topic] = read

    # What is asked of the database

    async def read(self, question: Callable[..., T], *args: object) -> T:
        """Runs `question` in the reading thread. Raises what it raises, django.db.Error among others."""
        return await self.loop.run_in_executor(self._reader, partial(_ask, question, *args))

    async def place(self, path: str) -> Place | None:
        """What lives at a path, by its id, slug, code or former address. Unknown ones are not kept."""
        if place := self.places.get(path):
            return place
        task = self._finding.get(path)
        if task is None:
            task = self._finding[path] = asyncio.create_task(self._find(path))
        return await asyncio.shield(task)

    async def _find(self, path: str) -> Place | None:
        try:
            for pattern, kind in ADDRESSES:
                if match := pattern.fullmatch(path):
                    place = await self.read(snapshots.find, kind, match[1].lower())
                    if place is not None:
                        self.places[path] = place
                    return place
            return None
        finally:
            del self._finding[path]

    # What comes in

    def _rung(self, versions: dict[UUID, int]) -> None:
        """In the thread that wrote, before its answer leaves."""
        self.hear(versions)
        with suppress(RuntimeError):  # the loop has closed
            self.loop.call_soon_threadsafe(self._pass_on, versions)

    def _pass_on(self, versions: dict[UUID, int]) -> None:
        self._tell(versions)
        if self._wire:
            self._wire.publish(versions)

    def _rumour(self, versions: dict[UUID, int]) -> None:
        """Another process says so. Only topics in use are listened to."""
        known = {topic: version for topic, version in versions.items() if topic in self.heard}
        self.hear(known)
        self._tell(known)

    def _tell(self, versions: dict[UUID, int]) -> None:
        for topic, version in versions.items():
            for tell in self.moved:
                tell(topic, version)

    async def _check_for_ever(self) -> None:
        while True:
            try:
                await self.check()
            except Error:
                logger.warning("versions could not be read: nothing in memory is trusted", exc_info=True)
            await asyncio.sleep(self.every)

    async def check(self) -> None:
        """One reading of all versions in use; on SQLite only when another connection has committed."""
        began = self.loop.time()
        used = {topic for source in self.in_use for topic in source()}
        with self._lock:
            self.heard = {topic: version for topic, version in self.heard.items() if topic in used}
        ask = partial(_ask, _versions, used, self._mark)
        self._mark, versions = await self.loop.run_in_executor(self._checker, ask)
        self.checked = began
        if versions is None:
            return
        self.places.clear()
        self.hear(versions)
        self._tell(versions)
        for topic in used - versions.keys():
            for tell in self.moved:
                tell(topic, None)


def _ask(question: Callable[..., T], *args: object) -> T:
    """With the care Django takes around a request: broken and outdated connections are let go."""
    close_old_connections()
    try:
        return question(*args)
    finally:
        close_old_connections()


def _versions(topics: set[UUID], mark: object) -> tuple[object, dict[UUID, int] | None]:
    """The versions of `topics` and a mark; None instead of versions where the mark says nothing moved."""
    now: object = None
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            now = (id(connection.connection), cursor.fetchone()[0])
        if now == mark:
            return now, None
    rows = Topic.objects.values_list("id", "version")
    if len(topics) < 500:
        rows = rows.filter(pk__in=topics)
    return now, {topic: version for topic, version in rows if topic in topics}


class Wire:
    """Redis between processes. Whatever happens to it, no request waits for it."""

    LIMIT = 0.2
    AGAIN = 2.0

    def __init__(self, url: str, tell: Callable[[dict[UUID, int]], None]) -> None:
        self.url, self.tell = url, tell
        self.waiting: dict[UUID, int] = {}
        self.wake = asyncio.Event()

    def tasks(self) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self._send_for_ever()), asyncio.create_task(self._hear_for_ever())]

    def publish(self, versions: dict[UUID, int]) -> None:
        """Leaves word; what the last word has overtaken is never sent."""
        if len(self.waiting) < 1000:
            self.waiting.update(versions)
            self.wake.set()

    async def _send_for_ever(self) -> None:
        limits = {"socket_timeout": self.LIMIT, "socket_connect_timeout": self.LIMIT}
        async with redis.asyncio.from_url(self.url, **limits) as client:
            while True:
                await self.wake.wait()
                self.wake.clear()
                word = ",".join(f"{topic}={version}" for topic, version in self.waiting.items())
                self.waiting.clear()
                with suppress(RedisError, OSError, TimeoutError):
                    async with asyncio.timeout(self.LIMIT):
                        await client.publish(CHANNEL, word)

    async def _hear_for_ever(self) -> None:
        async with redis.asyncio.from_url(self.url, socket_connect_timeout=self.LIMIT) as client:
            while True:
                with suppress(RedisError, OSError, TimeoutError):
                    async with client.pubsub(ignore_subscribe_messages=True) as pubsub:
                        await pubsub.subscribe(CHANNEL)
                        async for message in pubsub.listen():
                            self.tell(parse(message["data"]))
                await asyncio.sleep(self.AGAIN)


async def ended(tasks: Iterable[asyncio.Task[None]]) -> None:
    """Cancels until they end: redis-py swallows a cancellation that comes at certain moments."""
    while running := [task for task in tasks if not task.done()]:
        for task in running:
            task.cancel()
        await asyncio.wait(running, timeout=0.1)


def parse(word: bytes) -> dict[UUID, int]:
    """`id=version,…` as a dictionary; what is not of that form says nothing."""
    versions = {}
    for part in word.split(b","):
        topic, _, version = part.partition(b"=")
        with suppress(ValueError):
            versions[UUID(topic.decode())] = int(version)
    return versions
