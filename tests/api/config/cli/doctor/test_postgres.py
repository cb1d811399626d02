"""What the doctor finds in a PostgreSQL."""

import pytest
from django.db import connection
from tests.api.config.cli.doctor.findings import sentences

from equalterms.config.cli.doctor.postgres import QUIET, durable_postgres, quiet_postgres

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="asks PostgreSQL for its own settings"),
]


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_postgresql_set_as_the_documents_say_is_well() -> None:
    found = sentences(quiet_postgres())

    assert [sentence for sentence, well in found.items() if not well] == []
    assert len(found) == len(QUIET) + 2


@pytest.mark.parametrize("name", ["log_statement", "log_min_error_statement", "track_activities"])
def test_a_setting_that_would_keep_words_is_said(name: str) -> None:
    wrong = {"log_statement": "all", "log_min_error_statement": "error", "track_activities": "on"}[name]
    run(f"SET {name} = '{wrong}'")
    try:
        found = sentences(quiet_postgres())
    finally:
        run(f"RESET {name}")

    assert found[f"PostgreSQL's {name} is {wrong} (should be {QUIET[name][0]})."] is False


def test_an_extension_that_keeps_statements_is_named() -> None:
    run("ALTER ROLE CURRENT_USER SET session_preload_libraries = 'auto_explain'")
    try:
        connection.close()
        found = sentences(quiet_postgres())
    finally:
        run("ALTER ROLE CURRENT_USER RESET session_preload_libraries")
        connection.close()

    assert found["Extensions in PostgreSQL that keep statements: auto_explain."] is False


def test_a_slot_for_a_copy_elsewhere_is_said() -> None:
    run("SELECT pg_create_physical_replication_slot('elsewhere')")
    try:
        found = sentences(quiet_postgres())
    finally:
        run("SELECT pg_drop_replication_slot('elsewhere')")

    assert found["Slots that hold PostgreSQL's write-ahead log for others: 1."] is False


def test_a_server_that_does_not_wait_for_its_disk_is_said() -> None:
    """The one of this run keeps nothing safe, as it lives minutes; our own sessions wait all the same."""
    found = sentences(durable_postgres())
    run("SET synchronous_commit = off")
    try:
        careless = sentences(durable_postgres())
    finally:
        run("RESET synchronous_commit")

    assert found == {
        "PostgreSQL's fsync is off (should be on).": False,
        "PostgreSQL's full_page_writes is off (should be on).": False,
        "PostgreSQL's synchronous_commit is on (should be on).": True,
    }
    assert careless["PostgreSQL's synchronous_commit is off (should be on)."] is False
