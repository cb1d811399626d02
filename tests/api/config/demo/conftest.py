"""The whole demonstration day, set up once for the tests that only look at it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from equalterms.config.demo.accounts import DemoAccount
from equalterms.config.demo.demo import seed_demo
from equalterms.programme.models import Event

NOW = datetime(2026, 11, 22, 19, 40, 7, tzinfo=UTC)


class SetUp(NamedTuple):
    event: Event
    accounts: list[DemoAccount]
    home: Path
    now: datetime


@pytest.fixture(scope="package")
def leeds(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SetUp]:
    """The day as its first start leaves it, at 19:40 on a November evening.

    One transaction holds it for the whole folder. Tests marked django_db begin without it: pytest-django
    runs them before all others.
    """
    home = tmp_path_factory.mktemp("home")
    with django_db_blocker.unblock(), transaction.atomic():
        accounts = seed_demo(home, NOW)
        yield SetUp(Event.objects.get(slug="leeds"), accounts, home, NOW)
        transaction.set_rollback(True)


@pytest.fixture
def a_try(leeds: SetUp) -> Iterator[SetUp]:
    """The same, for a test that changes something: all of it is undone afterwards."""
    with transaction.atomic():
        yield leeds
        transaction.set_rollback(True)
