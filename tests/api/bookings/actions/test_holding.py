from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.booked import a_booking
from tests.makers import a_session, a_session_going_on, an_event
from tests.racing import together

from equalterms.bookings.actions import end_booking, free_ticket, hold_line, holding, open_booking
from equalterms.bookings.models import Booking, HelpGiven, Line
from equalterms.lib.refusal import Refusal


@pytest.mark.django_db
def test_a_ticket_is_a_number_of_three_digits_that_nobody_has(monkeypatch: pytest.MonkeyPatch) -> None:
    event = an_event()
    Booking.objects.create(event=event, state="spare", ticket=101)
    Booking.objects.create(event=an_event(), state="spare", ticket=100)
    monkeypatch.setattr(holding, "SHORT", range(100, 103))

    assert {free_ticket(event) for _ in range(40)} == {100, 102}


@pytest.mark.django_db
def test_where_so_many_are_out_a_ticket_has_four_digits() -> None:
    event = an_event()
    Booking.objects.bulk_create(
        Booking(event=event, state="spare", ticket=number) for number in range(100, 800)
    )

    assert 1_000 <= free_ticket(event) < 10_000


@pytest.mark.django_db
def test_a_number_that_somebody_else_drew_first_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    event, drawn = an_event(), iter([412, 412, 412, 413])
    monkeypatch.setattr(holding, "free_ticket", lambda event: next(drawn))

    tickets = [open_booking(event=event, state="spare").ticket for _ in range(2)]

    assert tickets == [412, 413]


@pytest.mark.django_db
def test_who_never_finds_a_number_may_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    event = an_event()
    monkeypatch.setattr(holding, "free_ticket", lambda event: 412)
    open_booking(event=event, state="spare")

    with pytest.raises(Refusal) as refused:
        open_booking(event=event, state="spare")

    assert (refused.value.status, refused.value.code) == (503, "busy")
    assert Booking.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_drawn_at_the_same_moment_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    event = an_event()
    monkeypatch.setattr(holding, "SHORT", range(100, 108))

    def draw() -> Any:
        with transaction.atomic():
            return open_booking(event=event, state="spare").ticket

    assert sorted(together(*[draw] * 8)) == list(range(100, 108))


@pytest.mark.django_db(transaction=True)
def test_a_line_is_made_once_by_whoever_comes_first() -> None:
    session = a_session_going_on()

    def hold() -> Any:
        with transaction.atomic():
            return hold_line(session).pk

    assert together(*[hold] * 6) == [session.pk] * 6
    assert Line.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["served", "left"])
def test_what_is_over_keeps_no_number_no_labels_and_no_time(state: str) -> None:
    booking = a_booking(a_session_going_on(), "taken", labels=["Photos"], ticket=412, slot=900)

    end_booking(booking=booking, state=state)

    booking.refresh_from_db()
    assert (booking.state, booking.ticket, booking.labels, booking.slot) == (state, None, [], 0)


@pytest.mark.django_db
def test_nothing_else_is_an_end() -> None:
    booking = a_booking(a_session_going_on(), "taken")

    with pytest.raises(ValueError, match="here"):
        end_booking(booking=booking, state="here")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"state": "served", "ticket": 412}, id="over-with-a-number"),
        pytest.param({"state": "here", "ticket": None}, id="open-without-one"),
    ],
)
def test_the_table_itself_keeps_a_number_as_long_as_it_is_open(columns: dict[str, Any]) -> None:
    session = a_session_going_on()

    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(pk=uuid4(), event=session.event, session=session, **columns)


@pytest.mark.django_db
def test_help_that_was_given_is_counted_by_label_when_the_labels_go_and_by_nothing_else() -> None:
    surgery = a_session(kind="surgery")
    for state, labels in (
        ("served", ["Photos", "Scams"]), ("served", ["Photos"]), ("served", []), ("left", ["Photos"]),
    ):  # fmt: skip
        with transaction.atomic():
            end_booking(booking=a_booking(surgery, "taken", labels=labels), state=state)

    counted = HelpGiven.objects.values_list("event", "label", "people")

    assert sorted(counted) == [(surgery.event_id, "Photos", 2), (surgery.event_id, "Scams", 1)]
    assert set(Booking.objects.values_list("state", "slot")) == {("served", 0), ("left", 0)}
