from uuid import UUID, uuid4

import pytest
from django.db import transaction

from equalterms.journal import bell
from equalterms.journal.actions import Change, record
from equalterms.journal.models import Topic


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_once_after_the_commit_with_the_newest_versions() -> None:
    heard: list[dict[UUID, int]] = []
    stop = bell.listen(heard.append)
    topic = Topic.objects.create()

    with transaction.atomic():
        record(Change(topic.pk, "question", uuid4()), Change(topic.pk, "question", uuid4()))
        assert heard == []
    assert heard == [{topic.pk: topic.version + 2}]

    stop()
    with transaction.atomic():
        record(Change(topic.pk, "question", uuid4()))
    assert len(heard) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_rings_no_bell() -> None:
    heard: list[dict[UUID, int]] = []
    stop = bell.listen(heard.append)
    topic = Topic.objects.create()

    with transaction.atomic():
        record(Change(topic.pk, "question", uuid4()))
        transaction.set_rollback(True)
    stop()

    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_harms_neither_the_writer_nor_the_next(
    caplog: pytest.LogCaptureFixture,
) -> None:
    heard: list[dict[UUID, int]] = []

    def fail(versions: dict[UUID, int]) -> None:
        raise OSError

    stops = [bell.listen(fail), bell.listen(heard.append)]
    topic = Topic.objects.create()
    with transaction.atomic():
        record(Change(topic.pk, "question", uuid4()))
    for stop in stops:
        stop()

    assert len(heard) == 1
