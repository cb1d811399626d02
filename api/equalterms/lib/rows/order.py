"""Rewriting rows in random order, so that no file and no dump tells which came first."""

from typing import Any

from django.db import connection, models


def shuffle(rows: "models.QuerySet[Any]") -> int:
    """Deletes `rows` and writes the same ones again in random order, in the caller's transaction, which
    becomes the one that all of them came with. Gives how many.

    Not inside a savepoint: PostgreSQL numbers those too. On SQLite a table WITHOUT ROWID lies in the
    order of its random keys anyway, so nothing is done there.
    """
    if connection.vendor != "postgresql":
        return 0
    if connection.savepoint_ids:
        raise RuntimeError("Rows are shuffled by a transaction, not by a savepoint of it.")
    table = connection.ops.quote_name(rows.model._meta.db_table)
    key = connection.ops.quote_name(str(rows.model._meta.pk.column))
    chosen, values = rows.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        # Names are quoted, and what is chosen comes with its values apart.
        cursor.execute(
            f"WITH moved AS (DELETE FROM {table} WHERE {key} IN ({chosen}) RETURNING *)"  # noqa: S608
            f" INSERT INTO {table} SELECT * FROM moved ORDER BY random()",
            values,
        )
        return int(cursor.rowcount)
