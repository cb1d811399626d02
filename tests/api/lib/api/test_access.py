import secrets
from typing import Any

import pytest
from django.test import RequestFactory
from rest_framework.request import Request
from rest_framework.response import Response
from tests.makers import an_account

from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.ids import b64u
from equalterms.people.actions import tokens_for

pytestmark = pytest.mark.django_db

RECEIPT = "Receipt " + b64u(bytes(32))


class House(ApiView):
    """A door a method."""

    doors = {"GET": Door.PUBLIC, "PUT": Door.ANONYMOUS, "PATCH": Door.RECEIPT, "POST": Door.STAFF}

    def answer(self, request: Request) -> Response:
        return Response({"auth": bool(request.auth), "user": str(request.user)})

    get = put = patch = post = answer


def call(method: str, **headers: str) -> Any:
    answer = House.as_view()(RequestFactory().generic(method, "/", headers=headers))
    answer.render()
    return answer


def said(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.data["code"]


def test_the_public_door_ignores_who_asks() -> None:
    plain = call("GET")

    assert [
        call("GET", Authorization=RECEIPT).content,
        call("GET", Authorization="Bearer nonsense", Cookie="a=b").content,
    ] == [plain.content] * 2
    assert plain["Cache-Control"] == "public, max-age=1, stale-while-revalidate=20"
    assert not plain.has_header("Vary")


@pytest.mark.parametrize(
    "headers", [{"Cookie": "a=b"}, {"Authorization": RECEIPT}, {"Authorization": "Bearer x"}]
)
def test_the_anonymous_door_refuses_to_be_told(headers: dict[str, str]) -> None:
    assert said(call("PUT", **headers)) == (400, "not-anonymous")
    assert call("PUT").status_code == 200


def test_the_receipt_door_takes_one_receipt_and_nobodys_name() -> None:
    auth = secrets.token_bytes(32)

    answer = call("PATCH", Authorization="Receipt " + b64u(auth))

    assert (answer.status_code, answer.data) == (200, {"auth": True, "user": "AnonymousUser"})
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("headers", "refusal"),
    [
        ({}, (401, "not-signed-in")),
        ({"Authorization": "Receipt"}, (401, "not-signed-in")),
        ({"Authorization": "Receipt AAAA"}, (401, "not-signed-in")),
        ({"Authorization": "Receipt \u00e9"}, (401, "not-signed-in")),
        ({"Authorization": RECEIPT + "="}, (401, "not-signed-in")),
        ({"Authorization": "Bearer x"}, (400, "not-anonymous")),
        ({"Authorization": RECEIPT, "Cookie": "a=b"}, (400, "not-anonymous")),
    ],
)
def test_the_receipt_door_refuses_anything_else(headers: dict[str, str], refusal: tuple[int, str]) -> None:
    assert said(call("PATCH", **headers)) == refusal


def test_the_staff_door_takes_a_token_of_an_account() -> None:
    account = an_account(name="Tom")
    tokens = tokens_for(account)

    assert call("POST", Authorization="Bearer " + tokens["access"]).data["user"] == "Tom"
    for header in ("", RECEIPT, "Bearer", "Bearer a b", "Bearer " + tokens["refresh"]):
        assert said(call("POST", **({"Authorization": header} if header else {}))) == (401, "not-signed-in")
    account.is_active = False
    account.save()
    assert said(call("POST", Authorization="Bearer " + tokens["access"])) == (401, "not-signed-in")


def test_a_door_that_is_not_there_is_a_wrong_method() -> None:
    assert said(call("DELETE")) == (405, "wrong-method")


def test_head_goes_through_the_door_of_get() -> None:
    answer = call("HEAD", Cookie="a=b")

    assert (answer.status_code, answer["Cache-Control"]) == (
        200,
        "public, max-age=1, stale-while-revalidate=20",
    )
