"""Bringing a database up to date."""

import threading

import pytest
from django.db import connection

from equalterms.config.cli import database


@pytest.mark.django_db
def test_a_database_of_this_version_waits_for_nothing() -> None:
    assert database.waiting() == []


@pytest.mark.django_db(transaction=True)
def test_only_one_process_at_a_time_migrates() -> None:
    order: list[str] = []

    def second() -> None:
        with database.one_at_a_time():
            order.append("second")
        connection.close()

    with database.one_at_a_time():
        other = threading.Thread(target=second)
        other.start()
        other.join(0.3)
        order.append("first")
    other.join(5)

    assert order == ["first", "second"]
