"""What is read of lines, boards and doors costs the same however much there is."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.booked import a_booking, a_called_booking, a_spare, a_surgeon_here
from tests.makers import a_role, a_session, a_surgeon, an_event

from equalterms.bookings.models import HeadCount
from equalterms.bookings.serializers.door import door_of, heads_of
from equalterms.bookings.serializers.lines import board_of, here_at, lines_of
from equalterms.programme.models import Event

pytestmark = pytest.mark.django_db


def queries(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def filled(event: Event, number: int) -> None:
    for _ in range(number):
        session = a_session(event, kind="surgery", capacity=6)
        a_called_booking(session, a_surgeon_here(event))
        for state in ("here", "held", "listed"):
            a_booking(session, state, labels=["Forms"])
        a_spare(event)
        HeadCount.objects.create(counter=uuid4(), session=session, heads=3)


@pytest.mark.parametrize(
    ("read", "cost"),
    [
        pytest.param(lines_of, 2, id="lines"),
        pytest.param(here_at, 1, id="surgeons-who-are-here"),
        pytest.param(board_of, 4, id="board"),
        pytest.param(door_of, 3, id="door"),
        pytest.param(heads_of, 1, id="heads"),
    ],
)
def test_reading_costs_the_same_for_one_for_three_and_for_fifty(
    read: Callable[[Event], object], cost: int
) -> None:
    event = an_event()
    costs = []
    for number in (1, 2, 47):
        filled(event, number)
        costs.append(queries(lambda: read(event)))

    assert costs == [cost] * 3


def test_a_number_is_sent_to_the_table_of_whoever_called_it() -> None:
    event, other = an_event(), an_event()
    session = a_session(event, kind="surgery")
    surgeon = a_surgeon_here(event, place="table 1")
    a_surgeon_here(event, place="table 2")
    surgeon.presences.create(event=other, state="here", place="far away")
    a_called_booking(session, surgeon, ticket=300)
    a_called_booking(session, a_surgeon(event, account=a_role(event, "surgeon")), ticket=200)

    called = lines_of(event)[0]["called"]

    assert called == [{"ticket": 200, "place": ""}, {"ticket": 300, "place": "table 1"}]


def test_only_the_sessions_and_surgeons_that_are_asked_for_are_told() -> None:
    event = an_event()
    one, _ = (a_session(event, kind="surgery") for _ in range(2))
    surgeon, _ = (a_surgeon_here(event) for _ in range(2))

    assert [line["session"] for line in lines_of(event, only=[one.pk, uuid4()])] == [str(one.pk)]
    assert [here["surgeon"] for here in here_at(event, only=[surgeon.pk, uuid4()])] == [str(surgeon.pk)]


def test_more_came_than_there_is_room_and_the_door_reads_how_many() -> None:
    event = an_event()
    session = a_session(event, kind="workshop", capacity=2)
    for _ in range(5):
        a_booking(session, "here")

    seen = door_of(event)["sessions"][0]

    assert (seen["capacity"], seen["here"], seen["seats"]) == (2, 5, "full")


def test_at_a_surgery_the_door_has_the_half_that_nobody_can_book() -> None:
    event = an_event()
    session = a_session(event, kind="surgery", capacity=10)
    for _ in range(5):
        a_booking(session, "held", home=True)

    assert door_of(event)["sessions"][0]["seats"] == "free"
