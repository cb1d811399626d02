"""Importing a schedule by upload."""

from typing import Any

import pytest
from tests.api.programme.imports.files import OURS
from tests.makers import a_role, an_event
from tests.serving import serving
from tests.staff import Caller, fields, problem

from equalterms.config.asgi import gateway
from equalterms.programme.models import Event, Session

pytestmark = pytest.mark.django_db
FRAB = (OURS / "frab.json").read_bytes()


def sent(
    caller: Caller,
    event: Event,
    raw: bytes,
    query: str = "",
    kind: str = "application/json",
    seen: str | None = "*",
) -> Any:
    named = {"Authorization": f"Bearer {caller.token}"} | ({"If-Match": seen} if seen else {})
    path = f"/api/v1/desk/events/{event.slug}/imports/{query}"
    return caller.client.generic("POST", path, raw, content_type=kind, headers=named)


def test_a_preview_writes_nothing_and_applying_does() -> None:
    event = an_event()
    organiser = Caller(a_role(event))

    preview = sent(organiser, event, FRAB)
    asked = sent(organiser, event, FRAB, "?apply=false")
    assert not Session.objects.exists()
    done = sent(organiser, event, FRAB, "?apply=true")

    assert (preview.status_code, preview.json()["applied"]) == (200, False)
    assert asked.json() == preview.json()
    assert done.json() == preview.json() | {"applied": True}
    added = next(
        one for one in done.json()["changes"] if (one["kind"], one["change"]) == ("session", "added")
    )
    assert added["count"] == Session.objects.count() == 2
    assert [line["title"] for line in added["lines"]] == ["Opening", "Stars"]


@pytest.mark.parametrize("kind", ["application/xml", "text/xml", "application/xml; charset=utf-8"])
def test_xml_is_taken_as_xml(kind: str) -> None:
    event = an_event(timezone="Europe/Brussels")
    raw = (OURS / "fosdem.xml").read_bytes()

    assert sent(Caller(a_role(event)), event, raw, "?apply=true", kind).status_code == 200
    assert Session.objects.exists()


def test_what_differs_is_said_with_what_was_and_what_will_be() -> None:
    event = an_event()
    organiser = Caller(a_role(event))
    sent(organiser, event, FRAB, "?apply=true")

    answer = sent(organiser, event, FRAB.replace(b'"Stars"', b'"Moons"'))

    (changed,) = [one for one in answer.json()["changes"] if one["count"]]
    assert changed == {
        "kind": "session",
        "change": "changed",
        "count": 1,
        "lines": [{"title": "Stars", "differs": [{"field": "title", "was": "Stars", "now": "Moons"}]}],
    }


@pytest.mark.parametrize("raw", [b"", b"{}", b"<schedule>", b"hello"])
def test_a_bad_file_is_answered_by_one_sentence(raw: bytes) -> None:
    event = an_event()

    answer = sent(Caller(a_role(event)), event, raw, "?apply=true")

    assert problem(answer) == (400, "bad-schedule")
    assert answer.json()["errors"]
    assert not Session.objects.exists()


def test_another_kind_of_body_is_refused() -> None:
    event = an_event()

    assert problem(sent(Caller(a_role(event)), event, FRAB, kind="text/csv")) == (415, "wrong-media-type")


def test_apply_is_true_or_false() -> None:
    event = an_event()

    assert fields(sent(Caller(a_role(event)), event, FRAB, "?apply=yes")) == {"apply"}


@pytest.mark.parametrize("role", ["moderator", "surgeon", "door"])
def test_it_is_for_organisers(role: str) -> None:
    event = an_event()

    assert problem(sent(Caller(a_role(event, role)), event, FRAB)) == (403, "not-yours")


@pytest.mark.django_db(transaction=True)
def test_a_file_larger_than_a_form_reaches_it_through_the_server() -> None:
    event = an_event()
    token = Caller(a_role(event)).token
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    made = gateway()

    with serving(made, made.stop_streams) as site:
        path = f"/api/v1/desk/events/{event.slug}/imports/"
        answer = site.call(path, "POST", FRAB + b" " * 200_000, headers)

    assert (answer.status, answer.json()["applied"]) == (200, False)


def test_what_is_applied_is_what_was_looked_at() -> None:
    event = an_event()
    organiser = Caller(a_role(event))
    seen = sent(organiser, event, FRAB, seen=None)["ETag"]

    assert problem(sent(organiser, event, FRAB, "?apply=true", seen=None)) == (428, "precondition-required")
    a_room_by_hand = organiser.post(f"events/{event.slug}/rooms/", {"name": "By hand"})
    assert a_room_by_hand.status_code == 201
    late = sent(organiser, event, FRAB, "?apply=true", seen=seen)
    assert problem(late) == (412, "changed-meanwhile")
    assert not Session.objects.exists()

    again = sent(organiser, event, FRAB, seen=None)["ETag"]
    done = sent(organiser, event, FRAB, "?apply=true", seen=again)
    assert (done.status_code, done.json()["applied"]) == (200, True)
    assert done["ETag"] == sent(organiser, event, FRAB)["ETag"] != again
