"""What the lanes ask the database: in a thread, and never without an end."""

import asyncio
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db import OperationalError, close_old_connections, connection, connections

from equalterms.journal.models import Topic

T = TypeVar("T")
PATIENCE = 5.0
# Up to so many topics are asked for by name; beyond, reading all of them is cheaper.
NAMED = 500


class Late(OperationalError):
    """The database has not answered in time."""


class Reader:
    """A thread that asks one question after the other. Nobody waits longer than `patience`; and while one
    question has been waiting for longer than that, others are refused at once."""

    def __init__(self, name: str, *, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._since: float | None = None

    async def ask(self, question: Callable[..., T], *args: object) -> T:
        """What `question` gives. Raises what it raises, django.db.Error among others, or Late."""
        since = self._since
        if since is not None and time.monotonic() - since > self.patience:
            raise Late("the database does not answer")
        asking = partial(self._ask, question, *args)
        try:
            async with asyncio.timeout(self.patience):
                return await asyncio.get_running_loop().run_in_executor(self._pool, asking)
        except TimeoutError:
            raise Late("the database did not answer in time") from None

    async def stop(self) -> None:
        with suppress(Late):
            await self.ask(connections.close_all)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _ask(self, question: Callable[..., T], *args: object) -> T:
        """With the care Django takes around a request: broken and outdated connections are let go."""
        self._since = time.monotonic()
        try:
            close_old_connections()
            return question(*args)
        finally:
            close_old_connections()
            self._since = None


class Mark(NamedTuple):
    """Where a database stands, as one connection sees it. The connection is kept, so that no later one can
    pass for it."""

    by: object
    number: int

    def same(self, other: "Mark | None") -> bool:
        return other is not None and self.by is other.by and self.number == other.number


def mark_now() -> Mark | None:
    """The mark moves with every commit of another connection. PostgreSQL has none."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return Mark(connection.connection, cursor.fetchone()[0])


def versions_of(topics: Iterable[UUID]) -> dict[UUID, int]:
    wanted = set(topics)
    rows = Topic.objects.values_list("id", "version")
    if len(wanted) < NAMED:
        rows = rows.filter(pk__in=wanted)
    return {topic: version for topic, version in rows if topic in wanted}
