"""What a receipt that opens nothing may tell: nothing, not even by how long the answer takes."""

import time
from collections.abc import Callable
from secrets import token_bytes
from statistics import median
from typing import Any

import pytest
from tests.askers import Phone
from tests.makers import a_day_going_on, a_session_going_on
from tests.staff import problem

from equalterms.lib.ids import b64u
from equalterms.programme.models import Session
from equalterms.safety.profile.receipt import Secret

pytestmark = pytest.mark.django_db
PAIRS = 250


@pytest.fixture
def session() -> Session:
    return a_session_going_on(a_day_going_on(proof=False))


@pytest.fixture
def kept(session: Session) -> list[Secret]:
    """The secrets of what was asked, and kept, in the session."""
    phone = Phone()
    secrets = [phone.secret(session) for _ in range(20)]
    for secret in secrets:
        assert phone.ask(session, "Words that are kept.", secret).status_code == 201
    return secrets


def lookup(auth: bytes, phone: Phone) -> Any:
    return phone.send("POST", "receipts/lookup/", {"auth": b64u(auth)})


def nearly(secret: Secret) -> bytes:
    """An `auth` that differs from a right one in its last bit."""
    return secret.auth[:-1] + bytes([secret.auth[-1] ^ 1])


def ways(session: Session, kept: list[Secret]) -> dict[str, tuple[Callable[[], Any], Callable[[], Any]]]:
    """For each address that takes a receipt: a call with a wrong one, and one with an unknown one."""
    phone = Phone()
    place = phone.secret(session, "booking")
    assert phone.book(session, place).status_code == 201

    def sent(method: str, known: bool) -> Callable[[], Any]:
        def call() -> Any:
            ident = kept[0].id if known else phone.secret(session).id
            body = {"text": "Other words."} if method == "PATCH" else None
            path = f"sessions/{session.pk}/questions/{ident}/"
            return phone.send(method, path, body, Authorization=f"Receipt {b64u(token_bytes(32))}")

        return call

    def booked(method: str, known: bool) -> Callable[[], Any]:
        def call() -> Any:
            ident = place.id if known else phone.secret(session, "booking").id
            path = f"sessions/{session.pk}/bookings/{ident}/"
            receipt = {"Authorization": f"Receipt {b64u(token_bytes(32))}"}
            return phone.send(method, path + ("here/" if method == "POST" else ""), None, **receipt)

        return call

    return {
        "looking up": (lambda: lookup(nearly(kept[0]), phone), lambda: lookup(token_bytes(32), phone)),
        "editing": (sent("PATCH", True), sent("PATCH", False)),
        "withdrawing": (sent("DELETE", True), sent("DELETE", False)),
        "coming": (booked("POST", True), booked("POST", False)),
        "cancelling": (booked("DELETE", True), booked("DELETE", False)),
    }


def timed(call: Callable[[], Any]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


@pytest.mark.parametrize("way", ["looking up", "editing", "withdrawing", "coming", "cancelling"])
def test_anon_20_wrong_and_unknown_receipts_get_the_same_bytes(
    session: Session, kept: list[Secret], way: str
) -> None:
    wrong, unknown = (call() for call in ways(session, kept)[way])

    assert problem(wrong) == problem(unknown) == (404, "no-such-receipt")
    assert wrong.content == unknown.content
    assert dict(wrong.headers) == dict(unknown.headers)


@pytest.mark.parametrize("way", ["looking up", "editing", "withdrawing", "coming", "cancelling"])
def test_anon_20_and_take_as_long(session: Session, kept: list[Secret], way: str) -> None:
    wrong, unknown = ways(session, kept)[way]
    for call in (wrong, unknown) * 5:
        call()

    pairs = [(timed(wrong), timed(unknown)) for _ in range(PAIRS)]

    medians = [median(times) for times in zip(*pairs, strict=True)]
    assert max(medians) / min(medians) < 1.2


def test_anon_20_a_thousand_wrong_receipts_lock_nobody_out(kept: list[Secret]) -> None:
    phone = Phone()
    wrong = {lookup(token_bytes(32), phone).status_code for _ in range(1_000)}

    right = lookup(kept[0].auth, phone)

    assert wrong == {404}
    assert (right.status_code, right.json()["id"]) == (200, str(kept[0].id))
