import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag

from equalterms.lib.ids import unb64u
from equalterms.safety.profile.receipt import Secret
from equalterms.safety.profile.sealing import SEALED, fits, is_usable, seal, unseal

VECTORS = json.loads((Path(__file__).parents[3] / "vectors" / "receipts.json").read_text())
NOTE = {"state": "returned", "reason": "off-topic", "note": "Thank you — try the next table.", "at": ""}


def a_secret() -> Secret:
    return Secret(b"0123456789", uuid4(), "question")


def test_every_note_has_one_size_and_opens_on_its_phone() -> None:
    secret = a_secret()

    for words in ("", "é" * 200):
        sealed = seal(secret.reply_key, NOTE | {"note": words})
        assert len(sealed) == SEALED
        assert unseal(secret.private, secret.box, sealed)["note"] == words


def test_no_other_phone_and_no_other_box_opens_it() -> None:
    secret, other = a_secret(), a_secret()
    sealed = seal(secret.reply_key, NOTE)

    with pytest.raises(InvalidTag):
        unseal(other.private, secret.box, sealed)
    with pytest.raises(InvalidTag):
        unseal(secret.private, other.box, sealed)


def the_secret(note: dict[str, Any]) -> Secret:
    case = VECTORS["cases"][note["case"]]
    return Secret(bytes.fromhex(case["seed"]), UUID(case["event"]), case["kind"])


@pytest.mark.parametrize("note", VECTORS["notes"], ids=lambda note: note["box"])
def test_the_shared_sealed_notes_open_here(note: dict[str, Any]) -> None:
    assert unseal(the_secret(note).private, note["box"], unb64u(note["sealed"], SEALED)) == note["plaintext"]


@pytest.mark.parametrize("note", VECTORS["notes_that_do_not_open"], ids=lambda note: note["why"])
def test_the_shared_broken_notes_stay_shut(note: dict[str, Any]) -> None:
    with pytest.raises((InvalidTag, ValueError)):
        unseal(the_secret(note).private, note["box"], unb64u(note["sealed"], SEALED))


def test_a_note_of_more_than_510_bytes_is_refused() -> None:
    longest = NOTE | {"note": ""}
    room = 510 - len(json.dumps(longest, ensure_ascii=False, separators=(",", ":")).encode())

    assert fits(NOTE | {"note": "x" * room})
    assert not fits(NOTE | {"note": "x" * (room + 1)})
    with pytest.raises(ValueError, match="too long"):
        seal(a_secret().reply_key, NOTE | {"note": "x" * (room + 1)})


def test_keys_whose_secret_is_always_zero_are_refused() -> None:
    low_order = bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")

    assert not is_usable(bytes(32))
    assert not is_usable(bytes([1]) + bytes(31))
    assert not is_usable(low_order)
    assert is_usable(a_secret().reply_key)
