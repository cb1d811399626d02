from uuid import uuid4

import pytest
from tests.makers import a_role, a_session, an_account, an_event
from tests.staff import Caller, problem

from equalterms.programme.models import Event, Role

pytestmark = pytest.mark.django_db

PATH = "desk/events/leeds/roles/"


@pytest.fixture
def event() -> Event:
    return an_event(slug="leeds")


def test_organisers_read_who_may_do_what(event: Event) -> None:
    ann = a_role(event, "organiser", an_account(name="Ann"))
    bo = an_account(name="Bo", email=None)
    session = a_session(event)
    Role.objects.create(account=bo, event=event, role="moderator", session=session)
    a_role(an_event(), "door")

    listed = Caller(ann).get(PATH).json()["results"]

    assert {
        (row["account"]["name"], row["account"]["email"], row["role"], row["me"], row["until"])
        for row in listed
    } == {("Ann", ann.email, "organiser", True, None), ("Bo", "", "moderator", False, None)}
    assert [row["session"]["code"] for row in listed if row["session"]] == [session.code]


def test_a_role_that_is_taken_away_ends_at_once(event: Event) -> None:
    organiser, tom = Caller(a_role(event)), a_role(event, "moderator")
    moderator = Caller(tom)
    reviews = "desk/events/leeds/reviews/"
    assert moderator.get(reviews).status_code == 200

    assert organiser.send("DELETE", f"{PATH}{Role.objects.get(account=tom).pk}/").status_code == 204

    assert problem(moderator.get(reviews)) == (403, "not-yours")


def test_roles_are_the_organisers_alone(event: Event) -> None:
    mine, theirs = a_role(event), a_role(an_event())
    role = Role.objects.get(account=mine)
    for account in (a_role(event, "moderator"), a_role(event, "door"), a_role(event, "surgeon"), theirs):
        assert problem(Caller(account).get(PATH)) == (403, "not-yours")
        assert problem(Caller(account).send("DELETE", f"{PATH}{role.pk}/")) == (403, "not-yours")
    assert problem(Caller().get(PATH)) == (401, "not-signed-in")
    foreign = Role.objects.get(account=theirs)

    for ident in (foreign.pk, uuid4()):
        assert problem(Caller(mine).send("DELETE", f"{PATH}{ident}/")) == (404, "not-found")


def test_a_day_keeps_its_last_organiser(event: Event) -> None:
    last = a_role(event)

    refused = Caller(last).send("DELETE", f"{PATH}{Role.objects.get().pk}/")

    assert problem(refused) == (409, "last-organiser")


@pytest.mark.parametrize("more", [0, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_many(
    event: Event, more: int, django_assert_num_queries: object
) -> None:
    organiser = Caller(a_role(event))
    for _ in range(more):
        a_role(event, "door")

    with django_assert_num_queries(5):  # type: ignore[operator]
        organiser.get(PATH)
