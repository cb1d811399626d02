from datetime import UTC, datetime, timedelta, timezone

import time_machine

from equalterms.lib import clock

MOMENT = datetime(2026, 11, 22, 14, 44, 59, tzinfo=UTC)


def test_a_slot_is_a_quarter_of_an_hour() -> None:
    assert clock.slot_iso(clock.slot(MOMENT)) == "2026-11-22T14:30:00Z"
    assert clock.slot(MOMENT) == clock.slot(MOMENT - timedelta(minutes=14))
    assert clock.slot(MOMENT + timedelta(seconds=1)) == clock.slot(MOMENT) + 900


def test_times_are_said_in_utc() -> None:
    here = MOMENT.astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert clock.iso(here) == "2026-11-22T14:44:59Z"


def test_ticks_are_counted_from_1970() -> None:
    assert clock.tick(30, datetime(1970, 1, 1, 0, 1, 29, tzinfo=UTC)) == 2
    with time_machine.travel(MOMENT, tick=False):
        assert clock.tick(60) == int(MOMENT.timestamp()) // 60
        assert (clock.now(), clock.slot()) == (MOMENT, clock.slot(MOMENT))
