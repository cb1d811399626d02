from typing import Any
from uuid import uuid4

import pytest
from tests.askers import Phone
from tests.makers import a_day_going_on, a_session_going_on
from tests.staff import fields, problem

from equalterms.bookings.actions import end_booking
from equalterms.bookings.models import Booking
from equalterms.lib.ids import b64u
from equalterms.programme.models import Session
from equalterms.safety.models import Receipt
from equalterms.safety.profile.pepper import verifier
from equalterms.safety.profile.receipt import Secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    day = a_day_going_on(proof=True, labels=["Photos", "Scams"])
    return a_session_going_on(day, kind="workshop", capacity=2)


@pytest.fixture
def phone() -> Phone:
    return Phone()


def path(session: Session, secret: Secret) -> str:
    return f"sessions/{session.pk}/bookings/{secret.id}/"


def test_a_place_is_kept_and_its_number_told(session: Session, phone: Phone) -> None:
    secret = phone.secret(session, "booking")

    answer = phone.book(session, secret, labels=["photos"], remote=True)

    booking = Booking.objects.get()
    assert (answer.status_code, answer.json()) == (
        201,
        {"id": str(secret.id), "state": "held", "ticket": booking.ticket},
    )
    assert answer["Cache-Control"] == "no-store"
    assert (booking.pk, booking.labels, booking.remote) == (secret.id, ["Photos"], True)
    receipt = Receipt.objects.get()
    assert bytes(receipt.verifier) == verifier(session.event_id, "booking", secret.auth)


def test_booking_again_changes_nothing_and_needs_no_proof(session: Session, phone: Phone) -> None:
    secret = phone.secret(session, "booking")
    body = phone.booked(session, secret, labels=["Photos", "Scams"])

    answers = [phone.send("PUT", path(session, secret), body) for _ in range(3)]
    without = phone.send(
        "PUT", path(session, secret), body | {"proof": {"type": "none"}, "labels": ["scams", "Photos"]}
    )

    assert [answer.status_code for answer in (*answers, without)] == [201, 200, 200, 200]
    assert {answer.content for answer in (*answers, without)} == {answers[0].content}
    assert Booking.objects.count() == 1


def test_the_third_of_two_waits(session: Session, phone: Phone) -> None:
    states = [phone.book(session).json()["state"] for _ in range(3)]

    assert states == ["held", "held", "waiting"]


def test_a_proof_is_needed_and_is_given_back_when_booking_fails(session: Session, phone: Phone) -> None:
    secret = phone.secret(session, "booking")
    body = phone.booked(session, secret)

    assert problem(phone.send("PUT", path(session, secret), body | {"proof": {"type": "none"}})) == (
        403,
        "proof-needed",
    )
    asking = {"proof": phone.proof("ask", session)}
    assert problem(phone.send("PUT", path(session, secret), body | asking)) == (403, "proof-needed")
    Session.objects.update(state="cancelled")
    assert problem(phone.send("PUT", path(session, secret), body)) == (409, "bookings-closed")
    Session.objects.update(state="planned")
    assert phone.send("PUT", path(session, secret), body).status_code == 201


def test_the_same_id_with_other_wishes_is_refused(session: Session, phone: Phone) -> None:
    secret, other = phone.secret(session, "booking"), a_session_going_on(session.event)
    phone.book(session, secret, labels=["Photos"])

    assert problem(phone.book(session, secret)) == (409, "already-asked")
    assert problem(phone.book(session, secret, labels=["Photos"], remote=True)) == (409, "already-asked")
    assert problem(phone.book(other, secret, labels=["Photos"])) == (409, "already-asked")
    assert problem(phone.book(session, secret, auth=b64u(bytes(32)))) == (409, "id-taken")


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        pytest.param({"labels": ["Knitting"]}, "labels", id="not-offered"),
        pytest.param({"labels": "Photos"}, "labels", id="not-a-list"),
        pytest.param({"labels": [7]}, "labels.0", id="not-words"),
        pytest.param({"labels": ["x" * 41]}, "labels.0", id="too-long"),
        pytest.param({"labels": ["Photos"] * 6}, "labels", id="too-many"),
        pytest.param({"remote": "yes"}, "remote", id="not-a-flag"),
        pytest.param({"auth": "x"}, "auth", id="no-secret"),
        pytest.param({"reply_key": b64u(bytes(32))}, "reply_key", id="an-unusable-key"),
        pytest.param({"name": "Ann"}, "body", id="a-name"),
    ],
)
def test_what_cannot_be_booked_names_its_fields(
    session: Session, phone: Phone, sent: dict[str, Any], named: str
) -> None:
    assert fields(phone.book(session, None, **sent)) == {named}
    assert not Receipt.objects.exists()


def test_only_a_phones_own_kind_of_id_is_taken(session: Session, phone: Phone) -> None:
    body = phone.booked(session, phone.secret(session, "booking"))

    assert fields(phone.send("PUT", f"sessions/{session.pk}/bookings/{uuid4()}/", body)) == {"id"}


def test_a_booking_is_anonymous(session: Session, phone: Phone) -> None:
    secret = phone.secret(session, "booking")
    body = phone.booked(session, secret)

    for identity in ({"Cookie": "a=b"}, {"Authorization": "Bearer x"}):
        assert problem(phone.send("PUT", path(session, secret), body, **identity)) == (400, "not-anonymous")
    assert phone.send("GET", path(session, secret)).status_code == 405


def test_coming_and_cancelling_take_the_receipt(session: Session, phone: Phone) -> None:
    secret = phone.secret(session, "booking")
    ticket = phone.book(session, secret).json()["ticket"]
    here = path(session, secret) + "here/"

    come = [phone.send("POST", here, {}, **phone.receipt(secret)) for _ in range(2)]
    assert [(answer.status_code, answer.json()) for answer in come] == [
        (200, {"id": str(secret.id), "state": "here", "ticket": ticket})
    ] * 2
    assert phone.send("DELETE", path(session, secret), **phone.receipt(secret)).status_code == 204
    assert problem(phone.send("DELETE", path(session, secret), **phone.receipt(secret))) == (410, "withdrawn")
    assert problem(phone.send("POST", here, {}, **phone.receipt(secret))) == (410, "withdrawn")
    assert problem(phone.book(session, secret)) == (410, "withdrawn")


def test_a_full_workshop_and_a_booking_that_is_over_say_so(session: Session, phone: Phone) -> None:
    *_, late = own = [phone.secret(session, "booking") for _ in range(3)]
    for secret in own:
        phone.book(session, secret)

    answer = phone.send("POST", path(session, late) + "here/", {}, **phone.receipt(late))
    assert problem(answer) == (409, "session-full")
    end_booking(booking=Booking.objects.get(pk=late.id), state="left")
    for method, where, body in (("DELETE", "", None), ("POST", "here/", {})):
        answer = phone.send(method, path(session, late) + where, body, **phone.receipt(late))
        assert problem(answer) == (409, "booking-over")


def test_wrong_and_unknown_receipts_get_the_same_answer(session: Session, phone: Phone) -> None:
    known, unknown = phone.secret(session, "booking"), phone.secret(session, "booking")
    phone.book(session, known)
    wrong = {"Authorization": f"Receipt {b64u(bytes(32))}"}

    answers = [phone.send("DELETE", path(session, secret), **wrong) for secret in (known, unknown)]

    assert [problem(answer) for answer in answers] == [(404, "no-such-receipt")] * 2
    assert answers[0].content == answers[1].content


def test_a_place_at_a_draft_is_nobodys_to_book(phone: Phone) -> None:
    draft = a_session_going_on(a_day_going_on(state="draft"))
    body = {"auth": b64u(bytes(32)), "reply_key": None}

    assert problem(
        phone.send("PUT", f"sessions/{draft.pk}/bookings/{phone.secret(draft, 'booking').id}/", body)
    ) == (404, "not-found")
