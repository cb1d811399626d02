from uuid import UUID

import pytest
from tests.makers import a_role, a_session, an_event
from tests.merging import joined, shown, states, vote, votes
from tests.racing import together
from tests.sent import (
    SHOW,
    a_said_comment,
    an_asked_question,
    is_shown,
    kinds,
    merged_note,
    note_to,
    review_of,
)

from equalterms.desk.actions import Decision, decide, merge, release_due, unmerge
from equalterms.desk.actions.similar import turn_down_alike
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Act
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.models import Note, Review, State

pytestmark = pytest.mark.django_db


def test_a_merged_question_leaves_the_list_and_its_asker_alone_is_told_into_what() -> None:
    session = a_session()
    target, child = shown(session), shown(session)
    heard = len(kinds(session))

    done = joined(session, child, target)

    assert (done.state, done.before) == (State.MERGED, State.SHOWN)
    assert (is_shown(target), is_shown(child)) == (True, False)
    assert Question.objects.get(pk=child.id).merged_into_id == target.id
    assert merged_note(child) == ("merged", str(target.id))
    assert not Note.objects.filter(box=target.box).exists()
    assert kinds(session)[heard:] == ["question", "notes"]
    act = Act.objects.get(act="merge")
    assert (act.kind, act.subject, act.pk) == ("question", child.id, done.act)


def test_what_was_merged_into_the_merged_one_comes_along_and_is_told() -> None:
    session = a_session()
    last, middle, first = shown(session), shown(session), shown(session)
    vote(first, 2)
    joined(session, first, middle)

    joined(session, middle, last)

    assert set(Question.objects.get(pk=last.id).merged.values_list("pk", flat=True)) == {first.id, middle.id}
    assert merged_note(first) == merged_note(middle) == ("merged", str(last.id))
    assert (votes(last), votes(middle)) == (2, 0)


@pytest.mark.parametrize("start", ["held", "shown"])
def test_taken_apart_a_question_is_where_it_was_and_its_asker_hears(start: str) -> None:
    session = a_session()
    target = shown(session)
    child = shown(session) if start == "shown" else an_asked_question(session)
    joined(session, child, target)

    done = unmerge(review=review_of(child), account=a_role(session.event))

    assert (done.state, done.before) == (start, "")
    assert is_shown(child) == (start == "shown")
    assert note_to(child) == {"state": start, "reason": "", "note": ""}
    assert Question.objects.get(pk=child.id).merged_into_id is None
    assert Act.objects.get(act="unmerge").pk == done.act


def test_where_things_are_mixed_what_was_shown_leaves_with_others_again() -> None:
    session = a_session(an_event(mixing="safe"))
    target, child = an_asked_question(session), an_asked_question(session)
    for secret in (target, child, an_asked_question(session)):
        decide(review=review_of(secret), account=a_role(session.event), decision=SHOW)
    assert release_due() == 3
    joined(session, child, target)

    unmerge(review=review_of(child), account=a_role(session.event))

    assert states(child) == [State.APPROVED]
    assert not is_shown(child)
    assert note_to(child)["state"] == "held"


@pytest.mark.parametrize("fate", ["return", "hide", "edit", "withdraw"])
@pytest.mark.parametrize("start", ["held", "shown"])
def test_when_the_one_question_goes_nothing_merged_into_it_is_lost(start: str, fate: str) -> None:
    session = a_session()
    target = shown(session)
    children = [an_asked_question(session) if start == "held" else shown(session) for _ in range(2)]
    for child in children:
        vote(child, 1)
        joined(session, child, target)

    if fate == "edit":
        questions.edit(session=session, ident=target.id, auth=target.auth, text="Other words")
    elif fate == "withdraw":
        questions.withdraw(session=session, ident=target.id, auth=target.auth)
    else:
        decide(review=review_of(target), account=a_role(session.event), decision=Decision(fate, "other"))

    assert states(*children) == [start, start]
    assert [is_shown(child) for child in children] == [start == "shown"] * 2
    assert [note_to(child)["state"] for child in children] == [start, start]
    assert [votes(child) for child in children] == [1, 1]
    assert not Question.objects.exclude(merged_into=None).exists()
    assert not is_shown(target)
    assert fate == "withdraw" or votes(target) == 0


@pytest.mark.parametrize("fate", ["edit", "withdraw"])
def test_a_merged_question_is_still_its_askers_to_change_and_to_withdraw(fate: str) -> None:
    session = a_session()
    target, child = shown(session), shown(session)
    vote(child, 2)
    joined(session, child, target)
    assert votes(target) == 2

    if fate == "edit":
        state = questions.edit(session=session, ident=child.id, auth=child.auth, text="Other words")
        assert state == "held"
        assert states(child) == [State.HELD]
        assert Question.objects.get(pk=child.id).merged_into_id is None
    else:
        questions.withdraw(session=session, ident=child.id, auth=child.auth)
        assert not Review.objects.filter(subject=child.id).exists()

    assert not Note.objects.filter(box=child.box).exists()
    assert questions.publish_tallies(questions.tallies.take()) == 1
    assert votes(target) == 0
    assert is_shown(target)


@pytest.mark.parametrize("start", ["held", "returned"])
def test_nothing_tells_that_a_question_never_shown_was_merged(start: str) -> None:
    session = a_session()
    target, child = shown(session), an_asked_question(session)
    if start == "held":
        joined(session, child, target)
    else:
        decide(review=review_of(child), account=a_role(session.event), decision=Decision("return", "other"))

    with pytest.raises(Refusal) as refusal:
        questions.find_voted(session, child.id)

    assert refusal.value.code == "not-found"


def test_clearing_many_alike_things_leaves_those_others_were_merged_into() -> None:
    session = a_session()
    moderator = a_role(session.event)
    target, child, alone = (an_asked_question(session, "How do I block someone?") for _ in range(3))
    joined(session, child, target)

    done = turn_down_alike(
        account=moderator, review=Review.objects.get(subject=alone.id), act="hide", reason="other"
    )

    assert done == 1
    assert states(target, child, alone) == [State.HELD, State.MERGED, State.HIDDEN]


def refused(review: UUID, into: UUID, account: Account, seen: str = "") -> str:
    try:
        merge(review=review, into=into, account=account, seen=seen)
    except Refusal as refusal:
        return refusal.code
    return "done"


def test_only_questions_that_could_stand_for_each_other_are_merged() -> None:
    session = a_session()
    moderator = a_role(session.event)
    target, answered, elsewhere = shown(session), shown(session), shown(a_session(session.event))
    private, comment = an_asked_question(session, audience="surgeons"), a_said_comment(session)
    questions.answer(question=answered.id, account=moderator, text="Like this.")

    found = {
        "another session": refused(review_of(target), review_of(elsewhere), moderator),
        "another audience": refused(review_of(private), review_of(target), moderator),
        "itself": refused(review_of(target), review_of(target), moderator),
        "an answered one": refused(review_of(answered), review_of(target), moderator),
        "a comment": refused(review_of(comment), review_of(target), moderator),
        "into a comment": refused(review_of(target), review_of(comment), moderator),
    }

    assert set(found.values()) == {"cannot-merge"}, found
    assert refused(review_of(target), review_of(answered), moderator) == "done"
    assert not Act.objects.exclude(act__in=["show", "merge"]).exists()


def test_what_has_moved_on_is_read_again_before_it_is_merged() -> None:
    session = a_session()
    moderator = a_role(session.event)
    target, child, other = shown(session), shown(session), an_asked_question(session)
    hidden, edited = an_asked_question(session), an_asked_question(session)
    read = review_of(edited)
    questions.edit(session=session, ident=edited.id, auth=edited.auth, text="Other words")
    decide(review=review_of(hidden), account=moderator, decision=Decision("hide", "other"))
    joined(session, child, target)

    found = [
        refused(read, review_of(target), moderator),
        refused(review_of(target), read, moderator),
        refused(review_of(hidden), review_of(target), moderator),
        refused(review_of(other), review_of(hidden), moderator),
        refused(review_of(other), review_of(child), moderator),
        refused(review_of(child), review_of(other), moderator),
        refused(review_of(other), review_of(target), moderator, seen="shown"),
    ]

    assert found == ["review-superseded"] * 7
    for secret in (other, target):
        with pytest.raises(Refusal) as refusal:
            unmerge(review=review_of(secret), account=moderator)
        assert refusal.value.code == "review-superseded"


@pytest.mark.parametrize("act", ["show", "return", "hide"])
def test_what_is_merged_has_to_come_out_before_it_is_decided_on(act: str) -> None:
    session = a_session()
    target, child = shown(session), shown(session)
    joined(session, child, target)

    with pytest.raises(Refusal) as refusal:
        decide(review=review_of(child), account=a_role(session.event), decision=Decision(act, "other"))

    assert refusal.value.code == "review-superseded"
    assert states(child) == [State.MERGED]


def test_a_call_for_care_goes_with_the_question_it_is_merged_into() -> None:
    session = a_session()
    target, child = shown(session), an_asked_question(session, "I feel worthless and hopeless")
    assert Review.objects.get(subject=child.id).care

    joined(session, child, target)

    assert Review.objects.get(subject=target.id).care


def outcome(work: object) -> str:
    return work.code if isinstance(work, Refusal) else type(work).__name__


@pytest.mark.django_db(transaction=True)
def test_a_merge_racing_a_withdrawal_leaves_nothing_of_it_and_nothing_stuck() -> None:
    session = a_session()
    moderator = a_role(session.event)
    for number in range(10):
        target, child = shown(session), shown(session)
        reviews, leaving = (review_of(child), review_of(target)), (child, target)[number % 2]

        found = together(
            lambda reviews=reviews: merge(review=reviews[0], into=reviews[1], account=moderator),  # type: ignore[misc]
            lambda secret=leaving: questions.withdraw(session=session, ident=secret.id, auth=secret.auth),  # type: ignore[misc]
        )

        assert outcome(found[0]) in {"Review", "review-superseded"}
        assert found[1] is None
        staying = target if leaving is child else child
        assert not Review.objects.filter(subject=leaving.id).exists()
        assert not Note.objects.filter(box=leaving.box).exists()
        assert states(staying) == [State.SHOWN]
        assert is_shown(staying)


@pytest.mark.django_db(transaction=True)
def test_a_merge_racing_an_answer_never_buries_the_answer() -> None:
    session = a_session()
    moderator = a_role(session.event)
    for _ in range(10):
        target, child = shown(session), shown(session)
        reviews = review_of(child), review_of(target)

        found = together(
            lambda reviews=reviews: merge(review=reviews[0], into=reviews[1], account=moderator),  # type: ignore[misc]
            lambda child=child: questions.answer(question=child.id, account=moderator, text="So."),  # type: ignore[misc]
        )

        outcomes = outcome(found[0]), outcome(found[1])
        assert outcomes in {
            ("Review", "review-superseded"),
            ("Review", "not-found"),
            ("cannot-merge", "Answer"),
        }
        assert is_shown(child) == (outcomes[1] == "Answer")


@pytest.mark.django_db(transaction=True)
def test_two_merges_that_cross_make_one_question_of_two() -> None:
    session = a_session()
    moderator = a_role(session.event)
    for _ in range(10):
        one, other = shown(session), shown(session)
        first, second = review_of(one), review_of(other)

        found = together(
            lambda first=first, second=second: merge(review=first, into=second, account=moderator),  # type: ignore[misc]
            lambda first=first, second=second: merge(review=second, into=first, account=moderator),  # type: ignore[misc]
        )

        assert sorted(map(outcome, found)) == ["Review", "review-superseded"]
        assert sorted(states(one, other)) == [State.MERGED, State.SHOWN]
