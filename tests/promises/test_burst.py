"""What holds when fifty phones act in the same moment."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import OperationalError, transaction
from tests.makers import a_role, a_session, an_event
from tests.racing import together
from tests.sent import an_asked_question

from equalterms.desk.actions import release_due
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account
from equalterms.programme.actions import change_flow
from equalterms.programme.models import Session
from equalterms.questions.models import Question
from equalterms.safety.actions import TICK, approve, take_in
from equalterms.safety.models import Receipt, Review, State

pytestmark = pytest.mark.django_db(transaction=True)
BURST = 50


def fill(session: Session, count: int) -> None:
    """So many things before the desk."""
    Review.objects.bulk_create(
        Review(topic=session.topic, kind="question", subject=uuid4(), slot=0, taken_in=True)
        for _ in range(count)
    )


def patiently(work: Callable[[], object]) -> Callable[[], object]:
    """As a phone does: where the database cannot answer now, nothing was stored, and it sends again."""

    def again() -> object:
        for _ in range(20):
            with suppress(OperationalError):
                return work()
        return work()

    return again


def ask_one(session: Session, coded: bool = False) -> Callable[[], object]:
    return patiently(lambda: an_asked_question(session, "All at once.", coded=coded))


def asked_at_once(session: Session, coded: bool = False) -> list[object]:
    return together(*[ask_one(session, coded)] * BURST)


def before_the_desk(session: Session) -> int:
    return Review.objects.filter(topic=session.topic, state=State.HELD, taken_in=True).count()


def refusals(found: list[object]) -> list[str]:
    return [one.code for one in found if isinstance(one, Refusal)]


@pytest.mark.parametrize(("waiting", "coded", "cap"), [(90, False, 100), (90, True, 140), (180, True, 200)])
def test_care_09_the_places_before_the_desk_hold_under_a_burst(waiting: int, coded: bool, cap: int) -> None:
    session = a_session()
    fill(session, waiting)

    found = asked_at_once(session, coded)

    assert [one for one in found if isinstance(one, Exception)] == []
    assert Question.objects.count() == BURST
    assert before_the_desk(session) == cap
    assert take_in() == 0


def test_care_09_intake_ticks_hold_the_cap_while_askers_go_on_asking() -> None:
    session = a_session(an_event(mixing="safe"))
    fill(session, 80)

    asking = [ask_one(session)] * (BURST - 5)
    found = together(*asking, *[patiently(take_in)] * 5)
    take_in()

    assert [one for one in found if isinstance(one, Exception)] == []
    assert before_the_desk(session) == 100
    assert Question.objects.count() == BURST - 5


def test_care_09_a_paused_session_takes_nothing_from_anybody() -> None:
    session = a_session()
    change_flow(account=a_role(session.event), session=session, changes={"paused": True})

    found = asked_at_once(session)

    assert refusals(found) == ["questions-paused"] * BURST
    assert not Receipt.objects.exists()


def test_care_09_a_pause_in_the_middle_of_a_burst_lets_in_what_it_acknowledged_and_no_more() -> None:
    session, account = a_session(), a_role(an_event())
    asking = [lambda: an_asked_question(session, "All at once.")] * (BURST - 1)

    found = together(*asking, lambda: change_flow(account=account, session=session, changes={"paused": True}))

    refused = refusals(found)
    assert refused == ["questions-paused"] * len(refused)
    assert Question.objects.count() == BURST - 1 - len(refused)
    assert refusals(asked_at_once(session)) == ["questions-paused"] * BURST


def approving(review: Review, account: Account) -> Callable[[], object]:
    def work() -> None:
        with transaction.atomic():
            approve(review=review.pk, account=account)

    return patiently(work)


@pytest.mark.parametrize(("slow", "left"), [(60, 5), (120, 3), (300, 1)])
def test_care_09_slow_mode_holds_however_fast_things_are_approved(slow: int, left: int) -> None:
    session = a_session(slow=slow)
    account = a_role(session.event)
    for _ in range(8):
        an_asked_question(session)
    start = datetime.fromtimestamp(6_000_000 * 300, UTC)
    with time_machine.travel(start, tick=False):
        together(*[approving(one, account) for one in Review.objects.all()])
        assert set(Review.objects.values_list("state", flat=True)) == {State.APPROVED}

    shown = []
    for tick in range(10):
        release_due(start + timedelta(seconds=tick * TICK))
        shown.append(Question.objects.shown().count())

    steps = [after - before for before, after in zip([0, *shown], shown, strict=False)]
    assert max(steps) == 1
    assert shown[-1] == left
