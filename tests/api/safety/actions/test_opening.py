from typing import Any
from uuid import uuid4

import pytest
from tests.makers import a_role, a_session, an_event
from tests.racing import together
from tests.sent import an_asked_question, opened_by, review_of

from equalterms.desk.actions import Decision, decide
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.safety import actions
from equalterms.safety.models import Note, OpenedNote, Receipt, Review
from equalterms.safety.profile.opening import opening_of
from equalterms.safety.profile.receipt import Secret

pytestmark = pytest.mark.django_db


def a_returned_question(session: Session, note: str = "Do not waste our time.") -> Secret:
    secret = an_asked_question(session)
    returned = Decision("return", "other", note)
    decide(review=review_of(secret), account=a_role(session.event, "moderator"), decision=returned)
    return secret


def opening(secret: Secret) -> bytes:
    return opening_of(secret.private, bytes(Note.objects.get(box=secret.box).sealed))


def read(secret: Secret, with_opening: bytes) -> Any:
    return actions.read_note(receipt=Receipt.objects.get(pk=secret.id), opening=with_opening)


def show(secret: Secret) -> None:
    said = read(secret, opening(secret))
    actions.open_to_lead(receipt=Receipt.objects.get(pk=secret.id), said=said, by=None)


def test_what_is_read_is_the_note_that_lies_in_the_box() -> None:
    secret = a_returned_question(a_session())

    assert read(secret, opening(secret)) == opened_by(secret)
    assert read(secret, opening(secret))["note"] == "Do not waste our time."


def test_a_note_that_was_replaced_another_ones_and_one_without_words_are_refused() -> None:
    session = a_session()
    secret, other, wordless = (
        a_returned_question(session), a_returned_question(session), a_returned_question(session, ""),
    )  # fmt: skip
    before, others = opening(secret), opening(other)
    actions.leave_note(session=session, subject=secret.id, state="returned", words="Other words.")

    for receipt, tried in ((secret, before), (secret, others), (wordless, opening(wordless))):
        with pytest.raises(Refusal) as refused:
            read(receipt, tried)
        assert (refused.value.code, refused.value.status) == ("cannot-open-note", 409)
    assert not OpenedNote.objects.exists()


def test_the_words_are_kept_once_and_call_for_care_whatever_was_decided() -> None:
    secret = a_returned_question(a_session())

    show(secret)
    show(secret)

    kept = OpenedNote.objects.get()
    assert (kept.subject, kept.state, kept.text) == (secret.id, "returned", "Do not waste our time.")
    assert (kept.taken_in, Review.objects.get().care) == (True, True)


def test_anon_27_where_the_day_mixes_it_comes_before_desks_at_an_intake_tick() -> None:
    secret = a_returned_question(a_session(an_event(mixing="safe")))

    show(secret)

    assert (OpenedNote.objects.get().taken_in, Review.objects.get().care) == (False, False)
    assert actions.take_in_opened() == 1
    assert (OpenedNote.objects.get().taken_in, Review.objects.get().care) == (True, True)
    assert actions.take_in_opened() == 0


def test_withdrawing_takes_the_words_away_too() -> None:
    session = a_session()
    secret, other = a_returned_question(session), a_returned_question(session)
    show(secret)
    show(other)

    questions.withdraw(session=session, ident=secret.id, auth=secret.auth)

    assert OpenedNote.objects.get().subject == other.id


def test_an_edit_keeps_them_for_the_safety_lead() -> None:
    session = a_session()
    secret = a_returned_question(session)
    show(secret)

    questions.edit(session=session, ident=secret.id, auth=secret.auth, text="Other words")

    assert OpenedNote.objects.get().subject == secret.id


@pytest.mark.django_db(transaction=True)
def test_whoever_withdraws_while_showing_it_leaves_nothing() -> None:
    for _ in range(3):
        session = a_session()
        secret = a_returned_question(session)
        found = opening(secret)
        receipt = Receipt.objects.get(pk=secret.id)
        said = actions.read_note(receipt=receipt, opening=found)

        together(
            lambda receipt=receipt, said=said: actions.open_to_lead(receipt=receipt, said=said, by=uuid4()),  # type: ignore[misc]
            lambda session=session, secret=secret: questions.withdraw(  # type: ignore[misc]
                session=session, ident=secret.id, auth=secret.auth
            ),
        )

        assert not Receipt.objects.filter(pk=secret.id).exists()
        assert not OpenedNote.objects.filter(subject=secret.id).exists()


@pytest.mark.django_db(transaction=True)
def test_shown_five_times_at_once_it_is_kept_once() -> None:
    secret = a_returned_question(a_session())
    found = opening(secret)
    receipt = Receipt.objects.get(pk=secret.id)
    said = actions.read_note(receipt=receipt, opening=found)

    done = together(*(lambda: actions.open_to_lead(receipt=receipt, said=said, by=None) for _ in range(5)))

    assert done == [None] * 5
    assert OpenedNote.objects.count() == 1
