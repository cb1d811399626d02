from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.api.programme.imports.files import OURS, changed, planned, refused, reshaped

BRUSSELS = "Europe/Brussels"


def test_an_hour_alone_is_read_on_the_day_it_is_listed_under() -> None:
    session = planned((OURS / "fosdem.xml").read_text(), timezone=BRUSSELS).sessions[0]

    assert (session.starts, session.ends) == (
        datetime(2026, 2, 7, 9, 30, tzinfo=UTC),
        datetime(2026, 2, 7, 10, 30, tzinfo=UTC),
    )


def test_half_past_midnight_before_the_change_of_day_belongs_to_the_day_before() -> None:
    session = planned((OURS / "fosdem.xml").read_text(), timezone=BRUSSELS).sessions[1]

    assert session.starts == datetime(2026, 2, 7, 23, 30, tzinfo=UTC)
    assert session.day == date(2026, 2, 7)


@pytest.mark.parametrize("name", ["frab.json", "hub.json"])
def test_a_night_session_with_a_date_of_its_own_belongs_to_the_day_before(name: str) -> None:
    session = planned((OURS / name).read_text(), name).sessions[-1]

    assert session.day == session.starts.date() == date(*session.starts.timetuple()[:3])
    assert session.starts.astimezone(UTC).hour in {22, 23}


def test_a_day_that_the_maker_wrote_in_utc_is_read_by_its_hours() -> None:
    session = planned((OURS / "wafer.xml").read_text()).sessions[0]

    assert (session.day, session.starts) == (date(2026, 9, 10), datetime(2026, 9, 10, 5, tzinfo=UTC))


def test_local_times_written_as_utc_are_local_where_the_file_names_no_zone() -> None:
    text = changed(
        "wafer.xml",
        ("<time_zone_name>Asia/Kolkata</time_zone_name>", ""),
        ("2026-09-10T05:00:00+00:00", "2026-09-10T10:30:00+00:00"),
    )

    plan = planned(text, timezone="Asia/Kolkata")

    assert plan.sessions[0].starts == datetime(2026, 9, 10, 5, tzinfo=UTC)
    assert plan.warnings == ["every date is at +00:00 and no zone is named: read in Asia/Kolkata"]


def test_a_date_with_another_hour_than_printed_is_taken_and_noted() -> None:
    text = changed("wafer.xml", ("<start>10:30</start>", "<start>09:00</start>"))

    plan = planned(text)

    assert plan.sessions[0].starts == datetime(2026, 9, 10, 5, tzinfo=UTC)
    assert plan.warnings == [
        "1 sessions print another hour than Asia/Kolkata has at their date; the date was taken"
    ]


def test_a_date_without_an_offset_is_in_the_zone_of_the_event() -> None:
    text = changed("wafer.xml", ("2026-09-10T05:00:00+00:00", "2026-09-10T10:30:00"))

    assert planned(text).sessions[0].starts == datetime(2026, 9, 10, 5, tzinfo=UTC)


def test_a_date_without_an_hour_is_read_with_the_start() -> None:
    text = changed("wafer.xml", ("2026-09-10T05:00:00+00:00", "2026-09-10"))

    assert planned(text).sessions[0].starts == datetime(2026, 9, 10, 5, tzinfo=UTC)


def test_a_missing_duration_is_taken_from_the_end() -> None:
    session = planned((OURS / "hub.json").read_text(), "a.json").sessions[0]

    assert session.ends - session.starts == timedelta(minutes=40)


def test_no_minutes_at_all_become_five_with_a_note() -> None:
    plan = planned(changed("wafer.xml", ("00:20", "00:00")))

    assert plan.sessions[0].ends - plan.sessions[0].starts == timedelta(minutes=5)
    assert plan.warnings == ["line 19: it is no minutes long; 5 minutes were taken"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<start>10:30<", "<start>25:00<", "line 18: start “25:00” is not a time of day like 14:30"),
        (
            "<start>10:30<",
            "<start>half past ten<",
            "line 18: start “half past ten” is not a time of day like 14:30",
        ),
        (
            "2026-09-10T05:00",
            "2026-13-10T05:00",
            "line 17: date “2026-13-10T05:00:00+00:00” is not a date we can read",
        ),
        ("<duration>00:20<", "<duration>a while<", "line 19: duration “a while” is not a length like 00:45"),
        ("<duration>00:20<", "<duration><", "line 19: the session does not say how long it is"),
        ('date="2026-09-09"', 'date="tomorrow"', "line 14: the day's date is not a date like 2026-11-22"),
    ],
)
def test_a_time_that_is_none_is_refused_by_its_line(old: str, new: str, said: str) -> None:
    assert refused(changed("wafer.xml", (old, new))) == [said]


def test_an_end_before_the_start_is_refused_by_its_path() -> None:
    text = changed("hub.json", ("2026-12-28T01:10:00+01:00", "2026-12-27T01:10:00+01:00"))

    assert refused(text, "a.json") == [
        "schedule.events[0].end: end “2026-12-27T01:10:00+01:00” is not a length like 00:45"
    ]


def test_a_session_without_any_day_is_refused() -> None:
    text = changed("fosdem.xml", (' date="2026-02-07"', ""))

    assert refused(text, timezone=BRUSSELS) == [
        f"line {line}: the session does not say on which day and at which hour it starts" for line in (19, 43)
    ]


def test_without_a_listed_day_the_hour_says_which_it_is() -> None:
    def undated(conference: dict[str, list[dict[str, str]]]) -> None:
        for day in conference["days"]:
            for name in ("date", "day_start", "day_end"):
                del day[name]

    plan = planned(reshaped("frab.json", undated), "a.json")

    assert {session.day for session in plan.sessions} == {date(2026, 8, 21)}


@given(st.integers(1_356_998_400, 2_208_988_800), st.sampled_from([BRUSSELS, "Asia/Kolkata", "UTC"]))
@settings(max_examples=100, deadline=None)
def test_any_moment_comes_back_as_it_was_written(seconds: int, zone: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    text = changed("wafer.xml", ("2026-09-10T05:00:00+00:00", moment.isoformat()), ("Asia/Kolkata", zone))

    assert planned(text).sessions[0].starts == moment
