"""What is taken together: yes for what is plain, and nothing done for the rest."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.askers import Phone
from tests.makers import a_session, a_shown_question, an_event

from equalterms.programme.models import Session
from equalterms.questions.models import Question, Vote
from equalterms.questions.views.together import Sent, asks, votes
from equalterms.safety.models import Receipt

pytestmark = pytest.mark.django_db
NETWORK = "192.0.2.0"


def a_day() -> Session:
    return a_session(an_event(proof=True))


def an_ask(session: Session, text: str = "How?", **changed: Any) -> Sent:
    phone = Phone()
    secret = phone.secret(session)
    body = phone.body(session, secret, text) | changed
    return Sent(str(session.pk), secret.id, "", json.dumps(body).encode(), NETWORK)


def a_vote(question: Question, **changed: Any) -> Sent:
    phone = Phone()
    tag = phone.tag("vote", question.pk)
    body = {"proof": phone.proof("vote", question.session, tag)} | changed
    return Sent(str(question.session_id), question.pk, tag, json.dumps(body).encode(), NETWORK)


def test_each_question_is_answered_in_its_own_place_whatever_is_wrong_with_others() -> None:
    here, there = a_day(), a_day()
    good = [an_ask(here), an_ask(there), an_ask(here)]
    twin = good[0]._replace(content=an_ask(here, "Other words?").content)
    wrong = [
        an_ask(here, text=""),
        an_ask(here)._replace(session="nowhere"),
        an_ask(here)._replace(question=uuid4()),
        an_ask(here)._replace(content=b"\xff"),
        an_ask(here, proof={"type": "none"}),
        twin,
    ]

    answers = asks([wrong[0], good[0], *wrong[1:3], good[1], *wrong[3:], good[2]])

    assert [answer and answer["state"] for answer in answers] == [
        None, "held", None, None, "held", None, None, None, "held",
    ]  # fmt: skip
    assert [UUID(str(answers[at]["id"])) for at in (1, 4, 8)] == [one.question for one in good]  # type: ignore[index]
    assert Receipt.objects.count() == Question.objects.count() == 3


def test_what_was_not_taken_may_be_sent_again_with_the_same_proof() -> None:
    session = a_day()
    sent = [an_ask(session), an_ask(session)]
    type(session).objects.update(paused=True)
    paused = asks(sent)
    type(session).objects.update(paused=False)

    assert paused == [None, None]
    assert None not in asks(sent)


def test_what_is_known_already_is_left_to_its_view() -> None:
    session = a_day()
    sent = an_ask(session)

    assert [asks([sent])[0] is None, asks([sent])[0] is None] == [False, True]
    type(session.event).objects.update(purged=True)
    assert asks([an_ask(session)]) == [None]


def test_a_wrong_code_is_left_to_its_view_unspent() -> None:
    session = a_day()
    type(session.event).objects.update(join_code="blue")
    wrong = an_ask(session, code="green")

    assert asks([wrong]) == [None]
    right = json.dumps(json.loads(wrong.content) | {"code": "BLUE"}).encode()
    assert None not in asks([wrong._replace(content=right)])


def test_many_questions_cost_no_more_queries_than_a_few() -> None:
    session, costs = a_day(), []
    for size in (2, 12):
        sent = [an_ask(session) for _ in range(size)]
        with CaptureQueriesContext(connection) as captured:
            assert None not in asks(sent)
        costs.append(len(captured))

    assert costs[0] == costs[1]


def test_each_vote_is_answered_in_its_own_place_whatever_is_wrong_with_others() -> None:
    question = a_shown_question(a_day())
    good = [a_vote(question), a_vote(question)]
    wrong = [
        a_vote(question, extra=1),
        a_vote(question)._replace(tag="A" * 21 + "B"),
        a_vote(question, proof={"type": "none"}),
        a_vote(
            question, proof={"type": "none"} | {"payload": json.loads(good[0].content)["proof"]["payload"]}
        ),
        good[0],
    ]

    answers = votes([*wrong[:2], good[0], *wrong[2:], good[1]])

    assert [answer is None for answer in answers] == [True, True, False, True, True, True, False]
    assert answers[2] == {"id": str(question.pk), "counted": True}
    assert Vote.objects.count() == 2
