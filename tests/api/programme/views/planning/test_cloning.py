"""Cloning a day over the wire."""

from datetime import UTC, datetime

import pytest
from tests.makers import a_role, a_session, an_event
from tests.staff import Caller, fields, problem

from equalterms.programme.models import Event

pytestmark = pytest.mark.django_db
BODY = {"title": "Leeds again", "slug": "leeds-again", "starts": "2027-05-08"}


def test_an_organiser_clones_a_day_into_a_draft() -> None:
    winter = {"starts": datetime(2027, 1, 9, 9, tzinfo=UTC), "ends": datetime(2027, 1, 9, 17, tzinfo=UTC)}
    session = a_session(an_event(timezone="Europe/London", **winter), title="Talk")
    organiser = Caller(a_role(session.event))

    answer = organiser.post(f"events/{session.event.slug}/clone/", BODY)

    day = answer.json()
    assert (answer.status_code, day["state"], day["title"]) == (201, "draft", "Leeds again")
    assert day["starts"] == "2027-05-08T08:00:00Z"
    assert [one["title"] for one in day["sessions"]] == ["Talk"]
    assert answer["ETag"] == organiser.get("desk/events/leeds-again/day/")["ETag"]
    assert problem(Caller().get("events/leeds-again/")) == (404, "not-found")


@pytest.mark.parametrize("role", ["moderator", "surgeon", "door"])
def test_nobody_else_clones_it(role: str) -> None:
    event = an_event()

    answer = Caller(a_role(event, role)).post(f"events/{event.slug}/clone/", BODY)

    assert problem(answer) == (403, "not-yours")
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts": "2027-05-08T09:00:00Z"}, "starts"),
        ({"starts": "9999-12-31"}, "starts"),
        ({"slug": "No Slug"}, "slug"),
        ({"title": ""}, "title"),
    ],
    ids=["a moment", "another millennium", "no slug", "no title"],
)
def test_what_cannot_be_is_named(change: dict[str, str], field: str) -> None:
    event = an_event()

    answer = Caller(a_role(event)).post(f"events/{event.slug}/clone/", BODY | change)

    assert fields(answer) == {field}


def test_an_address_in_use_is_refused() -> None:
    event = an_event(slug="leeds-again")

    answer = Caller(a_role(event)).post("events/leeds-again/clone/", BODY)

    assert problem(answer) == (409, "slug-taken")
