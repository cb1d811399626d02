"""Bringing the database up to date, once, however many processes start together."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from equalterms.lib.rows.patience import unhurried

# Any number will do, as long as every process of this product takes the same.
LOCK = 0x45717561


def waiting() -> list[str]:
    """Names of migrations that this version has and the database has not."""
    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def bring_up_to_date() -> None:
    """Applies what waits. The second of two processes finds nothing left to do."""
    if waiting():
        with unhurried(), one_at_a_time():
            call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Holds a lock that others on this database wait for."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        return
    with (settings.HOME / "migrating").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
