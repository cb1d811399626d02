from uuid import UUID

import pytest
from django.db import connection, transaction
from tests.makers import an_event
from tests.serving import record_elsewhere

from equalterms.journal.models import Topic
from equalterms.journal.reading import one_reading


def version_of(topic: UUID) -> int:
    return Topic.objects.get(pk=topic).version


@pytest.mark.django_db(transaction=True)
def test_a_write_of_another_process_does_not_show_within_one_reading() -> None:
    topic = an_event().day
    with one_reading():
        before = version_of(topic.pk)
        record_elsewhere(topic.pk, "notes", topic.pk)
        within = version_of(topic.pk)
    after = version_of(topic.pk)

    assert (before, within, after) == (topic.version, topic.version, topic.version + 1)


@pytest.mark.django_db(transaction=True)
def test_a_reading_that_fails_leaves_the_connection_usable() -> None:
    with pytest.raises(ZeroDivisionError), one_reading():
        1 / 0  # noqa: B018

    with transaction.atomic():
        Topic.objects.create()
    assert Topic.objects.count() == 1


@pytest.mark.django_db
def test_inside_a_transaction_it_is_that_transactions_reading() -> None:
    with one_reading():
        assert connection.in_atomic_block
