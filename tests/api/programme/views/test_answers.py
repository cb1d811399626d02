from typing import Any

from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from equalterms.programme.views.answers import origin, refusal


def call(host: str) -> Request:
    return Request(APIRequestFactory().get("/api/v1/events/", headers={"Host": host}))


def test_the_origin_is_the_one_that_is_set_else_the_host_asked() -> None:
    assert origin(call("day.example.org:8000")) == "http://day.example.org:8000"


def test_a_set_origin_wins_over_whatever_host_is_asked(settings: Any) -> None:
    settings.ORIGIN = "https://day.example.org"

    assert origin(call("evil.example.org")) == "https://day.example.org"


def test_a_refusal_names_its_codes() -> None:
    assert refusal("`room-in-use`").description == "`room-in-use`"
