"""Turns on a loop of their own: who goes on is told by who has been called."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from equalterms.config.gateway.turns import Turns, is_slow

FLOOD, TABLE, HOME = "192.0.2.0", "198.51.100.0", "203.0.113.0"


def on_a_loop(story: Callable[[], Awaitable[None]]) -> None:
    async def told() -> None:
        await story()

    asyncio.run(told())


async def come(turns: Turns, network: str, called: list[str]) -> asyncio.Task[None]:
    async def one() -> None:
        if await turns.take(network):
            called.append(network)

    task = asyncio.create_task(one())
    await asyncio.sleep(0)
    return task


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_network_that_floods_leaves_a_turn_for_others() -> None:
    async def story() -> None:
        turns, called = Turns(2), list[str]()
        waiting = [await come(turns, FLOOD, called) for _ in range(5)]
        waiting.append(await come(turns, HOME, called))
        await settled()

        assert called == [FLOOD, HOME]
        for task in waiting:
            task.cancel()

    on_a_loop(story)


def test_networks_that_wait_take_turns_however_many_wait_of_one() -> None:
    async def story() -> None:
        turns, called = Turns(1), list[str]()
        for network in [FLOOD] * 4 + [TABLE, HOME]:
            await come(turns, network, called)
        for _ in range(5):
            await settled()
            turns.leave(called[-1])
        await settled()

        assert called == [FLOOD, FLOOD, TABLE, HOME, FLOOD, FLOOD]

    on_a_loop(story)


def test_a_line_that_is_full_takes_no_more_and_others_come_in() -> None:
    async def story() -> None:
        turns, called = Turns(1, line=2), list[str]()
        waiting = [await come(turns, FLOOD, called) for _ in range(3)]

        assert await turns.take(FLOOD) is False
        waiting.append(await come(turns, HOME, called))
        turns.leave(FLOOD)
        await settled()
        turns.leave(FLOOD)
        await settled()
        assert called == [FLOOD, FLOOD, HOME]
        for task in waiting:
            task.cancel()

    on_a_loop(story)


def test_nobody_waits_longer_than_is_bearable() -> None:
    async def story() -> None:
        turns = Turns(1, patience=0.01)
        assert await turns.take(FLOOD) is True

        assert await turns.take(FLOOD) is False
        turns.leave(FLOOD)
        assert await turns.take(FLOOD) is True

    on_a_loop(story)


@pytest.mark.parametrize(
    ("method", "path", "slow"),
    [
        ("POST", "/api/v1/token/", True),
        ("POST", "/api/v1/token/refresh/", False),
        ("PATCH", "/api/v1/me/", True),
        ("GET", "/api/v1/me/", False),
    ],
)
def test_what_checks_a_password_is_slow(method: str, path: str, slow: bool) -> None:
    assert is_slow({"REQUEST_METHOD": method, "PATH_INFO": path}) is slow
