"""Which day may be rehearsed."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.makers import a_session, a_shown_comment, an_event
from tests.sent import an_asked_question

from equalterms.bookings.models import Booking, HeadCount
from equalterms.desk.days.rules import check_can_rehearse, was_sent
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Event, Session
from equalterms.safety.models import Tombstone

pytestmark = pytest.mark.django_db


def tomorrow(**fields: Any) -> Event:
    starts = clock.now() + timedelta(days=1)
    return an_event(**({"starts": starts, "ends": starts + timedelta(hours=8)} | fields))


@pytest.mark.parametrize("state", ["draft", "published"])
def test_a_day_to_come_may_be_rehearsed(state: str) -> None:
    check_can_rehearse(tomorrow(state=state), clock.now())


def test_a_day_that_is_dated_anew_may_be_rehearsed_at_any_time() -> None:
    event = tomorrow(clock_offset=60)

    check_can_rehearse(event, event.ends)


@pytest.mark.parametrize(
    "fields", [{"state": "cancelled"}, {"closed_on": clock.now().date()}], ids=["cancelled", "closed"]
)
def test_a_day_that_is_off_may_not(fields: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="wrong-state"):
        check_can_rehearse(tomorrow(**fields), clock.now())


def test_a_day_that_has_begun_may_not() -> None:
    event = tomorrow()

    with pytest.raises(Refusal, match="wrong-state"):
        check_can_rehearse(event, event.starts)


def a_booking(session: Session) -> None:
    Booking.objects.create(event=session.event, session=session, state="held", ticket=100)


def a_head_count(session: Session) -> None:
    HeadCount.objects.create(counter=uuid4(), session=session, heads=1)


def a_withdrawal(session: Session) -> None:
    Tombstone.objects.create(mark="m", event=session.event_id)


@pytest.mark.parametrize("send", [an_asked_question, a_shown_comment, a_booking, a_head_count, a_withdrawal])
def test_a_day_with_anything_real_in_it_may_not(send: Any) -> None:
    session = a_session(tomorrow())

    assert not was_sent(session.event)
    send(session)

    assert was_sent(session.event)
    with pytest.raises(Refusal, match="wrong-state"):
        check_can_rehearse(session.event, clock.now())


def test_spare_tickets_and_other_days_do_not_count() -> None:
    event = tomorrow()
    Booking.objects.create(event=event, state="spare", ticket=100)
    an_asked_question(a_session(tomorrow()))

    assert not was_sent(event)
