import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from equalterms.journal import actions
from equalterms.journal.actions import Change, begin_anew, record, take_lease
from equalterms.journal.models import Entry, Topic
from equalterms.lib import clock


@pytest.mark.django_db
def test_each_change_moves_its_topic_by_one_version() -> None:
    one, other, subject = Topic.objects.create(), Topic.objects.create(), uuid4()

    versions = record(
        Change(one.pk, "question", subject),
        Change(other.pk, "counts", subject),
        Change(one.pk, "notes", subject),
    )

    assert versions == [one.version + 1, other.version + 1, one.version + 2]
    kept = Entry.objects.filter(topic=one).order_by("version").values_list("version", "kind")
    assert list(kept) == [(one.version + 1, "question"), (one.version + 2, "notes")]


@pytest.mark.django_db
def test_a_new_topic_starts_at_a_random_version_of_forty_bits() -> None:
    versions = {Topic.objects.create().version for _ in range(20)}

    assert len(versions) == 20
    assert all(2**39 <= version < 2**40 for version in versions)


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_an_error() -> None:
    topic = Topic.objects.create()

    with pytest.raises(RuntimeError):
        record(Change(topic.pk, "question", uuid4()))


@pytest.mark.django_db(transaction=True)
def test_versions_have_no_gaps_and_no_twins_under_many_writers() -> None:
    topics = [Topic.objects.create() for _ in range(2)]
    started = {topic.pk: topic.version for topic in topics}

    def write(order: int) -> None:
        try:
            for _ in range(10):
                mine = topics if order % 2 else topics[::-1]
                with transaction.atomic():
                    record(*(Change(topic.pk, "question", uuid4()) for topic in mine))
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    for topic in topics:
        kept = list(topic.entries.order_by("version").values_list("version", flat=True))
        assert kept == list(range(started[topic.pk] + 1, started[topic.pk] + 41))


@pytest.mark.django_db
def test_the_newest_entries_are_kept_and_older_ones_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "KEPT", 3)
    topic, quiet = Topic.objects.create(), Topic.objects.create()
    record(*(Change(topic.pk, "question", uuid4()) for _ in range(5)), Change(quiet.pk, "question", uuid4()))

    assert actions.prune() == 2

    assert list(topic.entries.order_by("version").values_list("version", flat=True)) == [
        topic.version + 3,
        topic.version + 4,
        topic.version + 5,
    ]
    assert quiet.entries.count() == 1


@pytest.mark.django_db
def test_a_lease_is_held_by_one_and_ends_by_itself() -> None:
    one, other, now = uuid4(), uuid4(), clock.now()

    assert take_lease(duty="release", holder=one, now=now, seconds=30)
    assert take_lease(duty="release", holder=one, now=now, seconds=30)
    assert not take_lease(duty="release", holder=other, now=now + timedelta(seconds=20), seconds=30)
    assert take_lease(duty="release", holder=other, now=now + timedelta(seconds=31), seconds=30)
    assert take_lease(duty="intake", holder=one, now=now, seconds=30)


@pytest.mark.django_db
def test_only_topics_with_too_many_entries_are_pruned_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "KEPT", 3)
    topics = [Topic.objects.create() for _ in range(5)]
    for topic in topics:
        record(*(Change(topic.pk, "question", uuid4()) for _ in range(3)))
    with CaptureQueriesContext(connection) as queries:
        assert actions.prune() == 0

    assert len(queries) == 1


@pytest.mark.django_db
def test_a_clock_set_back_does_not_leave_a_lease_to_somebody_who_died() -> None:
    dead, alive, now = uuid4(), uuid4(), clock.now()
    take_lease(duty="release", holder=dead, now=now, seconds=30)

    jumped = now - timedelta(hours=1)

    assert take_lease(duty="release", holder=alive, now=jumped, seconds=30)
    assert not take_lease(duty="release", holder=dead, now=jumped + timedelta(seconds=1), seconds=30)


@pytest.mark.django_db
def test_beginning_anew_forgets_every_entry_and_moves_versions_on() -> None:
    one, other = Topic.objects.create(), Topic.objects.create()
    record(Change(one.pk, "question", uuid4()), Change(other.pk, "question", uuid4()))

    begin_anew([one.pk], by=2**20)

    assert Topic.objects.get(pk=one.pk).version == one.version + 1 + 2**20
    assert Topic.objects.get(pk=other.pk).version == other.version + 1
    assert list(Entry.objects.values_list("topic", flat=True)) == [other.pk]
