"""The question a room is at is always one that everybody may read, and whoever follows hears when it goes."""

from collections.abc import Callable

import pytest
from django.db import transaction
from tests.journalled import telling
from tests.makers import a_role, a_session, a_shown_question, an_event
from tests.racing import together
from tests.sent import an_asked_question

from equalterms.desk.actions.closing import leave_the_page
from equalterms.desk.actions.deciding import Decision, decide
from equalterms.desk.actions.merging import merge
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.live.snapshots import current_of
from equalterms.programme.models import Session
from equalterms.questions import actions
from equalterms.questions.models import Question, Spotlight


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        work()
    return refusal.value.code


def told_dark(session: Session, work: Callable[[], object]) -> bool:
    """Whether `work` puts the light out and says so, once."""
    with telling() as told:
        work()
    assert not Spotlight.objects.filter(session=session).exists()
    return told[session.topic_id, "current", session.pk] == 1


@pytest.mark.django_db
def test_choosing_another_replaces_the_one_before_and_is_told_once() -> None:
    session = a_session()
    first, second = a_shown_question(session), a_shown_question(session)
    actions.point_at(session=session, question=first.pk)

    with telling() as told:
        actions.point_at(session=session, question=second.pk)
        actions.point_at(session=session, question=second.pk)

    assert current_of(session.pk) == str(second.pk)
    assert told == {(session.topic_id, "current", session.pk): 1}


@pytest.mark.django_db
def test_pointing_nowhere_is_told_once() -> None:
    session = a_session()
    actions.point_at(session=session, question=a_shown_question(session).pk)

    with telling() as told:
        actions.point_nowhere(session=session)
        actions.point_nowhere(session=session)

    assert told == {(session.topic_id, "current", session.pk): 1}
    assert current_of(session.pk) is None


@pytest.mark.django_db
def test_only_what_is_shown_in_this_very_session_can_be_chosen() -> None:
    session = a_session(an_event())
    held = an_asked_question(session, "Held")
    elsewhere = a_shown_question(a_session(session.event))

    codes = [
        refused(lambda ident=ident: actions.point_at(session=session, question=ident))  # type: ignore[misc]
        for ident in (held.id, elsewhere.pk, session.pk)
    ]

    assert codes == ["invalid"] * 3
    assert not Spotlight.objects.exists()


@pytest.mark.django_db
def test_a_closed_day_has_no_new_question_on_its_walls() -> None:
    session = a_session(an_event(closed_on=clock.now().date()))
    question = a_shown_question(session, recap=True)

    assert refused(lambda: actions.point_at(session=session, question=question.pk)) == "day-is-over"
    assert not Spotlight.objects.exists()


@pytest.mark.django_db
def test_what_is_hidden_merged_edited_or_withdrawn_leaves_the_wall() -> None:
    session = a_session()
    moderator = a_role(session.event, "moderator")

    def lit() -> Question:
        question = a_shown_question(session)
        actions.point_at(session=session, question=question.pk)
        return question

    hidden, merged, other = lit(), lit(), a_shown_question(session)
    actions.point_at(session=session, question=hidden.pk)
    hide = Decision("hide", "other")
    assert told_dark(session, lambda: decide(review=hidden.review_id, account=moderator, decision=hide))
    actions.point_at(session=session, question=merged.pk)
    assert told_dark(session, lambda: merge(review=merged.review_id, into=other.review_id, account=moderator))


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["edit", "withdraw"])
def test_what_its_asker_changes_or_takes_back_leaves_the_wall(act: str) -> None:
    session = a_session(an_event(review="after"))
    asked = an_asked_question(session, "Mine")
    actions.point_at(session=session, question=asked.id)
    change = {"text": "Other words"} if act == "edit" else {}

    assert told_dark(
        session, lambda: getattr(actions, act)(session=session, ident=asked.id, auth=asked.auth, **change)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("recap", [False, True], ids=["for-the-day-alone", "for-good"])
def test_whatever_was_on_the_wall_leaves_it_with_the_day(recap: bool) -> None:
    session = a_session()
    actions.point_at(session=session, question=a_shown_question(session, recap=recap).pk)

    with transaction.atomic():
        told = leave_the_page(session.event)

    assert (session.topic_id, "current", session.pk) in told
    assert not Spotlight.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_hiding_and_choosing_at_the_same_moment_hiding_wins() -> None:
    session = a_session()
    moderator, hide = a_role(session.event, "moderator"), Decision("hide", "other")
    for _ in range(8):
        question = a_shown_question(session)

        together(
            lambda ident=question.pk: actions.point_at(session=session, question=ident),  # type: ignore[misc]
            lambda one=question.review_id: decide(review=one, account=moderator, decision=hide),  # type: ignore[misc]
        )

        assert not Question.objects.shown().filter(pk=question.pk).exists()
        assert not Spotlight.objects.exists()
