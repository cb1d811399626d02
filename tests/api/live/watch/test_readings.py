"""Questions to the database: each with an end, whatever the database does."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest
from django.db import connection, connections
from tests.makers import a_session
from tests.serving import record_elsewhere

from equalterms.journal.models import Topic
from equalterms.live.watch import Late
from equalterms.live.watch.readings import Mark, Reader, mark_now, versions_of


def reading(work: Callable[[Reader], Awaitable[None]]) -> None:
    async def run() -> None:
        reader = Reader("test", patience=0.2)
        try:
            await work(reader)
        finally:
            await reader.stop()

    asyncio.run(run())


def test_nobody_waits_longer_than_the_patience_and_then_nobody_waits_at_all() -> None:
    hung = threading.Event()

    async def work(reader: Reader) -> None:
        with pytest.raises(Late):
            await reader.ask(hung.wait)
        began = time.monotonic()
        for _ in range(100):
            with pytest.raises(Late):
                await reader.ask(hung.wait)
        assert time.monotonic() - began < 5  # not a hundred times the patience
        hung.set()
        await asyncio.sleep(0.1)
        assert await reader.ask(lambda: "again") == "again"

    reading(work)


def test_what_waited_behind_a_question_that_hung_is_not_asked_any_more() -> None:
    hung, asked = threading.Event(), []

    async def work(reader: Reader) -> None:
        waiting = [reader.ask(hung.wait), reader.ask(asked.append, 1)]
        found = await asyncio.gather(*waiting, return_exceptions=True)
        hung.set()
        await asyncio.sleep(0.1)
        await reader.ask(asked.append, 2)
        assert [type(one) for one in found] == [Late, Late]
        assert asked == [2]

    reading(work)


def test_a_mark_of_another_connection_is_never_the_same() -> None:
    here, there = object(), object()

    assert Mark(here, 7).same(Mark(here, 7))
    assert not Mark(here, 7).same(Mark(there, 7))
    assert not Mark(here, 8).same(Mark(here, 7))
    assert not Mark(here, 7).same(None)


@pytest.mark.django_db(transaction=True)
def test_the_mark_moves_with_a_commit_of_another_connection_and_with_a_new_connection() -> None:
    session = a_session()
    if connection.vendor != "sqlite":
        assert mark_now() is None
        return
    first, again = mark_now(), mark_now()
    record_elsewhere(session.topic_id, "notes", session.pk)
    moved = mark_now()
    connections.close_all()
    reopened = mark_now()

    assert first is not None
    assert again is not None
    assert moved is not None
    assert reopened is not None
    assert (again.same(first), moved.same(again), reopened.same(moved)) == (True, False, False)


@pytest.mark.django_db
@pytest.mark.parametrize("strangers", [1, 600])
def test_versions_are_those_of_the_topics_asked_for(strangers: int) -> None:
    topics = [Topic.objects.create() for _ in range(3)]
    wanted = [topic.pk for topic in topics[:2]]

    found = versions_of([*wanted, *(uuid4() for _ in range(strangers))])

    assert found == {topic.pk: topic.version for topic in topics[:2]}
