from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equalterms.programme.imports.dialects import moments


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("00:45", 45),
        ("1:30", 90),
        ("00:45:00", 45),
        ("1:30:00", 90),
        ("90", 90),
        ("PT1H30M", 90),
        ("P1D", 1440),
        ("25:00", 1500),
        ("0", 0),
    ],
)
def test_a_length_is_read_in_every_makers_spelling(said: str, minutes: int) -> None:
    assert moments.length(said) == timedelta(minutes=minutes)


@pytest.mark.parametrize("said", ["", "soon", "00:75", "-1:00", "1:2:3:4", "PT", "P", "9999:00", "٣٠"])
def test_what_is_no_length_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        moments.length(said)


@pytest.mark.parametrize(
    ("said", "hour"), [("9:15", time(9, 15)), ("09:15", time(9, 15)), ("23:59:30", time(23, 59, 30))]
)
def test_a_time_of_day_is_read_with_or_without_seconds(said: str, hour: time) -> None:
    assert moments.clock(said) == hour


@pytest.mark.parametrize("said", ["25:00", "24:00", "9", "9.15", "09:60", "noon", ""])
def test_what_is_no_time_of_day_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="not a time of day"):
        moments.clock(said)


@pytest.mark.parametrize(
    "said",
    [
        "2026-08-21T11:00:00+02:00",
        "2026-08-21T11:00:00+0200",
        "2026-08-21 11:00:00+02:00",
        "2026-08-21T09:00:00Z",
    ],
)
def test_a_moment_is_read_with_any_spelling_of_its_offset(said: str) -> None:
    found = moments.moment(said)

    assert isinstance(found, datetime)
    assert found.astimezone(UTC) == datetime(2026, 8, 21, 9, tzinfo=UTC)


def test_a_date_alone_stays_a_date() -> None:
    assert moments.moment("2026-08-21") == date(2026, 8, 21)


@pytest.mark.parametrize(
    "said", ["", "2026-02-30", "21.8.2026", "0001-01-01", "9999-12-31T23:59:59Z", "2026-08-21T25:00"]
)
def test_what_is_no_date_of_ours_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        moments.moment(said)


@pytest.mark.parametrize(
    "name", ["Europe/Bruxelles", "CEST+1", "../../etc/passwd", "/etc/localtime", "", "\0", "Europe"]
)
def test_a_zone_that_is_none_is_not_found(name: str) -> None:
    assert moments.zone(name) is None


def test_an_hour_before_the_change_of_day_is_in_the_night_after_it() -> None:
    place = ZoneInfo("Europe/Brussels")

    assert moments.on_the_day(date(2026, 2, 7), time(0, 30), time(9), place) == datetime(
        2026, 2, 7, 23, 30, tzinfo=UTC
    )
    assert moments.on_the_day(date(2026, 2, 7), time(9), time(9), place) == datetime(
        2026, 2, 7, 8, tzinfo=UTC
    )


@given(st.integers(0, 31 * 24 * 60))
def test_a_length_comes_back_as_it_was_written(minutes: int) -> None:
    assert moments.length(f"{minutes // 60:02}:{minutes % 60:02}") == timedelta(minutes=minutes)


@given(st.text(max_size=30))
def test_no_text_at_all_makes_the_reading_of_times_fail_otherwise_than_by_refusing(said: str) -> None:
    for read in (moments.length, moments.clock, moments.moment):
        try:
            read(said)
        except ValueError:
            continue
    moments.zone(said)
