"""Rows in random order."""

from uuid import uuid4

import pytest
from django.db import connection, transaction

from equalterms.lib.rows.order import shuffle
from equalterms.safety.models import Tombstone

postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="asks PostgreSQL where rows lie")
EVENT, OTHER = uuid4(), uuid4()


def lying() -> list[str]:
    """Marks in the order of the file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM safety_tombstone ORDER BY ctid")
        return [mark for (mark,) in cursor.fetchall()]


def transactions() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM safety_tombstone WHERE event = %s", [EVENT])
        return int(cursor.fetchone()[0])


@postgresql
@pytest.mark.django_db(transaction=True)
def test_rows_lie_elsewhere_and_came_with_one_transaction() -> None:
    marks = [f"{number:04}" for number in range(100)]
    for mark in marks:
        Tombstone.objects.create(mark=mark, event=EVENT)
    assert (lying(), transactions()) == (marks, 100)

    with transaction.atomic():
        moved = shuffle(Tombstone.objects.filter(event=EVENT))

    assert moved == 100
    assert transactions() == 1
    assert lying() != marks
    assert sorted(lying()) == marks


@postgresql
@pytest.mark.django_db(transaction=True)
def test_rows_of_others_stay_where_they_are() -> None:
    Tombstone.objects.create(mark="theirs", event=OTHER)
    Tombstone.objects.create(mark="ours", event=EVENT)

    with transaction.atomic():
        shuffle(Tombstone.objects.filter(event=EVENT))

    assert lying() == ["theirs", "ours"]
    assert Tombstone.objects.get(mark="theirs").event == OTHER


@postgresql
@pytest.mark.django_db(transaction=True)
def test_a_savepoint_would_tell_so_it_is_refused() -> None:
    with transaction.atomic(), transaction.atomic(), pytest.raises(RuntimeError):
        shuffle(Tombstone.objects.filter(event=EVENT))


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost() -> None:
    for mark in "abc":
        Tombstone.objects.create(mark=mark, event=EVENT)

    with transaction.atomic():
        shuffle(Tombstone.objects.filter(event=EVENT))

    assert sorted(Tombstone.objects.values_list("mark", "event")) == [(mark, EVENT) for mark in "abc"]
