"""A copy of an installation gives away nothing: not to whoever finds it, not to whoever opens it."""

import hashlib
import secrets
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.askers import Phone
from tests.makers import a_session, a_shown_question, an_event

from equalterms.config.backups import files
from equalterms.config.cli import main
from equalterms.lib import clock
from equalterms.lib.ids import b64u

ADDRESS = "203.0.113.77"


def a_marked_phone() -> tuple[Phone, dict[str, str]]:
    """A phone that can be known again by everything it sends along."""
    marks = {what: f"{what}-{secrets.token_hex(8)}" for what in ("agent", "referer", "device", "language")}
    phone = Phone()
    phone.client = Client(
        raise_request_exception=False,
        REMOTE_ADDR=ADDRESS,
        HTTP_USER_AGENT=marks["agent"],
        HTTP_REFERER=f"https://example.org/{marks['referer']}",
        HTTP_X_DEVICE=marks["device"],
        HTTP_ACCEPT_LANGUAGE=marks["language"],
        HTTP_X_FORWARDED_FOR=ADDRESS,
    )
    return phone, {**marks, "address": ADDRESS}


@pytest.mark.django_db(transaction=True)
def test_anon_38_a_copy_is_sealed_and_what_it_holds_tells_of_no_phone(tmp_path: Path) -> None:
    session = a_session(an_event(proof=True, review="after"))
    phone, marks = a_marked_phone()
    secret, gone = phone.secret(session), phone.secret(session)
    words = f"I live at {secrets.token_hex(10)}"
    withdrawn = f"My name is {secrets.token_hex(10)}"
    assert phone.ask(session, words, secret).status_code == 201
    assert phone.ask(session, withdrawn, gone).status_code == 201
    assert phone.vote(session, secret.id).status_code == 201
    place = f"sessions/{session.pk}/questions/{gone.id}/"
    assert phone.send("DELETE", place, **phone.receipt(gone)).status_code == 204

    assert main(["backup", str(tmp_path / "copy")]) == 0

    sealed, held = (tmp_path / "copy").read_bytes(), files.read(tmp_path / "copy")
    kept = {"words": words, "id": str(secret.id), "event": str(session.event_id)}
    assert {what: word for what, word in kept.items() if word.encode() not in held} == {}
    assert {what: word for what, word in (kept | marks).items() if word.encode() in sealed} == {}
    never = [withdrawn, *marks.values(), str(gone.id), gone.id.hex]
    never += [b64u(raw) for raw in (secret.seed, secret.auth, gone.seed, gone.auth, phone.key)]
    never += [hashlib.sha256(mark.encode()).hexdigest() for mark in marks.values()]
    never += [hashlib.md5(mark.encode()).hexdigest() for mark in marks.values()]  # noqa: S324
    assert [word for word in never if word.encode() in held] == []


@pytest.mark.django_db(transaction=True)
def test_anon_38_a_folder_of_copies_holds_seven_days_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    a_shown_question(a_session())
    for days in (1, 6, 8, 30):
        files.write(files.place_for(tmp_path, clock.now() - timedelta(days=days)), b"words")

    assert main(["backup", str(tmp_path)]) == 0

    copies = sorted(tmp_path.iterdir())
    assert len(copies) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in copies} == {0o600}
    assert list(files.ours_older_than(tmp_path, clock.now())) == []
