from typing import Any
from uuid import UUID

import pytest
from tests.makers import a_role, a_room, a_session, a_surgeon, an_account, an_event
from tests.staff import Caller, fields, problem

from equalterms.programme.models import Event, Session
from equalterms.programme.serializers import SessionSerializer

pytestmark = pytest.mark.django_db
NOBODY = UUID("0c7e0a51-6b1c-4a53-9d5a-1f6b2f3f7f10")  # fixed, so that every worker collects the same tests

NEW = {"kind": "talk", "title": "Tea", "starts": "2027-03-01T09:00:00Z", "ends": "2027-03-01T10:00:00Z"}


@pytest.fixture
def event() -> Event:
    return an_event(slug="leeds")


@pytest.fixture
def organiser(event: Event) -> Caller:
    return Caller(a_role(event))


def test_the_programme_is_listed_by_time_page_by_page(event: Event) -> None:
    late = a_session(event, starts=event.starts, ends=event.ends)
    early = a_session(event, starts=event.starts.replace(hour=7), ends=event.ends)

    first = Caller().get("events/leeds/sessions/?page_size=1").json()
    second = Caller().client.get(first["next"]).json()

    assert [page["results"][0]["id"] for page in (first, second)] == [str(early.pk), str(late.pk)]
    assert first["results"] == [SessionSerializer(early).data | {"id": str(early.pk)}]


def test_a_session_is_read_by_id_and_code_and_sent_once(event: Event) -> None:
    session = a_session(event)
    by_id, by_code = (
        Caller().get(f"sessions/{session.pk}/"),
        Caller().get(f"sessions/{session.code.upper()}/"),
    )

    assert by_id.content == by_code.content
    assert by_id.json()["event"]["slug"] == "leeds"
    again = Caller().get(f"sessions/{session.code}/", If_None_Match=by_id["ETag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["sessions/nowhere/", f"sessions/{NOBODY}/", "sessions/a%00/", "sessions/%F0/"]
)
def test_what_is_not_there_is_a_problem(path: str) -> None:
    assert problem(Caller().get(path)) == (404, "not-found")


def test_an_open_space_session_needs_a_title_and_its_hours_and_is_there_at_once(
    event: Event, organiser: Caller
) -> None:
    """From a phone, with everything else left as it is."""
    read = Caller().get("events/leeds/")["ETag"]

    answer = organiser.post("events/leeds/sessions/", NEW | {"kind": "open-space", "title": "Tea"})

    session = answer.json()
    assert (answer.status_code, session["room"], session["surgeons"]) == (201, None, [])
    assert (session["review"], session["day"]) == ("before", "2027-03-01")
    day = Caller().get("events/leeds/", If_None_Match=read)
    assert [one["title"] for one in day.json()["sessions"]] == ["Tea"]
    for topic in (event.day, event.now):
        assert list(topic.entries.values_list("kind", "subject")) == [("session", UUID(session["id"]))]


def test_a_session_is_added_with_all_its_fields(event: Event, organiser: Caller) -> None:
    room, surgeon = a_room(event), a_surgeon(event, published=False)
    given = {
        **NEW,
        "kind": "workshop",
        "day": "2027-02-28",
        "subtitle": "With soup",
        "track": "Kitchen",
        "language": "en",
        "about": "One.\n\nTwo.",
        "links": [{"label": "Recipe", "url": "https://example.org/soup"}],
        "capacity": 12,
        "review": None,
    }

    answer = organiser.post(
        "events/leeds/sessions/", given | {"room": str(room.pk), "surgeons": [str(surgeon.pk)]}
    )

    made = answer.json()
    assert answer.status_code == 201
    assert {name: made[name] for name in given} == given | {"review": "before"}
    assert made["room"] == {"id": str(room.pk), "name": room.name}
    assert made["surgeons"] == [{"id": str(surgeon.pk), "name": surgeon.name}]
    assert Caller().get(f"sessions/{made['code']}/").json() == made | {"surgeons": []}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"kind": "lecture"}, {"kind"}),
        ({"title": "x" * 301}, {"title"}),
        ({"starts": "2027-03-01T11:00:00Z"}, {"ends"}),
        ({"starts": "2027-03-01 09:00"}, {"starts"}),
        ({"day": 20270301}, {"day"}),
        ({"links": [{"label": "x", "url": "ftp://example.org"}]}, {"links.0.url"}),
        ({"links": [{"url": "https://example.org"}]}, {"links.0.label"}),
        ({"room": str(NOBODY)}, {"room"}),
        ({"room": 7}, {"room"}),
        ({"room": "\ud800"}, {"room"}),
        ({"surgeons": [str(NOBODY)]}, {"surgeons"}),
        ({"surgeons": "all"}, {"surgeons"}),
        ({"surgeons": [1]}, {"surgeons.0"}),
        ({"capacity": 0}, {"capacity"}),
        ({"capacity": "12"}, {"capacity"}),
        ({"capacity": 10**30}, {"capacity"}),
        ({"state": "cancelled"}, {"body"}),
        ({"about": "a\u0000b"}, {"about"}),
    ],
)
def test_a_session_that_cannot_be_names_its_fields(
    organiser: Caller, given: dict[str, Any], named: set[str]
) -> None:
    assert fields(organiser.post("events/leeds/sessions/", NEW | given)) == named
    assert not Session.objects.exists()


def test_a_session_is_changed_cancelled_and_brought_back(event: Event, organiser: Caller) -> None:
    path = f"sessions/{a_session(event).code}/"

    changed = organiser.change(path, {"title": "Soup", "review": "closed"})
    assert (changed.status_code, changed.json()["title"], changed.json()["review"]) == (200, "Soup", "closed")
    assert organiser.send("DELETE", path, If_Match=changed["ETag"]).status_code == 204
    assert Caller().get(path).json()["state"] == "cancelled"
    assert organiser.change(path, {"state": "planned"}).json()["state"] == "planned"


def test_a_change_says_what_it_is_of(event: Event, organiser: Caller) -> None:
    path = f"sessions/{a_session(event).code}/"
    tag = Caller().get(path)["ETag"]

    assert problem(organiser.patch(path, {"title": "x"})) == (428, "precondition-required")
    assert problem(organiser.send("DELETE", path)) == (428, "precondition-required")
    organiser.patch(path, {"title": "First"}, If_Match=tag)
    assert problem(organiser.patch(path, {"title": "Second"}, If_Match=tag)) == (412, "changed-meanwhile")
    assert problem(organiser.send("DELETE", path, If_Match=tag)) == (412, "changed-meanwhile")


def test_a_session_is_nobody_elses_to_run(event: Event) -> None:
    path = f"sessions/{a_session(event).code}/"

    for account in (a_role(event, "surgeon"), a_role(an_event()), an_account()):
        caller = Caller(account)
        assert problem(caller.patch(path, {"title": "x"}, If_Match="*")) == (403, "not-yours")
        assert problem(caller.send("DELETE", path, If_Match="*")) == (403, "not-yours")
        assert problem(caller.post("events/leeds/sessions/", NEW)) == (403, "not-yours")
    assert problem(Caller().patch(path, {"title": "x"}, If_Match="*")) == (401, "not-signed-in")


def test_those_with_a_role_read_a_session_of_a_draft_and_all_who_are_down_for_it() -> None:
    event = an_event(state="draft")
    session = a_session(event)
    surgeon = a_surgeon(event, session, published=False)
    staff, path = Caller(a_role(event, "moderator")), f"desk/sessions/{session.code}/"

    read = staff.get(path)

    assert read.json()["surgeons"] == [{"id": str(surgeon.pk), "name": surgeon.name}]
    assert staff.get(path, If_None_Match=read["ETag"]).status_code == 304
    assert problem(Caller(an_account()).get(path)) == (404, "not-found")
    assert problem(Caller().get(f"sessions/{session.code}/")) == (404, "not-found")
