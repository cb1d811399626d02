import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.signing import Signer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ModelSerializer
from rest_framework.test import APIRequestFactory
from tests.makers import a_room, an_event

from equalterms.lib import pages
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Event, Room

pytestmark = pytest.mark.django_db

ORDER = ["-position", "id"]


class Named(ModelSerializer[Room]):
    class Meta:
        model = Room
        fields = ["name"]


@pytest.fixture
def event() -> Event:
    event = an_event()
    for number in range(7):
        a_room(event, name=str(number), position=number // 2)
    return event


def page(event: Event, url: str = "/rooms/?page_size=3", order: list[str] = ORDER) -> Response:
    return pages.page(Request(APIRequestFactory().get(url)), event.rooms.all(), order, Named)


def names(answer: Response) -> list[str]:
    return [row["name"] for row in answer.data["results"]]


def walk(event: Event, answer: Response, way: str) -> list[list[str]]:
    found = [names(answer)]
    while url := answer.data[way]:
        answer = page(event, url)
        found.append(names(answer))
    return found


def test_pages_hold_every_row_once_there_and_back(event: Event) -> None:
    everything = [room.name for room in event.rooms.order_by(*ORDER)]
    first = page(event)

    there = walk(event, first, "next")
    last = first
    while last.data["next"]:
        last = page(event, last.data["next"])
    back = walk(event, last, "previous")

    assert [len(found) for found in there] == [3, 3, 1]
    assert [name for found in there for name in found] == everything
    assert [name for found in reversed(back) for name in found] == everything


def test_rows_added_meanwhile_move_nothing(event: Event) -> None:
    first = page(event)
    a_room(event, name="new", position=9)

    second = page(event, first.data["next"])

    assert not set(names(first)) & set(names(second))
    assert "new" not in names(second)


def test_links_are_said_in_the_header_too(event: Event) -> None:
    first = page(event)
    second = page(event, first.data["next"])

    assert first["Link"] == f'<{first.data["next"]}>; rel="next"'
    assert second["Link"] == f'<{second.data["next"]}>; rel="next", <{second.data["previous"]}>; rel="prev"'
    assert not page(event, "/rooms/").has_header("Link")


def test_links_repeat_what_was_chosen_and_nothing_else_of_the_address(event: Event) -> None:
    answer = page(event, "/rooms/?page_size=3&utm_source=ward-7&sort=votes&fbclid=jo")

    query = parse_qs(urlsplit(answer.data["next"]).query)
    assert {name: said for name, said in query.items() if name != "cursor"} == {
        "page_size": ["3"],
        "sort": ["votes"],
    }
    assert "ward-7" not in answer["Link"]


def test_an_empty_list_is_one_empty_page() -> None:
    assert page(an_event()).data == {"next": None, "previous": None, "results": []}


@pytest.mark.parametrize("size", ["0", "201", "-1", "1.0", "x", "", "\u0661", "9" * 5000])
def test_a_page_size_out_of_bounds_is_refused(event: Event, size: str) -> None:
    with pytest.raises(Refusal) as refusal:
        page(event, f"/rooms/?page_size={size}")

    assert (refusal.value.status, refusal.value.errors[0]["attr"]) == (400, "page_size")


@pytest.mark.parametrize("size", ["1", "200"])
def test_a_page_size_within_bounds_is_taken(event: Event, size: str) -> None:
    assert len(names(page(event, f"/rooms/?page_size={size}"))) == min(int(size), 7)


def forged(body: Any) -> str:
    return json.dumps(body).encode().hex() + "." + Signer(salt="elsewhere").signature("x")[:16]


@pytest.mark.parametrize("cursor", ["x", "ff", "7b7d.", ".", "7b7d.aa", "forged", "\u00e9"])
def test_a_cursor_that_is_not_ours_is_refused(event: Event, cursor: str) -> None:
    cursor = forged([0, "1", "2"]) if cursor == "forged" else cursor
    with pytest.raises(Refusal) as refusal:
        page(event, f"/rooms/?cursor={cursor}")

    assert (refusal.value.status, refusal.value.errors[0]["attr"]) == (400, "cursor")


def test_a_cursor_of_another_order_is_refused(event: Event) -> None:
    url = page(event).data["next"]

    with pytest.raises(Refusal):
        page(event, url, ["name", "id"])
