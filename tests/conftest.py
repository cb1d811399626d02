"""Fixtures of the whole suite: servers made for the run."""

import os
from collections.abc import Iterator

import pytest
from tests import services


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
