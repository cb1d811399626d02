from typing import Any
from uuid import uuid4

import pytest
from tests.makers import a_role, a_session, a_surgeon, an_account, an_event
from tests.staff import Caller, fields, problem

from equalterms.people.models import Surgeon
from equalterms.programme.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return an_event(slug="leeds")


@pytest.fixture
def organiser(event: Event) -> Caller:
    return Caller(a_role(event))


def test_surgeons_are_listed_by_name_and_only_those_who_are_published(event: Event) -> None:
    session = a_session(event)
    tom = a_surgeon(event, session, name="Tom")
    a_surgeon(event, name="Hidden", published=False)
    a_surgeon(event, name="Ann", about="private", public=[])
    a_surgeon(an_event(), name="Elsewhere")

    listed = Caller().get("events/leeds/surgeons/").json()["results"]

    assert [surgeon["name"] for surgeon in listed] == ["Ann", "Tom"]
    assert (listed[0]["about"], listed[1]["sessions"]) == ("", [str(session.pk)])
    assert Caller().get(f"surgeons/{tom.pk}/").json() == listed[1]


def test_a_profile_is_public_when_it_is_published_at_a_public_day(event: Event) -> None:
    unpublished, draft = a_surgeon(event, published=False), a_surgeon(an_event(state="draft"))
    nowhere = a_surgeon()

    for ident in (unpublished.pk, draft.pk, nowhere.pk, uuid4(), "tom"):
        answer = Caller().get(f"surgeons/{ident}/")
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_an_owner_publishes_what_they_choose(event: Event) -> None:
    account = an_account()
    surgeon = a_surgeon(event, account=account, published=False, public=[])
    path = f"surgeons/{surgeon.pk}/"
    given = {
        "name": "Tom W.",
        "headline": "Likes group chats",
        "pronouns": "he/him",
        "about": "I help.\n\nAnd learn.",
        "labels": ["peer support"],
        "links": [{"label": "Rules", "url": "https://example.org/rules"}],
        "public": ["headline", "labels"],
        "published": True,
    }

    answer = Caller(account).patch(path, given)

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert {name: answer.json()[name] for name in given} == given
    assert answer.json()["owned"] is True
    public = Caller().get(path).json()
    assert (public["headline"], public["labels"], public["about"], public["links"]) == (
        "Likes group chats", ["peer support"], "", [],
    )  # fmt: skip
    assert Caller(account).patch(path, {"published": False}).status_code == 200
    assert problem(Caller().get(path)) == (404, "not-found")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"name": ""}, {"name"}),
        ({"headline": "x" * 141}, {"headline"}),
        ({"labels": ["x"] * 9}, {"labels"}),
        ({"labels": ["x" * 41]}, {"labels.0"}),
        ({"labels": {"a": 1}}, {"labels"}),
        ({"links": [{"label": "x", "url": "data:text/html,x"}]}, {"links.0.url"}),
        ({"public": ["email"]}, {"public.0"}),
        ({"published": 1}, {"published"}),
        ({"account": str(uuid4())}, {"body"}),
        ({"photo": "https://example.org/x.png"}, {"body"}),
    ],
)
def test_a_profile_that_cannot_be_names_its_fields(
    event: Event, given: dict[str, Any], named: set[str]
) -> None:
    account = an_account()
    surgeon = a_surgeon(event, account=account)

    assert fields(Caller(account).patch(f"surgeons/{surgeon.pk}/", given)) == named


def test_a_profile_is_not_a_strangers_to_change(event: Event, organiser: Caller) -> None:
    surgeon = a_surgeon(event, account=an_account(), published=False)
    path = f"surgeons/{surgeon.pk}/"

    assert problem(Caller().patch(path, {"name": "x"})) == (401, "not-signed-in")
    assert problem(Caller(an_account()).patch(path, {"name": "x"})) == (403, "not-yours")
    assert problem(organiser.patch(path, {"published": True})) == (403, "owners-choice")
    assert problem(organiser.patch(f"surgeons/{uuid4()}/", {"name": "x"})) == (404, "not-found")
    assert organiser.patch(path, {"name": "Tom"}).json()["name"] == "Tom"


def test_organisers_add_list_and_remove_surgeons(event: Event, organiser: Caller) -> None:
    added = organiser.post("events/leeds/surgeons/", {"name": "Tom"})
    known, stranger = a_surgeon(event, name="Ann"), a_surgeon(an_event())

    assert (added.status_code, added.json()["published"]) == (201, False)
    assert organiser.post("events/leeds/surgeons/", {"surgeon": str(known.pk)}).status_code == 201
    assert problem(organiser.post("events/leeds/surgeons/", {"surgeon": str(stranger.pk)})) == (
        403,
        "not-yours",
    )
    assert problem(organiser.post("events/leeds/surgeons/", {"surgeon": str(uuid4())})) == (404, "not-found")
    own = organiser.get("desk/events/leeds/surgeons/").json()["results"]
    assert [(surgeon["name"], surgeon["published"]) for surgeon in own] == [("Ann", True), ("Tom", False)]
    assert [surgeon["owned"] for surgeon in own] == [False, False]
    path = f"events/leeds/surgeons/{known.pk}/"
    assert organiser.send("DELETE", path).status_code == 204
    assert problem(organiser.send("DELETE", path)) == (404, "not-found")
    assert Surgeon.objects.filter(pk=known.pk).exists()


@pytest.mark.parametrize("given", [{}, {"name": "x", "surgeon": str(uuid4())}])
def test_a_listing_is_of_somebody_known_or_somebody_new(organiser: Caller, given: dict[str, str]) -> None:
    assert fields(organiser.post("events/leeds/surgeons/", given)) == {"body"}


def test_the_people_of_a_day_are_its_organisers_to_choose(event: Event) -> None:
    surgeon = a_surgeon(event)
    moderator = Caller(a_role(event, "moderator"))

    assert problem(moderator.post("events/leeds/surgeons/", {"name": "x"})) == (403, "not-yours")
    assert problem(moderator.get("desk/events/leeds/surgeons/")) == (403, "not-yours")
    assert problem(moderator.send("DELETE", f"events/leeds/surgeons/{surgeon.pk}/")) == (403, "not-yours")


def test_of_an_owner_and_an_organiser_who_change_a_profile_the_later_reads_it_again(
    event: Event, organiser: Caller
) -> None:
    surgeon = a_surgeon(event, account=an_account(), about="Before", public=[])
    own, path = Caller(surgeon.account), f"surgeons/{surgeon.pk}/"
    seen = organiser.get(f"desk/{path}")

    first = own.patch(path, {"about": "Mine"}, If_Match=own.get(f"desk/{path}")["ETag"])
    late = organiser.patch(path, {"about": "Theirs"}, If_Match=seen["ETag"])
    read = organiser.get(f"desk/{path}")

    assert (seen.json()["about"], first.status_code) == ("Before", 200)
    assert problem(late) == (412, "changed-meanwhile")
    assert (read.json()["about"], read["ETag"]) == ("Mine", first["ETag"])
    assert organiser.patch(path, {"about": "Ours"}, If_Match=read["ETag"]).status_code == 200


def test_a_whole_profile_is_read_by_those_who_may_change_it(event: Event) -> None:
    surgeon = a_surgeon(event, account=an_account(), published=False)
    path = f"desk/surgeons/{surgeon.pk}/"

    assert Caller(surgeon.account).get(path).json()["published"] is False
    assert problem(Caller(a_role(event, "surgeon")).get(path)) == (403, "not-yours")
    assert problem(Caller().get(path)) == (401, "not-signed-in")
