from typing import Any

import pytest
from tests.makers import PASSWORD, a_role, an_account, an_event
from tests.staff import Caller, fields, problem

from equalterms.lib.throttles import Slowdown
from equalterms.people import actions
from equalterms.programme.models import Event, Invitation

pytestmark = pytest.mark.django_db

TOM = {"email": "tom@example.org", "name": "Tom W.", "password": "a-long-quiet-walk"}


@pytest.fixture(autouse=True)
def nobody_has_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "wrong_passwords", Slowdown())


@pytest.fixture
def event() -> Event:
    return an_event(slug="leeds", state="draft")


@pytest.fixture
def organiser(event: Event) -> Caller:
    return Caller(a_role(event))


def invited(organiser: Caller, role: str = "moderator") -> str:
    answer = organiser.post("desk/events/leeds/invitations/", {"role": role, "name": "Tom"})
    assert answer.status_code == 201
    return str(answer.json()["url"].partition("#")[2])


def test_somebody_invited_sets_a_password_and_is_signed_in(event: Event, organiser: Caller) -> None:
    token = invited(organiser)
    looked = Caller().post("invitations/look/", {"token": token})
    assert (looked.json()["role"], looked.json()["name"], looked.json()["event"]["slug"]) == (
        "moderator", "Tom", "leeds",
    )  # fmt: skip

    answer = Caller().post("invitations/accept/", {"token": token, **TOM})

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    me = Caller().get("me/", Authorization="Bearer " + answer.json()["access"]).json()
    assert [(role["event"]["slug"], role["role"]) for role in me["roles"]] == [("leeds", "moderator")]
    assert problem(Caller().post("invitations/look/", {"token": token})) == (410, "invitation-over")
    assert problem(Caller().post("invitations/accept/", {"token": token, **TOM})) == (410, "invitation-over")


def test_the_link_leads_to_the_app_at_the_place_people_know(organiser: Caller, settings: Any) -> None:
    body = {"role": "door", "name": "Ann"}
    here = organiser.post("desk/events/leeds/invitations/", body).json()["url"]
    settings.ORIGIN = "https://day.example.org"
    there = organiser.post("desk/events/leeds/invitations/", body).json()["url"]

    assert here.partition("#")[0] == "http://testserver/invite"
    assert there.partition("#")[0] == "https://day.example.org/invite"


def test_organisers_see_who_was_invited_and_no_token(organiser: Caller) -> None:
    token = invited(organiser)
    invited(organiser, "surgeon")
    Caller().post("invitations/accept/", {"token": token, **TOM})

    listed = organiser.get("desk/events/leeds/invitations/")

    assert {(row["role"], row["accepted"]) for row in listed.json()["results"]} == {
        ("moderator", True),
        ("surgeon", False),
    }
    assert set(listed.json()["results"][0]) == {"id", "name", "role", "expires", "accepted"}
    assert token not in listed.content.decode()


def test_only_organisers_invite(event: Event) -> None:
    path, body = "desk/events/leeds/invitations/", {"role": "organiser", "name": "Me"}

    assert problem(Caller(a_role(event, "moderator")).post(path, body)) == (403, "not-yours")
    assert problem(Caller(an_account()).post(path, body)) == (404, "not-found")
    assert problem(Caller().post(path, body)) == (401, "not-signed-in")
    assert problem(Caller(a_role(event, "door")).get(path)) == (403, "not-yours")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, {"role", "name"}),
        ({"role": "king", "name": "x"}, {"role"}),
        ({"role": 1, "name": "x" * 81}, {"role", "name"}),
    ],
)
def test_an_invitation_that_cannot_be_names_its_fields(
    organiser: Caller, given: dict[str, Any], named: set[str]
) -> None:
    assert fields(organiser.post("desk/events/leeds/invitations/", given)) == named


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"token": "x"}, {"token"}),
        ({"token": 7}, {"token"}),
        ({"email": "tom"}, {"email"}),
        ({"name": " \u200b"}, {"name"}),
        ({"password": "password123"}, {"password"}),
        ({"password": "short"}, {"password"}),
        ({"role": "organiser"}, {"body"}),
    ],
)
def test_an_acceptance_that_cannot_be_keeps_the_invitation_open(
    organiser: Caller, given: dict[str, Any], named: set[str]
) -> None:
    token = invited(organiser)

    assert fields(Caller().post("invitations/accept/", {"token": token, **TOM} | given)) == named
    assert Caller().post("invitations/accept/", {"token": token, **TOM}).status_code == 200


def test_a_known_e_mail_needs_its_password_and_guesses_are_slowed_down(organiser: Caller) -> None:
    known = an_account()
    token = invited(organiser)
    body = {"token": token, **TOM, "email": known.email}

    for _ in range(6):
        assert problem(Caller().post("invitations/accept/", body)) == (401, "wrong-sign-in")
    assert problem(Caller().post("invitations/accept/", body)) == (429, "slow-down")
    elsewhere = Caller(network="198.51.100.0")
    assert elsewhere.post("invitations/accept/", body | {"password": PASSWORD}).status_code == 200
