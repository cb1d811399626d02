from typing import Any

import pytest
from tests.makers import PASSWORD, a_role, a_surgeon, an_account, an_event
from tests.staff import Caller, fields, problem

from equalterms.lib.throttles import Slowdown
from equalterms.people import actions
from equalterms.people.actions import tokens_for
from equalterms.people.models import Account

pytestmark = pytest.mark.django_db

FRESH = "another-quiet-place"


@pytest.fixture(autouse=True)
def nobody_has_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "wrong_passwords", Slowdown())


def test_me_is_who_i_am_and_what_i_may_do() -> None:
    event = an_event()
    account = a_role(event, "surgeon", an_account(email="tom@example.org", name="Tom"))
    surgeon = a_surgeon(event, account=account, published=False, headline="mine", public=[])

    me = Caller(account).get("me/")

    body = me.json()
    assert (body["id"], body["email"], body["name"]) == (str(account.pk), "tom@example.org", "Tom")
    assert [(role["event"]["slug"], role["role"]) for role in body["roles"]] == [(event.slug, "surgeon")]
    assert (body["surgeon"]["id"], body["surgeon"]["headline"]) == (str(surgeon.pk), "mine")
    assert me["Cache-Control"] == "no-store"


def test_me_needs_a_token() -> None:
    assert problem(Caller().get("me/")) == (401, "not-signed-in")
    assert problem(Caller().patch("me/", {"name": "x"})) == (401, "not-signed-in")


def test_i_change_my_name() -> None:
    caller = Caller(an_account())

    assert caller.patch("me/", {"name": "  Tom   W. "}).json()["name"] == "Tom W."
    assert caller.get("me/").json()["name"] == "Tom W."


def test_a_new_password_needs_the_present_one_and_ends_every_sign_in() -> None:
    account = an_account()
    caller, elsewhere = Caller(account), tokens_for(account)["refresh"]

    assert fields(caller.patch("me/", {"password": FRESH})) == {"current_password"}
    wrong = caller.patch("me/", {"password": FRESH, "current_password": "wrong"})
    assert problem(wrong) == (401, "wrong-sign-in")
    weak = caller.patch("me/", {"password": "password123", "current_password": PASSWORD})
    assert fields(weak) == {"password"}
    assert caller.patch("me/", {"password": FRESH, "current_password": PASSWORD}).status_code == 200
    assert problem(caller.get("me/")) == (401, "signed-out")
    assert problem(Caller().post("token/refresh/", {"refresh": elsewhere})) == (401, "signed-out")
    assert Caller().post("token/", {"email": account.email, "password": FRESH}).status_code == 200


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"name": ""}, {"name"}),
        ({"name": 7}, {"name"}),
        ({"email": "x@example.org"}, {"body"}),
        ({"is_active": False}, {"body"}),
    ],
)
def test_what_is_not_mine_to_change_is_refused(given: dict[str, Any], named: set[str]) -> None:
    assert fields(Caller(an_account()).patch("me/", given)) == named


def test_i_sign_out_everywhere_at_once() -> None:
    account = an_account()
    phone, laptop, refresh = Caller(account), Caller(account), tokens_for(account)["refresh"]

    assert phone.post("me/sign-out-everywhere/").status_code == 204

    assert [problem(caller.get("me/")) for caller in (phone, laptop)] == [(401, "signed-out")] * 2
    assert problem(Caller().post("token/refresh/", {"refresh": refresh})) == (401, "signed-out")
    again = Caller().post("token/", {"email": account.email, "password": PASSWORD}).json()["access"]
    assert Caller().get("me/", Authorization=f"Bearer {again}").status_code == 200
    assert fields(Caller(Account.objects.get()).post("me/sign-out-everywhere/", {"x": 1})) == {"body"}
    assert problem(Caller().post("me/sign-out-everywhere/")) == (401, "not-signed-in")
