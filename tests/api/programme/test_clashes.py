"""One room, or one surgeon, in two places at once."""

from datetime import timedelta
from typing import Any

import pytest
from tests.makers import a_room, a_session, a_surgeon, an_event

from equalterms.programme.clashes import MOST, clashes_of
from equalterms.programme.models import Event, Session

pytestmark = pytest.mark.django_db


def at(event: Event, hour: float, hours: float = 1, **fields: Any) -> Session:
    starts = event.starts + timedelta(hours=hour)
    return a_session(event, starts=starts, ends=starts + timedelta(hours=hours), **fields)


def told(event: Event) -> list[tuple[str, str, str, str]]:
    return [(kind, what, one.title, other.title) for kind, what, (one, other) in clashes_of(event)]


def test_two_sessions_that_overlap_in_a_room_clash() -> None:
    event = an_event(state="draft")
    hall, attic = a_room(event, name="Hall"), a_room(event)
    at(event, 0, title="Long", hours=3, room=hall)
    at(event, 2.5, title="Late", room=hall)
    at(event, 1, title="Elsewhere", room=attic)

    assert told(event) == [("room", "Hall", "Long", "Late")]


def test_one_that_ends_when_the_next_begins_is_in_nobodys_way() -> None:
    event = an_event()
    hall = a_room(event)
    at(event, 0, room=hall)
    at(event, 1, room=hall)

    assert told(event) == []


def test_a_surgeon_at_two_sessions_at_once_clashes() -> None:
    event = an_event()
    ada = a_surgeon(event, name="Ada", published=False)
    for title in ("One", "Two"):
        at(event, 0, title=title).appearances.create(surgeon=ada)
    first, second = sorted(event.sessions.all(), key=lambda session: session.pk)

    assert told(event) == [("surgeon", "Ada", first.title, second.title)]


def test_cancelled_sessions_rooms_not_given_and_other_days_clash_with_nothing() -> None:
    event, other = an_event(), an_event()
    hall = a_room(event)
    at(event, 0, room=hall)
    at(event, 0, room=hall, state="cancelled")
    at(event, 0)
    at(event, 0)
    at(other, 0, room=a_room(other))

    assert told(event) == []


def test_three_at_once_are_three_pairs_the_earliest_first() -> None:
    event = an_event()
    hall = a_room(event, name="Hall")
    for number, title in enumerate("ABC"):
        at(event, number / 10, title=title, room=hall)

    assert [pair for *_, pair in clashes_of(event)] == [clash.sessions for clash in clashes_of(event)]
    assert sorted(told(event)) == [
        ("room", "Hall", "A", "B"),
        ("room", "Hall", "A", "C"),
        ("room", "Hall", "B", "C"),
    ]
    assert told(event)[0] == ("room", "Hall", "A", "B")


def test_no_more_are_told_than_anybody_reads() -> None:
    event = an_event()
    hall = a_room(event)
    for _ in range(25):
        at(event, 0, room=hall)

    assert len(clashes_of(event)) == MOST


@pytest.mark.parametrize("sessions", [1, 5])
def test_few_queries_find_them(sessions: int, django_assert_num_queries: Any) -> None:
    event = an_event()
    hall, ada = a_room(event), a_surgeon(event)
    for _ in range(sessions):
        at(event, 0, room=hall).appearances.create(surgeon=ada)

    with django_assert_num_queries(3):
        clashes_of(event)
