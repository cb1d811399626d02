import pytest
from django.db import transaction
from tests.api.safety.actions.kept import a_kept_secret, a_review
from tests.journalled import telling
from tests.makers import a_role, a_session, an_event

from equalterms.config.clock import DUTIES
from equalterms.journal.models import Entry
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session
from equalterms.safety import actions
from equalterms.safety.models import Note, Receipt, Review, State
from equalterms.safety.profile.receipt import mailbox
from equalterms.safety.profile.sealing import unseal
from equalterms.safety.receipts import Claimed

pytestmark = pytest.mark.django_db


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


def noted(session: Session, count: int) -> list[Receipt]:
    """So many askers with a note in their box."""
    secrets = [a_kept_secret(session) for _ in range(count)]
    for secret in secrets:
        actions.leave_note(session=session, subject=secret.id, state="returned")
    return list(Receipt.objects.filter(pk__in=[secret.id for secret in secrets]))


@pytest.mark.parametrize("mixing", ["safe", "gentle"])
def test_anon_27_what_askers_outdate_leaves_together_at_a_tick_and_is_told_once(mixing: str) -> None:
    session = a_session(an_event(mixing=mixing))
    stays, *going = noted(session, 4)

    with telling() as early:
        for receipt in going:
            actions.outdate_note(session=session, receipt=receipt)
    with telling() as told:
        assert (actions.drop_outdated(), actions.drop_outdated()) == (3, 0)

    assert (early, told) == ({}, {(session.topic_id, "notes", session.pk): 1})
    assert Note.objects.get().box == mailbox(bytes(stays.reply_key or b""))


def test_where_nothing_is_mixed_an_outdated_note_goes_at_once() -> None:
    session = a_session(an_event(mixing="off"))
    (receipt,) = noted(session, 1)

    actions.outdate_note(session=session, receipt=receipt)

    assert not Note.objects.exists()


def test_what_is_said_anew_before_the_tick_stays() -> None:
    session = a_session(an_event(mixing="safe"))
    (receipt,) = noted(session, 1)
    actions.outdate_note(session=session, receipt=receipt)

    actions.leave_note(session=session, subject=receipt.pk, state="returned", words="Once more, please.")

    assert actions.drop_outdated() == 0
    assert Note.objects.count() == 1


def test_outdated_notes_are_gone_within_a_minute() -> None:
    assert {duty.name: duty.seconds for duty in DUTIES}["outdated"] <= 60
