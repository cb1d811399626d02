"""Fixtures of the whole suite: servers made for the run."""

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from tests import services
from tests.promises.kept import nobody_else

# What a worker makes once for several tests: servers and a browser for each file of journeys, and for the
# whole leak scan.
TOGETHER = {"journeys": "file", "leaks": "folder"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `-n 2 --dist loadgroup` these stay together on one worker; all others go where there is room."""
    for item in items:
        for folder, shared in TOGETHER.items():
            if folder in item.path.parts:
                name = f"{folder}/{item.path.stem}" if shared == "file" else folder
                item.add_marker(pytest.mark.xdist_group(name))


def need(reason: str) -> None:
    """Skips a test whose engine is not installed; under CI=true that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}, and CI=true asks for it")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL for tests that start servers of their own on it."""
    try:
        with services.postgresql() as url:
            yield url
    except services.Missing as missing:
        need(str(missing))


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis for tests that start servers of their own beside it."""
    try:
        with services.redis() as url:
            yield url
    except services.Missing as missing:
        need(str(missing))


@pytest.fixture(autouse=True)
def _no_forgotten_reader(request: pytest.FixtureRequest) -> None:
    """Ends what a thread of an earlier test left open on PostgreSQL: what it can still see stays alive."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction") or connection.vendor != "postgresql":
        return
    request.getfixturevalue("transactional_db")
    nobody_else()
