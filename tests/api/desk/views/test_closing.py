"""Closing a day from the desk."""

import pytest
from tests.makers import a_role, a_session, an_event
from tests.staff import Caller, fields, problem

from equalterms.people.models import Act
from equalterms.programme.models import Event

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]


def test_an_organiser_closes_the_day_by_typing_its_address() -> None:
    event = a_session(an_event(slug="leeds-spring")).event
    organiser = Caller(a_role(event))

    answer = organiser.post("desk/events/leeds-spring/close/", {"confirm": "leeds-spring"})

    assert (answer.status_code, answer.json()["closed"]) == (200, True)
    assert Event.objects.get().closed
    assert list(Act.objects.values_list("act", "kind")) == [("close-event", "event")]
    assert Caller().get("events/leeds-spring/").json()["closed"] is True


@pytest.mark.parametrize("typed", ["", "leeds", "LEEDS-SPRING"])
def test_another_address_closes_nothing(typed: str) -> None:
    event = an_event(slug="leeds-spring")

    answer = Caller(a_role(event)).post("desk/events/leeds-spring/close/", {"confirm": typed})

    assert fields(answer) == {"confirm"}
    assert not Event.objects.get().closed


@pytest.mark.parametrize("role", ["moderator", "surgeon", "door"])
def test_only_organisers_close_a_day(role: str) -> None:
    event = an_event()

    answer = Caller(a_role(event, role)).post(f"desk/events/{event.pk}/close/", {"confirm": event.slug})

    assert problem(answer) == (403, "not-yours")
    assert not Event.objects.get().closed
