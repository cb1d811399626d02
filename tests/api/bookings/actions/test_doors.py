"""The door: whatever phones tell, in whatever order and however often, everybody comes once."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.booked import a_booking, a_spare, standing
from tests.journalled import telling
from tests.makers import a_session, an_event
from tests.racing import together

from equalterms.bookings.actions import Wanted, end_booking
from equalterms.bookings.actions.doors import (
    MOST_SPARES,
    arrive,
    count_heads,
    forget_spares,
    give_out,
    give_spares,
)
from equalterms.bookings.models import Booking, HeadCount, Place
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        work()
    return refusal.value.code


def patiently(work: Callable[[], object]) -> Callable[[], object]:
    """As a phone of the door does: where the database cannot answer now, it sends again."""

    def again() -> object:
        for _ in range(20):
            with suppress(OperationalError):
                return work()
        return work()

    return again


def given_to(spare: Booking, session: Session, *labels: str, remote: bool = False) -> tuple[Booking, bool]:
    wanted = Wanted(list(labels), remote)
    return give_out(event=session.event, spare=spare.pk, session=session.pk, wanted=wanted)


@pytest.mark.django_db
def test_spares_have_numbers_of_their_own_that_tell_no_order() -> None:
    event = an_event()
    a_booking(a_session(event), "held", ticket=412)

    spares = [spare for _ in range(3) for spare in give_spares(event=event, count=50)]

    tickets = [spare.ticket for spare in spares]
    assert len(set(tickets) - {412}) == 150
    assert all(ticket is not None and 100 <= ticket <= 999 for ticket in tickets)
    assert tickets != sorted(tickets, key=lambda ticket: ticket or 0)
    assert Booking.objects.filter(event=event, state=Place.SPARE, session=None).count() == 150


@pytest.mark.django_db
def test_a_day_has_at_most_400_spares_and_more_once_some_are_given_out() -> None:
    event = an_event()
    session = a_session(event)
    Booking.objects.bulk_create(
        Booking(event=event, state=Place.SPARE, ticket=100 + number) for number in range(MOST_SPARES - 2)
    )

    last = give_spares(event=event, count=50)
    none = refused(lambda: give_spares(event=event, count=1))
    given_to(last[0], session)

    assert (len(last), none) == (2, "enough-spares")
    assert len(give_spares(event=event, count=50)) == 1


@pytest.mark.django_db
def test_where_700_numbers_are_out_spares_have_four_digits() -> None:
    session = a_session()
    for ticket in range(100, 790):
        a_booking(session, "held", ticket=ticket)

    spares = give_spares(event=session.event, count=50)

    assert {len(str(spare.ticket)) for spare in spares} == {4}


@pytest.mark.django_db
def test_a_walk_in_is_never_refused_because_it_is_full_or_over_by_now() -> None:
    event = an_event(starts=clock.now() - timedelta(hours=9), ends=clock.now() - timedelta(hours=1))
    session = a_session(event, kind="workshop", capacity=1)
    a_booking(session, "here")

    given, new = given_to(a_spare(event), session, remote=True)

    assert (given.state, given.session_id, given.remote, given.slot, new) == (
        "here", session.pk, True, clock.slot(), True,
    )  # fmt: skip
    assert Booking.objects.seated_in(session).count() == 2


@pytest.mark.django_db
def test_a_number_of_a_cancelled_session_is_not_given_out() -> None:
    event = an_event()
    session, spare = a_session(event, state="cancelled"), a_spare(event)

    assert refused(lambda: given_to(spare, session)) == "bookings-closed"
    assert standing() == {spare.pk: "spare"}


@pytest.mark.django_db
def test_help_that_the_day_does_not_offer_and_sessions_of_another_day_are_refused() -> None:
    event = an_event(labels=["Phones"])
    spare = a_spare(event)
    elsewhere = a_session()

    codes = [
        refused(lambda: given_to(spare, a_session(event), "Magic")),
        refused(
            lambda: give_out(event=event, spare=spare.pk, session=elsewhere.pk, wanted=Wanted([], False))
        ),
    ]

    assert codes == ["invalid"] * 2
    assert standing() == {spare.pk: "spare"}


@pytest.mark.django_db
def test_a_door_that_repeats_itself_after_it_is_over_hears_that_it_is_known() -> None:
    event = an_event(labels=["Phones"])
    session, spare = a_session(event), a_spare(event)
    given, _ = given_to(spare, session, "Phones")
    end_booking(booking=given, state="served")

    again = given_to(spare, session, "Phones")
    other = refused(lambda: given_to(spare, a_session(event), "Phones"))

    assert (again[0].state, again[1], other) == ("served", False, "ticket-used")


@pytest.mark.django_db
def test_whoever_was_on_the_waiting_list_and_stands_at_the_door_comes_in() -> None:
    session = a_session(kind="talk", capacity=1)
    a_booking(session, "here")
    listed = a_booking(session, "listed", slot=0)

    told = arrive(event=session.event, tickets=[listed.ticket or 0])

    listed.refresh_from_db()
    assert (told[0].outcome, listed.state, listed.slot) == ("arrived", "here", clock.slot())


@pytest.mark.django_db
def test_who_is_called_stays_called_when_the_door_hears_of_them_late() -> None:
    booking = a_booking(a_session(), "taken")

    told = arrive(event=booking.event, tickets=[booking.ticket or 0])

    assert told[0].outcome == "here-already"
    assert standing() == {booking.pk: "taken"}


@pytest.mark.django_db
def test_nothing_is_told_to_followers_at_the_moment_somebody_comes() -> None:
    session = a_session(kind="surgery", capacity=5)
    booking, spare = a_booking(session, "held", home=True), a_spare(session.event)

    with telling() as told:
        arrive(event=session.event, tickets=[booking.ticket or 0])
        given_to(spare, session)
        count_heads(event=session.event, counter=uuid4(), counts={session.pk: 4})
        give_spares(event=session.event, count=3)

    assert told == {}


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(
    first=st.lists(st.integers(0, 7), max_size=8),
    second=st.lists(st.integers(0, 7), max_size=8),
    order=st.randoms(use_true_random=False),
)
def test_arrivals_of_two_doors_in_any_order_and_repeated_give_one_check_in_each(
    first: list[int], second: list[int], order: Any
) -> None:
    with transaction.atomic():
        event = an_event()
        session = a_session(event)
        states = ["held", "listed", "held", "listed", "here", "taken"]
        kept = [a_booking(session, state) for state in states]
        tickets = [booking.ticket or 0 for booking in kept] + [9_998, 9_999]
        batches = [[tickets[one] for one in batch] for batch in (first, second, first, second[:3]) if batch]
        order.shuffle(batches)

        told = [one for batch in batches for one in arrive(event=event, tickets=batch)]

        came = {tickets[one] for one in [*first, *second] if one < 4}
        counted = Counter(one.ticket for one in told if one.outcome == "arrived")
        now = dict(Booking.objects.filter(event=event).values_list("ticket", "state"))
        assert counted == dict.fromkeys(came, 1)
        assert now == {
            ticket: "here" if ticket in came else state
            for ticket, state in zip(tickets, states, strict=False)
        }
        assert {one.outcome for one in told if one.ticket > 9_000} <= {"unknown"}
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_numbers_that_nobody_was_given_are_forgotten_half_a_day_after_the_end() -> None:
    now = clock.now()
    past, lately = an_event(starts=now - timedelta(hours=20), ends=now - timedelta(hours=13)), an_event()
    closed = an_event(closed_on=now.date())
    gone = [a_spare(past), a_spare(closed)]
    stays = [a_spare(lately), a_booking(a_session(past), "here")]

    forgotten = forget_spares()

    assert (forgotten, set(standing())) == (len(gone), {booking.pk for booking in stays})
    assert refused(lambda: give_spares(event=past, count=1)) == "day-is-over"


@pytest.mark.django_db
def test_the_demonstration_days_own_clock_decides_when_it_has_ended() -> None:
    now = clock.now()
    ended = an_event(starts=now, ends=now + timedelta(hours=8), clock_offset=24 * 3600)
    a_spare(ended)

    assert forget_spares() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_arrivals_of_one_ticket_at_once_are_one_check_in() -> None:
    booking = a_booking(a_session(), "held")
    ticket = booking.ticket or 0

    told = together(*[patiently(lambda: arrive(event=booking.event, tickets=[ticket]))] * 50)

    outcomes = Counter(one[0].outcome for one in told)
    assert outcomes == {"arrived": 1, "here-already": 49}
    assert standing() == {booking.pk: "here"}


@pytest.mark.django_db(transaction=True)
def test_two_doors_with_many_tickets_in_other_orders_let_everybody_in_once() -> None:
    session = a_session()
    tickets = [a_booking(session, "held").ticket or 0 for _ in range(20)]

    def come(way: list[int]) -> Callable[[], object]:
        return patiently(lambda: arrive(event=session.event, tickets=way))

    told = together(*map(come, [tickets, tickets[::-1], tickets[5:], tickets[:15][::-1]]))

    arrived = Counter(one.ticket for way in told for one in way if one.outcome == "arrived")
    assert arrived == dict.fromkeys(tickets, 1)
    assert set(standing().values()) == {"here"}


@pytest.mark.django_db(transaction=True)
def test_two_doors_that_put_the_same_spare_put_one_person_in_the_line() -> None:
    event = an_event(labels=["Phones"])
    session, spare = a_session(event), a_spare(event)

    same = together(*[patiently(lambda: given_to(spare, session, "Phones"))] * 10)

    assert Counter(new for _, new in same) == {True: 1, False: 9}
    assert standing() == {spare.pk: "here"}


@pytest.mark.django_db(transaction=True)
def test_of_two_doors_that_give_one_spare_to_two_people_the_later_hears_of_it() -> None:
    event = an_event()
    session, spare = a_session(event), a_spare(event)

    def give(remote: bool) -> Callable[[], object]:
        return patiently(lambda: given_to(spare, session, remote=remote))

    found = together(give(True), give(False))

    codes = [one.code for one in found if isinstance(one, Refusal)]
    assert codes == ["ticket-used"]
    assert [one[1] for one in found if not isinstance(one, Refusal)] == [True]


@pytest.mark.django_db(transaction=True)
def test_doors_that_fetch_spares_at_once_stay_within_what_a_day_may_have() -> None:
    event = an_event()
    Booking.objects.bulk_create(
        Booking(event=event, state=Place.SPARE, ticket=1_000 + number) for number in range(MOST_SPARES - 60)
    )

    found = together(*[patiently(lambda: give_spares(event=event, count=10))] * 10)

    refusals = [one.code for one in found if isinstance(one, Refusal)]
    assert refusals == ["enough-spares"] * 4
    assert Booking.objects.filter(state=Place.SPARE).count() == MOST_SPARES


@pytest.mark.django_db(transaction=True)
def test_counters_that_tell_at_once_are_counted_once_each() -> None:
    event = an_event()
    sessions = [a_session(event) for _ in range(3)]
    counters = [uuid4() for _ in range(4)]

    def tell(counter: Any, heads: int) -> Callable[[], object]:
        counts = {session.pk: heads for session in sessions}
        return patiently(lambda: count_heads(event=event, counter=counter, counts=counts))

    found = together(*(tell(counter, 7) for counter in counters * 3))

    assert found == [None] * 12
    assert list(HeadCount.objects.values_list("heads", flat=True)) == [7] * 12
