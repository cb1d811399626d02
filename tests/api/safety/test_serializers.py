from uuid import uuid4

import pytest
from tests.makers import a_session

from equalterms.lib.ids import b64u, unb64u
from equalterms.safety.models import Note
from equalterms.safety.profile.receipt import Secret
from equalterms.safety.serializers import EditSerializer, NoteSerializer, ProofSerializer, ReplyKey


def test_a_reply_key_is_a_usable_public_key_in_its_one_spelling() -> None:
    key = Secret(bytes(10), uuid4(), "question").reply_key

    assert ReplyKey().run_validation(b64u(key)) == key
    for wrong in (b64u(bytes(32)), b64u(key) + "=", b64u(key)[:-1], 7, b64u(key)[:-1] + "é"):
        with pytest.raises(Exception, match="not url-safe base64"):
            ReplyKey().run_validation(wrong)


@pytest.mark.parametrize(
    "sent", [{"type": "token"}, {"type": 1}, {}, {"type": "pow", "payload": 5}, [], None]
)
def test_a_proof_of_another_shape_is_refused(sent: object) -> None:
    assert not ProofSerializer(data=sent).is_valid()


def test_an_edit_must_hold_words_even_as_a_patch() -> None:
    assert not EditSerializer(data={}, partial=True).is_valid()
    assert EditSerializer(data={"text": "New words"}, partial=True).is_valid()


@pytest.mark.django_db
def test_a_note_is_printed_as_box_and_seal() -> None:
    note = Note(box="A" * 22, topic=a_session().topic, sealed=bytes(range(256)))

    printed = NoteSerializer(note).data

    assert sorted(printed) == ["box", "sealed"]
    assert unb64u(printed["sealed"], 256) == bytes(range(256))
