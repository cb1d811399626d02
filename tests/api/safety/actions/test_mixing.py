from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from tests.api.safety.actions.kept import a_review
from tests.makers import a_session, an_event

from equalterms.lib import clock
from equalterms.programme.models import Session
from equalterms.safety import actions
from equalterms.safety.models import Review, State
from equalterms.safety.rules import LONGEST_WAIT

pytestmark = pytest.mark.django_db


def test_safe_mixing_lets_three_leave_together_and_fewer_only_after_ten_minutes() -> None:
    session = a_session(an_event(mixing="safe"))
    start = clock.now()
    with time_machine.travel(start, tick=False):
        due = clock.tick(actions.TICK) + LONGEST_WAIT
        for _ in range(2):
            a_review(session, state=State.APPROVED, due=due)

        assert actions.release(session=session) == []
        a_review(session, state=State.APPROVED, due=due)
        assert len(actions.release(session=session)) == 3

        a_review(session, state=State.APPROVED, due=due)
        assert actions.release(session=session, now=start + timedelta(minutes=9)) == []
        assert len(actions.release(session=session, now=start + timedelta(minutes=11))) == 1
    assert not Review.objects.filter(due__isnull=False).exists()


def test_gentle_mixing_lets_go_what_is_due_and_nothing_else() -> None:
    session = a_session(an_event(mixing="gentle"))
    now = clock.tick(actions.TICK)
    due, later = (
        a_review(session, state=State.APPROVED, due=now),
        a_review(session, state=State.APPROVED, due=now + 5),
    )

    assert [review.pk for review in actions.release(session=session)] == [due.pk]
    assert Review.objects.get(pk=later.pk).state == State.APPROVED


def test_release_order_is_not_the_order_of_arrival() -> None:
    session = a_session(an_event(mixing="safe"))
    orders = set()
    for _ in range(40):
        made = [a_review(session, state=State.APPROVED, due=0) for _ in range(3)]
        place = {review.pk: number for number, review in enumerate(made)}
        orders.add(tuple(place[review.pk] for review in actions.release(session=session)))

    assert len(orders) > 2


def three_leave(session: Session) -> list[int]:
    """The places of arrival of three that were approved, in the order in which they leave."""
    made = [a_review(session, state=State.APPROVED, due=0) for _ in range(3)]
    place = {review.pk: number for number, review in enumerate(made)}
    return [place[review.pk] for review in actions.release(session=session)]


def test_anon_27_three_leave_in_another_order_than_they_came_at_least_four_times_in_ten() -> None:
    session = a_session(an_event(mixing="safe"))

    orders = [three_leave(session) for _ in range(200)]

    assert {len(order) for order in orders} == {3}
    assert sum(order != [0, 1, 2] for order in orders) >= 80


def test_anon_27_fewer_than_three_that_are_not_due_stay() -> None:
    session = a_session(an_event(mixing="safe"))
    with time_machine.travel(clock.now(), tick=False):
        due = clock.tick(actions.TICK) + LONGEST_WAIT
        pair = [a_review(session, state=State.APPROVED, due=due) for _ in range(2)]

        assert actions.release(session=session) == []

    assert set(Review.objects.values_list("state", "due")) == {(State.APPROVED, due)}
    assert len(pair) == 2


def left_by_tick(session: Session, second: int) -> list[int]:
    """How many leave in each of six ticks, asked at this second of each."""
    for due in (1_000_001, 1_000_003, 1_000_003, 1_000_004):
        a_review(session, state=State.APPROVED, due=due)
    start = datetime.fromtimestamp(1_000_000 * actions.TICK + second, UTC)
    moments = [start + timedelta(seconds=tick * actions.TICK) for tick in range(6)]
    return [len(actions.release(session=session, now=moment)) for moment in moments]


@pytest.mark.parametrize(
    ("mixing", "slow", "left"),
    [
        ("safe", 0, [4, 0, 0, 0, 0, 0]),
        ("gentle", 0, [0, 1, 0, 2, 1, 0]),
        ("safe", 120, [3, 0, 0, 0, 1, 0]),
        ("off", 60, [0, 0, 1, 0, 1, 0]),
    ],
)
def test_anon_27_what_leaves_depends_on_the_tick_and_on_no_moment_within_it(
    mixing: str, slow: int, left: list[int]
) -> None:
    event = an_event(mixing=mixing)

    assert [left_by_tick(a_session(event, slow=slow), second) for second in (0, 13, 29)] == [left] * 3


def approved(session: Session, count: int, kind: str = "question", due: int = 0) -> None:
    for _ in range(count):
        a_review(session, state=State.APPROVED, due=due, kind=kind)


def leaving(session: Session, ticks: int) -> list[int]:
    """How many leave at each of so many ticks from an opening on."""
    start = datetime.fromtimestamp(1_000 * 300, UTC)
    moments = [start + timedelta(seconds=number * actions.TICK) for number in range(ticks)]
    return [len(actions.release(session=session, now=moment)) for moment in moments]


@pytest.mark.parametrize(
    ("mixing", "slow", "expected"),
    [
        ("off", 60, [1, 0, 1, 0, 1, 0, 1, 0]),
        ("off", 120, [1, 0, 0, 0, 1, 0, 0, 0]),
        ("gentle", 60, [1, 0, 1, 0, 1, 0, 1, 0]),
        ("safe", 60, [3, 0, 3, 0, 2, 0, 0, 0]),
        ("safe", 120, [3, 0, 0, 0, 3, 0, 0, 0]),
        ("safe", 0, [8, 0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_slow_mode_lets_one_go_or_three_mixed_ones_together(
    mixing: str, slow: int, expected: list[int]
) -> None:
    session = a_session(an_event(mixing=mixing), slow=slow)
    approved(session, 8)

    assert leaving(session, 8) == expected


def test_in_slow_mode_talk_and_mixed_questions_take_turns_by_how_long_they_waited() -> None:
    session = a_session(an_event(mixing="safe"), slow=60)
    opening = 1_000 * 10
    approved(session, 3, due=opening - 30 + LONGEST_WAIT)
    approved(session, 2, "comment", due=opening - 20)

    kinds = []
    for number in range(3):
        now = datetime.fromtimestamp((opening + 2 * number) * actions.TICK, UTC)
        kinds.append([review.kind for review in actions.release(session=session, now=now)])

    assert kinds == [["question"] * 3, ["comment"], ["comment"]]


@pytest.mark.parametrize("mixing", ["gentle", "off"])
def test_in_slow_mode_what_waited_about_as_long_leaves_in_an_order_drawn_by_lot(mixing: str) -> None:
    session = a_session(an_event(mixing=mixing), slow=60)
    opening, orders = 1_000 * LONGEST_WAIT, set()
    for _ in range(20):
        made = [a_review(session, state=State.APPROVED, due=opening + number) for number in range(4)]
        place = {review.pk: number for number, review in enumerate(made)}
        ticks = [datetime.fromtimestamp((opening + 4 + 2 * n) * actions.TICK, UTC) for n in range(4)]
        orders.add(tuple(place[actions.release(session=session, now=tick)[0].pk] for tick in ticks))

    assert len(orders) > 5


def test_in_slow_mode_nobody_waits_while_what_came_ten_minutes_later_leaves() -> None:
    session = a_session(an_event(mixing="gentle"), slow=60)
    opening = 1_000 * LONGEST_WAIT
    late = a_review(session, state=State.APPROVED, due=opening + LONGEST_WAIT)
    early = a_review(session, state=State.APPROVED, due=opening + LONGEST_WAIT - 1)

    now = datetime.fromtimestamp((opening + LONGEST_WAIT) * actions.TICK, UTC)

    assert [actions.release(session=session, now=now)[0].pk for _ in range(2)] == [early.pk, late.pk]


def test_a_session_made_quick_again_lets_go_of_all_that_waited() -> None:
    session = a_session(slow=300)
    approved(session, 4)
    assert leaving(session, 1) == [1]

    session.slow = 0

    assert leaving(session, 1) == [3]
