"""A watch beside which a test works."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from uuid import UUID

from django.db import connections
from django.db.models import F
from tests.makers import a_shown_question

from equalterms.journal.models import Topic
from equalterms.live.watch import Watch
from equalterms.programme.models import Session

NEVER = 3600.0


class Told:
    """A consumer of a watch that notes what it is told."""

    def __init__(self, watch: Watch, *topics: UUID) -> None:
        self.heard: list[tuple[UUID, int | None]] = []
        watch.in_use.append(lambda: topics)
        watch.moved.append(lambda topic, version: self.heard.append((topic, version)))
        for topic in topics:
            watch.use(topic)

    async def until(self, expected: tuple[UUID, int | None]) -> None:
        async with asyncio.timeout(20):
            while expected not in self.heard:
                await asyncio.sleep(0.01)


def watching_with(
    work: Callable[[Watch], Awaitable[None]], redis_url: str = "", every: float = NEVER
) -> None:
    """Runs `work` in a loop beside a started watch that reads versions only once, at its start."""

    async def run() -> None:
        watch = Watch(redis_url=redis_url, every=every)
        watch.start()
        while not watch.fresh():
            await asyncio.sleep(0.01)
        try:
            await work(watch)
        finally:
            await watch.stop()

    asyncio.run(run())


def show(session: Session) -> threading.Thread:
    """Somebody's request shows a question, in a thread of its own."""
    thread = threading.Thread(target=lambda: (a_shown_question(session), connections.close_all()))
    thread.start()
    return thread


def moved_silently(topic: UUID) -> None:
    """Moves a topic on by one version as another process would: this one hears no bell."""

    def move() -> None:
        Topic.objects.filter(pk=topic).update(version=F("version") + 1)
        connections.close_all()

    thread = threading.Thread(target=move)
    thread.start()
    thread.join()
