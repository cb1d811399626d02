"""Long work takes its time on PostgreSQL, and only that."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from equalterms.lib.rows.patience import unhurried

LIMIT = {"postgresql": "10s", "sqlite": "none"}
LIFTED = {"postgresql": "0", "sqlite": "none"}


def limit() -> str:
    if connection.vendor != "postgresql":
        return "none"
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_the_limit_is_lifted_inside_and_back_afterwards() -> None:
    found = [limit()]
    with unhurried():
        found.append(limit())
    found.append(limit())
    with transaction.atomic(), unhurried():
        found.append(limit())
    found.append(limit())

    usual, lifted = LIMIT[connection.vendor], LIFTED[connection.vendor]
    assert found == [usual, lifted, usual, lifted, usual]


@pytest.mark.django_db(transaction=True)
def test_a_statement_that_fails_inside_is_told_and_the_limit_is_back() -> None:
    with pytest.raises(DatabaseError), unhurried(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing_of_that_name")

    assert limit() == LIMIT[connection.vendor]


@pytest.mark.django_db(transaction=True)
def test_sqlite_is_not_asked() -> None:
    with CaptureQueriesContext(connection) as queries, unhurried():
        pass

    assert len(queries) == {"postgresql": 2, "sqlite": 0}[connection.vendor]
