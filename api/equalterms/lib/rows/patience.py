"""Long work on PostgreSQL, where a statement otherwise ends after some seconds."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection


@contextmanager
def unhurried() -> Iterator[None]:
    """Statements inside take the time they need; in a transaction, all until its end. SQLite has no limit."""
    if connection.vendor != "postgresql":
        yield
        return
    within = connection.in_atomic_block
    _run("SET LOCAL statement_timeout = 0" if within else "SET statement_timeout = 0")
    try:
        yield
    finally:
        if not within:
            with suppress(DatabaseError):  # the connection is lost, and its settings with it
                _run("RESET statement_timeout")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
