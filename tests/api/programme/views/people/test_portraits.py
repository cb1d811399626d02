from typing import Any

import pytest
from tests.makers import a_role, a_session, a_surgeon, an_account, an_event
from tests.pictures import opened, plain, with_place
from tests.staff import Caller, problem

from equalterms.people.models import Account, Portrait, Surgeon
from equalterms.programme.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return an_event(slug="leeds")


@pytest.fixture
def ama(event: Event) -> Surgeon:
    return a_surgeon(event, a_session(event), account=a_role(event, "surgeon"), name="Ama")


def send(account: Account | None, surgeon: Surgeon, content: bytes, kind: str = "image/jpeg") -> Any:
    caller = Caller(account)
    named = {"Authorization": f"Bearer {caller.token}"} if caller.token else {}
    return caller.client.generic(
        "PUT", f"/api/v1/surgeons/{surgeon.pk}/photo/", content, content_type=kind, headers=named
    )


def card(event: Event) -> Any:
    return Caller().get(f"events/{event.slug}/").json()["surgeons"][0]


def test_a_photo_is_made_anew_and_shown_on_every_card(event: Event, ama: Surgeon) -> None:
    assert card(event)["photo"] is None

    kept = send(ama.account, ama, with_place())

    assert kept.status_code == 200
    photo = kept.json()["photo"]
    assert photo == f"/api/v1/surgeons/{ama.pk}/photo/{Portrait.objects.get().digest}.jpg"
    assert [card(event)["photo"], Caller().get(f"surgeons/{ama.pk}/").json()["photo"]] == [photo] * 2
    session = Caller().get(f"events/{event.slug}/").json()["sessions"][0]["id"]
    assert Caller().get(f"sessions/{session}/live/").json()["surgeons"][0]["photo"] == photo
    shown = Caller().client.get(photo)
    assert (shown.status_code, shown["Content-Type"], shown["Cache-Control"]) == (
        200, "image/jpeg", "public, max-age=60",
    )  # fmt: skip
    assert opened(shown.content).size == (320, 320)
    assert dict(opened(shown.content).getexif()) == {}
    again = Caller().client.get(photo, headers={"If-None-Match": shown["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", shown["ETag"])


def test_another_photo_has_another_address(ama: Surgeon) -> None:
    first = send(ama.account, ama, plain()).json()["photo"]
    second = send(ama.account, ama, plain(mode="L")).json()["photo"]

    assert first != second
    assert [Caller().client.get(one).status_code for one in (first, second)] == [404, 200]


@pytest.mark.parametrize("change", [{"published": False}, {"public": ["headline"]}])
def test_a_photo_taken_back_is_gone_at_once(event: Event, ama: Surgeon, change: dict[str, Any]) -> None:
    photo = send(ama.account, ama, plain()).json()["photo"]
    owner = Caller(ama.account)

    assert owner.patch(f"surgeons/{ama.pk}/", change).status_code == 200

    assert Caller().client.get(photo).status_code == 404
    assert photo not in Caller().get(f"events/{event.slug}/").content.decode()


def test_a_removed_photo_is_gone(event: Event, ama: Surgeon) -> None:
    photo = send(ama.account, ama, plain()).json()["photo"]

    assert Caller(ama.account).send("DELETE", f"surgeons/{ama.pk}/photo/").status_code == 204

    assert (Caller().client.get(photo).status_code, card(event)["photo"]) == (404, None)
    assert not Portrait.objects.exists()


def test_a_photo_is_shown_at_public_days_only(ama: Surgeon) -> None:
    photo = send(ama.account, ama, plain()).json()["photo"]
    Event.objects.update(state="draft")

    assert Caller().client.get(photo).status_code == 404


def test_only_its_owner_keeps_a_photo_and_organisers_where_there_is_none(event: Event, ama: Surgeon) -> None:
    organiser, nobodys = a_role(event), a_surgeon(event)

    assert problem(send(organiser, ama, plain())) == (403, "not-yours")
    assert problem(Caller(organiser).send("DELETE", f"surgeons/{ama.pk}/photo/")) == (403, "not-yours")
    assert problem(send(an_account(), nobodys, plain())) == (403, "not-yours")
    assert problem(send(None, ama, plain())) == (401, "not-signed-in")
    assert send(organiser, nobodys, plain(kind="PNG"), "image/png").status_code == 200


@pytest.mark.parametrize(
    ("content", "kind", "refusal"),
    [
        (b"", "image/jpeg", (400, "photo-unreadable")),
        (b"{}", "application/json", (400, "photo-unreadable")),
        (plain()[:300], "image/jpeg", (400, "photo-unreadable")),
        (plain(kind="GIF"), "image/gif", (400, "photo-unreadable")),
        (bytes(8 * 1024 * 1024 + 1), "image/png", (413, "too-large")),
    ],
    ids=["nothing", "json", "torn", "gif", "too-large"],
)
def test_what_is_no_photo_is_refused(
    ama: Surgeon, content: bytes, kind: str, refusal: tuple[int, str]
) -> None:
    assert problem(send(ama.account, ama, content, kind)) == refusal
    assert not Portrait.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_photos_take_no_more_queries_and_are_not_read_for_a_card(
    event: Event, number: int, django_assert_num_queries: Any
) -> None:
    for _ in range(number):
        surgeon = a_surgeon(event)
        Portrait.objects.create(surgeon=surgeon, digest="0" * 16, image=b"x")

    with django_assert_num_queries(4) as seen:
        assert len(Caller().get("events/leeds/surgeons/").json()["results"]) == number

    assert [one["sql"] for one in seen.captured_queries if '"people_portrait"."image"' in one["sql"]] == []
