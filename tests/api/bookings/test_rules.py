from datetime import timedelta
from typing import Any

import pytest
from tests.booked import a_booking
from tests.makers import a_session_going_on, a_surgeon, an_event

from equalterms.bookings import rules
from equalterms.bookings.models import Booking
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "capacity", "places"),
    [
        pytest.param("workshop", 12, 12, id="all-of-a-workshop"),
        pytest.param("talk", None, None, id="no-limit"),
        pytest.param("surgery", None, None, id="no-limit-at-a-surgery"),
        pytest.param("surgery", 9, 4, id="half-of-a-surgery"),
        pytest.param("surgery", 1, 1, id="one-at-the-least"),
        pytest.param("surgery", 0, 0, id="but-none-of-none"),
    ],
)
def test_half_of_a_surgery_is_for_those_who_turn_up(
    kind: str, capacity: int | None, places: int | None
) -> None:
    assert rules.bookable(a_session_going_on(kind=kind, capacity=capacity)) == places


@pytest.mark.parametrize(
    ("session", "event"),
    [
        pytest.param({"state": "cancelled"}, {}, id="a-cancelled-session"),
        pytest.param({}, {"state": "cancelled"}, id="a-cancelled-day"),
        pytest.param({}, {"closed_on": "2026-11-22"}, id="a-closed-day"),
        pytest.param({}, {"clock_offset": 3601}, id="a-session-that-is-over-by-the-clock-of-its-day"),
    ],
)
def test_places_are_given_out_while_the_session_is_still_to_come_or_goes_on(
    session: dict[str, Any], event: dict[str, Any]
) -> None:
    on = a_session_going_on()
    off = a_session_going_on()
    for row, changes in ((off, session), (off.event, event)):
        for name, value in changes.items():
            setattr(row, name, value)

    assert rules.takes_bookings(on)
    assert rules.takes_bookings(a_session_going_on(review="closed"))
    assert rules.takes_bookings(on, clock.now() - timedelta(days=3))
    assert not rules.takes_bookings(on, on.ends)
    assert not rules.takes_bookings(off)


def test_what_is_left_at_a_surgery_for_home_and_for_the_door() -> None:
    session = a_session_going_on(kind="surgery", capacity=6)
    assert rules.space_in(session) == (3, 6)

    for state in ("held", "here", "listed", "left"):
        a_booking(session, state, home=True)
    assert rules.space_in(session) == (1, 4)
    for _ in range(4):
        a_booking(session, "here")
    assert rules.space_in(session) == (0, 0)
    a_booking(session, "served")
    assert rules.space_in(session) == (0, 0)
    Booking.objects.filter(state="here").update(state="served", ticket=None)
    assert rules.space_in(session) == (2, 5)
    assert rules.space_in(a_session_going_on()) == (None, None)


def test_labels_are_those_of_the_day_in_its_own_spelling() -> None:
    event = an_event(labels=["Photos", "Scams"])
    a_surgeon(event, labels=["Urdu spoken"])

    assert rules.chosen_labels(event, ["URDU spoken", "photos", "Photos"]) == ["Urdu spoken", "Photos"]
    assert rules.chosen_labels(event, []) == []


def test_labels_that_are_not_offered_are_refused_and_never_repeated() -> None:
    event = an_event(labels=[f"label {number}" for number in range(6)])

    for wrong in (["a secret illness"], event.labels):
        with pytest.raises(Refusal) as refused:
            rules.chosen_labels(event, wrong)
        assert [error["attr"] for error in refused.value.errors] == ["labels"]
        assert "secret" not in str(refused.value.errors)


def test_a_state_is_told_in_the_words_of_the_day() -> None:
    states = ("held", "listed", "here", "taken", "served", "left")

    assert [rules.outward(state) for state in states] == [
        "held", "waiting", "here", "called", "served", "left",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "given", "fits"),
    [
        pytest.param(["Photos"], ["PHOTOS", "Scams"], True, id="one-of-them-in-whatever-spelling"),
        pytest.param(["Photos"], ["Scams"], False, id="none-of-them"),
        pytest.param([], ["Scams"], True, id="no-special-help"),
        pytest.param(["Photos"], [], True, id="a-surgeon-without-labels"),
    ],
)
def test_who_fits_a_surgeon(wanted: list[str], given: list[str], fits: bool) -> None:
    assert rules.fits(wanted, a_surgeon(labels=given)) is fits
