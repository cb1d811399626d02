"""The database alone opens nothing: not a receipt, not a reply."""

import secrets
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from tests.makers import a_role, a_session
from tests.sent import SHOW, an_asked_question, note_to, review_of

from equalterms.desk.actions import decide
from equalterms.lib.ids import b64u
from equalterms.questions import actions as questions
from equalterms.questions.models import Audience
from equalterms.safety.models import Note, Receipt
from equalterms.safety.profile import pepper
from equalterms.safety.profile.sealing import unseal

pytestmark = pytest.mark.django_db


def test_anon_21_with_the_rows_and_the_auth_but_not_the_pepper_no_receipt_is_verified() -> None:
    session = a_session()
    secret = an_asked_question(session)
    kept = bytes(Receipt.objects.get(pk=secret.id).verifier)
    assert pepper.verifier(session.event_id, "question", secret.auth) == kept

    path = Path(settings.HOME) / "peppers" / f"{session.event_id}.key"
    known = [
        secrets.token_bytes(32), bytes(32), session.event_id.bytes * 2, secret.id.bytes * 2,
        settings.SECRET_KEY.encode(), str(session.event_id).encode(),
    ]  # fmt: skip
    for guess in known:
        path.write_bytes(guess)
        pepper.kept.clear()
        assert pepper.verifier(session.event_id, "question", secret.auth) != kept


def test_anon_21_the_pepper_lies_outside_the_database_and_differs_from_day_to_day() -> None:
    one, other = a_session().event_id, a_session().event_id
    auth = secrets.token_bytes(32)

    assert pepper.verifier(one, "question", auth) != pepper.verifier(other, "question", auth)
    for event in (one, other):
        path = Path(settings.HOME) / "peppers" / f"{event}.key"
        assert path.stat().st_mode & 0o777 == 0o600
        assert len(path.read_bytes()) == 32


def test_anon_30_only_the_askers_key_and_box_open_a_reply() -> None:
    session = a_session()
    account = a_role(session.event)
    secret = an_asked_question(session, audience=Audience.SURGEONS)
    decide(review=review_of(secret), account=account, decision=SHOW)
    questions.answer(question=secret.id, account=account, text="Only you read this.")
    sealed = bytes(Note.objects.get(box=secret.box).sealed)

    assert note_to(secret)["note"] == "Only you read this."
    assert b"Only you" not in sealed
    wrong = [
        (secret.private, b64u(secrets.token_bytes(16))),
        (secret.private, an_asked_question(session).box),
        (X25519PrivateKey.generate(), secret.box),
    ]
    for private, box in wrong:
        with pytest.raises(InvalidTag):
            unseal(private, box, sealed)
