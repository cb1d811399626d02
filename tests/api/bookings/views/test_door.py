"""The door over HTTP: who may, what is answered, and that nobody is listed."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.booked import a_booking, a_called_booking, a_spare, a_surgeon_here
from tests.makers import a_role, a_room, a_session, an_event
from tests.staff import Caller, fields, problem, values

from equalterms.bookings.models import Booking, HeadCount
from equalterms.bookings.views import door as views
from equalterms.lib import clock
from equalterms.lib.throttles import Slowdown
from equalterms.people.models import Act
from equalterms.programme.models import Event

pytestmark = pytest.mark.django_db


def door_of(event: Event) -> Caller:
    return Caller(a_role(event, "door"))


def at(event: Event, path: str) -> str:
    return f"desk/events/{event.slug}/{path}"


def put(desk: Caller, path: str, body: object) -> Any:
    return desk.send("PUT", path, body)


def everything(desk: Caller, event: Event) -> list[Any]:
    """Every address of the door, each with something in it to answer."""
    spare, session = a_spare(event), a_session(event)
    return [
        desk.get(at(event, "door/")),
        desk.post(at(event, "spares/"), {"count": 1}),
        desk.get(at(event, "tickets/?ticket=1")),
        put(desk, at(event, f"tickets/{spare.pk}/"), {"session": str(session.pk)}),
        desk.post(at(event, "arrivals/"), {"tickets": [1]}),
        put(desk, at(event, f"heads/{uuid4()}/"), {"counts": [{"session": str(session.pk), "heads": 3}]}),
    ]


@pytest.mark.parametrize("role", ["door", "organiser"])
def test_the_door_and_organisers_are_at_the_door(role: str) -> None:
    event = an_event()

    answers = everything(Caller(a_role(event, role)), event)

    assert [answer.status_code for answer in answers] == [200, 201, 200, 201, 200, 200]


@pytest.mark.parametrize("role", ["moderator", "surgeon"])
def test_others_of_the_staff_are_not(role: str) -> None:
    event = an_event()

    answers = everything(Caller(a_role(event, role)), event)

    assert {problem(answer) for answer in answers} == {(403, "not-yours")}


def test_strangers_are_not() -> None:
    event = an_event()

    others = everything(door_of(an_event()), event)
    nobody = everything(Caller(), event)

    assert {problem(answer) for answer in others} == {(403, "not-yours")}
    assert {problem(answer) for answer in nobody} == {(401, "not-signed-in")}


def test_the_door_sees_its_sessions_in_numbers() -> None:
    event = an_event()
    room = a_room(event, name="Hall")
    surgery = a_session(event, kind="surgery", capacity=2, room=room, title="A surgery")
    talk = a_session(event, title="B talk")
    a_session(event, state="cancelled")
    for state in ("held", "listed", "here", "here", "taken", "served", "left"):
        a_booking(surgery, state)
    a_booking(a_session(), "here")
    a_spare(event)
    HeadCount.objects.create(counter=uuid4(), session=talk, heads=30)
    HeadCount.objects.create(counter=uuid4(), session=talk, heads=12)

    door = door_of(event).get(at(event, "door/")).json()

    assert (door["heads"], door["spares"]) == (42, 1)
    assert door["sessions"] == [
        {
            "id": str(surgery.pk), "code": surgery.code, "title": "A surgery", "kind": "surgery",
            "starts": clock.iso(surgery.starts), "ends": clock.iso(surgery.ends), "room": "Hall",
            "capacity": 2, "seats": "full", "held": 1, "listed": 1, "here": 4, "heads": 0,
        },
        {
            "id": str(talk.pk), "code": talk.code, "title": "B talk", "kind": "talk",
            "starts": clock.iso(talk.starts), "ends": clock.iso(talk.ends), "room": "",
            "capacity": None, "seats": "open", "held": 0, "listed": 0, "here": 0, "heads": 42,
        },
    ]  # fmt: skip


def test_a_spare_is_given_out_and_the_same_again_changes_nothing() -> None:
    event = an_event(labels=["Phones"])
    session, door = a_session(event), door_of(event)
    spare = door.post(at(event, "spares/"), {"count": 1}).json()["spares"][0]
    body = {"session": str(session.pk), "labels": ["phones"], "remote": False}
    path = at(event, f"tickets/{spare['id']}/")

    first, again = put(door, path, body), put(door, path, body)
    other = put(door, path, {**body, "labels": []})

    given = {**spare, "state": "here", "session": str(session.pk), "labels": ["Phones"], "remote": False}
    assert (first.status_code, first.json()) == (201, given)
    assert (again.status_code, again.json()) == (200, given)
    assert problem(other) == (409, "ticket-used")
    assert Booking.objects.count() == 1


def test_an_unknown_spare_and_one_of_another_event_are_not_found() -> None:
    event = an_event()
    body = {"session": str(a_session(event).pk)}
    foreign = a_spare(an_event())

    answers = [put(door_of(event), at(event, f"tickets/{one}/"), body) for one in (uuid4(), foreign.pk)]

    assert {problem(answer) for answer in answers} == {(404, "not-found")}
    foreign.refresh_from_db()
    assert foreign.state == "spare"


def test_what_is_typed_is_found_and_nothing_else() -> None:
    event = an_event()
    session = a_session(event)
    booking = a_booking(session, "listed", ticket=412, labels=["Forms"])
    spare = a_spare(event, ticket=777)
    a_booking(a_session(), "held", ticket=300)
    door = door_of(event)

    found = door.get(at(event, "tickets/?ticket=412")).json()
    others = [door.get(at(event, f"tickets/?ticket={one}")).json() for one in (41, 300, spare.ticket)]

    there = {"id": str(session.pk), "code": session.code, "title": session.title}
    known = {"id": str(booking.pk), "ticket": 412, "state": "waiting", "session": there}
    assert found == {"results": [{**known, "labels": ["Forms"], "remote": False}]}
    assert others == [{"results": []}] * 3


@pytest.mark.parametrize("query", ["", "?ticket=", "?ticket=4x", "?ticket=10000", "?ticket=-1", "?ticket=٤"])
def test_a_search_for_no_number_finds_nobody(query: str) -> None:
    event = an_event()

    assert fields(door_of(event).get(at(event, f"tickets/{query}"))) == {"ticket"}


def test_o5_the_door_never_answers_with_a_ticket_that_was_not_typed() -> None:
    event = an_event(labels=["planted label"])
    session = a_session(event, kind="surgery", capacity=50)
    surgeon = a_surgeon_here(event)
    planted = [
        a_booking(session, state, ticket=8_000 + number, labels=["planted label"], home=number % 2 == 0)
        for number, state in enumerate(("held", "listed", "here") * 4)
    ]
    planted += [a_called_booking(session, surgeon, ticket=8_100, labels=["planted label"])]
    typed = a_booking(session, "held", ticket=555)
    spare = a_spare(event, ticket=444)
    door = door_of(event)

    answers = [
        *everything(door, event),
        door.get(at(event, f"tickets/?ticket={typed.ticket}")),
        door.post(at(event, "arrivals/"), {"tickets": [typed.ticket, 9_999]}),
        put(door, at(event, f"tickets/{spare.pk}/"), {"session": str(session.pk)}),
        *(
            door.get(at(event, f"tickets/?ticket={typed.ticket}&{more}"))
            for more in ("page_size=50", "all=1")
        ),
    ]

    said = values([answer.json() for answer in answers])
    assert {str(typed.pk), typed.ticket} <= said
    assert {answer.status_code for answer in answers} <= {200, 201}
    assert said & {known for one in planted for known in (str(one.pk), one.ticket, str(one.ticket))} == set()
    assert "planted label" not in said


def test_arrivals_are_told_one_for_each_number_that_was_sent() -> None:
    event = an_event()
    session, cancelled = a_session(event), a_session(event, state="cancelled")
    tickets = [
        a_booking(session, "held").ticket,
        a_booking(session, "here").ticket,
        a_booking(cancelled, "held").ticket,
        a_spare(event).ticket,
    ]

    told = door_of(event).post(at(event, "arrivals/"), {"tickets": [*tickets, tickets[0]]}).json()["results"]

    there = {"id": str(session.pk), "title": session.title}
    gone = {"id": str(cancelled.pk), "title": cancelled.title}
    assert [(one["outcome"], one["session"]) for one in told] == [
        ("arrived", there), ("here-already", there), ("over", gone), ("unknown", None),
        ("here-already", there),
    ]  # fmt: skip
    assert [one["ticket"] for one in told] == [*tickets, tickets[0]]


def test_counters_add_up_and_each_counts_once() -> None:
    event = an_event()
    hall, side = (a_session(event) for _ in range(2))
    door, one, other = door_of(event), uuid4(), uuid4()

    def count(counter: object, *counts: tuple[Any, int]) -> Any:
        body = {"counts": [{"session": str(session.pk), "heads": heads} for session, heads in counts]}
        return put(door, at(event, f"heads/{counter}/"), body).json()

    count(one, (hall, 10), (side, 3))
    count(other, (hall, 5))
    count(one, (hall, 12))
    told = count(one, (hall, 12))

    by_id = sorted(
        [{"id": str(hall.pk), "heads": 17}, {"id": str(side.pk), "heads": 3}], key=lambda s: s["id"]
    )
    assert told == {"heads": 20, "sessions": by_id}


def test_heads_of_another_days_session_are_refused() -> None:
    event = an_event()
    body = {"counts": [{"session": str(a_session().pk), "heads": 3}]}

    assert fields(put(door_of(event), at(event, f"heads/{uuid4()}/"), body)) == {"counts"}
    assert not HeadCount.objects.exists()


@pytest.mark.parametrize(
    ("path", "body", "attr"),
    [
        pytest.param("spares/", {"count": 0}, "count", id="no-spares"),
        pytest.param("spares/", {"count": 51}, "count", id="too-many-spares"),
        pytest.param("spares/", {"count": "3"}, "count", id="a-word-of-spares"),
        pytest.param("arrivals/", {"tickets": []}, "tickets", id="no-arrivals"),
        pytest.param("arrivals/", {"tickets": [1] * 101}, "tickets", id="too-many-arrivals"),
        pytest.param("arrivals/", {"tickets": [10_000]}, "tickets.0", id="no-such-number"),
    ],
)
def test_what_cannot_be_is_refused(path: str, body: object, attr: str) -> None:
    event = an_event()

    assert fields(door_of(event).post(at(event, path), body)) == {attr}


def test_a_closed_day_has_no_door() -> None:
    event = an_event(closed_on=clock.now().date())
    answers = everything(door_of(event), event)

    assert [answer.status_code for answer in answers] == [200, 409, 200, 409, 409, 409]
    assert {problem(answer) for answer in answers if answer.status_code == 409} == {(409, "day-is-over")}
    assert not Booking.objects.exclude(state="spare").exists()


def test_nothing_at_the_door_is_a_line_of_the_audit_list() -> None:
    event = an_event()

    everything(door_of(event), event)

    assert not Act.objects.exists()


def test_the_door_costs_the_same_queries_however_many_come() -> None:
    event = an_event()
    door, counter = door_of(event), uuid4()
    costs = []
    for number in (1, 2, 47):
        sessions = [a_session(event, capacity=9, room=a_room(event)) for _ in range(number)]
        tickets = [a_booking(session, "held").ticket for session in sessions]
        counts = [{"session": str(session.pk), "heads": 2} for session in sessions]
        asked = [
            lambda: door.get(at(event, "door/")),
            lambda tickets=tickets: door.post(at(event, "arrivals/"), {"tickets": tickets}),
            lambda counts=counts: put(door, at(event, f"heads/{counter}/"), {"counts": counts}),
            lambda number=number: door.post(at(event, "spares/"), {"count": number}),
        ]
        costs.append([])
        for ask in asked:
            with CaptureQueriesContext(connection) as captured:
                assert ask().status_code in (200, 201)
            costs[-1].append(len(captured))

    assert costs[0] == costs[1] == costs[2]
    assert costs[0][0] <= 7


def test_whoever_goes_through_the_numbers_is_slowed_down_and_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "unknown_numbers", Slowdown(free=20, seconds=lambda: 0.0))
    session = a_session()
    event = session.event
    a_booking(session, "held", ticket=700)
    walker, colleague = door_of(event), door_of(event)

    walked = [walker.get(at(event, f"tickets/?ticket={number}")) for number in range(100, 121)]
    late = walker.get(at(event, "tickets/?ticket=700"))

    assert [answer.status_code for answer in walked] == [200] * 21
    assert (problem(late), late["Retry-After"]) == ((429, "slow-down"), "1")
    assert len(colleague.get(at(event, "tickets/?ticket=700")).json()["results"]) == 1


def test_a_busy_door_that_mishears_now_and_then_is_never_slowed_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "unknown_numbers", Slowdown(free=20, seconds=lambda: 0.0))
    session = a_session()
    a_booking(session, "held", ticket=700)
    door = door_of(session.event)

    typed = [door.get(at(session.event, f"tickets/?ticket={n}")) for n in [700, 701, 700, 700] * 20]

    assert {answer.status_code for answer in typed} == {200}
