"""Which address leads to what: by id, slug, code or former address."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from uuid import UUID

from equalterms.lib.api.paths import Ref
from equalterms.live.snapshots import Place

API = "/api/v1"
ADDRESSES = [
    (re.compile(rf"{API}/sessions/({Ref.regex})/(?:live/|stream)"), "session"),
    (re.compile(rf"{API}/events/({Ref.regex})/(?:live/|stream)"), "now"),
    (re.compile(rf"{API}/events/({Ref.regex})/"), "day"),
]
MOST = 4_096
Find = Callable[[str, str], Awaitable[Place | None]]


class Places:
    """At most 4,096 paths, of which the one that was used least lately leaves first. All spellings of a
    reference share one entry, under the path in lower case. Unknown addresses are not kept."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self.kept: OrderedDict[str, Place] = OrderedDict()
        self._paths: dict[UUID, set[str]] = {}
        self._finding: dict[str, asyncio.Task[Place | None]] = {}

    def topics(self) -> Iterable[UUID]:
        return self._paths.keys()

    def known(self, path: str) -> Place | None:
        """The place, if it lies ready under the path as it is spelt."""
        place = self.kept.get(path)
        if place is not None:
            self.kept.move_to_end(path)
        return place

    async def at(self, path: str) -> Place | None:
        """The place, looked up once however many ask."""
        if place := self.known(path):
            return place
        for pattern, kind in ADDRESSES:
            if match := pattern.fullmatch(path):
                return await self._look_up(path.lower(), kind, match[1].lower())
        return None

    async def _look_up(self, path: str, kind: str, ref: str) -> Place | None:
        if place := self.known(path):
            return place
        task = self._finding.get(path)
        if task is None:
            task = self._finding[path] = asyncio.create_task(self._keep(path, kind, ref))
        return await asyncio.shield(task)

    async def _keep(self, path: str, kind: str, ref: str) -> Place | None:
        try:
            place = await self._find(kind, ref)
        finally:
            del self._finding[path]
        if place is not None:
            self.kept[path] = place
            self._paths.setdefault(place.topic, set()).add(path)
            if len(self.kept) > MOST:
                self._let_go(next(iter(self.kept)))
        return place

    def _let_go(self, path: str) -> None:
        topic = self.kept.pop(path).topic
        self._paths[topic].discard(path)
        if not self._paths[topic]:
            del self._paths[topic]

    def forget(self, topics: Iterable[UUID]) -> None:
        """What moved may live elsewhere now, or nowhere."""
        for topic in topics:
            for path in self._paths.pop(topic, ()):
                del self.kept[path]
