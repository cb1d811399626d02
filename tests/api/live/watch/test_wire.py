"""Redis between processes, which may be dead, hung or cut off."""

import asyncio
import socket
import time
from itertools import islice
from uuid import UUID, uuid4

import pytest
import redis
from tests.api.live.watch.watched import Told, show, watching_with
from tests.makers import a_session
from tests.relay import relayed

from equalterms.live.watch import Watch
from equalterms.live.watch.wire import CHANNEL, Wire, parse


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
        pubsub.subscribe(CHANNEL)
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
            while not client.publish(CHANNEL, word):
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


@pytest.mark.django_db(transaction=True)
def test_a_line_that_was_cut_without_a_word_is_noticed_and_made_anew(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The relay goes on taking what is sent and says nothing, as a network does that drops packets."""
    monkeypatch.setattr(Wire, "QUIET", 0.2)
    monkeypatch.setattr(Wire, "AGAIN", 0.1)
    session = a_session()

    async def work(watch: Watch) -> None:
        told = Told(watch, session.topic_id)
        with redis.Redis.from_url(redis_url) as client:
            for step in (1, 2):
                word = f"{session.topic_id}={session.topic.version + step}"
                while (session.topic_id, session.topic.version + step) not in told.heard:
                    client.publish(CHANNEL, word)
                    await asyncio.sleep(0.05)
                await watch.loop.run_in_executor(None, relay.hang)
                await asyncio.sleep(0.7)
                relay.let_through()

    with relayed(redis_url) as relay:
        watching_with(work, redis_url=relay.url)
        assert relay.lines > 2
