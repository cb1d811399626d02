"""A purged day holds what is public, and nothing that a receipt could open."""

from datetime import timedelta

import pytest
from tests.askers import Phone
from tests.makers import (
    a_role,
    a_session,
    a_session_going_on,
    a_shown_comment,
    a_shown_question,
    an_event,
)
from tests.sent import an_asked_question, review_of
from tests.staff import problem

from equalterms.bookings.models import Booking
from equalterms.desk.actions import Decision, decide
from equalterms.desk.actions.closing import close
from equalterms.desk.actions.purging import NOTHING, purge, purge_due
from equalterms.journal.models import Entry, Topic
from equalterms.lib import clock
from equalterms.lib.ids import b64u
from equalterms.people.models import Act
from equalterms.programme.models import Event
from equalterms.questions.models import Question
from equalterms.safety.models import Note, OpenedNote, Receipt, Review, Tombstone
from equalterms.safety.profile.pepper import pepper
from equalterms.threads.models import Comment, Voice

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]


def test_what_is_public_stays_and_all_else_goes() -> None:
    session = a_session()
    kept = a_shown_question(session, recap=True)
    for _ in range(2):
        Phone().vote(session, kept.pk)
    a_shown_question(session, recap=False)
    a_shown_question(session, recap=True, audience="surgeons")
    secret = an_asked_question(session)
    moderator = a_role(session.event, "moderator")
    decide(review=review_of(secret), account=moderator, decision=Decision("return", "other"))
    said = a_shown_comment(session)
    Tombstone.objects.create(mark="m", event=session.event_id)
    OpenedNote.objects.create(topic=session.topic, subject=secret.id, state="returned", text="Go away.")
    assert Note.objects.exists()

    close(event=session.event)
    purge(event=session.event)

    assert list(Question.objects.values_list("pk", "votes")) == [(kept.pk, 2)]
    assert list(Comment.objects.values_list("pk", flat=True)) == [said.pk]
    assert set(Review.objects.values_list("subject", flat=True)) == {kept.pk, said.pk}
    assert [model for model in (Receipt, Note, OpenedNote, Tombstone, Entry) if model.objects.exists()] == []
    assert Event.objects.get().purged is True


def test_of_bookings_only_how_they_ended_stays() -> None:
    session, phone = a_session_going_on(), Phone()
    secret = phone.secret(session, "booking")
    phone.book(session, secret, remote=True)
    phone.send("POST", f"sessions/{session.pk}/bookings/{secret.id}/here/", {}, **phone.receipt(secret))

    close(event=session.event)
    purge(event=session.event)

    booking = Booking.objects.get()
    assert (booking.session_id, booking.state, booking.remote) == (session.pk, "served", False)
    assert booking.pk != secret.id
    assert problem(phone.book(session, secret)) == (409, "day-is-over")


def test_the_audit_list_names_what_is_public_and_forgets_the_ids_of_the_rest() -> None:
    session = a_session()
    shown, hidden = an_asked_question(session, recap=True), an_asked_question(session)
    moderator = a_role(session.event, "moderator")
    decide(review=review_of(shown), account=moderator, decision=Decision("show"))
    decide(review=review_of(hidden), account=moderator, decision=Decision("hide", "other"))

    close(event=session.event)
    purge(event=session.event)

    assert set(Act.objects.values_list("act", "subject")) == {("show", shown.id), ("hide", NOTHING)}


def test_nobody_can_tell_a_voice_from_its_phone_and_its_number_stays() -> None:
    session = a_session()
    said = a_shown_comment(session)
    mark = bytes(said.voice.mark)
    Voice.objects.create(session=session, mark=bytes(32))

    close(event=session.event)
    purge(event=session.event)

    voice = Voice.objects.get()
    assert voice.number == 1
    assert bytes(voice.mark) != mark


def test_receipts_are_unknown_afterwards_and_no_new_pepper_is_made(settings: object) -> None:
    session, phone = a_session(), Phone()
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    place = f"sessions/{session.pk}/questions/{secret.id}/"
    key = settings.HOME / "peppers" / f"{session.event_id}.key"
    assert key.exists()
    close(event=session.event)
    purge(event=session.event)

    found = phone.send("POST", "receipts/lookup/", {"auth": b64u(secret.auth)})
    gone = phone.send("DELETE", place, **phone.receipt(secret))
    asked = phone.ask(session, "Words", secret)
    said = phone.say(session, "Words")

    assert (problem(found), problem(gone)) == ((404, "no-such-receipt"), (404, "no-such-receipt"))
    assert (problem(asked), problem(said)) == ((409, "day-is-over"), (409, "day-is-over"))
    assert not key.exists()


def test_followers_read_the_snapshot_anew() -> None:
    session = a_session()
    close(event=session.event)
    before = dict(Topic.objects.values_list("pk", "version"))

    purge(event=session.event)

    after = dict(Topic.objects.values_list("pk", "version"))
    assert {topic: after[topic] - before[topic] for topic in after} == dict.fromkeys(before, 1)


def test_other_days_keep_their_receipts() -> None:
    session, other = a_session(), a_session()
    an_asked_question(session)
    kept = an_asked_question(other)

    close(event=session.event)
    purge(event=session.event)

    assert list(Receipt.objects.values_list("pk", flat=True)) == [kept.id]
    assert Question.objects.get().pk == kept.id


def test_the_clock_purges_a_closed_day_when_its_receipts_time_is_over(settings: object) -> None:
    session = a_session(an_event(keep_days=5))
    an_asked_question(session)
    now = clock.now().replace(hour=12)
    close(event=session.event, now=now)

    early = purge_due(now + timedelta(days=4))
    late = purge_due(now + timedelta(days=5))
    again = purge_due(now + timedelta(days=6))

    assert (early, late, again) == (0, 1, 0)
    assert not Question.objects.exists()


def test_an_open_day_is_never_due() -> None:
    a_session()

    assert purge_due(clock.now() + timedelta(days=1000)) == 0


def test_a_pepper_that_a_broken_purge_left_is_swept_up(settings: object) -> None:
    event = an_event(closed_on=clock.now().date(), purged=True)
    pepper(event.pk)
    key = settings.HOME / "peppers" / f"{event.pk}.key"
    assert key.exists()

    purge_due()

    assert not key.exists()
