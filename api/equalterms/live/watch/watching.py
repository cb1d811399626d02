"""The versions this process knows of, and how it comes to know them."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TypeVar
from uuid import UUID

from django.db import Error

from equalterms.journal import bell
from equalterms.live import snapshots
from equalterms.live.snapshots import Place
from equalterms.live.watch.places import Places
from equalterms.live.watch.readings import Mark, Reader, mark_now, versions_of
from equalterms.live.watch.wire import Wire, ended

logger = logging.getLogger("equalterms.live")
T = TypeVar("T")
Moved = Callable[[UUID, int | None], None]
EVERY = 0.4
# The promise: what another process was told is not served in an older version for longer than this.
TRUSTED = 1.0
NEVER = float("-inf")


class Watch:
    """Belongs to one event loop. `hear` alone may be called from any thread."""

    def __init__(self, *, redis_url: str = "", every: float = EVERY) -> None:
        self.every = every
        self.heard: dict[UUID, int] = {}
        self.places = Places(self._find)
        self.in_use: list[Callable[[], Iterable[UUID]]] = [self.places.topics]
        self.moved: list[Moved] = []
        self.checked = NEVER
        self._lock = threading.Lock()
        self._reader, self._checker = Reader("live-read"), Reader("live-check")
        self._mark: Mark | None = None
        self._checking: asyncio.Task[None] | None = None
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
        await ended(self._tasks + ([self._checking] if self._checking else []))
        for reader in (self._reader, self._checker):
            await reader.stop()

    # What is known

    def fresh(self, read: float = NEVER, at: float | None = None) -> bool:
        """What was read at `read` (loop time) may be trusted at `at` (now): then, or since, its version
        was looked at."""
        return (self.loop.time() if at is None else at) - max(self.checked, read) < TRUSTED

    def use(self, topic: UUID) -> int:
        """Begins to listen for a topic, before it is read. Gives the least version a copy must have."""
        with self._lock:
            return self.heard.setdefault(topic, 0)

    def least(self, topic: UUID) -> int:
        return self.heard.get(topic, 0)

    def hear(self, versions: dict[UUID, int]) -> set[UUID]:
        """Gives those of which nothing as new was known."""
        with self._lock:
            newer = {topic for topic, version in versions.items() if self.heard.get(topic, version) < version}
            self.heard.update({topic: versions[topic] for topic in newer})
        return newer

    def correct(self, topic: UUID, least: int, read: int) -> None:
        """What a reading that began after `least` was heard shows to be lower was a false rumour."""
        with self._lock:
            if read < least and self.heard.get(topic) == least:
                self.heard[topic] = read

    # What is asked of the database

    async def read(self, question: Callable[..., T], *args: object) -> T:
        """Runs `question` in the reading thread. Raises what it raises, django.db.Error among others, and
        Late (one of those) rather than wait for ever."""
        return await self._reader.ask(question, *args)

    async def _find(self, kind: str, ref: str) -> Place | None:
        return await self.read(snapshots.find, kind, ref)

    # What comes in

    def _rung(self, versions: dict[UUID, int]) -> None:
        """In the thread that wrote, before its answer leaves."""
        self.hear(versions)
        with suppress(RuntimeError):  # the loop has closed
            self.loop.call_soon_threadsafe(self._pass_on, versions)

    def _pass_on(self, versions: dict[UUID, int]) -> None:
        self.places.forget(versions)
        self._tell(versions)
        if self._wire:
            self._wire.publish(versions)

    def _rumour(self, versions: dict[UUID, int]) -> None:
        """Another process says so. Only topics in use are listened to."""
        known = {topic: version for topic, version in versions.items() if topic in self.heard}
        self.places.forget(self.hear(known))
        self._tell(known)

    def _tell(self, versions: dict[UUID, int]) -> None:
        for topic, version in versions.items():
            for tell in self.moved:
                tell(topic, version)

    async def _check_for_ever(self) -> None:
        silent = False
        while True:
            try:
                await self.check()
                silent = False
            except Error:
                if not silent:
                    logger.warning("versions could not be read: nothing in memory is trusted", exc_info=True)
                silent = True
            await asyncio.sleep(self.every)

    async def check(self) -> None:
        """One reading of all versions in use, shared by all who ask for one meanwhile."""
        if self._checking is None or self._checking.done():
            self._checking = self.loop.create_task(self._check())
        await asyncio.shield(self._checking)

    async def _check(self) -> None:
        """On SQLite versions are read only when another connection has committed.

        The mark comes first and the topics after it: what begins to be used in between reads rows that
        are at least as new as the mark."""
        began = self.loop.time()
        mark = await self._checker.ask(mark_now)
        used = self._in_use()
        if mark is None or not mark.same(self._mark):
            self._learn(used, await self._checker.ask(versions_of, used))
            self._mark = mark
        self.checked = began

    def _in_use(self) -> set[UUID]:
        used = {topic for source in self.in_use for topic in source()}
        with self._lock:
            self.heard = {topic: version for topic, version in self.heard.items() if topic in used}
        return used

    def _learn(self, used: set[UUID], versions: dict[UUID, int]) -> None:
        gone = used - versions.keys()
        self.places.forget(self.hear(versions) | gone)
        self._tell(versions)
        for topic in gone:
            for tell in self.moved:
                tell(topic, None)
