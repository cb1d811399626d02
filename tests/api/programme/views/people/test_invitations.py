from typing import Any

import pytest
from tests.makers import PASSWORD, a_role, a_session, an_account, an_event
from tests.staff import Caller, fields, problem

from equalterms.lib.throttles import Slowdown
from equalterms.people import actions
from equalterms.people.models import Account
from equalterms.programme.models import Event, Invitation, Role

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
    assert set(listed.json()["results"][0]) == {
        "id", "kind", "name", "role", "session", "until", "expires", "accepted",
    }  # fmt: skip
    assert {row["kind"] for row in listed.json()["results"]} == {"role"}
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
    another = body | {"token": invited(organiser), "password": PASSWORD}
    assert Caller().post("invitations/accept/", another).status_code == 200


def test_a_revoked_invitation_opens_nothing(organiser: Caller) -> None:
    token = invited(organiser)
    path = "desk/events/leeds/invitations/"
    made = organiser.get(path).json()["results"][0]["id"]

    assert problem(Caller(an_account()).send("DELETE", f"{path}{made}/")) == (404, "not-found")
    assert organiser.send("DELETE", f"{path}{made}/").status_code == 204

    assert problem(Caller().post("invitations/look/", {"token": token})) == (410, "invitation-over")
    assert problem(Caller().post("invitations/accept/", {"token": token, **TOM})) == (410, "invitation-over")
    assert problem(organiser.send("DELETE", f"{path}{made}/")) == (404, "not-found")


def test_an_invitation_of_another_day_is_not_mine_to_revoke(event: Event, organiser: Caller) -> None:
    elsewhere = an_event(slug="york")
    made = Caller(a_role(elsewhere)).post("desk/events/york/invitations/", {"role": "door", "name": "Ann"})

    refused = organiser.send("DELETE", f"desk/events/leeds/invitations/{made.json()['id']}/")

    assert problem(refused) == (404, "not-found")


def test_what_was_taken_up_ends_with_the_role(organiser: Caller) -> None:
    Caller().post("invitations/accept/", {"token": invited(organiser), **TOM})
    made = organiser.get("desk/events/leeds/invitations/").json()["results"][0]["id"]

    refused = organiser.send("DELETE", f"desk/events/leeds/invitations/{made}/")

    assert problem(refused) == (409, "wrong-state")


def way_in(organiser: Caller, account: Account) -> str:
    answer = organiser.post("desk/events/leeds/password-links/", {"account": str(account.pk)})
    assert answer.status_code == 201
    assert set(answer.json()) == {"id", "url", "expires"}
    return str(answer.json()["url"].partition("#")[2])


def test_a_forgotten_password_is_chosen_anew_by_an_organisers_link(event: Event, organiser: Caller) -> None:
    tom = a_role(event, "surgeon", an_account(name="Tom"))
    before, token = Caller(tom), way_in(organiser, tom)
    looked = Caller().post("invitations/look/", {"token": token}).json()
    assert (looked["kind"], looked["name"], looked["session"]) == ("password", "Tom", None)

    taken = Caller().post("invitations/accept/", {"token": token, "password": TOM["password"]})

    assert Caller().get("me/", Authorization="Bearer " + taken.json()["access"]).json()["name"] == "Tom"
    assert problem(before.get("me/")) == (401, "signed-out")
    signed_in = {"email": tom.email, "password": TOM["password"]}
    assert Caller().post("token/", signed_in).status_code == 200
    assert problem(Caller().post("token/", signed_in | {"password": PASSWORD})) == (401, "wrong-sign-in")
    again = Caller().post("invitations/accept/", {"token": token, "password": TOM["password"]})
    assert problem(again) == (410, "invitation-over")


def test_a_new_way_in_takes_a_password_and_nothing_else(event: Event, organiser: Caller) -> None:
    token = way_in(organiser, a_role(event, "door"))
    accept = "invitations/accept/"

    assert fields(Caller().post(accept, {"token": token})) == {"password"}
    assert fields(Caller().post(accept, {"token": token, "password": "short"})) == {"password"}
    assert fields(Caller().post(accept, {"token": token, **TOM})) == {"body"}
    assert Caller().post(accept, {"token": token, "password": TOM["password"]}).status_code == 200


def test_a_new_way_in_is_only_for_whoever_organises_all_their_days(event: Event, organiser: Caller) -> None:
    path, both = "desk/events/leeds/password-links/", a_role(event, "door")
    a_role(an_event(), "surgeon", both)
    stranger = an_account()

    refused = organiser.post(path, {"account": str(both.pk)})

    assert problem(refused) == (403, "not-yours")
    assert "do not organise" in refused.json()["detail"]
    assert problem(organiser.post(path, {"account": str(stranger.pk)})) == (404, "not-found")
    assert fields(organiser.post(path, {"account": stranger.email})) == {"account"}
    mine = {"account": str(a_role(event, "door").pk)}
    assert problem(Caller(a_role(event, "moderator")).post(path, mine)) == (403, "not-yours")


def test_guessing_links_locks_nobody_out(event: Event, organiser: Caller) -> None:
    tom = a_role(event, "door")
    token, wrong = way_in(organiser, tom), "A" * 43

    for _ in range(12):
        guessed = Caller().post("invitations/accept/", {"token": wrong, "password": TOM["password"]})
        assert problem(guessed) == (410, "invitation-over")

    body = {"token": token, "password": TOM["password"]}
    assert Caller().post("invitations/accept/", body).status_code == 200


def test_a_co_moderator_comes_by_a_link_alone_and_leaves_with_it(event: Event, organiser: Caller) -> None:
    session = a_session(event, title="Ask Ama")
    made = organiser.post(f"desk/sessions/{session.code}/co-moderators/", {"name": "Bo", "hours": 3})
    assert (made.status_code, set(made.json())) == (201, {"id", "url", "expires", "until"})
    token = made.json()["url"].partition("#")[2]
    looked = Caller().post("invitations/look/", {"token": token}).json()
    assert (looked["kind"], looked["role"], looked["session"]["title"]) == (
        "co-moderator", "moderator", "Ask Ama",
    )  # fmt: skip
    assert fields(Caller().post("invitations/accept/", {"token": token, **TOM})) == {"body"}

    taken = Caller().post("invitations/accept/", {"token": token, "name": "Bo B."}).json()["access"]

    me = Caller().get("me/", Authorization=f"Bearer {taken}").json()
    assert (me["name"], me["email"]) == ("Bo B.", "")
    assert [(role["role"], role["session"]["code"], role["until"]) for role in me["roles"]] == [
        ("moderator", session.code, made.json()["until"])
    ]
    flow = f"desk/sessions/{session.code}/flow/"
    assert Caller().get(flow, Authorization=f"Bearer {taken}").status_code == 200
    assert organiser.send("DELETE", f"desk/events/leeds/invitations/{made.json()['id']}/").status_code == 204
    assert Caller().get(flow, Authorization=f"Bearer {taken}").status_code in {403, 404}
    assert not Role.objects.exclude(session=None).exists()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, {"name", "hours"}),
        ({"name": "Bo", "hours": 0}, {"hours"}),
        ({"name": "Bo", "hours": 73}, {"hours"}),
        ({"name": "Bo", "hours": 1, "role": "organiser"}, {"body"}),
    ],
)
def test_a_co_moderators_link_that_cannot_be_names_its_fields(
    event: Event, organiser: Caller, given: dict[str, Any], named: set[str]
) -> None:
    path = f"desk/sessions/{a_session(event).code}/co-moderators/"

    assert fields(organiser.post(path, given)) == named
