"""A full room behind one address is let in, and a flood stops neither it nor those who clear the flood."""

import base64
import json
import secrets
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from tests.askers import Phone, solve
from tests.makers import a_role, a_session, a_shown_question, an_event
from tests.sent import an_asked_question
from tests.serving import Answer, Site, serving

from equalterms.config.asgi import gateway
from equalterms.desk.actions import release_due
from equalterms.lib import clock
from equalterms.people.actions import tokens_for
from equalterms.programme.models import Session
from equalterms.questions.models import Question, Vote
from equalterms.safety.actions import take_in
from equalterms.safety.actions.clearing import MOST_NOTES
from equalterms.safety.models import Note, Receipt, Review
from equalterms.safety.proofs.making import TRIES

pytestmark = pytest.mark.django_db(transaction=True)

JUNK = (
    "Buy {} cheap followers now at spam.example",
    "WIN a free holiday today, click {} here!!!",
    "{} crypto signals double money every week guaranteed",
    "This event stinks and everybody knows it {}",
    "aaaa bbbb cccc dddd {}",
)
FLOOD = 5_000
OVER_HTTP = 300
THROUGH_ACTIONS = 300
HONEST = 40
IN_THE_ROOM = [f"How do I tell my friend what number {number} said?" for number in range(HONEST)]
FROM_HOME = "May I bring my dog along?"
_numbers = count(1)


class FarPhone(Phone):
    """A phone at the other end of a real connection; all of them come from one address."""

    def __init__(self, site: Site) -> None:
        self.site, self.key = site, secrets.token_bytes(32)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        content = None if body is None else json.dumps(body).encode()
        given = headers | ({"Content-Type": "application/json"} if content else {})
        return self.site.call(f"/api/v1/{path}", method, content, given)

    def proof(self, act: str, session: Session, vote: str = "") -> dict[str, Any]:
        query = f"act={act}&session={session.pk}" + (f"&tag={vote}" if vote else "")
        return solve(self.send("GET", f"proofs/?{query}").json())


class Desk:
    """A moderator at the other end of a real connection."""

    def __init__(self, site: Site, session: Session) -> None:
        self.site, self.session = site, session
        token = tokens_for(a_role(session.event, "moderator"))["access"]
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def get(self, path: str) -> Any:
        answer = self.site.call(f"/api/v1/{path}", headers=self.headers)
        assert answer.status == 200
        return answer.json()

    def queue(self) -> list[dict[str, Any]]:
        """Everything that waits before the desk."""
        rows: list[dict[str, Any]] = []
        path = f"desk/events/{self.session.event_id}/reviews/?page_size=200"
        while path:
            page = self.get(path)
            rows += page["results"]
            path = (page["next"] or "").partition("/api/v1/")[2]
        return rows

    def show(self, reviews: list[str]) -> list[str]:
        sent = json.dumps({"act": "show", "reviews": reviews}).encode()
        path = f"/api/v1/desk/events/{self.session.event_id}/reviews/bulk/"
        answer = self.site.call(path, "POST", sent, self.headers)
        assert answer.status == 200
        return list(answer.json()["done"])

    def return_all_like(self, review: str) -> int:
        sent = json.dumps({"act": "return", "reason": "off-topic", "note": "This is not for here."}).encode()
        answer = self.site.call(f"/api/v1/desk/reviews/{review}/similar/", "POST", sent, self.headers)
        assert answer.status == 200
        return int(answer.json()["done"])


@pytest.fixture
def site() -> Iterator[Site]:
    made = gateway()
    with serving(made, made.stop_streams) as running:
        yield running


def junk() -> str:
    number = next(_numbers)
    return JUNK[number % len(JUNK)].format(secrets.choice([number, secrets.token_hex(4), "please"]))


def left_outside(session: Session, how_many: int) -> None:
    """Junk in rows as asking leaves them where no place before the desk is free."""
    reviews = [
        Review(topic=session.topic, kind="question", subject=uuid4(), slot=clock.slot(), due=0)
        for _ in range(how_many)
    ]
    Review.objects.bulk_create(reviews)
    Question.objects.bulk_create(
        Question(pk=review.subject, session=session, review=review, text=junk(), slot=review.slot)
        for review in reviews
    )
    Receipt.objects.bulk_create(
        Receipt(
            pk=review.subject,
            kind="question",
            topic=session.topic,
            verifier=secrets.token_bytes(32),
            reply_key=secrets.token_bytes(32),
        )
        for review in reviews
    )


def sent_by(pool: ThreadPoolExecutor, site: Site, session: Session, texts: list[str], **more: str) -> Any:
    """One phone a text, so many at once as the pool has threads."""
    sent: list[Future[Answer]] = [pool.submit(FarPhone(site).ask, session, text, **more) for text in texts]
    return sent


def counter_in(proof: dict[str, Any]) -> int:
    return int(json.loads(base64.b64decode(proof["payload"]))["solution"]["counter"])


def test_anon_23_forty_phones_behind_one_address_all_ask_and_none_works_harder(site: Site) -> None:
    session = a_session(an_event(proof=True))
    liked = a_shown_question(session)
    counters: list[int] = []

    def act(number: int) -> list[int]:
        phone = FarPhone(site)
        proof = phone.proof("ask", session)
        counters.append(counter_in(proof))
        asked = phone.ask(session, f"Question number {number}?", proof=proof)
        return [asked.status, phone.vote(session, liked.pk).status]

    with ThreadPoolExecutor(8) as room:
        statuses = list(room.map(act, range(HONEST)))

    assert statuses == [[201, 201]] * HONEST
    assert Question.objects.count() == HONEST + 1
    assert Vote.objects.count() == HONEST
    assert max(counters) <= TRIES[-1]


def pages_of(session: Session) -> list[str]:
    here = f"sessions/{session.pk}"
    return [f"{here}/live/", f"{here}/questions/", f"{here}/notes/", f"events/{session.event_id}/"]


def test_care_09_a_flood_stops_nobody_and_is_cleared_in_a_handful_of_calls(site: Site) -> None:
    session = a_session(an_event(join_code="blue"))
    desk, reader = Desk(site, session), FarPhone(site)
    for _ in range(THROUGH_ACTIONS):
        an_asked_question(session, junk())
    left_outside(session, FLOOD - OVER_HTTP - THROUGH_ACTIONS)
    with ThreadPoolExecutor(6) as crowd:
        flood = sent_by(crowd, site, session, [junk() for _ in range(OVER_HTTP)])
        read = {reader.send("GET", page).status for _ in range(20) for page in pages_of(session)}
        here = sent_by(crowd, site, session, IN_THE_ROOM, code="blue")
        far = sent_by(crowd, site, session, [FROM_HOME])

    assert {answer.result().status for answer in [*flood, *here, *far]} == {201}
    assert read == {200}
    assert Question.objects.count() == FLOOD + HONEST + 1
    queue = [review["text"] for review in desk.queue()]
    assert len(queue) == 100 + HONEST
    assert set(queue) >= set(IN_THE_ROOM)
    waiting = desk.get(f"desk/sessions/{session.code}/flow/")["waiting"]
    assert waiting == FLOOD + HONEST + 1 - len(queue)

    cleared = []
    while spam := [one["id"] for one in desk.queue() if one["text"] not in {*IN_THE_ROOM, FROM_HOME}]:
        cleared.append(desk.return_all_like(spam[0]))
    take_in()

    assert sum(cleared) == FLOOD
    assert len(cleared) == len(JUNK)
    assert sorted(one["text"] for one in desk.queue()) == sorted([*IN_THE_ROOM, FROM_HOME])
    assert Note.objects.count() == MOST_NOTES


def test_care_09_with_proofs_and_mixing_too_a_flood_stops_nobody_and_what_is_shown_leaves_together(
    site: Site,
) -> None:
    session = a_session(an_event(join_code="blue", proof=True, mixing="safe"))
    desk = Desk(site, session)
    left_outside(session, 120)
    take_in()
    room, noise = IN_THE_ROOM[:20], [junk() for _ in range(20)]
    with ThreadPoolExecutor(4) as crowd:
        flood = sent_by(crowd, site, session, noise)
        here = sent_by(crowd, site, session, room, code="blue")

    assert {answer.result().status for answer in [*flood, *here]} == {201}
    assert not {one["text"] for one in desk.queue()} & set(room)
    take_in()
    assert {one["text"] for one in desk.queue()} >= set(room)

    while spam := [one["id"] for one in desk.queue() if one["text"] not in room]:
        desk.return_all_like(spam[0])
        take_in()
    shown = desk.show([one["id"] for one in desk.queue()])

    assert len(shown) == len(room)
    assert not Question.objects.shown().exists()
    release_due()
    public = Question.objects.shown().order_by("shown").values_list("text", flat=True)
    assert sorted(public) == sorted(room)
    assert list(public) != room
