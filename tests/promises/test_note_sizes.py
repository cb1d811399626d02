"""What is told to one asker alone has one size, whatever is told."""

import pytest
from django.db import transaction
from tests.api.safety.actions.kept import a_kept_secret, a_review
from tests.askers import Phone
from tests.makers import a_role, a_session
from tests.sent import note_to

from equalterms.safety import actions
from equalterms.safety.models import Note, Reason, State
from equalterms.safety.profile.sealing import SEALED

LONG = "A" * 300
WORDS = ("", "No.", "x" * 400, "é" * 190, "\U0001f9e1" * 90, "Thank you — please try the next table.\n" * 9)


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.RETURNED, State.HIDDEN, State.SHOWN, State.HELD, "reply"])
def test_anon_28_a_sealed_note_is_560_bytes_whatever_it_says(state: str) -> None:
    session = a_session()
    for words in WORDS:
        secret = a_kept_secret(session)
        with transaction.atomic():
            actions.leave_note(
                session=session, subject=secret.id, state=state, reason=Reason.NAMES_SOMEBODY, words=words
            )
        assert note_to(secret)["note"] == words

    assert SEALED == 560
    assert {len(bytes(note.sealed)) for note in Note.objects.all()} == {560}


@pytest.mark.django_db
def test_anon_28_single_bulk_and_replaced_notes_look_alike_in_the_feed() -> None:
    session = a_session()
    secrets = [a_kept_secret(session) for _ in range(4)]
    one, *many = (a_review(session, subject=secret.id) for secret in secrets)
    actions.turn_down(review=one.pk, account=a_role(session.event), to=State.HIDDEN, reason="unkind", note="")
    actions.turn_down_many(
        session=session,
        reviews=[review.pk for review in many],
        to=State.RETURNED,
        reason="other",
        note="A" * 300,
    )

    notes = Phone().send("GET", f"sessions/{session.pk}/notes/").json()["notes"]

    assert {(len(note["box"]), len(note["sealed"])) for note in notes} == {(22, 747)}
    assert {frozenset(note) for note in notes} == {frozenset({"box", "sealed"})}
    assert len(notes) == 4
