"""The write lane: it says yes in the view's own bytes, and leaves everything else to the view."""

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from django.utils import timezone
from tests.askers import Phone
from tests.makers import a_role, a_session, a_shown_question, an_event
from tests.racing import heard, together
from tests.serving import Site, serving

from equalterms.config.asgi import gateway
from equalterms.config.gateway.together import Together
from equalterms.people.actions import tokens_for
from equalterms.programme.models import Event, Session
from equalterms.questions import actions
from equalterms.questions.models import Question, Vote
from equalterms.safety.models import Receipt, Review
from equalterms.safety.profile.receipt import Secret

ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
V8 = "0f0e0d0c-0b0a-8908-8706-050403020100"
DATE = re.compile(rb"date: [^\r]+\r\n")
MORE = ["", "Origin: https://elsewhere.example\r\n", "Accept: application/json\r\n"]


class Running(NamedTuple):
    site: Site
    lane: Together
    session: Session
    question: Question

    def put(self, path: str, body: bytes, more: str = "", query: str = "") -> bytes:
        """The whole answer; the date is not told."""
        path = f"/api/v1/sessions/{self.session.pk}/questions/{path}{query}"
        head = f"PUT {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        head += f"Content-Type: application/json\r\n{more}Content-Length: {len(body)}\r\n\r\n"
        return DATE.sub(b"", self.site.raw(head.encode() + body))

    def vote(self, more: str = "", phone: Phone | None = None, query: str = "", **changed: Any) -> bytes:
        """The answer to a vote, of a new phone by default."""
        phone = phone or Phone()
        tag = phone.tag("vote", self.question.pk)
        proof = changed.pop("proof", None) or phone.proof("vote", self.session, tag)
        body = json.dumps({"proof": proof} | changed).encode()
        return self.put(f"{self.question.pk}/votes/{tag}/", body, more, query)

    def ask(self, more: str = "", secret: Secret | None = None, query: str = "", **changed: Any) -> bytes:
        """The answer to a question, under a new id by default."""
        phone = Phone()
        secret = secret or phone.secret(self.session)
        body = json.dumps(phone.body(self.session, secret, "How do I begin?", **changed)).encode()
        return ID.sub(b"the id", self.put(f"{secret.id}/", body, more, query))


@pytest.fixture
def running(transactional_db: None) -> Iterator[Running]:
    session = a_session(an_event(proof=True))
    question = a_shown_question(session)
    made = gateway()
    assert isinstance(made.bridge.ahead, Together)
    with serving(made, made.stop_streams) as site:
        yield Running(site, made.bridge.ahead, session, question)


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize("more", MORE)
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


def test_of_a_crowd_that_comes_first_one_is_the_views_and_the_rest_is_stored_together(
    running: Running,
) -> None:
    phones = [Phone() for _ in range(20)]
    proofs = [
        phone.proof("vote", running.session, phone.tag("vote", running.question.pk)) for phone in phones
    ]

    answers = together(
        *(lambda one=one, its=its: running.vote(phone=one, proof=its)
          for one, its in zip(phones, proofs, strict=True))
    )  # fmt: skip

    assert {status_of(answer) for answer in answers} == {201}
    assert (running.lane.stored, Vote.objects.count()) == (19, 20)


def test_who_comes_first_and_is_refused_holds_nobody_up(running: Running) -> None:
    first, then = running.vote(proof={"type": "none"}), running.vote()

    assert [status_of(answer) for answer in (first, then, running.vote())] == [403, 201, 201]
    assert (running.lane.stored, Vote.objects.count()) == (1, 2)


def test_nobody_waits_for_long_for_a_view_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("equalterms.config.gateway.together.LEARNING", 0.02)
    path = f"/api/v1/sessions/day/questions/{V8}/"
    environ = {"REQUEST_METHOD": "PUT", "PATH_INFO": path, "CONTENT_TYPE": "application/json"}

    async def crowd() -> list[object]:
        lane = Together()
        first = await lane.answer(environ, b"{}")
        return [first, *await asyncio.gather(*(lane.answer(environ, b"{}") for _ in range(3)))]

    assert asyncio.run(crowd()) == [None] * 4


@pytest.mark.django_db(transaction=True)
def test_what_begins_and_ends_at_once_leaves_no_line_to_the_database_open() -> None:
    async def begin_and_end() -> None:
        lane = Together()
        lane.start()
        await lane.stop()

    with heard(connection_created) as opened:
        for _ in range(30):  # a thread may or may not be quick enough
            asyncio.run(begin_and_end())
    assert opened == []


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
    "content", [b"", b"[]", b"{", b'{"proof": null}', b"[" * 9000, "{}".encode("utf-16")]
)
def test_nonsense_is_refused_by_the_view(running: Running, content: bytes) -> None:
    running.vote()
    running.ask()
    tag = Phone().tag("vote", running.question.pk)

    answers = [running.put(f"{running.question.pk}/votes/{tag}/", content), running.put(f"{V8}/", content)]

    assert {status_of(answer) for answer in answers} <= {400, 403}
    assert running.lane.stored == 0


@pytest.mark.parametrize("more", MORE)
@pytest.mark.parametrize("mixing", ["safe", "gentle", "off"])
@pytest.mark.parametrize("review", ["before", "after"])
def test_a_question_is_acknowledged_in_the_views_own_bytes_and_kept_as_by_the_view(
    running: Running, more: str, mixing: str, review: str
) -> None:
    Event.objects.update(mixing=mixing, review=review, join_code="blue")
    by_the_view, by_the_lane = [running.ask(more, code="blue", warning="loud", recap=False) for _ in range(2)]

    assert by_the_lane == by_the_view
    assert (status_of(by_the_view), running.lane.stored) == (201, 1)
    kept = [
        (one.text, one.warning, one.audience, one.recap, one.shown is None, one.slot, one.review.state,
         one.review.taken_in, one.review.coded, one.review.care, one.review.due is None)
        for one in Question.objects.exclude(pk=running.question.pk).select_related("review")
    ]  # fmt: skip
    assert len(kept) == 2
    assert kept[0] == kept[1]


def test_many_questions_at_once_are_stored_in_few_transactions_and_none_is_lost(running: Running) -> None:
    running.ask()
    phone = Phone()
    secrets = [phone.secret(running.session) for _ in range(24)]
    bodies = [
        json.dumps(phone.body(running.session, one, f"Number {at}?")).encode()
        for at, one in enumerate(secrets)
    ]

    answers = together(
        *(
            lambda its=body, one=secret: running.put(f"{one.id}/", its)
            for body, secret in zip(bodies, secrets, strict=True)
        )
    )

    assert {status_of(answer) for answer in answers} == {201}
    assert running.lane.transactions < running.lane.stored == 24
    texts = Question.objects.filter(pk__in=[one.id for one in secrets]).values_list("text", flat=True)
    assert sorted(texts) == sorted(f"Number {at}?" for at in range(24))
    assert Receipt.objects.count() == 25


def test_the_same_question_twice_at_once_is_kept_once(running: Running) -> None:
    running.ask()
    phone = Phone()
    secret = phone.secret(running.session)
    body = json.dumps(phone.body(running.session, secret, "Once?")).encode()

    answers = together(*[lambda: running.put(f"{secret.id}/", body)] * 6)
    again = running.put(f"{secret.id}/", body)

    assert {status_of(answer) for answer in answers} <= {200, 201, 403}
    assert (status_of(again), Question.objects.filter(text="Once?").count()) == (200, 1)


def test_the_places_before_the_desk_are_given_out_one_by_one(running: Running) -> None:
    Event.objects.update(mixing="off")
    running.ask()
    Review.objects.bulk_create(
        Review(topic_id=running.session.topic_id, kind="question", subject=uuid4(), slot=0, taken_in=True)
        for _ in range(95)
    )
    phone = Phone()
    secrets = [phone.secret(running.session) for _ in range(12)]
    bodies = [json.dumps(phone.body(running.session, one, "Room?")).encode() for one in secrets]

    together(
        *(
            lambda its=body, one=secret: running.put(f"{one.id}/", its)
            for body, secret in zip(bodies, secrets, strict=True)
        )
    )

    held = Review.objects.filter(state="held", topic=running.session.topic_id)
    assert running.lane.stored == 12
    assert held.filter(taken_in=True).count() == 100
    assert held.filter(taken_in=False, due=0).count() == 8


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"text": ""}, 400),
        ({"extra": 1}, 400),
        ({"code": "green"}, 400),
        ({"proof": {"type": "none"}}, 403),
        ({"query": "?past"}, 201),
    ],
)
def test_a_question_that_is_not_plain_is_the_views(
    running: Running, changed: dict[str, Any], status: int
) -> None:
    Event.objects.update(join_code="blue")
    running.ask()

    answer = running.ask(**changed)

    assert (status_of(answer), running.lane.stored) == (status, 0)


@pytest.mark.parametrize(("field", "value"), [("review", "closed"), ("paused", True), ("state", "cancelled")])
def test_where_nothing_is_taken_the_view_says_so(running: Running, field: str, value: object) -> None:
    running.ask()
    Session.objects.update(**{field: value})

    answer = running.ask()

    assert (status_of(answer), running.lane.stored, Question.objects.count()) == (409, 0, 2)


def test_what_was_withdrawn_stays_withdrawn(running: Running) -> None:
    running.ask()
    secret = Phone().secret(running.session)
    running.ask(secret=secret)
    actions.withdraw(session=running.session, ident=secret.id, auth=secret.auth)

    assert status_of(running.ask(secret=secret)) == 410
    assert running.lane.stored == 1
