import threading
from uuid import uuid4

import pytest
from django.db import connection
from tests.api.questions.actions.asked import a_question
from tests.makers import a_session

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


@pytest.mark.django_db(transaction=True)
def test_a_recount_of_one_day_looks_at_no_other() -> None:
    ours, _ = a_question(a_session())
    theirs, _ = a_question(a_session())
    for question in (ours, theirs):
        actions.vote(question=question, tag=uuid4())

    assert actions.publish_tallies(event=ours.session.event_id) == 1
    assert [Question.objects.get(pk=one.pk).votes for one in (ours, theirs)] == [1, 0]
