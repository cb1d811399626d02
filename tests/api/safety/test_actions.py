from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from tests.makers import a_role, a_session, an_event

from equalterms.journal.models import Entry
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Act
from equalterms.programme.models import Session
from equalterms.safety import actions
from equalterms.safety.models import MOVES, Note, Receipt, Review, State
from equalterms.safety.profile.receipt import Secret
from equalterms.safety.profile.sealing import unseal
from equalterms.safety.receipts import Claimed

pytestmark = pytest.mark.django_db


def a_review(session: Session, **fields: object) -> Review:
    given = {"kind": "question", "subject": uuid4(), "topic": session.topic, "slot": clock.slot()} | fields
    return Review.objects.create(**given)


def a_kept_secret(session: Session, *, reply: bool = True) -> Secret:
    secret = Secret(uuid4().bytes[:10], session.event_id, "question")
    claimed = Claimed("question", secret.id, secret.auth, secret.reply_key if reply else None)  # type: ignore[arg-type]
    assert actions.keep_receipt(session=session, claimed=claimed)
    return secret


@pytest.mark.parametrize(("mode", "state"), [("before", State.HELD), ("after", State.SHOWN)])
def test_what_is_sent_starts_as_the_way_of_review_says(mode: str, state: str) -> None:
    session = a_session(an_event(review=mode))

    assert (
        actions.open_review(session=session, kind="question", subject=uuid4(), words="Hello").state == state
    )


def test_a_session_that_is_closed_or_cancelled_takes_nothing() -> None:
    closed = a_session(an_event(review="after"), review="closed")
    cancelled = a_session(state="cancelled")
    called_off = a_session(an_event(state="cancelled"))

    for session in (closed, cancelled, called_off):
        with pytest.raises(Refusal) as refusal:
            actions.open_review(session=session, kind="question", subject=uuid4(), words="Hello")
        assert refusal.value.code == "questions-closed"


def test_approving_shows_at_once_only_where_mixing_is_off() -> None:
    for mixing, state in (("off", State.SHOWN), ("gentle", State.APPROVED), ("safe", State.APPROVED)):
        event = an_event(mixing=mixing)
        review = a_review(a_session(event))

        found = actions.approve(review=review.pk, account=a_role(event))

        assert found.state == state
        assert Act.objects.filter(subject=review.subject, act="show").count() == 1


def test_two_moderators_cannot_both_decide() -> None:
    event = an_event()
    session = a_session(event)
    review, moderator = a_review(session), a_role(event, "moderator")
    stale = Review.objects.get(pk=review.pk)
    actions.approve(review=review.pk, account=moderator)

    with pytest.raises(Refusal) as refusal:
        actions.move(review=stale, to=State.HIDDEN, reason="other")

    assert refusal.value.code == "review-superseded"
    assert Review.objects.get(pk=review.pk).state == State.SHOWN


def test_every_move_outside_the_table_is_refused() -> None:
    session = a_session()
    for start in State.values:
        for to in set(State.values) - MOVES[start]:
            review = a_review(session, state=start)
            with pytest.raises(Refusal) as refusal:
                actions.move(review=review, to=to)
            assert refusal.value.code == "wrong-state"


def test_returning_seals_the_reason_and_note_to_the_asker_alone() -> None:
    event = an_event()
    session = a_session(event)
    secret = a_kept_secret(session)
    review = a_review(session, subject=secret.id)

    actions.turn_down(
        review=review.pk, account=a_role(event), to=State.RETURNED, reason="unkind", note="Try softer words."
    )

    note = Note.objects.get(box=secret.box)
    opened = unseal(secret.private, secret.box, bytes(note.sealed))
    assert (opened["state"], opened["reason"], opened["note"]) == ("returned", "unkind", "Try softer words.")
    assert Entry.objects.filter(topic=session.topic, kind="notes", subject=session.pk).count() == 1
    assert b"softer" not in bytes(note.sealed)


def test_a_second_note_replaces_the_first() -> None:
    session = a_session()
    secret = a_kept_secret(session)

    for state in ("returned", "reply"):
        with transaction.atomic():
            actions.leave_note(session=session, subject=secret.id, state=state)

    note = Note.objects.get()
    assert unseal(secret.private, secret.box, bytes(note.sealed))["state"] == "reply"


def test_an_asker_without_a_reply_key_gets_no_note_and_no_entry() -> None:
    session = a_session()
    secret = a_kept_secret(session, reply=False)

    assert not actions.leave_note(session=session, subject=secret.id, state="returned")
    assert not Note.objects.exists()
    assert not Entry.objects.exists()


def test_a_note_too_long_to_seal_is_refused_and_nothing_moves() -> None:
    event = an_event()
    session = a_session(event)
    secret = a_kept_secret(session)
    review = a_review(session, subject=secret.id)

    with pytest.raises(Refusal) as refusal, transaction.atomic():
        actions.turn_down(
            review=review.pk, account=a_role(event), to=State.RETURNED, reason="other", note="x" * 600
        )

    assert refusal.value.code == "note-too-long"
    assert Review.objects.get(pk=review.pk).state == State.HELD


def test_the_same_id_is_kept_for_the_first_secret_only() -> None:
    session = a_session()
    secret = a_kept_secret(session)

    thief = Claimed("question", secret.id, bytes(32))  # type: ignore[arg-type]

    assert not actions.keep_receipt(session=session, claimed=thief)
    assert Receipt.objects.count() == 1


def test_safe_mixing_lets_three_leave_together_and_fewer_only_after_ten_minutes() -> None:
    session = a_session(an_event(mixing="safe"))
    start = clock.now()
    with time_machine.travel(start, tick=False):
        due = clock.tick(actions.TICK) + actions.LONGEST_WAIT
        for _ in range(2):
            a_review(session, state=State.APPROVED, due=due)

        assert actions.release(session=session) == []
        a_review(session, state=State.APPROVED, due=due)
        assert len(actions.release(session=session)) == 3

        a_review(session, state=State.APPROVED, due=due)
        assert actions.release(session=session, now=start + timedelta(minutes=9)) == []
        assert len(actions.release(session=session, now=start + timedelta(minutes=11))) == 1
    assert not Review.objects.filter(due__isnull=False).exists()


def test_gentle_mixing_lets_go_what_is_due_and_nothing_else() -> None:
    session = a_session(an_event(mixing="gentle"))
    now = clock.tick(actions.TICK)
    due, later = (
        a_review(session, state=State.APPROVED, due=now),
        a_review(session, state=State.APPROVED, due=now + 5),
    )

    assert [review.pk for review in actions.release(session=session)] == [due.pk]
    assert Review.objects.get(pk=later.pk).state == State.APPROVED


def test_release_order_is_not_the_order_of_arrival() -> None:
    session = a_session(an_event(mixing="safe"))
    orders = set()
    for _ in range(40):
        made = [a_review(session, state=State.APPROVED, due=0) for _ in range(3)]
        place = {review.pk: number for number, review in enumerate(made)}
        orders.add(tuple(place[review.pk] for review in actions.release(session=session)))

    assert len(orders) > 2


def test_desks_see_what_was_sent_only_after_an_intake_tick() -> None:
    session = a_session(an_event(mixing="safe"))
    review = actions.open_review(session=session, kind="question", subject=uuid4(), words="Hello")

    assert not Review.objects.taken_in().exists()
    assert actions.take_in() == 1
    assert Review.objects.taken_in().get() == review


def test_with_mixing_off_desks_see_it_at_once() -> None:
    review = actions.open_review(session=a_session(), kind="question", subject=uuid4(), words="Hello")

    assert Review.objects.taken_in().get() == review


def test_wording_that_calls_for_care_is_marked_for_a_quick_answer() -> None:
    session = a_session()

    marked = [
        actions.open_review(session=session, kind="question", subject=uuid4(), words=words).care
        for words in ("I feel worthless and hopeless", "How do I block someone?")
    ]

    assert marked == [True, False]
