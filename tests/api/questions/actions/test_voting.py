import secrets
import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.api.questions.actions.asked import a_question
from tests.askers import Phone
from tests.makers import a_session, a_shown_question, an_event

from equalterms.lib.api.fields import read_tag
from equalterms.lib.ids import b64u
from equalterms.lib.refusal import Refusal
from equalterms.questions import actions
from equalterms.questions.models import Question, Vote


@pytest.mark.django_db(transaction=True)
def test_twenty_phones_voting_at_once_count_twenty() -> None:
    question, _ = a_question(a_session())
    tags = [uuid4() for _ in range(10)] * 2

    def vote(tag: object) -> None:
        try:
            actions.vote(question=question, tag=tag)  # type: ignore[arg-type]
        finally:
            connection.close()

    phones = [threading.Thread(target=vote, args=(tag,)) for tag in tags]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()

    assert Vote.objects.count() == 10
    assert actions.publish_tallies() == 1
    assert Question.objects.get().votes == 10


@pytest.mark.django_db(transaction=True)
def test_a_vote_for_what_is_withdrawn_in_that_moment_finds_nothing() -> None:
    session = a_session()
    question, secret = a_question(session)
    actions.withdraw(session=session, ident=question.pk, auth=secret.auth)

    with pytest.raises(Refusal, match="not-found"):
        actions.vote(question=question, tag=uuid4())

    assert not Vote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_acknowledged_vote_reaches_the_tally_even_if_this_process_forgot_it() -> None:
    question, _ = a_question(a_session())
    actions.vote(question=question, tag=uuid4())
    actions.tallies.take()

    assert actions.publish_tallies(actions.tallies.take()) == 0
    assert actions.publish_tallies() == 1
    assert Question.objects.get().votes == 1


def a_ballot(question: Question, *, ref: str = "", tag: str = "", proof: str = "") -> actions.Ballot:
    """A vote as it is sent, with a proof of its own."""
    phone, tag = Phone(), tag or b64u(secrets.token_bytes(16))
    proof = proof or phone.proof("vote", question.session, tag)["payload"]
    return actions.Ballot(ref or str(question.session_id), question.pk, tag, proof, "192.0.2.0")


@pytest.mark.django_db
def test_of_many_votes_those_are_counted_of_which_there_is_nothing_to_say_but_yes() -> None:
    session = a_session(an_event(proof=True))
    question, other = a_shown_question(session), a_shown_question(a_session(an_event(proof=True)))
    good = [a_ballot(question), a_ballot(question, ref=session.code), a_ballot(other)]
    voted = a_ballot(question)
    actions.vote(question=question, tag=read_tag(voted.tag))
    twice = a_ballot(question)
    spent = [a_ballot(question, proof=twice.payload), a_ballot(question, tag=twice.tag)]
    unseen = [a_ballot(question, ref="nowhere"), a_ballot(other, ref=str(session.pk))]

    counted = actions.cast([*good, voted, *spent, *unseen, a_ballot(question, proof="nonsense")])

    assert counted == {*good, spent[1]}
    assert Vote.objects.count() == 1 + len(counted)
    actions.publish_tallies(actions.tallies.take())
    assert [Question.objects.get(pk=one.pk).votes for one in (question, other)] == [4, 1]


@pytest.mark.django_db
def test_where_a_day_is_over_none_of_them_is_counted_and_no_proof_is_spent() -> None:
    session = a_session(an_event(proof=True))
    ballots = [a_ballot(a_shown_question(session)) for _ in range(2)]
    type(session.event).objects.update(closed_on=session.event.starts.date())

    over = actions.cast(ballots)
    type(session.event).objects.update(closed_on=None)

    assert (over, Vote.objects.count()) == (set(), 0)
    assert actions.cast(ballots) == set(ballots)


@pytest.mark.django_db
def test_many_votes_cost_no_more_queries_than_a_few() -> None:
    question = a_shown_question(a_session(an_event(proof=True)))
    costs = []
    for size in (2, 12):
        ballots = [a_ballot(question) for _ in range(size)]
        with CaptureQueriesContext(connection) as captured:
            assert len(actions.cast(ballots)) == size
        costs.append(len(captured))

    assert costs[0] == costs[1]


@pytest.mark.django_db(transaction=True)
def test_a_recount_of_one_day_looks_at_no_other() -> None:
    ours, _ = a_question(a_session())
    theirs, _ = a_question(a_session())
    for question in (ours, theirs):
        actions.vote(question=question, tag=uuid4())

    assert actions.publish_tallies(event=ours.session.event_id) == 1
    assert [Question.objects.get(pk=one.pk).votes for one in (ours, theirs)] == [1, 0]
