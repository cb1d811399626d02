"""Being the only writer for a while."""

import secrets
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import OperationalError, connection, models, transaction

from equalterms.lib.refusal import Refusal
from equalterms.lib.rows.patience import unhurried

T = TypeVar("T")
Tables = Sequence[type[models.Model]]
PATIENCE = 15.0
NOT_AVAILABLE = "55P03"
# Less than PostgreSQL's own second, after which it would end whoever it finds in the way.
WAIT = "900ms"


class _Taken(Exception):
    """Somebody writes to one of the tables, and for long."""


def alone(tables: Tables, work: Callable[[], T], *, patience: float = PATIENCE) -> T:
    """Does `work` in a transaction of its own, in which nobody else writes to `tables`; readers go on.

    It waits for those who are writing and makes the others wait, and steps back rather than stand in
    anybody's way. Refuses `busy` where it found no turn within `patience` seconds.
    """
    end = time.monotonic() + patience
    while True:
        try:
            with transaction.atomic(durable=True), unhurried():
                _lock(tables)
                return work()
        except _Taken:
            if time.monotonic() > end:
                raise busy() from None
            time.sleep(0.05 + secrets.randbelow(200) / 1000)


def busy() -> Refusal:
    said = "Others are writing without a pause. Nothing was changed. Please try again in a moment."
    return Refusal("busy", said, status=503, retry_after=5)


def _lock(tables: Tables) -> None:
    """On SQLite the transaction alone is enough: there is one writer at a time."""
    if connection.vendor != "postgresql":
        return
    names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'")
        try:
            cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")
        except OperationalError as failed:
            if getattr(failed.__cause__, "sqlstate", "") != NOT_AVAILABLE:
                raise
            raise _Taken from failed
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")
