import secrets
from uuid import UUID, uuid4

import pytest
from tests.api.safety.profile.test_sealing import VECTORS, the_secret

from equalterms.lib.ids import unb64u
from equalterms.safety.profile.opening import opened_with, opening_of
from equalterms.safety.profile.receipt import Secret
from equalterms.safety.profile.sealing import SEALED, seal

NOTE = {"state": "reply", "reason": "", "note": "That was a silly question.", "at": ""}


def a_secret() -> Secret:
    return Secret(secrets.token_bytes(10), uuid4(), "question")


@pytest.mark.parametrize("note", VECTORS["notes"], ids=lambda note: note["box"])
def test_the_shared_sealed_notes_open_by_their_shared_secret_alone(note: dict[str, str]) -> None:
    sealed = unb64u(note["sealed"], SEALED)
    opening = opening_of(the_secret(note).private, sealed)

    assert opened_with(opening, note["box"], sealed) == note["plaintext"]


def test_the_opening_of_one_note_opens_no_other_and_is_not_the_key() -> None:
    secret = a_secret()
    first, second = (seal(secret.reply_key, NOTE) for _ in range(2))
    opening = opening_of(secret.private, first)

    assert opened_with(opening, secret.box, first) == NOTE
    assert opened_with(opening, secret.box, second) is None
    assert opened_with(secret.private.private_bytes_raw(), secret.box, first) is None


def test_nothing_that_was_changed_opens_and_no_other_box() -> None:
    secret = a_secret()
    sealed = seal(secret.reply_key, NOTE)
    opening = opening_of(secret.private, sealed)

    for place in (32, 300, 559):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert opened_with(opening, secret.box, changed) is None
    assert opened_with(opening, a_secret().box, sealed) is None
    assert opened_with(secrets.token_bytes(32), secret.box, sealed) is None


def test_what_a_phone_sealed_to_itself_is_no_note_of_ours() -> None:
    """Whoever asks can seal words to their own key; but only what lies in their box is ever read."""
    secret = Secret(bytes(10), UUID(int=1), "question")
    ours, theirs = seal(secret.reply_key, NOTE), seal(secret.reply_key, NOTE | {"note": "Made up."})

    assert opened_with(opening_of(secret.private, theirs), secret.box, ours) is None
