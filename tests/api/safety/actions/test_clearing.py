import pytest
from tests.api.safety.actions.kept import a_kept_secret, a_review
from tests.journalled import telling
from tests.makers import a_role, a_session
from tests.sent import note_to

from equalterms.lib.refusal import Refusal
from equalterms.people.models import Act
from equalterms.programme.models import Session
from equalterms.safety import actions
from equalterms.safety.actions.clearing import MOST_NOTES
from equalterms.safety.models import Claim, Note, Review, State

pytestmark = pytest.mark.django_db


def notes_in(session: Session, count: int) -> None:
    Note.objects.bulk_create(
        Note(box=f"box-{number}", topic=session.topic, sealed=bytes(560)) for number in range(count)
    )


def cleared(session: Session, *reviews: Review, note: str = "") -> int:
    idents = [review.pk for review in reviews]
    return actions.turn_down_many(
        session=session, reviews=idents, to=State.RETURNED, reason="unkind", note=note
    )


def test_many_are_turned_down_with_one_reason_and_one_word_to_the_journal() -> None:
    session = a_session()
    secrets = [a_kept_secret(session) for _ in range(3)]
    reviews = [a_review(session, subject=secret.id) for secret in secrets]

    with telling() as told:
        assert cleared(session, *reviews, note="Softer, please.") == 3

    assert [note_to(secret) for secret in secrets] == [
        {"state": "returned", "reason": "unkind", "note": "Softer, please."}
    ] * 3
    assert told == {(session.topic_id, "notes", session.pk): 1}


def test_what_was_decided_meanwhile_is_left_as_it_is() -> None:
    session = a_session()
    held, shown = a_review(session), a_review(session, state=State.SHOWN)

    assert cleared(session, held, shown) == 1
    assert Review.objects.get(pk=shown.pk).state == State.SHOWN


def test_what_waited_outside_is_seen_by_desks_once_it_is_decided() -> None:
    session = a_session()
    review = a_review(session, due=0, coded=True, care=True)

    cleared(session, review)

    found = Review.objects.get(pk=review.pk)
    assert (found.state, found.taken_in, found.coded, found.due, found.care) == (
        State.RETURNED, True, False, None, False,
    )  # fmt: skip


def test_nobody_has_to_see_to_it_any_more_and_earlier_decisions_stand() -> None:
    session = a_session()
    review, account = a_review(session), a_role(session.event)
    Claim.objects.create(topic=session.topic, subject=review.subject, account=account)
    Act.objects.create(
        account=account, event=session.event_id, act="show", kind="question", subject=review.subject, slot=0,
        until=1, undo={"state": "held"},
    )  # fmt: skip

    cleared(session, review)

    assert not Claim.objects.exists()
    assert Act.objects.get().undo == {}


def test_a_feed_of_a_thousand_notes_gets_none_from_a_bulk_return_and_one_from_a_single() -> None:
    session = a_session()
    notes_in(session, MOST_NOTES - 2)
    secrets = [a_kept_secret(session) for _ in range(5)]
    *many, single = (a_review(session, subject=secret.id) for secret in secrets)

    assert cleared(session, *many) == 4
    assert Note.objects.count() == MOST_NOTES

    actions.turn_down(review=single.pk, account=a_role(session.event), to=State.RETURNED, reason="unkind")

    assert Note.objects.count() == MOST_NOTES + 1


def test_a_note_too_long_to_seal_is_refused_and_nothing_moves() -> None:
    session = a_session()
    review = a_review(session)

    with pytest.raises(Refusal) as refusal:
        cleared(session, review, note="x" * 600)

    assert refusal.value.code == "note-too-long"
    assert Review.objects.get().state == State.HELD


def test_those_without_a_key_are_turned_down_without_a_note() -> None:
    session = a_session()
    secret = a_kept_secret(session, reply=False)

    assert cleared(session, a_review(session, subject=secret.id)) == 1
    assert not Note.objects.exists()
