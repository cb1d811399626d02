"""A rehearsal that leaves nothing behind."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from tests.askers import Phone
from tests.makers import a_role, a_session, a_shown_comment, a_shown_question, a_surgeon, an_event
from tests.sent import an_asked_question, review_of

from equalterms.bookings.models import Booking, HeadCount, HelpGiven, Line, Presence
from equalterms.desk.actions import Decision, decide
from equalterms.desk.actions.closing import close, close_overdue
from equalterms.desk.actions.purging import NOTHING
from equalterms.desk.days.actions import SENT, end_rehearsals, rehearse
from equalterms.journal.models import Entry, Topic
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Act
from equalterms.programme.models import Event, Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question, Spotlight
from equalterms.safety.models import Claim, OpenedNote, Tombstone

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]
# What staff made, or the day itself: it stays.
STAYS = {"Act", "Entry", "Session", "Event", "Topic"}


def tomorrow(**fields: Any) -> Event:
    starts = clock.now() + timedelta(days=1)
    return an_event(**({"starts": starts, "ends": starts + timedelta(hours=8)} | fields))


def a_rehearsed_day() -> Session:
    """A day with a row in every table that askers, and staff because of them, write."""
    session = a_session(tomorrow(rehearsal=True))
    event, phone = session.event, Phone()
    shown, said = a_shown_question(session), a_shown_comment(session)
    a_shown_question(session, merged_into=shown)
    phone.vote(session, shown.pk)
    phone.react(session, said.pk)
    phone.report(session, "question", shown.pk)
    questions.answer(question=shown.pk, account=a_role(event), text="Like this.")
    decide(
        review=review_of(an_asked_question(session)),
        account=a_role(event, "moderator"),
        decision=Decision("return", "other"),
    )
    Claim.objects.create(topic=session.topic, subject=uuid4(), account=a_role(event))
    OpenedNote.objects.create(topic=session.topic, subject=uuid4(), state="reply", text="Go away.")
    Tombstone.objects.create(mark=uuid4().hex, event=event.pk)
    Spotlight.objects.create(session=session, question=shown)
    Booking.objects.create(event=event, session=session, state="here", ticket=100)
    Booking.objects.create(event=event, state="spare", ticket=101)
    Line.objects.create(session=session, waiting=1)
    Presence.objects.create(event=event, surgeon=a_surgeon(event), state="here")
    HeadCount.objects.create(counter=uuid4(), session=session, heads=3)
    HelpGiven.objects.create(event=session.event, label="Photos", people=3)
    return session


def counted() -> dict[str, int]:
    """How many rows there are in each table that is written in a rehearsal."""
    return {model.__name__: model._default_manager.count() for model in SENT if model.__name__ not in STAYS}


def test_all_that_was_sent_is_gone_when_it_ends() -> None:
    event = a_rehearsed_day().event
    organiser = a_role(event)
    assert [name for name, rows in counted().items() if not rows] == []

    rehearse(event=event, account=organiser, on=False)

    assert counted() == dict.fromkeys(counted(), 0)
    assert Session.objects.count() == 1
    assert not Event.objects.get().rehearsal


def test_every_table_that_askers_write_is_wiped() -> None:
    """A new one belongs into the list, or here."""
    folders = ("safety", "questions", "threads", "bookings")
    theirs = {model.__name__ for folder in folders for model in apps.get_app_config(folder).get_models()}

    assert theirs - {model.__name__ for model in SENT} == set()


def test_other_days_keep_all_they_have() -> None:
    event = a_rehearsed_day().event
    before = counted()
    a_rehearsed_day()
    both = counted()

    rehearse(event=event, account=a_role(event), on=False)

    assert counted() == {name: both[name] - before[name] for name in before}


def test_the_audit_list_says_when_it_began_and_ended_and_names_no_id_of_an_asker() -> None:
    event = tomorrow()
    organiser = a_role(event)
    session = a_session(event)

    rehearse(event=event, account=organiser, on=True)
    decide(
        review=review_of(an_asked_question(session)), account=organiser, decision=Decision("hide", "other")
    )
    rehearse(event=event, account=organiser, on=False)

    assert set(Act.objects.values_list("act", "subject", "undo")) == {
        ("rehearsal-on", event.pk, None),
        ("hide", NOTHING, None),
        ("rehearsal-off", event.pk, None),
    }


def test_followers_are_told_and_read_anew_when_it_ends() -> None:
    session = a_session(tomorrow())
    organiser = a_role(session.event)

    rehearse(event=session.event, account=organiser, on=True)
    told = set(Entry.objects.values_list("topic", "kind"))
    before = dict(Topic.objects.values_list("pk", "version"))
    rehearse(event=session.event, account=organiser, on=False)

    assert told == {(session.event.day_id, "event"), (session.event.now_id, "event")}
    assert not Entry.objects.exists()
    after = dict(Topic.objects.values_list("pk", "version"))
    assert {after[topic] - before[topic] for topic in after} == {1}


def test_beginning_or_ending_twice_changes_nothing() -> None:
    event = tomorrow()
    organiser = a_role(event)
    rehearse(event=event, account=organiser, on=False)
    assert not Act.objects.exists()

    rehearse(event=event, account=organiser, on=True)
    an_asked_question(a_session(event))
    rehearse(event=event, account=organiser, on=True)

    assert Act.objects.count() == 1
    assert Question.objects.count() == 1


def test_what_was_sent_outside_a_rehearsal_is_never_wiped() -> None:
    session = a_session(tomorrow())
    organiser = a_role(session.event)
    an_asked_question(session)

    with pytest.raises(Refusal, match="wrong-state"):
        rehearse(event=session.event, account=organiser, on=True)
    rehearse(event=session.event, account=organiser, on=False)

    assert Question.objects.count() == 1


def test_it_ends_by_itself_when_the_day_begins() -> None:
    event = a_rehearsed_day().event

    early = end_rehearsals(event.starts - timedelta(seconds=1))
    late = end_rehearsals(event.starts)
    again = end_rehearsals(event.starts)

    assert (early, late, again) == (0, 1, 0)
    assert not Question.objects.exists()
    assert not Act.objects.filter(act="rehearsal-off").exists()


def test_a_day_that_is_dated_anew_rehearses_until_somebody_ends_it() -> None:
    event = tomorrow(rehearsal=True, clock_offset=-3600)

    assert end_rehearsals(event.ends) == 0
    assert Event.objects.get().rehearsal


def test_a_day_in_rehearsal_is_not_closed() -> None:
    event = tomorrow(rehearsal=True)

    with pytest.raises(Refusal, match="wrong-state"):
        close(event=event)

    assert close_overdue(event.ends + timedelta(days=100)) == 0
    assert not Event.objects.get().closed
