"""The day that is played once on each database, and all that is kept of it."""

from collections.abc import Iterator

import pytest
from tests import services
from tests.conftest import need
from tests.leaks.kept import Kept, kept_on_postgresql, kept_on_sqlite


@pytest.fixture(scope="session", params=["SQLite", "PostgreSQL and Redis"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    play = kept_on_sqlite if request.param == "SQLite" else kept_on_postgresql
    try:
        with play(tmp_path_factory.mktemp("leaks") / "home") as found:
            yield found
    except services.Missing as missing:
        need(str(missing))
