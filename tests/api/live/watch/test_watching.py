"""Hearing of versions: the bell, and the reading that makes it unnecessary."""

import asyncio
import threading
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from tests.api.live.watch.watched import Told, moved_silently, show, watching_with
from tests.makers import a_session
from tests.serving import record_elsewhere

from equalterms.journal.models import Topic
from equalterms.live.watch import Watch, watching
from equalterms.live.watch.readings import Mark


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
    if connection.vendor != "sqlite":
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
        gone = threading.Thread(target=lambda: (topic.delete(), connections.close_all()))
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


def test_a_rumour_shown_to_be_false_is_forgotten_but_a_newer_one_is_not() -> None:
    watch, topic = Watch(), uuid4()
    watch.use(topic)
    watch.hear({topic: 50})
    watch.correct(topic, 50, 10)
    low = watch.least(topic)
    watch.hear({topic: 60})
    watch.correct(topic, 50, 10)

    assert (low, watch.least(topic)) == (10, 60)


@pytest.mark.django_db(transaction=True)
def test_a_write_between_the_mark_and_the_topics_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A topic begins to be used while the mark is read, and another process writes into it before."""
    session = a_session()

    async def work(watch: Watch) -> None:
        used: list[UUID] = []
        watch.in_use.append(lambda: used)
        marks = watching.mark_now

        def late() -> Mark | None:
            used.append(session.topic_id)
            watch.use(session.topic_id)
            moved_silently(session.topic_id)
            return marks()

        monkeypatch.setattr(watching, "mark_now", late)
        await watch.check()
        monkeypatch.undo()
        await watch.check()
        assert watch.least(session.topic_id) == session.topic.version + 1

    watching_with(work)


@pytest.mark.django_db(transaction=True)
def test_all_who_ask_for_a_check_meanwhile_share_one(monkeypatch: pytest.MonkeyPatch) -> None:
    marks: list[Mark | None] = []

    async def work(watch: Watch) -> None:
        monkeypatch.setattr(watching, "mark_now", lambda: marks.append(None))
        await asyncio.gather(*[watch.check() for _ in range(50)])
        assert marks == [None]

    watching_with(work)


def test_what_was_read_is_trusted_for_one_second_and_no_longer() -> None:
    watch, now = Watch(), 1000.0
    watch.checked = 900.0
    trusted = [watch.fresh(read, at=now) for read in (999.9, 999.01, 999.0, 900.0)]
    watch.checked = 999.5

    assert trusted == [True, True, False, False]
    assert watch.fresh(900.0, at=now)


@pytest.mark.django_db(transaction=True)
def test_places_whose_topic_moved_are_looked_up_again_and_others_are_not() -> None:
    moving, still = a_session(), a_session()
    paths = [f"/api/v1/sessions/{session.pk}/live/" for session in (moving, still)]

    async def work(watch: Watch) -> None:
        for path, session in zip(paths, (moving, still), strict=True):
            await watch.places.at(path)
            watch.use(session.topic_id)
        await watch.check()
        watch.hear({moving.topic_id: moving.topic.version, still.topic_id: still.topic.version})
        for path in paths:
            await watch.places.at(path)
        await watch.loop.run_in_executor(None, record_elsewhere, moving.topic_id, "notes", moving.pk)
        await watch.check()
        assert list(watch.places.kept) == [paths[1]]

    watching_with(work)
