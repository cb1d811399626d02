"""Hearing of versions: the bell, the reading once a second, and Redis, which may be dead."""

import asyncio
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from itertools import islice
from uuid import UUID, uuid4

import pytest
import redis
from tests.makers import a_session, a_shown_question, an_event
from tests.serving import record_elsewhere

from equalterms.journal.models import Topic
from equalterms.live import watch as watching
from equalterms.live.watch import Watch, parse
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
    thread = threading.Thread(target=lambda: (a_shown_question(session), watching.connections.close_all()))
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_the_bell_raises_the_least_version_before_the_answer_leaves() -> None:
    session = a_session()

    async def work(watch: Watch) -> None:
        told = Told(watch, session.topic_id)
        show(session).join()
        assert watch.least(session.topic_id) == session.topic.version + 1
        await told.until((session.topic_id, session.topic.version + 1))

    watching_with(work)


@pytest.mark.django_db(transaction=True)
def test_the_write_of_another_process_is_found_by_reading() -> None:
    session = a_session()

    async def work(watch: Watch) -> None:
        told = Told(watch, session.topic_id)
        await watch.loop.run_in_executor(None, record_elsewhere, session.topic_id, "notes", session.pk)
        await told.until((session.topic_id, session.topic.version + 1))

    watching_with(work, every=0.05)


@pytest.mark.django_db(transaction=True)
def test_on_sqlite_versions_are_read_only_after_a_commit() -> None:
    session = a_session()
    if watching.connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no such mark; there every check reads")

    async def work(watch: Watch) -> None:
        told = Told(watch, session.topic_id)
        counts = []
        for write in (False, False, True, False):
            if write:
                show(session).join()
            told.heard.clear()
            await watch.check()
            counts.append(len(told.heard))
        # After the write: by the bell (twice: the day rings too), and by the reading.
        assert counts == [0, 0, 3, 0]

    watching_with(work)


@pytest.mark.django_db(transaction=True)
def test_a_topic_that_is_no_more_is_told() -> None:
    topic = Topic.objects.create()

    async def work(watch: Watch) -> None:
        told = Told(watch, topic.pk)
        gone = threading.Thread(target=lambda: (topic.delete(), watching.connections.close_all()))
        ident = topic.pk
        gone.start()
        gone.join()
        await watch.check()
        assert told.heard == [(ident, None)]

    watching_with(work)


@pytest.mark.django_db(transaction=True)
def test_only_topics_in_use_are_remembered() -> None:
    used, unused = uuid4(), uuid4()

    async def work(watch: Watch) -> None:
        Told(watch, used)
        watch.use(unused)
        await watch.check()
        watch.hear({used: 5, unused: 7, uuid4(): 9})
        assert watch.heard == {used: 5}

    watching_with(work)


@pytest.mark.django_db(transaction=True)
def test_an_address_is_looked_up_once_until_something_commits() -> None:
    event = an_event()
    path = f"/api/v1/events/{event.slug}/live/"

    async def work(watch: Watch) -> None:
        places = await asyncio.gather(*[watch.place(path) for _ in range(20)])
        assert {place.ident for place in places if place} == {event.pk}
        assert list(watch.places) == [path]
        assert await watch.place("/api/v1/events/nowhere/") is None
        assert await watch.place("/api/v1/elsewhere/") is None
        assert list(watch.places) == [path]
        await watch.loop.run_in_executor(None, record_elsewhere, event.day_id, "event", event.pk)
        await watch.check()
        assert watch.places == {}

    watching_with(work)


def test_a_rumour_shown_to_be_false_is_forgotten_but_a_newer_one_is_not() -> None:
    watch, topic = Watch(), uuid4()
    watch.use(topic)
    watch.hear({topic: 50})
    watch.correct(topic, 50, 10)
    low = watch.least(topic)
    watch.hear({topic: 60})
    watch.correct(topic, 50, 10)

    assert (low, watch.least(topic)) == (10, 60)


def test_a_word_of_redis_is_read_with_care() -> None:
    topic = uuid4()

    assert parse(f"{topic}=7".encode()) == {topic: 7}
    assert parse(b"nonsense,=,x=1," + f"{topic}=x".encode() + b"\xff=1") == {}


@pytest.mark.django_db(transaction=True)
def test_a_write_is_published_to_redis(redis_url: str) -> None:
    session = a_session()
    words: list[dict[UUID, int]] = []

    async def work(watch: Watch) -> None:
        show(session).join()
        await watch.loop.run_in_executor(None, listen)

    def listen() -> None:
        words.extend(parse(message["data"]) for message in islice(pubsub.listen(), 1))

    with redis.Redis.from_url(redis_url) as client, client.pubsub(ignore_subscribe_messages=True) as pubsub:
        pubsub.subscribe(watching.CHANNEL)
        pubsub.get_message(timeout=5)
        watching_with(work, redis_url=redis_url)

    assert words[0][session.topic_id] == session.topic.version + 1


@pytest.mark.django_db(transaction=True)
def test_a_word_from_redis_alone_is_heard(redis_url: str) -> None:
    session = a_session()

    async def work(watch: Watch) -> None:
        told = Told(watch, session.topic_id)
        word = f"{session.topic_id}={session.topic.version + 3}"
        with redis.Redis.from_url(redis_url) as client:
            while not client.publish(watching.CHANNEL, word):
                await asyncio.sleep(0.01)
        await told.until((session.topic_id, session.topic.version + 3))

    watching_with(work, redis_url=redis_url)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("state", ["dead", "hung"])
def test_a_redis_that_does_not_answer_delays_nothing(state: str) -> None:
    session = a_session()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if state == "hung":
            listener.listen()
        url = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"

        async def work(watch: Watch) -> None:
            told = Told(watch, session.topic_id)
            for step in range(1, 4):
                show(session).join()
                await told.until((session.topic_id, session.topic.version + step))
                before = time.monotonic()
                await asyncio.sleep(0)
                assert time.monotonic() - before < 5

        watching_with(work, redis_url=url)
