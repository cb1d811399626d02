from datetime import timedelta
from typing import Any

import pytest
import time_machine
from tests.makers import PASSWORD, an_account
from tests.staff import Caller, fields, problem

from equalterms.lib import clock
from equalterms.lib.throttles import Slowdown
from equalterms.people import actions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "wrong_passwords", Slowdown())


def sign_in(email: str, password: str = PASSWORD) -> Any:
    return Caller().post("token/", {"email": email, "password": password})


def test_signing_in_gives_tokens_and_no_cookie() -> None:
    account = an_account()

    answer = sign_in(account.email)

    assert (answer.status_code, set(answer.json())) == (200, {"access", "refresh"})
    assert answer["Cache-Control"] == "no-store"
    assert not answer.has_header("Set-Cookie")
    me = Caller().get("me/", Authorization="Bearer " + answer.json()["access"])
    assert me.json()["id"] == str(account.pk)


def test_a_wrong_sign_in_gives_one_answer_whatever_was_wrong() -> None:
    account = an_account()

    wrong = [sign_in(account.email, "wrong"), sign_in("nobody@example.org")]

    assert [problem(answer) for answer in wrong] == [(401, "wrong-sign-in")] * 2
    assert wrong[0].content == wrong[1].content


def test_guessing_is_told_how_long_to_wait() -> None:
    account = an_account()
    for _ in range(5):
        assert not sign_in(account.email, "wrong").has_header("Retry-After")

    sixth, seventh = sign_in(account.email, "wrong"), sign_in(account.email)

    assert (problem(sixth), sixth["Retry-After"]) == ((401, "wrong-sign-in"), "1")
    assert (problem(seventh), seventh["Retry-After"]) == ((429, "slow-down"), "1")


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, {"email", "password"}),
        ({"email": "a@example.org"}, {"password"}),
        ({"email": 1, "password": 2}, {"email", "password"}),
        ({"email": None, "password": ["x"]}, {"email", "password"}),
        ({"email": "a@example.org", "password": "x" * 201}, {"password"}),
        ({"email": "a@example.org\u0000", "password": "\u0000"}, {"email", "password"}),
        ({"email": "\ud800", "password": "\ud800"}, {"email", "password"}),
        ({"email": "a@example.org", "password": "x", "remember": True}, {"body"}),
    ],
)
def test_a_sign_in_of_another_shape_names_the_fields(body: dict[str, Any], named: set[str]) -> None:
    assert fields(Caller().post("token/", body)) == named


@pytest.mark.parametrize("path", ["token/", "token/refresh/", "token/revoke/"])
@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"{", "not-json"), (b'{"email": "\xff"}', "not-json"), (b"[]", "invalid"), (b"1", "invalid")],
)
def test_what_is_no_json_object_is_refused(path: str, content: bytes, refusal: str) -> None:
    assert problem(Caller().send("POST", path, content)) == (400, refusal)


@pytest.mark.parametrize("path", ["token/", "token/refresh/", "token/revoke/"])
def test_tokens_are_only_posted(path: str) -> None:
    assert [problem(Caller().send(method, path)) for method in ("GET", "PUT", "PATCH", "DELETE")] == [
        (405, "wrong-method")
    ] * 4


def test_a_refresh_token_is_exchanged_and_revoked_quietly() -> None:
    first = sign_in(an_account().email).json()["refresh"]

    second = Caller().post("token/refresh/", {"refresh": first}).json()["refresh"]

    assert second != first
    with time_machine.travel(clock.now() + timedelta(minutes=2)):
        assert problem(Caller().post("token/refresh/", {"refresh": first})) == (401, "signed-out")
    assert Caller().post("token/revoke/", {"refresh": second}).status_code == 204
    assert Caller().post("token/revoke/", {"refresh": "not ours"}).status_code == 204
    assert problem(Caller().post("token/refresh/", {"refresh": second})) == (401, "signed-out")


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", "é"])
def test_a_foreign_token_opens_nothing(token: str) -> None:
    assert problem(Caller().get("me/", Authorization=f"Bearer {token}")) == (401, "not-signed-in")
