"""Redis between processes: a hurry-up, never the truth."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from uuid import UUID

import redis.asyncio
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

CHANNEL = "equalterms:bell"


class Wire:
    """Redis between processes. Whatever happens to it, no request waits for it."""

    LIMIT = 0.2
    AGAIN = 2.0
    QUIET = 2.0

    def __init__(self, url: str, tell: Callable[[dict[UUID, int]], None]) -> None:
        self.url, self.tell = url, tell
        self.waiting: dict[UUID, int] = {}
        self.wake = asyncio.Event()
        self.limits = {"socket_timeout": self.LIMIT, "socket_connect_timeout": self.LIMIT}

    def tasks(self) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self._send_for_ever()), asyncio.create_task(self._hear_for_ever())]

    def publish(self, versions: dict[UUID, int]) -> None:
        """Leaves word; what the last word has overtaken is never sent."""
        if len(self.waiting) < 1000:
            self.waiting.update(versions)
            self.wake.set()

    async def _send_for_ever(self) -> None:
        async with redis.asyncio.from_url(self.url, **self.limits) as client:
            while True:
                await self.wake.wait()
                self.wake.clear()
                word = ",".join(f"{topic}={version}" for topic, version in self.waiting.items())
                self.waiting.clear()
                with suppress(RedisError, OSError, TimeoutError):
                    async with asyncio.timeout(self.LIMIT):
                        await client.publish(CHANNEL, word)

    async def _hear_for_ever(self) -> None:
        async with redis.asyncio.from_url(self.url, **self.limits) as client:
            while True:
                with suppress(RedisError, OSError, TimeoutError):
                    async with client.pubsub(ignore_subscribe_messages=True) as pubsub:
                        await pubsub.subscribe(CHANNEL)
                        await self._hear(pubsub)
                await asyncio.sleep(self.AGAIN)

    async def _hear(self, pubsub: PubSub) -> None:
        """Until the line is lost. A line that was cut without a word says nothing either, so a quiet one
        is asked whether it is still there; who does not answer before the next silence is gone."""
        asked = False
        while True:
            message = await pubsub.get_message(timeout=self.QUIET)
            if message is not None:
                asked = False
                if message["type"] == "message":
                    self.tell(parse(message["data"]))
            elif asked:
                raise TimeoutError
            else:
                asked = True
                await pubsub.ping()


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
