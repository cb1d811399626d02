from uuid import uuid4

import pytest
from tests.api.safety.actions.kept import a_review
from tests.makers import a_role, a_session, an_event

from equalterms.lib.refusal import Refusal
from equalterms.people.models import Act
from equalterms.programme.models import Session
from equalterms.safety import actions
from equalterms.safety.models import MOVES, Review, State

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("mode", "state"), [("before", State.HELD), ("after", State.SHOWN)])
def test_what_is_sent_starts_as_the_way_of_review_says(mode: str, state: str) -> None:
    session = a_session(an_event(review=mode))

    assert (
        actions.open_review(session=session, kind="question", subject=uuid4(), words="Hello").state == state
    )


def test_a_session_that_is_closed_or_cancelled_takes_nothing() -> None:
    closed = a_session(an_event(review="after"), review="closed")
    cancelled = a_session(state="cancelled")
    called_off = a_session(an_event(state="cancelled"))

    for session in (closed, cancelled, called_off):
        with pytest.raises(Refusal) as refusal:
            actions.open_review(session=session, kind="question", subject=uuid4(), words="Hello")
        assert refusal.value.code == "questions-closed"


def test_a_paused_session_takes_nothing_and_says_when_to_try_again() -> None:
    session = a_session(an_event(review="after"))
    Session.objects.filter(pk=session.pk).update(paused=True)

    with pytest.raises(Refusal) as refusal:
        actions.open_review(session=session, kind="question", subject=uuid4(), words="Hello")

    assert (refusal.value.code, refusal.value.status) == ("questions-paused", 409)
    assert refusal.value.retry_after == 60
    assert not Review.objects.exists()


def test_approving_shows_at_once_only_where_mixing_is_off() -> None:
    for mixing, state in (("off", State.SHOWN), ("gentle", State.APPROVED), ("safe", State.APPROVED)):
        event = an_event(mixing=mixing)
        review = a_review(a_session(event))

        found = actions.approve(review=review.pk, account=a_role(event))

        assert found.state == state
        assert Act.objects.filter(subject=review.subject, act="show").count() == 1


def test_two_moderators_cannot_both_decide() -> None:
    event = an_event()
    session = a_session(event)
    review, moderator = a_review(session), a_role(event, "moderator")
    stale = Review.objects.get(pk=review.pk)
    actions.approve(review=review.pk, account=moderator)

    with pytest.raises(Refusal) as refusal:
        actions.move(review=stale, to=State.HIDDEN, reason="other")

    assert refusal.value.code == "review-superseded"
    assert Review.objects.get(pk=review.pk).state == State.SHOWN


def test_every_move_outside_the_table_is_refused() -> None:
    session = a_session()
    for start in State.values:
        for to in set(State.values) - MOVES[start]:
            review = a_review(session, state=start)
            with pytest.raises(Refusal) as refusal:
                actions.move(review=review, to=to)
            assert refusal.value.code == "wrong-state"


def test_wording_that_calls_for_care_is_marked_for_a_quick_answer() -> None:
    session = a_session()

    marked = [
        actions.open_review(session=session, kind="question", subject=uuid4(), words=words).care
        for words in ("I feel worthless and hopeless", "How do I block someone?")
    ]

    assert marked == [True, False]
