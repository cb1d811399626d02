"""A day like one there was, on another date."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.makers import a_role, a_room, a_session, a_shown_comment, a_shown_question, a_surgeon, an_event

from equalterms.bookings.models import Booking, Line
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Act
from equalterms.programme.actions import clone_event
from equalterms.programme.actions.cloning import moved
from equalterms.programme.models import Event, Role, Session
from equalterms.questions.models import Question
from equalterms.threads.models import Comment

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def a_day(**fields: Any) -> Event:
    """One in winter, from nine to five by the clock on the wall."""
    given = {
        "starts": datetime(2027, 3, 20, 9, 0, tzinfo=UTC),
        "ends": datetime(2027, 3, 20, 17, 0, tzinfo=UTC),
        "labels": ["Passwords"],
        "minutes": 20,
        "help_lines": [{"name": "Samaritans", "note": "", "tel": "116 123", "sms": "", "url": ""}],
        "keep_days": 12,
        "review": "after",
        "venue": "Town hall",
        "join_code": "OAK",
    }
    return an_event(**(given | fields))


def cloned(event: Event, starts: date = date(2027, 4, 3), **more: Any) -> Event:
    account = more.pop("account", None) or a_role(event)
    return clone_event(account=account, event=event, title="Again", slug="again", starts=starts)


def test_the_new_day_has_the_same_rooms_sessions_people_and_settings() -> None:
    event = a_day()
    room = a_room(event, name="Hall", about="Up the stairs", position=3)
    surgeon, other = a_surgeon(event), a_surgeon(event, published=False)
    session = a_session(event, title="Talk", room=room, capacity=12, track="Safety", kind="workshop")
    session.appearances.create(surgeon=other, position=0)
    session.appearances.create(surgeon=surgeon, position=1)

    new = cloned(event)

    assert (new.state, new.title, new.slug) == ("draft", "Again", "again")
    assert (new.labels, new.minutes, new.keep_days, new.review) == (["Passwords"], 20, 12, "after")
    assert (new.venue, new.help_lines) == ("Town hall", event.help_lines)
    assert list(new.rooms.values_list("name", "about", "position")) == [("Hall", "Up the stairs", 3)]
    assert set(new.listings.values_list("surgeon", flat=True)) == {surgeon.pk, other.pk}
    copy = new.sessions.get()
    assert (copy.title, copy.capacity, copy.track, copy.kind) == ("Talk", 12, "Safety", "workshop")
    assert copy.room == new.rooms.get()
    assert list(copy.appearances.order_by("position").values_list("surgeon", flat=True)) == [
        other.pk,
        surgeon.pk,
    ]


def test_codes_and_topics_are_its_own() -> None:
    event = a_day()
    for _ in range(3):
        a_session(event)

    new = cloned(event)

    assert new.code != event.code
    assert len(set(Session.objects.values_list("code", flat=True))) == 6
    assert len(set(Session.objects.values_list("topic", flat=True))) == 6


def test_hours_stay_as_the_clock_on_the_wall_shows_them_when_summer_begins() -> None:
    event = a_day()
    session = a_session(event)  # at ten by the wall, and ten in UTC

    new = cloned(event, date(2027, 4, 3))

    assert new.starts == datetime(2027, 4, 3, 8, 0, tzinfo=UTC)
    assert new.ends == datetime(2027, 4, 3, 16, 0, tzinfo=UTC)
    copy = new.sessions.get()
    assert copy.starts.astimezone(LONDON).hour == session.starts.astimezone(LONDON).hour == 10
    assert copy.day == date(2027, 4, 3)


def test_a_later_day_stays_as_many_days_later() -> None:
    event = a_day(ends=datetime(2027, 3, 22, 17, 0, tzinfo=UTC))
    starts = event.starts + timedelta(days=2)
    a_session(event, starts=starts, ends=starts + timedelta(hours=1), day=starts.date())

    copy = cloned(event, date(2027, 1, 2)).sessions.get()

    assert (copy.day, copy.starts.date()) == (date(2027, 1, 4), date(2027, 1, 4))


def test_an_hour_that_a_change_of_the_clock_swallows_still_lasts_an_hour() -> None:
    starts = datetime(2027, 3, 20, 1, 30, tzinfo=UTC)

    begins, ends = moved(starts, starts + timedelta(minutes=30), timedelta(days=8), LONDON)

    assert ends.timestamp() - begins.timestamp() == 30 * 60


def test_nothing_anybody_sent_comes_along() -> None:
    event = a_day(closed_on=date(2027, 3, 21), purged=True, source="acronym:x", rehearsal=True)
    session = a_session(event, paused=True, slow=30, source="guid:x")
    a_shown_question(session)
    a_shown_comment(session)
    Booking.objects.create(event=event, session=session, state="here", ticket=123)
    Line.objects.create(session=session, waiting=1)

    new = cloned(event)

    copy = new.sessions.get()
    assert (new.closed, new.purged, new.rehearsal, new.join_code, new.source) == (False, False, False, "", "")
    assert (copy.paused, copy.slow, copy.source) == (False, 0, "")
    assert (
        Question.objects.filter(session=copy).exists(),
        Comment.objects.filter(session=copy).exists(),
    ) == (
        False,
        False,
    )
    assert (new.bookings.exists(), Line.objects.filter(session=copy).exists()) == (False, False)


def test_the_cloner_alone_runs_it_and_the_audit_list_says_so() -> None:
    event = a_day()
    account = a_role(event)
    a_role(event, "moderator")

    new = cloned(event, account=account)

    assert list(Role.objects.filter(event=new).values_list("account", "role")) == [(account.pk, "organiser")]
    assert set(Act.objects.filter(event=new.pk).values_list("act", "subject")) == {
        ("new-event", new.pk),
        ("clone-event", event.pk),
    }


def test_what_was_cancelled_stays_behind() -> None:
    event = a_day()
    a_session(event, state="cancelled")

    assert not cloned(event).sessions.exists()


def test_an_address_that_is_taken_clones_nothing() -> None:
    event = a_day(slug="again")

    with pytest.raises(Refusal) as refused:
        cloned(event)

    assert refused.value.code == "slug-taken"
    assert Event.objects.count() == 1


def test_thirty_sessions_take_as_many_queries_as_one() -> None:
    counted = []
    for number in (1, 30):
        event = a_day()
        room, surgeon = a_room(event), a_surgeon(event)
        for _ in range(number):
            a_session(event, room=room).appearances.create(surgeon=surgeon)
        account = a_role(event)
        with CaptureQueriesContext(connection) as asked:
            clone_event(
                account=account, event=event, title="x", slug=f"again-{number}", starts=date(2027, 5, 1)
            )
        counted.append(len(asked))

    assert counted[0] == counted[1]
