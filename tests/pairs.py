"""Two server processes of one day, on either kind of database: for what must hold wherever it is decided."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests import services
from tests.conftest import need
from tests.served import Served, served

STORES = ["SQLite", "PostgreSQL and Redis"]


@contextmanager
def two_servers(stores: str, home: Path) -> Iterator[tuple[list[Served], dict[str, str]]]:
    """Both servers, and the addresses of what they store in: none for SQLite. `stores` is one of STORES."""
    known: dict[str, str] = {}
    with ExitStack() as stack:
        try:
            if stores != "SQLite":
                known["DATABASE_URL"] = stack.enter_context(services.postgresql())
                known["REDIS_URL"] = stack.enter_context(services.redis())
        except services.Missing as missing:
            need(str(missing))
        yield [stack.enter_context(served(home, **known)) for _ in range(2)], known
