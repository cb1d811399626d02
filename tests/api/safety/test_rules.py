import pytest
from tests.makers import a_role, an_event

from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Event, Session
from equalterms.safety.rules import (
    LONGEST_WAIT,
    has_code,
    has_place,
    is_opening,
    may_review,
    wait_before_leaving,
)

pytestmark = pytest.mark.django_db


def test_moderators_and_organisers_of_this_event_review() -> None:
    event, other = an_event(), an_event()

    allowed = {
        role: may_review(a_role(event, role), event.pk)
        for role in ("organiser", "moderator", "surgeon", "door")
    }

    assert allowed == {"organiser": True, "moderator": True, "surgeon": False, "door": False}
    assert not may_review(a_role(other, "moderator"), event.pk)


def test_a_place_is_free_below_a_hundred_and_with_the_code_below_two_hundred() -> None:
    found = [
        [has_place(waiting, coded=coded) for waiting in (0, 99, 100, 199, 200)] for coded in (False, True)
    ]

    assert found == [[True, True, False, False, False], [True, True, True, True, False]]


@pytest.mark.parametrize(("code", "coded"), [("Blue", True), ("bLUE", True), ("", False), (None, False)])
def test_the_code_of_the_day_is_known_in_any_case(code: str | None, coded: bool) -> None:
    assert has_code(Event(join_code="blue"), code) is coded


def test_a_code_is_ignored_where_the_day_has_none_or_none_any_more() -> None:
    assert has_code(Event(join_code=""), "blue") is False


def test_a_code_of_another_day_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        has_code(Event(join_code="blue"), "red")

    assert (refusal.value.code, refusal.value.status) == ("wrong-join-code", 400)


@pytest.mark.parametrize(
    ("mixing", "kind", "slow", "ticks"),
    [
        ("off", "question", 0, None), ("off", "question", 60, 0), ("off", "comment", 300, 0),
        ("gentle", "question", 0, 1), ("safe", "question", 0, LONGEST_WAIT), ("safe", "comment", 60, 1),
    ],
)  # fmt: skip
def test_how_long_what_is_approved_may_wait(mixing: str, kind: str, slow: int, ticks: int | None) -> None:
    session = Session(event=Event(mixing=mixing), slow=slow)

    assert wait_before_leaving(session, kind) == ticks


@pytest.mark.parametrize(("slow", "openings"), [(0, 20), (60, 10), (120, 5), (300, 2)])
def test_slow_mode_opens_once_in_so_many_seconds(slow: int, openings: int) -> None:
    """Counted over ten minutes of half-minute ticks."""
    assert sum(is_opening(Session(slow=slow), tick) for tick in range(1_000, 1_020)) == openings
