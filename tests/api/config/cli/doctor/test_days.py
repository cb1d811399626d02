"""What the doctor finds among the days."""

from datetime import date, timedelta

import pytest
from tests.api.config.cli.doctor.findings import sentences
from tests.makers import an_event

from equalterms.config.cli.doctor.days import days_over
from equalterms.lib import clock
from equalterms.programme.models import Event

pytestmark = pytest.mark.django_db


def a_day_that_ended(slug: str, days_ago: int, **more: object) -> Event:
    ended = clock.now() - timedelta(days=days_ago, hours=1)
    return an_event(slug=slug, starts=ended - timedelta(hours=8), ends=ended, **more)


def test_days_that_run_or_were_dealt_with_are_well() -> None:
    a_day_that_ended("yesterday", 1)
    a_day_that_ended("closed", 40, closed_on=clock.now().date())
    a_day_that_ended("purged", 90, closed_on=date(2026, 1, 1), purged=True)
    a_day_that_ended("demo", 40, clock_offset=60)

    assert set(sentences(days_over()).values()) == {True}


def test_a_day_long_over_that_nobody_closed_is_named() -> None:
    a_day_that_ended("spring", 16)

    found = sentences(days_over())

    assert found["Days over for two weeks that nobody closed (does a worker run?): spring."] is False


def test_a_day_that_can_be_closed_is_advice() -> None:
    a_day_that_ended("spring", 3)

    found = [finding for finding in days_over() if not finding.well]

    assert [(finding.sentence, finding.advice) for finding in found] == [
        ("Days that are over and can be closed: spring.", True)
    ]


def test_a_closed_day_that_should_be_purged_is_named() -> None:
    a_day_that_ended("spring", 90, closed_on=clock.now().date() - timedelta(days=40), keep_days=30)

    assert sentences(days_over())["Closed days that should be purged by now: spring."] is False
