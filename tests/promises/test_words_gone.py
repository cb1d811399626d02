"""What an asker changed or withdrew is in no table any more, whatever was done with it before."""

import pytest
from django.db import connection
from tests.askers import Phone
from tests.makers import a_role, a_session, an_event
from tests.sent import review_of
from tests.staff import Caller

from equalterms.programme.models import Session
from equalterms.safety.models import Receipt
from equalterms.safety.profile.receipt import Secret

pytestmark = pytest.mark.django_db

OLD, NEW = "Quetzalwort is what I was called.", "Something else altogether."


def spelled(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def tables_with(*needles: bytes) -> set[str]:
    """Every table of this database that holds one of the needles in any column of any row."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                kept = b"\0".join(spelled(value) for value in row)
                if any(needle in kept or needle.hex().encode() in kept for needle in needles):
                    found.add(table)
    return found


def traces(secret: Secret) -> list[bytes]:
    """What ties a row to the phone that sent it: the verifier, the public key, the name of its box."""
    verifier = Receipt.objects.values_list("verifier", flat=True).get(pk=secret.id)
    return [bytes(verifier), secret.reply_key, secret.box.encode(), secret.auth]


def sent(session: Session, kind: str) -> tuple[Phone, Secret, str]:
    """Sent, returned with a note, shown after all, met by others: as much as can happen to it."""
    phone, desk = Phone(), Caller(a_role(session.event, "moderator"))
    secret = phone.secret(session, kind)
    done = (phone.ask if kind == "question" else phone.say)(session, OLD, secret)
    assert done.status_code == 201
    review = f"desk/reviews/{review_of(secret)}/"
    assert desk.post(review + "return/", {"reason": "other", "note": "Why?"}).status_code == 200
    assert desk.post(review + "show/").status_code == 200
    met = Phone().vote(session, secret.id) if kind == "question" else Phone().react(session, secret.id)
    assert met.status_code == 201
    if kind == "question":
        _merge(session, desk, review)
    return phone, secret, f"sessions/{session.pk}/{kind}s/{secret.id}/"


def _merge(session: Session, desk: Caller, review: str) -> None:
    other = Phone().secret(session)
    Phone().ask(session, "Another question", other)
    assert desk.post(review + "merge/", {"into": str(review_of(other))}).status_code == 200


@pytest.mark.parametrize("kind", ["question", "comment"])
def test_anon_12_an_edit_leaves_no_old_word_in_any_table(kind: str) -> None:
    session = a_session(an_event(proof=True))
    phone, secret, path = sent(session, kind)
    assert tables_with(OLD.encode()) == {f"{kind}s_question" if kind == "question" else "threads_comment"}

    proof = phone.proof("ask" if kind == "question" else "say", session)
    answer = phone.send("PATCH", path, {"text": NEW, "proof": proof}, **phone.receipt(secret))

    assert answer.status_code == 200
    assert tables_with(OLD.encode(), b"Quetzalwort") == set()
    assert len(tables_with(NEW.encode())) == 1


@pytest.mark.parametrize("kind", ["question", "comment"])
def test_anon_12_a_withdrawal_leaves_no_word_and_no_tie_to_the_phone_in_any_table(kind: str) -> None:
    session = a_session(an_event(proof=True))
    phone, secret, path = sent(session, kind)
    ties = traces(secret)
    assert {"safety_receipt", "safety_note"} <= tables_with(*ties)  # there was something to leave behind

    assert phone.send("DELETE", path, **phone.receipt(secret)).status_code == 204

    assert tables_with(OLD.encode(), b"Quetzalwort") == set()
    assert tables_with(*ties) == set()
