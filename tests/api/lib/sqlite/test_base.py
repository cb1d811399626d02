"""Tables that do not tell who came first."""

from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from tests.makers import an_event

from equalterms.safety.models import Tombstone

sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="rowids are SQLite's own")


@sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("folder", ["journal", "people", "programme", "safety", "questions", "threads"])
def test_no_table_of_ours_numbers_its_rows_as_they_arrive(folder: str) -> None:
    tables = [model._meta.db_table for model in apps.get_app_config(folder).get_models()]

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        made = dict(cursor.fetchall())

    assert [table for table in tables if not made[table].rstrip().endswith("WITHOUT ROWID")] == []


@sqlite
@pytest.mark.django_db
def test_rows_lie_in_the_order_of_their_random_keys() -> None:
    for mark in ("m", "z", "a"):
        Tombstone.objects.create(mark=mark)

    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM safety_tombstone")
        assert [mark for (mark,) in cursor.fetchall()] == ["a", "m", "z"]


@pytest.mark.django_db
def test_keys_are_random_and_hold_no_time() -> None:
    ids: list[UUID] = [an_event().pk for _ in range(3)]

    assert {ident.version for ident in ids} == {4}
