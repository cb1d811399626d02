import secrets
from typing import Any

import pytest
from django.db import transaction
from tests.booked import a_booking
from tests.makers import a_day_going_on, a_session_going_on
from tests.racing import together
from tests.sent import a_booked_place, an_asked_question, claimed_by, kinds, opened_by

from equalterms.bookings import actions
from equalterms.bookings.actions import Wanted
from equalterms.bookings.models import Booking, Line
from equalterms.journal.models import Entry
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session
from equalterms.safety.actions import leave_note
from equalterms.safety.models import Note, Receipt, SubjectKind, Tombstone
from equalterms.safety.profile.receipt import Secret
from equalterms.safety.receipts import Claimed

pytestmark = pytest.mark.django_db


def a_secret(session: Session) -> Secret:
    return Secret(secrets.token_bytes(10), session.event_id, "booking")


def state_of(secret: Secret) -> str:
    return Booking.objects.get(pk=secret.id).state


def states(session: Session) -> dict[str, int]:
    found = list(Booking.objects.of(session).values_list("state", flat=True))
    return {state: found.count(state) for state in sorted(set(found))}


def refused(action: Any, **given: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        action(**given)
    return refusal.value.code


def test_booking_moves_nothing_that_is_public() -> None:
    session = a_session_going_on(capacity=1)
    a_booked_place(session)
    a_booked_place(session)

    assert not Entry.objects.exists()
    assert Line.objects.get() == Line(session=session)


def test_when_all_places_are_taken_the_next_one_waits() -> None:
    session = a_session_going_on(capacity=2)

    booked = [state_of(a_booked_place(session)) for _ in range(4)]

    assert booked == ["held", "held", "listed", "listed"]


def test_a_place_that_comes_free_is_theirs_who_wait_and_not_the_next_ones() -> None:
    session = a_session_going_on(capacity=1)
    first, waiting = a_booked_place(session), a_booked_place(session)
    actions.cancel(session=session, ident=first.id, auth=first.auth)

    late = a_booked_place(session)

    assert (state_of(waiting), state_of(late)) == ("listed", "listed")
    assert actions.move_up(session=session) == 1
    assert (state_of(waiting), state_of(late)) in [("held", "listed"), ("listed", "held")]


def test_whoever_has_waited_longest_moves_up_first_and_is_told_sealed() -> None:
    session = a_session_going_on(capacity=1)
    held = a_booked_place(session)
    early, late = a_booked_place(session), a_booked_place(session)
    Booking.objects.filter(pk=early.id).update(slot=900, shuffle=9)
    Booking.objects.filter(pk=late.id).update(slot=1800, shuffle=1)
    actions.cancel(session=session, ident=held.id, auth=held.auth)

    moved = [actions.move_up_all() for _ in range(2)]

    assert moved == [1, 0]
    assert (state_of(early), state_of(late)) == ("held", "listed")
    assert opened_by(early)["state"] == "held"
    assert Note.objects.count() == 1
    assert kinds(session) == ["notes"]


def test_within_a_quarter_hour_lots_are_drawn() -> None:
    session = a_session_going_on(capacity=1)
    a_booked_place(session)
    one, other = a_booked_place(session), a_booked_place(session)
    Booking.objects.filter(pk=one.id).update(slot=900, shuffle=2)
    Booking.objects.filter(pk=other.id).update(slot=900, shuffle=1)
    session.capacity = 2
    session.save()

    actions.move_up_all()

    assert (state_of(one), state_of(other)) == ("listed", "held")


@pytest.mark.parametrize(("capacity", "held"), [(3, 3), (4, 4), (None, 5)])
def test_more_places_are_for_those_who_wait(capacity: int | None, held: int) -> None:
    session = a_session_going_on(capacity=1)
    for _ in range(5):
        a_booked_place(session)
    session.capacity = capacity
    session.save()

    assert actions.move_up_all() == held - 1
    assert states(session).get("held") == held


def test_walk_ins_take_up_places_that_nobody_is_moved_up_to() -> None:
    session = a_session_going_on(kind="surgery", capacity=4)
    for _ in range(3):
        a_booking(session, "here")
    booked = [state_of(a_booked_place(session)) for _ in range(2)]

    assert booked == ["held", "listed"]
    assert actions.move_up_all() == 0


def test_nobody_moves_up_where_nothing_is_booked_any_more() -> None:
    session = a_session_going_on(capacity=1)
    a_booked_place(session)
    a_booked_place(session)
    session.capacity, session.state = 2, "cancelled"
    session.save()

    assert actions.move_up_all() == 0


def test_a_retry_finds_the_booking_whatever_became_of_it() -> None:
    session = a_session_going_on(a_day_going_on(labels=["Photos", "Scams"]))
    secret = a_secret(session)
    mine = {"session": session, "claimed": claimed_by(secret), "wanted": Wanted(["photos", "Scams"])}
    assert actions.booked_before(**mine) is None

    booking = actions.book(**mine)
    assert booking.labels == ["Photos", "Scams"]
    again = [actions.booked_before(**mine), actions.book(**mine)]
    actions.end_booking(booking=booking, state="served")
    after = actions.booked_before(**mine)

    assert [one.pk for one in again if one] == [booking.pk] * 2
    assert after is not None
    assert (after.state, after.ticket) == ("served", None)


def test_a_retry_with_other_wishes_or_another_secret_is_refused() -> None:
    session = a_session_going_on(a_day_going_on(labels=["Photos"]))
    secret = a_booked_place(session, "Photos")
    other = a_session_going_on(session.event)
    mine = {"session": session, "claimed": claimed_by(secret), "wanted": Wanted(["Photos"])}
    thief = Claimed(SubjectKind.BOOKING, secret.id, bytes(32))

    assert refused(actions.booked_before, **mine | {"wanted": Wanted()}) == "already-asked"
    assert refused(actions.booked_before, **mine | {"wanted": Wanted(["Photos"], True)}) == "already-asked"
    assert refused(actions.booked_before, **mine | {"session": other}) == "already-asked"
    assert refused(actions.booked_before, **mine | {"claimed": thief}) == "id-taken"
    assert refused(actions.book, **mine | {"claimed": thief}) == "id-taken"


def test_an_id_that_something_else_has_is_taken() -> None:
    session = a_session_going_on()
    secret = a_secret(session)
    a_booking(session, pk=secret.id)

    taken = {"session": session, "claimed": claimed_by(secret), "wanted": Wanted()}

    assert refused(actions.book, **taken) == "id-taken"
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"state": "cancelled"}, "bookings-closed", id="a-cancelled-session"),
        pytest.param({"closed_on": "2026-11-22"}, "day-is-over", id="a-closed-day"),
    ],
)
def test_what_takes_no_bookings_stores_nothing(changes: dict[str, str], code: str) -> None:
    session = a_session_going_on()
    row = session.event if "closed_on" in changes else session
    type(row).objects.filter(pk=row.pk).update(**changes)

    wanted = {"session": session, "claimed": claimed_by(a_secret(session)), "wanted": Wanted()}

    assert refused(actions.book, **wanted) == code
    assert not Receipt.objects.exists()
    assert not Booking.objects.exists()


def test_labels_that_are_not_offered_store_nothing() -> None:
    session = a_session_going_on()

    assert refused(lambda: a_booked_place(session, "anything")) == "invalid"
    assert not Receipt.objects.exists()


def test_who_comes_is_in_the_line_from_then_on() -> None:
    session = a_session_going_on(kind="surgery", capacity=2)
    held, listed = a_booked_place(session), a_booked_place(session)
    Booking.objects.update(slot=900)

    come = [
        actions.come(session=session, ident=secret.id, auth=secret.auth) for secret in (held, listed, held)
    ]

    assert [booking.state for booking in come] == ["here"] * 3
    assert set(Booking.objects.values_list("slot", flat=True)) == {clock.slot()}


def test_who_comes_reads_no_older_news_of_their_place() -> None:
    session = a_session_going_on(capacity=1)
    held, waiting = a_booked_place(session), a_booked_place(session)
    actions.cancel(session=session, ident=held.id, auth=held.auth)
    actions.move_up(session=session)
    assert Note.objects.filter(box=waiting.box).exists()

    actions.come(session=session, ident=waiting.id, auth=waiting.auth)

    assert not Note.objects.filter(box=waiting.box).exists()


def test_a_full_workshop_asks_those_on_its_waiting_list_to_wait() -> None:
    session = a_session_going_on(kind="workshop", capacity=1)
    held, listed = a_booked_place(session), a_booked_place(session)
    mine = {"session": session, "ident": listed.id, "auth": listed.auth}

    assert refused(actions.come, **mine) == "session-full"
    actions.cancel(session=session, ident=held.id, auth=held.auth)
    assert actions.come(**mine).state == "here"


def test_whoever_was_called_is_told_so_and_what_is_over_stays_over() -> None:
    session = a_session_going_on()
    secret = a_booked_place(session)
    mine = {"session": session, "ident": secret.id, "auth": secret.auth}
    Booking.objects.update(state="taken")

    assert actions.come(**mine).state == "taken"
    assert refused(actions.cancel, **mine) == "booking-over"
    actions.end_booking(booking=Booking.objects.get(), state="left")
    assert refused(actions.come, **mine) == "booking-over"
    assert refused(actions.cancel, **mine) == "booking-over"


@pytest.mark.parametrize("state", ["held", "listed", "here"])
def test_what_is_cancelled_is_gone_with_its_receipt_and_its_note(state: str) -> None:
    session = a_session_going_on()
    secret = a_booked_place(session)
    mine = {"session": session, "ident": secret.id, "auth": secret.auth}
    Booking.objects.update(state=state)
    with transaction.atomic():
        leave_note(session=session, subject=secret.id, state="held")

    actions.cancel(**mine)

    assert not Booking.objects.exists()
    assert not Receipt.objects.exists()
    assert not Note.objects.exists()
    assert Tombstone.objects.count() == 1
    assert refused(actions.cancel, **mine) == "withdrawn"
    late = {"session": session, "claimed": claimed_by(secret), "wanted": Wanted()}
    assert refused(actions.booked_before, **late) == "withdrawn"


def test_a_receipt_of_something_else_opens_no_booking() -> None:
    session = a_session_going_on()
    secret, question = a_booked_place(session), an_asked_question(session)

    for wrong in (
        {"session": session, "ident": secret.id, "auth": bytes(32)},
        {"session": session, "ident": question.id, "auth": question.auth},
        {"session": a_session_going_on(session.event), "ident": secret.id, "auth": secret.auth},
    ):
        assert refused(actions.cancel, **wrong) == "no-such-receipt"
        assert refused(actions.come, **wrong) == "no-such-receipt"


def test_nobody_comes_to_a_closed_day() -> None:
    session = a_session_going_on()
    secret = a_booked_place(session)
    type(session.event).objects.update(closed_on="2026-11-22")

    mine = {"session": session, "ident": secret.id, "auth": secret.auth}

    assert refused(actions.come, **mine) == "day-is-over"


@pytest.mark.django_db(transaction=True)
def test_twin_requests_take_one_place() -> None:
    session = a_session_going_on(capacity=3)
    secret = a_secret(session)

    def book() -> Any:
        return actions.book(session=session, claimed=claimed_by(secret), wanted=Wanted()).ticket

    tickets = together(*[book] * 5)

    assert tickets == [Booking.objects.get().ticket] * 5


@pytest.mark.django_db(transaction=True)
def test_of_twin_cancellations_one_is_first_and_the_others_hear_that_it_is_gone() -> None:
    session = a_session_going_on()
    secret = a_booked_place(session)

    told = together(*[lambda: actions.cancel(session=session, ident=secret.id, auth=secret.auth)] * 4)

    assert sorted(getattr(one, "code", "") for one in told) == ["", "withdrawn", "withdrawn", "withdrawn"]


@pytest.mark.django_db(transaction=True)
def test_the_last_places_are_given_once() -> None:
    session = a_session_going_on(capacity=3)

    together(*[lambda: a_booked_place(session)] * 8)

    assert states(session) == {"held": 3, "listed": 5}


@pytest.mark.django_db(transaction=True)
def test_who_cancels_while_the_list_moves_up_is_gone_and_their_place_is_not_lost() -> None:
    session = a_session_going_on(capacity=1)
    held, first, second = (a_booked_place(session) for _ in range(3))
    actions.cancel(session=session, ident=held.id, auth=held.auth)

    raced = together(
        lambda: actions.cancel(session=session, ident=first.id, auth=first.auth),
        actions.move_up_all,
        actions.move_up_all,
    )
    actions.move_up_all()

    assert raced[0] is None
    assert state_of(second) == "held"
    assert not Note.objects.filter(box=first.box).exists()


@pytest.mark.parametrize("state", ["held", "listed", "here"])
def test_nobody_comes_to_a_session_that_was_cancelled(state: str) -> None:
    session = a_session_going_on()
    secret = a_booked_place(session)
    Booking.objects.filter(pk=secret.id).update(state=state)
    session.state = "cancelled"
    session.save()

    came = refused(actions.come, session=session, ident=secret.id, auth=secret.auth)

    assert came == "bookings-closed"
    assert state_of(secret) == state


def test_what_ended_with_a_session_is_over_and_another_place_can_be_booked_when_it_is_on_again() -> None:
    session = a_session_going_on()
    secret = a_booked_place(session)
    for state in ("cancelled", "planned"):
        session.state = state
        session.save()
        actions.end_cancelled_all()

    assert refused(actions.come, session=session, ident=secret.id, auth=secret.auth) == "booking-over"
    assert state_of(a_booked_place(session)) == "held"
