"""What the settings make of a database."""

import pytest
from django.db import OperationalError, connection

from equalterms.config.settings import database


def test_a_postgresql_that_hangs_or_is_lost_ends_in_an_error() -> None:
    made = database("postgres://user:word@db.example:5433/name")

    assert (made["NAME"], made["HOST"], made["PORT"]) == ("name", "db.example", 5433)
    assert made["OPTIONS"] == {
        "connect_timeout": 3,
        "keepalives": 1,
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": 10_000,
        "options": "-c statement_timeout=10s -c synchronous_commit=on",
    }


def test_what_an_address_asks_for_is_added_and_wins() -> None:
    made = database("postgres://db.example/name?sslmode=require&connect_timeout=9")

    assert (made["OPTIONS"]["sslmode"], made["OPTIONS"]["connect_timeout"]) == ("require", 9)
    assert made["OPTIONS"]["keepalives_idle"] == 5


def test_anything_but_postgresql_is_refused() -> None:
    with pytest.raises(SystemExit):
        database("mysql://db.example/name")


@pytest.mark.django_db
def test_a_commit_waits_for_the_disk_whatever_the_server_was_told() -> None:
    asked = {
        "postgresql": ("SHOW synchronous_commit", "on"),
        "sqlite": ("PRAGMA synchronous", 2),  # FULL
    }
    question, expected = asked[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        assert cursor.fetchone()[0] == expected


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has its own limit, of waiting")
def test_a_statement_that_never_ends_is_ended() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '100ms'")
        try:
            with pytest.raises(OperationalError):
                cursor.execute("SELECT pg_sleep(60)")
        finally:
            cursor.execute("RESET statement_timeout")
