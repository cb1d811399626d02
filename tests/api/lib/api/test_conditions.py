import pytest
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from equalterms.lib.api.conditions import if_match, insist, tagged, unless_known
from equalterms.lib.etags import etag
from equalterms.lib.refusal import Refusal


def call(**headers: str) -> Request:
    return Request(APIRequestFactory().get("/", headers=headers))


def test_what_is_known_is_not_made_again() -> None:
    made = []

    answer = unless_known(call(**{"If-None-Match": etag(7)}), 7, lambda: made.append("again"))

    assert (answer.status_code, answer.data, answer["ETag"], made) == (304, None, etag(7), [])


@pytest.mark.parametrize("headers", [{}, {"If-None-Match": etag(6)}])
def test_what_is_new_is_answered_with_its_tag(headers: dict[str, str]) -> None:
    answer = unless_known(call(**headers), 7, lambda: {"a": 1})

    assert (answer.status_code, answer.data, answer["ETag"]) == (200, {"a": 1}, etag(7))
    assert tagged({}, 7, 201).status_code == 201


def test_a_change_must_say_what_it_is_of() -> None:
    with pytest.raises(Refusal) as refusal:
        if_match(call())

    assert (refusal.value.status, refusal.value.code) == (428, "precondition-required")


@pytest.mark.parametrize("said", [etag(7), etag(7, "gzip"), "W/" + etag(7, "br"), f'"x", {etag(7)}', "*"])
def test_a_change_of_the_present_version_is_let_through(said: str) -> None:
    insist(if_match(call(**{"If-Match": said})), 7)


@pytest.mark.parametrize("said", [etag(6), '"7"', "7", "é"])
def test_a_change_of_another_version_is_told_the_present_one(said: str) -> None:
    with pytest.raises(Refusal) as refusal:
        insist(said, 7)

    assert (refusal.value.status, refusal.value.code) == (412, "changed-meanwhile")
    assert refusal.value.errors == [{"attr": "If-Match", "code": "current", "detail": etag(7)}]
