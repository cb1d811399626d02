"""The room's board: tables are named, numbers and never people, for anybody of the staff."""

import pytest
from tests.booked import a_booking, a_called_booking, a_surgeon_here
from tests.makers import a_role, a_session, an_event
from tests.staff import Caller, problem, values

from equalterms.bookings.actions.lines import publish_lines

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["organiser", "moderator", "surgeon", "door"])
def test_anybody_of_the_staff_puts_it_up(role: str) -> None:
    event = an_event()

    board = Caller(a_role(event, role)).get(f"desk/events/{event.slug}/board/")

    assert (board.status_code, board.json()) == (200, {"lines": [], "here": [], "labels": []})


def test_strangers_do_not() -> None:
    event = an_event()
    path = f"desk/events/{event.pk}/board/"

    answers = [Caller(a_role(an_event())).get(path), Caller().get(path)]

    assert [problem(answer) for answer in answers] == [(403, "not-yours"), (401, "not-signed-in")]


def test_it_names_tables_also_where_the_public_page_does_not() -> None:
    event = an_event(join_code="day")
    surgery = a_session(event, kind="surgery", capacity=4)
    surgeon = a_surgeon_here(event, place="table 3")
    a_called_booking(surgery, surgeon, ticket=412)
    publish_lines()

    board = Caller(a_role(event)).get(f"desk/events/{event.pk}/board/").json()
    public = Caller().get(f"events/{event.pk}/live/").json()

    assert board["lines"] == [{**public["lines"][0], "called": [{"ticket": 412, "place": "table 3"}]}]
    assert public["lines"][0]["called"] == [{"ticket": 412, "place": ""}]
    assert board["here"] == [{"surgeon": str(surgeon.pk), "state": "here", "place": "table 3"}]
    assert public["here"] == [{"surgeon": str(surgeon.pk), "state": "here", "place": ""}]


def test_it_counts_who_waits_for_which_help_and_holds_no_number_of_anybody_who_waits() -> None:
    event = an_event()
    surgery = a_session(event, kind="surgery")
    a_booking(surgery, "here", ticket=8_123, labels=["Phones", "Forms"])
    a_booking(surgery, "here", ticket=8_124, labels=["Phones"])
    a_booking(surgery, "held", labels=["Planted"])
    a_booking(a_session(event, kind="talk"), "here", labels=["Planted"])

    board = Caller(a_role(event)).get(f"desk/events/{event.pk}/board/")

    assert board.json()["labels"] == [{"label": "Forms", "waiting": 1}, {"label": "Phones", "waiting": 2}]
    assert values(board.json()) & {8_123, 8_124, "8123", "8124", "Planted"} == set()
