from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.makers import a_role, a_room, a_session, a_surgeon, an_account, an_event
from tests.staff import Caller, fields, problem

from equalterms.lib.etags import etag
from equalterms.programme.models import Event, OldAddress, Role
from equalterms.programme.serializers import printed_day

pytestmark = pytest.mark.django_db
NOBODY = UUID("0c7e0a51-6b1c-4a53-9d5a-1f6b2f3f7f10")  # fixed, so that every worker collects the same tests

NEW = {
    "slug": "york",
    "title": "York",
    "starts": "2027-03-01T09:00:00Z",
    "ends": "2027-03-01T17:00:00+00:00",
    "timezone": "Europe/London",
}


@pytest.fixture
def event() -> Event:
    return an_event(slug="leeds")


@pytest.fixture
def organiser(event: Event) -> Caller:
    return Caller(a_role(event))


def queries(path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert Caller().get(path).status_code == 200
    return len(caught)


def test_events_are_listed_latest_first_without_drafts(event: Event) -> None:
    later = an_event(
        starts=event.starts + timedelta(days=1), ends=event.ends + timedelta(days=1), state="cancelled"
    )
    an_event(state="draft")

    listed = Caller().get("events/").json()

    assert [card["id"] for card in listed["results"]] == [str(later.pk), str(event.pk)]
    assert (listed["next"], listed["previous"]) == (None, None)


def test_every_list_takes_the_same_number_of_queries_with_one_row_and_with_three() -> None:
    small, large = an_event(), an_event()
    for event, rows in ((small, 1), (large, 3)):
        for _ in range(rows):
            a_surgeon(event, a_session(event, room=a_room(event)))

    for path in ("events/{}/", "events/{}/sessions/", "events/{}/surgeons/"):
        counts = [queries(path.format(event.slug)) for event in (small, large)]
        assert counts[0] == counts[1], path
    assert queries("events/") == 1


def test_a_day_is_read_by_any_of_its_names_and_is_the_printed_day(event: Event) -> None:
    OldAddress.objects.create(address="leeds-2025", event=event)
    version, day = printed_day(event.pk)

    for ref in (event.pk, event.slug, event.code, "leeds-2025", "LEEDS"):
        answer = Caller().get(f"events/{ref}/")
        assert (answer.json(), answer["ETag"]) == (day, etag(version))
    assert answer["Cache-Control"] == "public, max-age=1, stale-while-revalidate=20"


def test_a_day_that_did_not_change_is_not_sent_again(event: Event, organiser: Caller) -> None:
    tag = Caller().get("events/leeds/")["ETag"]

    known = Caller().get("events/leeds/", If_None_Match=tag)
    organiser.change("events/leeds/", {"title": "Leeds again"})
    changed = Caller().get("events/leeds/", If_None_Match=tag)

    assert (known.status_code, known.content, known["ETag"]) == (304, b"", tag)
    assert (changed.status_code, changed.json()["title"]) == (200, "Leeds again")


def test_everybody_reads_the_same_bytes(event: Event, organiser: Caller) -> None:
    paths = ["events/", "events/leeds/", "events/leeds/sessions/", "events/leeds/surgeons/"]

    assert [organiser.get(path, Cookie="a=b").content for path in paths] == [
        Caller().get(path).content for path in paths
    ]


@pytest.mark.parametrize(
    "path",
    [
        "events/nowhere/",
        f"events/{NOBODY}/",
        "events/a%00b/",
        "events/%FF/",
        "events/a.b/",
        "events/nowhere/sessions/",
        "events/nowhere/surgeons/",
        "events/nowhere/qr.svg",
        "rooms/leeds/",
    ],
)
def test_what_is_not_there_is_a_problem(path: str) -> None:
    answer = Caller().get(path)

    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_an_organiser_sets_up_another_day(organiser: Caller) -> None:
    answer = organiser.post("events/", NEW)

    day = answer.json()
    assert (answer.status_code, day["state"], day["slug"], len(day["help_lines"])) == (
        201,
        "draft",
        "york",
        6,
    )
    assert answer["ETag"] == etag(day["version"])
    assert problem(Caller().get("events/york/")) == (404, "not-found")
    assert organiser.get("desk/events/york/day/").json() == day


def test_only_organisers_set_up_days(event: Event) -> None:
    assert problem(Caller().post("events/", NEW)) == (401, "not-signed-in")
    for account in (an_account(), a_role(event, "moderator")):
        assert problem(Caller(account).post("events/", NEW)) == (403, "not-yours")
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"slug": "York"}, {"slug"}),
        ({"slug": "-york"}, {"slug"}),
        ({"slug": str(NOBODY)}, {"slug"}),
        ({"slug": "y" * 61}, {"slug"}),
        ({"title": ""}, {"title"}),
        ({"title": 7, "starts": 8}, {"title", "starts"}),
        ({"starts": "1999-12-31T00:00:00Z"}, {"starts"}),
        ({"ends": "2101-01-01T00:00:00Z"}, {"ends"}),
        ({"ends": "2027-03-01T09:00:00Z"}, {"ends"}),
        ({"timezone": "Leeds"}, {"timezone"}),
        ({"timezone": "../../etc/passwd"}, {"timezone"}),
        ({"language": "en_GB"}, {"language"}),
        ({"review": "never"}, {"review"}),
        ({"proof": "yes"}, {"proof"}),
        ({"state": "published"}, {"body"}),
        ({"id": str(NOBODY)}, {"body"}),
        ({"help_lines": "999"}, {"help_lines.body"}),
        ({"help_lines": [{"name": "999"}]}, {"help_lines.0.body"}),
        ({"help_lines": [{"name": "x", "tel": "call me"}]}, {"help_lines.0.tel"}),
        ({"help_lines": [{"name": "x", "url": "javascript:alert(1)"}]}, {"help_lines.0.url"}),
        ({"help_lines": [{"name": "x", "tel": "999", "fax": "1"}]}, {"help_lines.0.body"}),
        ({"help_lines": [{"name": "x", "tel": "999"}] * 21}, {"help_lines.body"}),
        ({"help_reviewed": "yesterday"}, {"help_reviewed"}),
    ],
)
def test_a_day_that_cannot_be_names_its_fields(
    organiser: Caller, given: dict[str, Any], named: set[str]
) -> None:
    assert fields(organiser.post("events/", NEW | given)) == named
    assert Event.objects.count() == 1


def test_a_slug_that_is_taken_is_refused(organiser: Caller) -> None:
    assert problem(organiser.post("events/", NEW | {"slug": "leeds"})) == (409, "slug-taken")


def test_settings_are_changed_by_who_read_them(event: Event, organiser: Caller) -> None:
    lines = [
        {"name": "Samaritans", "note": "", "tel": "116 123", "sms": "", "url": "https://samaritans.org/"}
    ]

    answer = organiser.change(
        "events/leeds/", {"venue": " The  Hall ", "help_lines": lines, "join_code": "tea"}
    )

    day = answer.json()
    assert (answer.status_code, day["venue"], day["help_lines"], day["join_code"]) == (
        200,
        "The Hall",
        lines,
        True,
    )
    assert answer["ETag"] == Caller().get("events/leeds/")["ETag"]


def test_an_organiser_says_what_help_there_is_and_how_long_it_takes(event: Event, organiser: Caller) -> None:
    changed = organiser.change("events/leeds/", {"labels": ["Photos", "Scams"], "minutes": 20}).json()

    printed = Caller().get("events/leeds/").json()
    assert (printed["labels"], printed["minutes"], printed["rehearsal"]) == (["Photos", "Scams"], 20, False)
    assert printed == changed


def test_a_change_says_what_it_is_of(event: Event, organiser: Caller) -> None:
    tag = Caller().get("events/leeds/")["ETag"]
    assert problem(organiser.patch("events/leeds/", {"title": "x"})) == (428, "precondition-required")
    organiser.patch("events/leeds/", {"title": "First"}, If_Match=tag)

    late = organiser.patch("events/leeds/", {"title": "Second"}, If_Match=tag)

    assert problem(late) == (412, "changed-meanwhile")
    assert late.json()["errors"][0]["detail"] == Caller().get("events/leeds/")["ETag"]
    assert Caller().get("events/leeds/").json()["title"] == "First"


def test_a_day_is_published_moved_and_cancelled(organiser: Caller) -> None:
    organiser.post("events/", NEW)
    own = "desk/events/york/day/"

    assert organiser.change("events/york/", {"state": "published"}, own).status_code == 200
    assert organiser.change("events/york/", {"slug": "york-2027"}).json()["slug"] == "york-2027"
    assert Caller().get("events/york/").json()["slug"] == "york-2027"
    assert organiser.change("events/york/", {"state": "cancelled"}).json()["state"] == "cancelled"
    assert problem(organiser.change("events/york/", {"state": "draft"})) == (409, "move-not-possible")


def test_a_day_is_nobody_elses_to_run(event: Event) -> None:
    tag = Caller().get("events/leeds/")["ETag"]
    others = [a_role(event, role) for role in ("moderator", "surgeon", "door")] + [
        a_role(an_event()),
        an_account(),
    ]

    for account in others:
        caller = Caller(account)
        assert problem(caller.patch("events/leeds/", {"title": "x"}, If_Match=tag)) == (403, "not-yours")
        assert problem(caller.post("events/leeds/rooms/", {"name": "x"})) == (403, "not-yours")
    assert problem(Caller().patch("events/leeds/", {"title": "x"}, If_Match=tag)) == (401, "not-signed-in")


def test_a_draft_is_read_by_those_who_have_a_role_in_it() -> None:
    event = an_event(state="draft")
    door = Caller(a_role(event, "door"))
    own = f"desk/events/{event.slug}/day/"
    answer = door.get(own)

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert door.get(own, If_None_Match=answer["ETag"]).status_code == 304
    assert problem(Caller(an_account()).get(own)) == (404, "not-found")
    assert problem(Caller().get(own)) == (401, "not-signed-in")
    assert Role.objects.count() == 1


def test_rooms_are_added_changed_and_removed(event: Event, organiser: Caller) -> None:
    room = organiser.post("events/leeds/rooms/", {"name": "Hall"}).json()
    path = f"rooms/{room['id']}/"

    assert Caller().get("events/leeds/").json()["rooms"] == [room]
    assert problem(organiser.post("events/leeds/rooms/", {"name": "Hall"})) == (409, "room-name-taken")
    changed = organiser.change(path, {"about": "Tea here."}, "events/leeds/")
    assert changed.json() == room | {"about": "Tea here."}
    again = {"If_Match": changed["ETag"]}
    assert fields(organiser.patch(path, {"name": None, "about": 1}, **again)) == {"name", "about"}
    assert organiser.send("DELETE", path).status_code == 204
    assert problem(organiser.send("DELETE", path)) == (404, "not-found")


def test_two_who_change_a_room_never_overwrite_each_other(event: Event, organiser: Caller) -> None:
    room = a_room(event, name="Hall")
    path, read = f"rooms/{room.pk}/", organiser.get("events/leeds/")["ETag"]

    first = organiser.patch(path, {"about": "Tea here."}, If_Match=read)
    second = organiser.patch(path, {"about": "No step."}, If_Match=read)

    assert problem(second) == (412, "changed-meanwhile")
    assert [error["detail"] for error in second.json()["errors"]] == [first["ETag"]]
    assert first["ETag"] == organiser.get("events/leeds/")["ETag"]
    assert problem(organiser.patch(path, {"about": "No step."})) == (428, "precondition-required")
    assert organiser.patch(path, {"about": "No step."}, If_Match=first["ETag"]).status_code == 200


def test_a_room_of_another_day_is_not_ones_own(organiser: Caller) -> None:
    room = a_room(an_event())

    assert problem(organiser.patch(f"rooms/{room.pk}/", {"name": "x"})) == (403, "not-yours")
    assert problem(Caller().send("DELETE", f"rooms/{room.pk}/")) == (401, "not-signed-in")


def test_a_room_is_not_removed_from_a_day_that_was_changed_meanwhile() -> None:
    event = an_event()
    room, organiser = a_room(event), Caller(a_role(event))
    seen = organiser.get(f"events/{event.slug}/")["ETag"]
    organiser.post(f"events/{event.slug}/rooms/", {"name": "One more"})

    late = organiser.send("DELETE", f"rooms/{room.pk}/", If_Match=seen)
    again = organiser.send(
        "DELETE", f"rooms/{room.pk}/", If_Match=organiser.get(f"events/{event.slug}/")["ETag"]
    )

    assert (problem(late), again.status_code) == ((412, "changed-meanwhile"), 204)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "events/"),
        ("DELETE", "events/leeds/"),
        ("GET", "events/leeds/rooms/"),
        ("POST", "events/leeds/qr.svg"),
    ],
)
def test_an_address_takes_its_own_methods_only(event: Event, method: str, path: str) -> None:
    assert problem(Caller().send(method, path)) == (405, "wrong-method")


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (b"{", "not-json"),
        (b"\xff\xfe", "not-json"),
        (b'{"title": "\xff"}', "not-json"),
        (b"NaN", "not-json"),
        (b"null", "invalid"),
        (b"[1]", "invalid"),
        (b'"x"', "invalid"),
        (b'{"title": null}', "invalid"),
    ],
)
def test_a_body_that_says_nothing_sensible_changes_nothing(
    organiser: Caller, body: bytes, refusal: str
) -> None:
    before = Caller().get("events/leeds/").content

    assert problem(organiser.send("PATCH", "events/leeds/", body, If_Match="*")) == (400, refusal)
    assert Caller().get("events/leeds/").content == before


@pytest.mark.parametrize("host", ["a b", "x/y", "evil@example.org", "[::1", "a_b"])
def test_a_host_that_cannot_be_is_a_bad_request(event: Event, host: str) -> None:
    a_session(event)
    for path in ("events/leeds/qr.svg", "events/leeds/sessions/?page_size=1"):
        a_session(event)
        assert problem(Caller().get(path, Host=host)) == (400, "bad-request")


def test_organisers_name_a_safety_lead_and_how_long_a_day_is_kept(event: Event, organiser: Caller) -> None:
    lead = a_role(event, "moderator")

    answer = organiser.change("events/leeds/", {"safety_lead": str(lead.pk), "keep_days": 90})

    assert answer.status_code == 200
    assert lead.name.encode() not in Caller().get("events/leeds/").content
    desk = organiser.get("desk/events/leeds/").json()
    assert (desk["safety_lead"], desk["keep_days"]) == (str(lead.pk), 90)
    organiser.change("events/leeds/", {"safety_lead": None})
    assert organiser.get("desk/events/leeds/").json()["safety_lead"] is None


def test_only_somebody_who_decides_there_leads_on_safety(event: Event, organiser: Caller) -> None:
    others = [a_role(event, "door"), a_role(event, "surgeon"), a_role(an_event(), "organiser"), an_account()]

    for ident in (*(account.pk for account in others), NOBODY, "nobody"):
        refused = organiser.change("events/leeds/", {"safety_lead": str(ident), "title": "Not told"})
        assert fields(refused) == {"safety_lead"}
    assert Caller().get("events/leeds/").json()["title"] == event.title


@pytest.mark.parametrize("days", [0, 366, -1, 1.5, "30", None, True])
def test_a_day_is_kept_for_a_year_at_most(event: Event, organiser: Caller, days: Any) -> None:
    assert fields(organiser.change("events/leeds/", {"keep_days": days})) == {"keep_days"}
    assert Event.objects.get().keep_days == 30
