from typing import Any
from uuid import uuid4

import pytest
from tests.makers import a_role, a_session
from tests.merging import joined, shown, states, vote, votes
from tests.racing import together
from tests.sent import merged_note, note_to, review_of

from equalterms.desk.actions import merge, unmerge
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Event
from equalterms.questions import actions as questions
from equalterms.questions.models import Answer, Question, Vote
from equalterms.safety.models import Note, State
from equalterms.safety.profile.sealing import unseal

pytestmark = pytest.mark.django_db


def test_the_votes_of_merged_questions_add_up_at_once_and_part_again() -> None:
    session = a_session()
    target, child = shown(session), shown(session)
    vote(target, 2)
    vote(child, 3)
    questions.publish_tallies()

    joined(session, child, target)
    assert votes(target) == 5

    vote(target, 1)
    assert (questions.publish_tallies(), votes(target)) == (1, 6)

    unmerge(review=review_of(child), account=a_role(session.event))
    assert (votes(target), votes(child)) == (3, 3)
    assert questions.publish_tallies() == 0


@pytest.mark.parametrize("merged", [1, 3])
def test_tallies_take_the_same_queries_however_many_are_merged(
    merged: int, django_assert_num_queries: Any
) -> None:
    session = a_session()
    target = shown(session)
    for _ in range(merged):
        child = shown(session)
        joined(session, child, target)
        Vote.objects.create(question_id=child.id, tag=uuid4())

    with django_assert_num_queries(7):
        assert questions.publish_tallies() == 1

    assert votes(target) == merged


def test_a_vote_on_a_merged_question_can_be_taken_back() -> None:
    session = a_session()
    target, child, tag = shown(session), shown(session), uuid4()
    questions.vote(question=Question.objects.get(pk=child.id), tag=tag)
    joined(session, child, target)

    questions.unvote(question=questions.find_voted(session, child.id), tag=tag)

    assert questions.publish_tallies(questions.tallies.take()) == 1
    assert votes(target) == 0


def test_a_sealed_answer_reaches_everybody_whose_question_it_answers_and_can_be_taken_back() -> None:
    session = a_session()
    surgeon = a_role(session.event, "surgeon")
    target, children = (
        shown(session, audience="surgeons"),
        [shown(session, audience="surgeons") for _ in range(2)],
    )
    for child in children:
        joined(session, child, target)

    made = questions.answer(question=target.id, account=surgeon, text="Only for you.")

    assert [note_to(secret) for secret in (target, *children)] == [
        {"state": "reply", "reason": "", "note": "Only for you."}
    ] * 3
    assert len({bytes(note.sealed) for note in Note.objects.all()}) == 3
    with pytest.raises(Exception):  # noqa: B017,PT011 -- whatever the library raises: it does not open
        unseal(target.private, children[0].box, bytes(Note.objects.get(box=children[0].box).sealed))
    late = shown(session, audience="surgeons")
    with pytest.raises(Refusal) as refusal:
        joined(session, late, target)
    assert refusal.value.code == "cannot-merge"

    questions.change_answer(answer=made, text="For you, in other words.")
    assert {str(note_to(secret)["note"]) for secret in (target, *children)} == {"For you, in other words."}

    questions.remove_answer(answer=Answer.objects.get())
    assert not Note.objects.filter(box=target.box).exists()
    assert [merged_note(child) for child in children] == [("merged", str(target.id))] * 2


def test_a_sealed_answer_stays_with_whom_it_reached_when_the_question_goes() -> None:
    session = a_session()
    target, child = shown(session, audience="surgeons"), shown(session, audience="surgeons")
    joined(session, child, target)
    questions.answer(question=target.id, account=a_role(session.event, "surgeon"), text="Only for you.")

    questions.withdraw(session=session, ident=target.id, auth=target.auth)

    assert note_to(child)["note"] == "Only for you."
    assert states(child) == [State.SHOWN]


def test_once_the_day_is_closed_tallies_stay_as_they_were_last() -> None:
    session = a_session()
    target, child = shown(session, recap=True), shown(session, recap=True)
    for secret in (target, child):
        vote(secret, 1)
    questions.publish_tallies()
    joined(session, child, target)
    Vote.objects.all().delete()
    Event.objects.update(closed_on=clock.now().date())

    unmerge(review=review_of(child), account=a_role(session.event))

    assert (votes(target), votes(child)) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_votes_counted_while_questions_are_merged_and_parted_block_nobody_and_are_all_counted() -> None:
    session = a_session()
    moderator = a_role(session.event)
    target, children = shown(session), [shown(session) for _ in range(3)]

    def cast() -> int:
        for number in range(12):
            vote((target, *children)[number % 4], 1)
        return 12

    def count() -> int:
        return sum(questions.publish_tallies() for _ in range(8))

    def shuffle() -> int:
        for _ in range(3):
            for child in children:
                merge(review=review_of(child), into=review_of(target), account=moderator)
            for child in children:
                unmerge(review=review_of(child), account=moderator)
        return 18

    found = together(cast, count, shuffle)

    assert [value for value in found if isinstance(value, BaseException)] == []
    questions.publish_tallies()
    assert sum(votes(secret) for secret in (target, *children)) == 12
