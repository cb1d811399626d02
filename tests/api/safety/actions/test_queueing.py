from uuid import UUID, uuid4

import pytest
import time_machine
from tests.api.safety.actions.kept import a_review
from tests.makers import a_session, an_event

from equalterms.config.clock import DUTIES
from equalterms.lib import clock
from equalterms.programme.models import Session
from equalterms.safety import actions
from equalterms.safety.models import Review, State
from equalterms.safety.rules import FOR_EVERYBODY, LONGEST_WAIT, PLACES, left_outside

pytestmark = pytest.mark.django_db


def sent(session: Session, words: str = "Hello", *, coded: bool = False) -> Review:
    return actions.open_review(session=session, kind="question", subject=uuid4(), words=words, coded=coded)


def fill(session: Session, count: int, *, taken_in: bool = True, coded: bool = False, slot: int = 0) -> None:
    """So many things held in a session."""
    Review.objects.bulk_create(
        Review(
            topic=session.topic,
            kind="question",
            subject=uuid4(),
            slot=slot,
            taken_in=taken_in,
            coded=coded,
            due=None if taken_in else 0,
        )
        for _ in range(count)
    )


def inside(session: Session) -> int:
    return Review.objects.filter(topic=session.topic, state=State.HELD, taken_in=True).count()


def is_inside(review: Review) -> bool:
    return Review.objects.values_list("taken_in", flat=True).get(pk=review.pk)


def clear(session: Session, count: int) -> None:
    some = Review.objects.filter(topic=session.topic, state=State.HELD, taken_in=True)[:count]
    Review.objects.filter(pk__in=[review.pk for review in some]).update(state=State.RETURNED)


def test_anon_27_desks_see_what_was_sent_only_after_an_intake_tick() -> None:
    session = a_session(an_event(mixing="safe"))
    review = sent(session)

    assert not Review.objects.taken_in().exists()
    assert actions.take_in() == 1
    assert Review.objects.taken_in().get() == review
    assert actions.take_in() == 0


def test_anon_27_intake_is_once_a_minute_and_release_every_half() -> None:
    seconds = {duty.name: duty.seconds for duty in DUTIES}

    assert (seconds["intake"], seconds["release"]) == (60, 30)


def test_anon_27_until_the_tick_nothing_tells_that_something_came() -> None:
    session = a_session(an_event(mixing="safe"))
    fill(session, FOR_EVERYBODY)
    sent(session)

    assert left_outside(session).count() == 0
    actions.take_in()
    assert left_outside(session).count() == 1


@pytest.mark.parametrize("mixing", ["off", "gentle"])
def test_where_nothing_is_mixed_in_desks_see_it_at_once(mixing: str) -> None:
    review = sent(a_session(an_event(mixing=mixing)), coded=True)

    assert Review.objects.taken_in().get() == review
    assert (review.coded, review.due) == (False, None)


@pytest.mark.parametrize(
    ("waiting", "coded", "placed"), [(99, False, 1), (100, False, 0), (100, True, 1), (200, True, 0)]
)
def test_half_the_places_are_kept_for_the_code_of_the_day(waiting: int, coded: bool, placed: int) -> None:
    session = a_session()
    fill(session, waiting)

    review = sent(session, coded=coded)

    assert inside(session) == waiting + placed
    assert review.state == State.HELD
    assert left_outside(session).count() == 1 - placed


def test_what_found_no_place_moves_up_at_the_next_tick_that_has_one() -> None:
    session = a_session()
    fill(session, 100)
    first, second = sent(session), sent(session)
    assert actions.take_in() == 0

    clear(session, 1)
    third = sent(session)

    assert actions.take_in() == 1
    assert sorted([is_inside(first), is_inside(second), is_inside(third)]) == [False, False, True]
    assert inside(session) == 100


def test_earlier_quarter_hours_move_up_first_and_within_one_the_order_is_random() -> None:
    session = a_session()
    fill(session, 150, taken_in=False, slot=900)
    fill(session, 150, taken_in=False, slot=1800)
    early = list(Review.objects.filter(slot=900).order_by("shuffle").values_list("pk", flat=True))

    actions.take_in()

    assert set(Review.objects.taken_in().values_list("pk", flat=True)) == set(early[:100])


def test_what_calls_for_care_moves_up_before_the_rest() -> None:
    session = a_session()
    fill(session, 300, taken_in=False)
    afraid = sent(session, "I feel worthless and hopeless")
    assert not is_inside(afraid)

    actions.take_in()

    assert is_inside(afraid)
    assert inside(session) == 100


def test_a_tick_fills_both_halves_and_forgets_who_came_with_the_code() -> None:
    session = a_session(an_event(mixing="safe"))
    fill(session, 500, taken_in=False)
    fill(session, 500, taken_in=False, coded=True)

    assert actions.take_in() == PLACES

    found = Review.objects.taken_in()
    assert set(found.values_list("coded", "due")) == {(False, None)}
    assert Review.objects.filter(coded=True).count() >= 500 - PLACES
    assert Review.objects.filter(coded=False, taken_in=False).count() >= 500 - FOR_EVERYBODY
    assert set(Review.objects.filter(taken_in=False).values_list("due", flat=True)) == {0}


def test_sessions_do_not_share_places() -> None:
    event = an_event(mixing="safe")
    full, free = a_session(event), a_session(event)
    for session in (full, free):
        fill(session, 150, taken_in=False)

    assert actions.take_in() == 200
    assert (inside(full), inside(free)) == (100, 100)


def test_what_was_decided_already_takes_no_place_and_keeps_its_deadline() -> None:
    session = a_session(an_event(mixing="safe"))
    fill(session, 100)
    waiting = a_review(session, state=State.APPROVED, due=77)
    shown = a_review(session, state=State.SHOWN)

    assert actions.take_in() == 2
    assert is_inside(shown)
    assert Review.objects.values_list("taken_in", "due").get(pk=waiting.pk) == (True, 77)


def waits_of(session: Session, kind: str) -> set[int]:
    """How many ticks each of sixty things waits at most that nobody looks at first."""
    now = clock.tick(actions.TICK)
    return {
        actions.open_review(session=session, kind=kind, subject=uuid4(), words="Hello").due - now
        for _ in range(60)
    }


@pytest.mark.parametrize(
    ("mixing", "kind", "slow", "least", "most"),
    [
        ("safe", "question", 0, LONGEST_WAIT // 2, LONGEST_WAIT),
        ("safe", "question", 60, LONGEST_WAIT // 2, LONGEST_WAIT),
        ("safe", "comment", 0, 1, 1),
        ("gentle", "question", 0, 1, 1),
        ("gentle", "comment", 60, 1, 1),
        ("off", "question", 60, 0, 0),
    ],
)
def test_anon_27_what_is_looked_at_afterwards_waits_to_leave_with_others(
    mixing: str, kind: str, slow: int, least: int, most: int
) -> None:
    session = a_session(an_event(review="after", mixing=mixing), slow=slow)

    with time_machine.travel(clock.now(), tick=False):
        waits = waits_of(session, kind)

    assert (min(waits) >= least, max(waits) <= most) == (True, True)
    assert len(waits) > 1 or least == most
    assert set(Review.objects.values_list("state", "taken_in")) == {(State.APPROVED, mixing != "safe")}


def test_where_nothing_is_mixed_what_is_looked_at_afterwards_is_shown_at_once() -> None:
    review = sent(a_session(an_event(review="after")))

    assert (review.state, review.due, review.taken_in) == (State.SHOWN, None, True)


def test_no_column_of_what_waits_outside_tells_when_it_came() -> None:
    session = a_session()
    fill(session, 100)
    kept: dict[UUID, set[int]] = {}
    for minute in (0, 4, 9):
        with time_machine.travel(clock.now().replace(minute=minute), tick=False):
            review = sent(session)
        row = Review.objects.values("slot", "due", "care", "coded", "taken_in").get(pk=review.pk)
        kept[review.pk] = {row["slot"] % 900, row["due"]}

    assert list(kept.values()) == [{0}] * 3
