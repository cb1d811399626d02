"""Whenever it starts, the demonstration day is today and about ten past eleven."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.booked import a_booking
from tests.makers import a_session, an_event

from equalterms.bookings.models import Booking
from equalterms.config.demo.redating import clock_offset, local, move_to_today
from equalterms.journal.models import Entry
from equalterms.lib.clock import SLOT, slot
from equalterms.programme.models import Event, Session
from equalterms.questions.models import Question
from equalterms.safety.models import Review

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
SUMMER, WINTER = date(2026, 7, 1), date(2026, 12, 1)


def a_day(on: date) -> tuple[Event, Session]:
    """A day from 10:00 to 16:30 at the venue with one session from 10:30 to 11:30."""
    event = an_event(starts=local(on, time(10), LONDON), ends=local(on, time(16, 30), LONDON))
    starts, ends = local(on, time(10, 30), LONDON), local(on, time(11, 30), LONDON)
    return event, a_session(event, starts=starts, ends=ends, day=on)


def a_question(session: Session, slot: int) -> Question:
    fields = {"topic_id": session.topic_id, "kind": "question", "state": "shown", "slot": slot}
    question = Question(id="39352539-055d-8969-9674-d3c0955daf3f", session=session, text="Why?", slot=slot)
    question.review = Review.objects.create(subject=question.pk, **fields)
    question.save()
    return question


def on_the_wall(moment: datetime) -> str:
    return moment.astimezone(LONDON).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("written", "now", "today"),
    [
        (WINTER, datetime(2026, 12, 2, 9, 0, tzinfo=UTC), "2026-12-02"),
        (WINTER, datetime(2027, 7, 1, 9, 0, tzinfo=UTC), "2027-07-01"),
        (SUMMER, datetime(2026, 12, 1, 9, 0, tzinfo=UTC), "2026-12-01"),
        (date(2026, 10, 24), datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25"),
        (date(2027, 3, 27), datetime(2027, 3, 28, 12, 0, tzinfo=UTC), "2027-03-28"),
        (SUMMER, datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2026-07-02"),
        (WINTER, datetime(2026, 11, 22, 12, 0, tzinfo=UTC), "2026-11-22"),
    ],
    ids=["next day", "into summer", "into winter", "clocks back", "clocks on", "past local midnight", "back"],
)
def test_the_programme_keeps_its_hours_on_the_wall(written: date, now: datetime, today: str) -> None:
    event, session = a_day(written)

    move_to_today(event=event, now=now)

    event.refresh_from_db()
    session.refresh_from_db()
    assert [on_the_wall(m) for m in (event.starts, event.ends)] == [f"{today} 10:00", f"{today} 16:30"]
    assert [on_the_wall(m) for m in (session.starts, session.ends)] == [f"{today} 10:30", f"{today} 11:30"]
    assert session.day.isoformat() == today


@pytest.mark.parametrize("hour", range(0, 24, 3))
@pytest.mark.parametrize("on", [SUMMER, WINTER, date(2026, 10, 25), date(2027, 3, 28)], ids=str)
def test_programme_views_think_it_is_ten_past_eleven(on: date, hour: int) -> None:
    event, session = a_day(on)
    now = datetime(on.year, on.month, on.day, hour, 17, 3, tzinfo=UTC)

    move_to_today(event=event, now=now)

    event.refresh_from_db()
    session.refresh_from_db()
    seen = now + timedelta(seconds=event.clock_offset)
    assert seen.astimezone(LONDON).strftime("%H:%M:%S") == "11:10:00"
    assert session.starts < seen < session.ends


def test_the_offset_is_in_whole_seconds_and_added_to_real_time() -> None:
    event = an_event(timezone="Europe/London")

    assert clock_offset(event, datetime(2026, 11, 22, 11, 0, 0, tzinfo=UTC)) == 600
    assert clock_offset(event, datetime(2026, 7, 1, 11, 10, 0, tzinfo=UTC)) == -3600


def test_a_session_after_midnight_stays_after_the_evening_before() -> None:
    event, _ = a_day(WINTER)
    late = local(WINTER + timedelta(days=1), time(0, 30), LONDON)
    session = a_session(event, starts=late, ends=late + timedelta(hours=1), day=WINTER)

    move_to_today(event=event, now=datetime(2026, 12, 5, 12, tzinfo=UTC))

    session.refresh_from_db()
    assert (on_the_wall(session.starts), session.day) == ("2026-12-06 00:30", date(2026, 12, 5))


def test_a_new_day_is_told_to_the_day_and_to_every_session() -> None:
    event, session = a_day(WINTER)

    move_to_today(event=event, now=datetime(2026, 12, 2, 9, tzinfo=UTC))

    told = {(entry.topic_id, entry.kind, entry.subject) for entry in Entry.objects.all()}
    assert told == {
        (event.day_id, "event", event.pk),
        (event.now_id, "event", event.pk),
        (session.topic_id, "session", session.pk),
    }


def test_a_second_start_on_the_same_day_leaves_sessions_alone() -> None:
    event, session = a_day(WINTER)
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    a_question(session, slot(now))
    before = session.topic.version

    move_to_today(event=event, now=now)

    session.topic.refresh_from_db()
    assert session.topic.version == before


def test_what_was_asked_yesterday_looks_recent_and_keeps_its_distance() -> None:
    event, session = a_day(WINTER)
    yesterday = slot(datetime(2026, 11, 30, 9, 20, tzinfo=UTC))
    question = a_question(session, yesterday)
    held = Review.objects.create(
        topic_id=session.topic_id, kind="question", subject=event.pk, slot=yesterday - 3 * SLOT
    )
    a_booking(session, "here", slot=yesterday - SLOT)
    a_booking(session, "served", slot=0)
    now = datetime(2026, 12, 1, 14, 50, tzinfo=UTC)

    move_to_today(event=event, now=now)

    question.refresh_from_db()
    held.refresh_from_db()
    assert (question.slot, held.slot) == (slot(now), slot(now) - 3 * SLOT)
    assert set(Booking.objects.values_list("state", "slot")) == {("here", slot(now) - SLOT), ("served", 0)}


@pytest.mark.parametrize("sessions", [1, 3])
def test_moving_takes_one_update_however_long_the_programme(sessions: int) -> None:
    event, first = a_day(WINTER)
    for _ in range(sessions - 1):
        a_session(event, starts=first.starts, ends=first.ends, day=WINTER)

    with CaptureQueriesContext(connection) as queries:
        move_to_today(event=event, now=datetime(2026, 12, 2, 9, tzinfo=UTC))

    moves = [q["sql"] for q in queries if q["sql"].startswith('UPDATE "programme_session"')]
    assert len(moves) == 1
