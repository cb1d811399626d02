"""Getting deleted words out of the database's files, and saying what could not be got out."""

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from django.db import DatabaseError, OperationalError, connection

from equalterms.lib.rows.patience import unhurried
from equalterms.lib.rows.turns import NOT_AVAILABLE, Tables

PATIENCE = 30.0
NO_PERMISSION = "42501"
# PostgreSQL keeps samples of these for its planner.
SAMPLED = ("text", "character varying", "bytea", "jsonb")
NO_CHECKPOINT = (
    "PostgreSQL let this account make no checkpoint: its files keep what was deleted until the next one,"
    " in five minutes if nothing else is set, and its write-ahead log for longer."
)
OLD_LOG = (
    "PostgreSQL's write-ahead log may keep what was deleted until its files are written over, which may"
    " take days. It would not with {}."
)


class StillRead(Exception):
    """Somebody reads or writes without a pause, so the files could not be rewritten. It can be repeated."""


def rewrite(tables: Tables, *, patience: float = PATIENCE) -> list[str]:
    """Rewrites the files of `tables` so that they hold what is in the tables and nothing else.

    Gives a sentence for each place where deleted words may still be; none is the best answer. Not inside
    a transaction. Raises StillRead where it got no turn within `patience` seconds.
    """
    if connection.in_atomic_block:
        raise RuntimeError("Files are rewritten after the transaction, not inside it.")
    end = time.monotonic() + patience
    if connection.vendor == "postgresql":
        with unhurried():
            return _postgresql(tables, end)
    _insist(lambda: _run("VACUUM"), end)
    _insist(_empty_wal, end)
    return []


def settle() -> None:
    """At a clean stop: works SQLite's write-ahead log in and cuts it to nothing, because it still holds words
    that were deleted. Left to the next stop, or the purge, where another process is in the way."""
    if connection.vendor == "sqlite":
        with suppress(OperationalError, StillRead):
            _empty_wal()
    connection.close()


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _insist(step: Callable[[], None], end: float) -> None:
    """Repeats `step` while others are in its way."""
    while True:
        try:
            return step()
        except (OperationalError, StillRead) as failed:
            locked = "locked" in str(failed) or getattr(failed.__cause__, "sqlstate", "") == NOT_AVAILABLE
            if not locked and not isinstance(failed, StillRead):
                raise
            if time.monotonic() > end:
                raise StillRead from failed
            time.sleep(0.1)


def _empty_wal() -> None:
    """SQLite's write-ahead log still holds the pages as they were: it is worked in and cut to nothing."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, left, _ = cursor.fetchone()
    if busy or left > 0:
        raise StillRead


def _postgresql(tables: Tables, end: float) -> list[str]:
    _outlive_others(end)
    _run("SET lock_timeout = '2s'")
    try:
        for model in tables:
            name = connection.ops.quote_name(model._meta.db_table)
            for column, kind in _sampled(model._meta.db_table):
                _insist(partial(_forget_samples, name, column, kind), end)
            _insist(partial(_run, f"VACUUM (FULL) {name}"), end)
        _insist(lambda: _run("VACUUM (FULL) pg_catalog.pg_statistic"), end)
    finally:
        _run("RESET lock_timeout")
    return [*_checkpoint(), *_log()]


# Whoever began before a row was deleted may still see it, so rewriting would keep it: readers of this
# database, and writers of any database of the same server.
STILL_AT_IT = """
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint < %(now)s OR EXISTS (
        SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND age(backend_xmin) > age((%(now)s %% 4294967296)::text::xid)
    )
"""


def _outlive_others(end: float) -> None:
    """Waits until every transaction that runs now has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        now = cursor.fetchone()[0]

    def others_ended() -> None:
        with connection.cursor() as cursor:
            cursor.execute(STILL_AT_IT, {"now": now})
            if cursor.fetchone()[0]:
                raise StillRead

    _insist(others_ended, end)


def _sampled(table: str) -> list[tuple[str, str]]:
    """The columns of `table` that hold words, keys or marks, each with its type."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT quote_ident(attname), format_type(atttypid, atttypmod) FROM pg_attribute"
            " WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped"
            " AND split_part(format_type(atttypid, atttypmod), '(', 1) = ANY(%s)",
            [table, list(SAMPLED)],
        )
        return list(cursor.fetchall())


def _forget_samples(table: str, column: str, kind: str) -> None:
    """Setting a column's type, even to the one it has, throws its samples away; no more are taken."""
    _run(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
    _run(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}")


def _checkpoint() -> list[str]:
    """Ends the present file of the write-ahead log and has the older ones, and files of dropped tables,
    taken away."""
    try:
        _run("SELECT pg_switch_wal()")
        _run("CHECKPOINT")
    except DatabaseError as failed:
        if getattr(failed.__cause__, "sqlstate", "") != NO_PERMISSION:
            raise
        return [NO_CHECKPOINT]
    return []


def _log() -> list[str]:
    """What makes PostgreSQL keep files of its write-ahead log that are not needed any more."""
    keeping = {"wal_recycle": "off", "archive_mode": "off", "wal_keep_size": "0"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(keeping)])
        found = dict(cursor.fetchall())
        cursor.execute("SELECT count(*) FROM pg_replication_slots")
        slots = cursor.fetchone()[0]
    wrong = [f"{name} = {value}" for name, value in keeping.items() if found[name] != value]
    if slots:
        wrong.append("no replication slots")
    return [OLD_LOG.format(" and ".join(wrong))] if wrong else []
