"""Addresses: looked up once, in any spelling, and never more of them than are worth keeping."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest

from equalterms.live.snapshots import Place
from equalterms.live.watch import places as places_of
from equalterms.live.watch.places import Places

ONE, OTHER = Place("session", uuid4(), uuid4()), Place("day", uuid4(), uuid4())


def looking(work: Callable[[Places, list[tuple[str, str]]], Awaitable[None]], **known: Place) -> None:
    """Runs `work` beside places where only `known` references lead anywhere, and what was looked up."""
    asked: list[tuple[str, str]] = []

    async def find(kind: str, ref: str) -> Place | None:
        asked.append((kind, ref))
        await asyncio.sleep(0)
        return known.get(ref)

    async def run() -> None:
        await work(Places(find), asked)

    asyncio.run(run())


def test_an_address_is_looked_up_once_however_many_ask() -> None:
    async def work(places: Places, asked: list[tuple[str, str]]) -> None:
        found = await asyncio.gather(*[places.at("/api/v1/sessions/abc/live/") for _ in range(20)])
        assert (set(found), asked) == ({ONE}, [("session", "abc")])
        assert places.known("/api/v1/sessions/abc/live/") == ONE

    looking(work, abc=ONE)


def test_all_spellings_of_a_reference_share_one_entry_but_not_of_the_rest() -> None:
    async def work(places: Places, asked: list[tuple[str, str]]) -> None:
        spelt = [await places.at(f"/api/v1/events/{ref}/") for ref in ("abc", "ABC", "aBc")]
        assert (spelt, asked) == ([OTHER] * 3, [("day", "abc")])
        assert list(places.kept) == ["/api/v1/events/abc/"]
        assert await places.at("/api/v1/EVENTS/abc/") is None
        assert await places.at("/API/v1/events/abc/") is None

    looking(work, abc=OTHER)


def test_unknown_addresses_are_not_kept() -> None:
    async def work(places: Places, asked: list[tuple[str, str]]) -> None:
        assert [await places.at(path) for path in ("/api/v1/events/x/", "/api/v1/elsewhere/")] == [None] * 2
        assert (asked, len(places.kept)) == ([("day", "x")], 0)

    looking(work)


def test_the_least_lately_used_leaves_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places_of, "MOST", 3)
    paths = {ref: f"/api/v1/sessions/{ref}/live/" for ref in "abcd"}

    async def work(places: Places, asked: list[tuple[str, str]]) -> None:
        for ref in "abc":
            await places.at(paths[ref])
        places.known(paths["a"])
        await places.at(paths["d"])
        assert list(places.kept) == [paths[ref] for ref in "cad"]

    looking(work, a=ONE, b=OTHER, c=ONE, d=OTHER)


def test_only_places_of_what_moved_are_forgotten() -> None:
    async def work(places: Places, asked: list[tuple[str, str]]) -> None:
        for path in ("/api/v1/sessions/a/live/", "/api/v1/sessions/a/stream", "/api/v1/events/b/"):
            await places.at(path)
        before: set[UUID] = set(places.topics())
        places.forget([ONE.topic, uuid4()])
        assert (before, set(places.topics())) == ({ONE.topic, OTHER.topic}, {OTHER.topic})
        assert list(places.kept) == ["/api/v1/events/b/"]

    looking(work, a=ONE, b=OTHER)
