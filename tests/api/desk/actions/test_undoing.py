from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from tests.makers import a_role, a_session, an_event
from tests.racing import together
from tests.sent import (
    SHOW,
    a_said_comment,
    an_asked_question,
    is_shown,
    merged_note,
    note_to,
    review_of,
)

from equalterms.desk.actions import Decision, decide, merge, release_due, undo, unmerge
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.people.actions import forget_undone
from equalterms.people.models import UNDO_TICK, UNDO_TICKS, Act
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety import actions as safety
from equalterms.safety.models import Note, Review, State
from equalterms.safety.profile.receipt import Secret
from equalterms.threads import actions as threads

pytestmark = pytest.mark.django_db

MAKERS = pytest.mark.parametrize("make", [an_asked_question, a_said_comment])


def taken_back(done: Review) -> str:
    """Undoes what was done last to the review; the code of a refusal, or the state it is in again."""
    act = Act.objects.get(pk=done.act)
    try:
        return undo(act=act, account=a_role_at(act)).state
    except Refusal as refusal:
        return refusal.code


def a_role_at(act: Act) -> "object":
    return a_role(Session.objects.get(event=act.event).event, "moderator")


def decided(session: Session, secret: Secret, decision: Decision = SHOW) -> Review:
    return decide(review=review_of(secret), account=a_role(session.event), decision=decision)


def row(secret: Secret) -> Review:
    return Review.objects.get(subject=secret.id)


@MAKERS
def test_showing_is_undone_and_the_asker_reads_that_it_waits_again(make: Callable[[Session], Secret]) -> None:
    session = a_session()
    secret = make(session)
    done = decided(session, secret)

    assert taken_back(done) == State.HELD

    assert not is_shown(secret)
    assert note_to(secret) == {"state": "held", "reason": "", "note": ""}
    assert sorted(Act.objects.values_list("act", "subject")) == [("show", secret.id), ("undo", secret.id)]


@MAKERS
@pytest.mark.parametrize("act", ["return", "hide"])
def test_what_was_turned_down_is_before_the_public_again(make: Callable[[Session], Secret], act: str) -> None:
    session = a_session()
    secret = make(session)
    decided(session, secret)
    Review.objects.update(care=True)
    done = decided(session, secret, Decision(act, "unkind", "Softer, please."))
    assert (is_shown(secret), row(secret).care) == (False, False)

    assert taken_back(done) == State.SHOWN

    assert is_shown(secret)
    assert (row(secret).reason, row(secret).care) == ("", True)
    assert note_to(secret) == {"state": "shown", "reason": "", "note": ""}


def test_showing_what_was_returned_is_undone_with_the_very_note_it_had() -> None:
    session = a_session()
    secret = an_asked_question(session)
    decided(session, secret, Decision("return", "unkind", "Softer, please."))
    sealed = bytes(Note.objects.get().sealed)
    done = decided(session, secret)
    assert note_to(secret)["state"] == "shown"

    assert taken_back(done) == State.RETURNED

    assert bytes(Note.objects.get().sealed) == sealed
    assert row(secret).reason == "unkind"


def test_what_left_with_others_meanwhile_is_taken_back_from_there() -> None:
    session = a_session(an_event(mixing="gentle"))
    secret = an_asked_question(session)
    done = decided(session, secret)
    assert release_due(clock.now() + timedelta(minutes=1)) == 1

    assert taken_back(done) == State.HELD
    assert not is_shown(secret)


def test_what_was_approved_and_turned_down_waits_to_leave_again() -> None:
    session = a_session(an_event(mixing="safe"))
    secret = an_asked_question(session)
    decided(session, secret)
    due = row(secret).due
    done = decided(session, secret, Decision("hide", "other"))

    assert taken_back(done) == State.APPROVED

    assert row(secret).due == due
    assert note_to(secret)["state"] == "held"


def test_a_merge_is_undone_with_all_that_came_along() -> None:
    session = a_session()
    target, child, grandchild = (an_asked_question(session) for _ in range(3))
    for secret in (target, child, grandchild):
        decided(session, secret)
    for secret in (target, child, grandchild):
        questions.vote(question=Question.objects.get(pk=secret.id), tag=uuid4())
    questions.publish_tallies()
    moderator = a_role(session.event)
    merge(review=review_of(grandchild), into=review_of(child), account=moderator)
    done = merge(review=review_of(child), into=review_of(target), account=moderator)
    assert Question.objects.get(pk=target.id).votes == 3

    assert taken_back(done) == State.SHOWN

    assert [is_shown(secret) for secret in (target, child, grandchild)] == [True, True, False]
    assert [Question.objects.get(pk=secret.id).votes for secret in (target, child)] == [1, 2]
    assert merged_note(grandchild) == ("merged", str(child.id))
    assert note_to(child)["state"] == "shown"


def test_a_call_for_care_that_a_merge_passed_on_is_not_lost_again_by_undoing_it() -> None:
    """Somebody may have been worried about the other one since; that nobody can tell, so staff say "done"."""
    session = a_session()
    target, child = an_asked_question(session), an_asked_question(session, "I feel worthless and hopeless")
    done = merge(review=review_of(child), into=review_of(target), account=a_role(session.event))
    assert row(target).care

    assert taken_back(done) == State.HELD

    assert (row(target).care, row(child).care) == (True, True)


def test_whoever_was_worried_since_is_still_heard_after_undoing() -> None:
    session = a_session()
    asked = an_asked_question(session)
    done = decide(review=review_of(asked), account=a_role(session.event), decision=SHOW)
    safety.report(review=review_of(asked), tag=uuid4(), reason="worried")

    taken_back(done)

    assert row(asked).care


def test_taking_apart_is_undone() -> None:
    session = a_session()
    target, child = an_asked_question(session), an_asked_question(session)
    merge(review=review_of(child), into=review_of(target), account=a_role(session.event))
    done = unmerge(review=review_of(child), account=a_role(session.event))

    assert taken_back(done) == State.MERGED

    assert row(child).before == State.HELD
    assert merged_note(child) == ("merged", str(target.id))


def test_what_came_apart_when_the_one_was_hidden_is_together_again_but_for_what_moved_on() -> None:
    session = a_session()
    target, same, edited = (an_asked_question(session) for _ in range(3))
    for secret in (target, same, edited):
        decided(session, secret)
    for secret in (same, edited):
        merge(review=review_of(secret), into=review_of(target), account=a_role(session.event))
    done = decided(session, target, Decision("hide", "other"))
    assert row(same).state == row(edited).state == State.SHOWN
    questions.edit(session=session, ident=edited.id, auth=edited.auth, text="Other words")

    assert taken_back(done) == State.SHOWN

    assert (row(same).state, row(edited).state) == (State.MERGED, State.HELD)
    assert (is_shown(target), is_shown(same)) == (True, False)
    assert Question.objects.get(pk=same.id).merged_into_id == target.id


def test_letting_it_stand_is_undone() -> None:
    session = a_session()
    secret = an_asked_question(session)
    decided(session, secret)
    for _ in range(3):
        safety.report(review=review_of(secret), tag=uuid4(), reason="unkind")
    review = row(secret)
    assert review.folded
    before = safety.standing(review)
    safety.audit(
        account=a_role(session.event), event=session.event_id, act="keep", review=review, undo=before
    )
    safety.keep(review=review)
    assert (row(secret).folded, row(secret).kept) == (False, True)

    assert taken_back(review) == State.SHOWN

    assert (row(secret).folded, row(secret).kept) == (True, False)


@MAKERS
@pytest.mark.parametrize("fate", ["edit", "withdraw"])
def test_undoing_never_brings_back_what_its_asker_changed_or_withdrew(
    make: Callable[[Session], Secret], fate: str
) -> None:
    session = a_session()
    secret = make(session)
    decided(session, secret)
    done = decided(session, secret, Decision("hide", "other"))
    room = questions if make is an_asked_question else threads
    if fate == "edit":
        room.edit(session=session, ident=secret.id, auth=secret.auth, text="Other words")
    else:
        room.withdraw(session=session, ident=secret.id, auth=secret.auth)

    assert taken_back(done) == "review-superseded"

    assert not is_shown(secret)
    assert not Note.objects.exists()
    assert Review.objects.filter(subject=secret.id).count() == (1 if fate == "edit" else 0)


def test_what_was_decided_on_since_stays_decided() -> None:
    session = a_session()
    secret = an_asked_question(session)
    first = decided(session, secret)
    second = decided(session, secret, Decision("hide", "other"))
    third = decided(session, secret)

    assert [taken_back(done) for done in (first, second)] == ["review-superseded"] * 2
    assert is_shown(secret)
    assert taken_back(third) == State.HIDDEN
    assert taken_back(third) == "review-superseded"
    assert [act.undoable for act in Act.objects.all()] == [False] * 4


def test_what_was_answered_since_stays_shown() -> None:
    session = a_session()
    secret = an_asked_question(session)
    done = decided(session, secret)
    questions.answer(question=secret.id, account=a_role(session.event), text="Like this.")

    assert taken_back(done) == "review-superseded"
    assert is_shown(secret)


def test_a_merge_into_what_is_gone_is_not_made_again() -> None:
    session = a_session()
    target, child = an_asked_question(session), an_asked_question(session)
    merge(review=review_of(child), into=review_of(target), account=a_role(session.event))
    done = unmerge(review=review_of(child), account=a_role(session.event))
    questions.withdraw(session=session, ident=target.id, auth=target.auth)

    assert taken_back(done) == "review-superseded"
    assert row(child).state == State.HELD


def test_ten_minutes_and_no_longer() -> None:
    session = a_session()
    secret = an_asked_question(session)
    start = (clock.tick(UNDO_TICK) + 1) * UNDO_TICK
    with time_machine.travel(start, tick=False) as now:
        done = decided(session, secret, Decision("hide", "other"))
        now.shift(UNDO_TICKS * UNDO_TICK + UNDO_TICK - 1)
        assert forget_undone() == 0
        assert Act.objects.get().undoable

        now.shift(1)
        assert not Act.objects.get().undoable
        assert taken_back(done) == "too-late-to-undo"
        assert Act.objects.get().undo is not None  # positive control: there is something to erase

        assert forget_undone() == 1
        assert Act.objects.values_list("until", "undo").get() == (None, None)
        assert forget_undone() == 0
    assert row(secret).state == State.HIDDEN


def test_what_undoing_takes_holds_no_words() -> None:
    session = a_session()
    words = "A very particular sentence"
    target, child = an_asked_question(session, words), an_asked_question(session, words)
    decided(session, target, Decision("return", "unkind", "A particular note"))
    decided(session, target)
    merge(review=review_of(child), into=review_of(target), account=a_role(session.event))

    kept = [str(undo) for undo in Act.objects.values_list("undo", flat=True)]

    assert [undo for undo in kept if undo not in ("None", "{}")] != []
    assert [undo for undo in kept if "particular" in undo] == []


def outcome(found: object) -> str:
    return found.code if isinstance(found, Refusal) else type(found).__name__


@pytest.mark.django_db(transaction=True)
@MAKERS
def test_undoing_racing_an_edit_never_shows_words_nobody_looked_at(make: Callable[[Session], Secret]) -> None:
    session = a_session()
    moderator = a_role(session.event)
    room = questions if make is an_asked_question else threads
    for _ in range(10):
        secret = make(session)
        decided(session, secret)
        act = Act.objects.get(pk=decided(session, secret, Decision("hide", "other")).act)

        found = together(
            lambda act=act: undo(act=act, account=moderator),  # type: ignore[misc]
            lambda secret=secret: room.edit(  # type: ignore[misc]
                session=session, ident=secret.id, auth=secret.auth, text="Words nobody has read"
            ),
        )

        assert outcome(found[0]) in {"Review", "review-superseded"}
        assert found[1] == "held"
        assert row(secret).state == State.HELD
        assert not is_shown(secret)
        assert not Note.objects.filter(box=secret.box).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_undo_at_once_one_does() -> None:
    session = a_session()
    moderator = a_role(session.event)
    for _ in range(6):
        act = Act.objects.get(pk=decided(session, an_asked_question(session)).act)

        found = together(*[lambda act=act: undo(act=act, account=moderator)] * 2)  # type: ignore[misc]

        assert sorted(map(outcome, found)) == ["Review", "review-superseded"]


@pytest.mark.django_db(transaction=True)
def test_the_clock_erasing_while_moderators_decide_blocks_nobody() -> None:
    session = a_session()
    moderator = a_role(session.event)
    asked = [an_asked_question(session) for _ in range(6)]
    for secret in asked:
        decided(session, secret)
    Act.objects.update(until=0)

    found = together(
        *(
            lambda secret=secret: decide(  # type: ignore[misc]
                review=review_of(secret), account=moderator, decision=Decision("hide", "other")
            )
            for secret in asked
        ),
        forget_undone,
    )

    assert [value for value in found if isinstance(value, BaseException)] == []
    forget_undone()
    assert Act.objects.filter(act="show").exclude(until=None, undo=None).count() == 0
    assert sum(act.undoable for act in Act.objects.all()) == 6
