"""The write lane: it says yes in the view's own bytes, and leaves everything else to the view."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.db import connection
from django.utils import timezone
from tests.askers import Phone
from tests.makers import a_role, a_session, a_shown_question, an_event
from tests.racing import together
from tests.serving import Site, serving

from equalterms.config.asgi import gateway
from equalterms.config.gateway.votes import VoteLane, ballot_of
from equalterms.people.actions import tokens_for
from equalterms.programme.models import Event, Session
from equalterms.questions import actions
from equalterms.questions.models import Question, Vote

DATE = re.compile(rb"date: [^\r]+\r\n")


class Running(NamedTuple):
    site: Site
    lane: VoteLane
    session: Session
    question: Question

    def vote(self, more: str = "", phone: Phone | None = None, **changed: Any) -> bytes:
        """The whole answer to a vote, of a new phone by default."""
        phone = phone or Phone()
        tag = phone.tag("vote", self.question.pk)
        path = f"/api/v1/sessions/{self.session.pk}/questions/{self.question.pk}/votes/{tag}/"
        proof = changed.pop("proof", None) or phone.proof("vote", self.session, tag)
        query = changed.pop("query", "")
        body = json.dumps({"proof": proof} | changed).encode()
        head = f"PUT {path}{query} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        head += f"Content-Type: application/json\r\n{more}Content-Length: {len(body)}\r\n\r\n"
        return DATE.sub(b"", self.site.raw(head.encode() + body))


@pytest.fixture
def running(transactional_db: None) -> Iterator[Running]:
    session = a_session(an_event(proof=True))
    question = a_shown_question(session)
    made = gateway()
    assert isinstance(made.bridge.ahead, VoteLane)
    with serving(made, made.stop_streams) as site:
        yield Running(site, made.bridge.ahead, session, question)


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize(
    "more", ["", "Origin: https://elsewhere.example\r\n", "Accept: application/json\r\n"]
)
def test_it_says_yes_in_the_views_own_bytes(running: Running, more: str) -> None:
    by_the_view, by_the_lane = running.vote(more), running.vote(more)

    assert by_the_lane == by_the_view
    assert status_of(by_the_view) == 201
    assert (running.lane.stored, Vote.objects.count()) == (1, 2)


def test_each_manner_of_asking_is_learnt_from_the_view(running: Running) -> None:
    plain = [running.vote() for _ in range(2)]
    named = [running.vote("Origin: https://elsewhere.example\r\n") for _ in range(2)]

    assert (plain[0], named[0]) == (plain[1], named[1])
    assert plain[0] != named[0]
    assert running.lane.stored == 2


def test_many_at_once_are_stored_in_few_transactions_and_none_is_lost(running: Running) -> None:
    running.vote()
    phones = [Phone() for _ in range(40)]
    tags = [phone.tag("vote", running.question.pk) for phone in phones]
    proofs = [phone.proof("vote", running.session, tag) for phone, tag in zip(phones, tags, strict=True)]

    answers = together(
        *(
            lambda one=phone, its=proof: running.vote(phone=one, proof=its)
            for phone, proof in zip(phones, proofs, strict=True)
        )
    )
    actions.publish_tallies()

    assert {status_of(answer) for answer in answers} == {201}
    assert running.lane.transactions < running.lane.stored == 40
    assert Question.objects.get().votes == Vote.objects.count() == 41


def test_the_same_vote_again_is_the_views(running: Running) -> None:
    running.vote()
    phone = Phone()

    answers = [running.vote(phone=phone) for _ in range(2)]

    assert [status_of(answer) for answer in answers] == [201, 200]
    assert (running.lane.stored, Vote.objects.count()) == (1, 2)


def test_the_same_vote_twice_at_once_is_counted_once(running: Running) -> None:
    running.vote()
    phone = Phone()
    proof = phone.proof("vote", running.session, phone.tag("vote", running.question.pk))

    answers = together(*[lambda: running.vote(phone=phone, proof=proof)] * 6)

    assert {status_of(answer) for answer in answers} <= {201, 200, 403}
    assert [status_of(answer) for answer in answers].count(201) == 1
    assert Vote.objects.count() == 2


def test_a_spent_proof_is_refused_by_the_view(running: Running) -> None:
    running.vote()
    spent = Phone().proof("vote", running.session)

    answers = [running.vote(proof=spent) for _ in range(2)]

    assert [status_of(answer) for answer in answers] == [201, 403]
    assert b'"code":"proof-needed"' in answers[1].replace(b" ", b"")


def test_a_day_that_is_over_takes_no_vote(running: Running) -> None:
    running.vote()
    Event.objects.update(closed_on=timezone.now().date())

    answer = running.vote()

    assert (status_of(answer), Vote.objects.count()) == (409, 1)


def test_what_nobody_may_see_is_not_found(running: Running) -> None:
    running.vote()
    Question.objects.update(shown=None)

    assert status_of(running.vote()) == 404


@pytest.mark.parametrize(
    ("more", "changed", "status"),
    [
        ("Cookie: a=b\r\n", {}, 400),
        ("Accept: text/html\r\n", {}, 406),
        ("", {"extra": 1}, 400),
        ("", {"proof": {"type": "pow", "payload": 7}}, 400),
        ("", {"proof": {"type": "pow", "payload": "nonsense"}}, 403),
        ("", {"proof": {"type": "none"}}, 403),
        ("", {"query": "?past"}, 201),
    ],
)
def test_what_is_not_plain_is_the_views(
    running: Running, more: str, changed: dict[str, Any], status: int
) -> None:
    running.vote()

    answer = running.vote(more, **changed)

    assert (status_of(answer), running.lane.stored) == (status, 0)


def test_where_no_proof_is_wanted_none_is_needed(running: Running) -> None:
    Event.objects.update(proof=False)

    answers = [running.vote(proof={"type": "none"}) for _ in range(3)]

    assert {status_of(answer) for answer in answers} == {201}
    assert running.lane.stored == 2


def test_who_says_who_they_are_is_refused(running: Running) -> None:
    running.vote()
    token = tokens_for(a_role(running.session.event))["access"]

    assert status_of(running.vote(f"Authorization: Bearer {token}\r\n")) == 400


def test_what_the_database_refuses_spends_no_proof(running: Running) -> None:
    running.vote()
    phone = Phone()
    proof = phone.proof("vote", running.session, phone.tag("vote", running.question.pk))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE questions_vote RENAME TO votes_elsewhere")
    try:
        failed = running.vote(phone=phone, proof=proof)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE votes_elsewhere RENAME TO questions_vote")
    again = running.vote(phone=phone, proof=proof)

    assert status_of(failed) in {500, 503}
    assert (status_of(again), Vote.objects.count()) == (201, 2)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"proof": null}', b'{"proof": {"payload": "x"}}', b"[" * 9000, b"{}"]
)
def test_nonsense_is_no_ballot(content: bytes) -> None:
    environ = {
        "REQUEST_METHOD": "PUT",
        "PATH_INFO": f"/api/v1/sessions/x/questions/{'0' * 8}-0000-0000-0000-{'0' * 12}/votes/{'A' * 22}/",
        "CONTENT_TYPE": "application/json",
        "REMOTE_ADDR": "",
    }

    assert ballot_of(environ, content) is None
    assert ballot_of(environ, b'{"proof": {"type": "pow", "payload": "x"}}') is not None
