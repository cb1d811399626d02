"""What staff see of an asker: the words in review, and nothing that the public has not."""

import json
import re
from datetime import datetime
from typing import Any

import pytest
from tests.askers import Phone
from tests.makers import a_role, a_session, an_event
from tests.promises.addresses import Operation
from tests.sent import review_of
from tests.staff import Caller, problem

from equalterms.desk.serializers.answers import DeskQuestionSerializer
from equalterms.desk.serializers.day import ActSerializer
from equalterms.desk.serializers.reviews import DecidedSerializer
from equalterms.lib import clock
from equalterms.lib.api.access import Door
from equalterms.lib.ids import b64u
from equalterms.people.models import Act
from equalterms.programme.models import Session
from equalterms.questions.models import Question
from equalterms.questions.serializers import QuestionSerializer
from equalterms.safety.models import Receipt, Review

pytestmark = pytest.mark.django_db

# Of what staff read, what the public does not: the standing of a review, and what staff themselves did.
OF_THE_REVIEW = {"kind", "subject", "state", "reason", "care", "reports", "kept", "into", "merged"}
OF_STAFF = {"owner", "opened", "act", "by", "undoable", "taken_by"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^\"]*")
QUERIES = {"state", "lane", "session", "cursor", "page_size", "apply", "mine", "ticket"}
PLACES = {
    "event", "session", "review", "question", "answer", "comment", "act", "booking", "spare", "counter",
    "role", "invitation", "surgeon",
}  # fmt: skip


def test_anon_29_staff_read_no_field_of_an_asker_that_the_public_lacks() -> None:
    public = set(QuestionSerializer().fields)

    of_staff = {
        name for form in (DecidedSerializer, DeskQuestionSerializer, ActSerializer) for name in form().fields
    }

    assert of_staff - public - OF_THE_REVIEW - OF_STAFF == set()


def test_anon_29_no_address_of_staff_takes_a_receipt_or_what_is_made_from_one(
    described: list[Operation],
) -> None:
    desk = [one for one in described if one.door == Door.STAFF and "/desk/" in one.path]
    assert len(desk) > 15

    asked_for = {name for one in desk for name in one.queries}
    places = {name for one in desk for name in re.findall(r"\{(\w+)\}", one.path)}

    assert asked_for <= QUERIES
    assert places <= PLACES
    sent = {name for one in desk for name in properties(one)}
    assert {"text", "to", "tickets"} <= sent
    assert sent & {"auth", "receipt", "verifier", "box", "reply_key", "tag", "voice", "words"} == set()


def properties(operation: Operation) -> set[str]:
    """The names of what a body holds."""
    body = operation.body or {}
    form = operation.components.get(body.get("$ref", "").rpartition("/")[2], body)
    return set(form.get("properties", {}))


def test_anon_29_staff_cannot_list_or_find_by_receipt_verifier_or_box() -> None:
    session = a_session(an_event(proof=True))
    phone, desk = Phone(), Caller(a_role(session.event, "organiser"))
    secret = phone.secret(session)
    phone.ask(session, "Mine", secret)
    phone.ask(session, "Another's")
    verifier = bytes(Receipt.objects.get(pk=secret.id).verifier)
    found = f"desk/events/{session.event_id}/reviews/"
    everything = desk.get(found).json()["results"]
    assert len(everything) == 2

    keys = {"auth": b64u(secret.auth), "verifier": verifier.hex(), "box": secret.box, "q": b64u(secret.auth)}
    keys |= {"subject": str(secret.id), "receipt": b64u(secret.auth), "reply_key": b64u(secret.reply_key)}
    for name, value in keys.items():
        assert desk.get(f"{found}?{name}={value}").json()["results"] == everything, name

    looked = desk.post("receipts/lookup/", {"auth": b64u(secret.auth)})
    assert problem(looked) == (400, "not-anonymous")
    for value in (secret.box, verifier.hex(), b64u(secret.auth)):
        assert desk.get(f"desk/reviews/{value}/similar/").status_code == 404


def walked(session: Session, desk: Caller) -> list[Any]:
    """What the desk answers everywhere where it prints what askers sent."""
    event = f"desk/events/{session.event_id}/"
    lists = ["reviews/", "reviews/?state=shown", "reviews/?state=hidden", "reviews/?state=merged"]
    lists += ["reviews/?lane=care", "reviews/?lane=reported", "questions/", "acts/", ""]
    answers = [desk.get(event + path) for path in lists]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.json() for answer in answers]


def test_care_14_staff_read_no_time_finer_than_the_public_does() -> None:
    session = a_session()
    desk = Caller(a_role(session.event, "moderator"))
    secrets = [Phone().secret(session) for _ in range(4)]
    for secret in secrets:
        Phone().ask(session, "I feel worthless and hopeless", secret)
    reviews = [f"desk/reviews/{review_of(secret)}/" for secret in secrets]
    desk.post(reviews[0] + "show/")
    desk.post(reviews[1] + "hide/", {"reason": "other"})
    desk.post(reviews[2] + "merge/", {"into": str(review_of(secrets[0]))})

    said = json.dumps(walked(session, desk))

    moments = {datetime.fromisoformat(found) for found in MOMENT.findall(said)}
    assert clock.slot() in {int(moment.timestamp()) for moment in moments}  # there are some to look at
    assert [moment for moment in moments if moment.timestamp() % clock.SLOT] == []
    kept = Review.objects.values_list("shuffle", flat=True), Act.objects.values_list("until", flat=True)
    unsaid = [str(number) for numbers in kept for number in numbers if number and number > 9999]
    assert len(unsaid) >= 4
    assert [number for number in unsaid if number in said] == []


def ranked(arrived: list[str], found: list[str]) -> float:
    """Spearman's rank correlation of two orders of the same things."""
    ranks, count = [arrived.index(one) for one in found], len(arrived)
    assert sorted(ranks) == list(range(count))
    return 1 - 6 * sum((rank - place) ** 2 for place, rank in enumerate(ranks)) / (count * (count**2 - 1))


def test_care_14_staff_read_nothing_in_the_order_of_its_arrival() -> None:
    session = a_session()
    desk = Caller(a_role(session.event, "moderator"))
    secrets = [Phone().secret(session) for _ in range(60)]
    for number, secret in enumerate(secrets):
        Phone().ask(session, f"Number {number}", secret)
    arrived = [str(secret.id) for secret in secrets]
    Review.objects.update(slot=0)  # a quarter of an hour is public; within it there is no order
    assert ranked(arrived, arrived) == 1

    queue = desk.get(f"desk/events/{session.event_id}/reviews/?page_size=200").json()["results"]
    bulk = {"act": "show", "reviews": [row["id"] for row in queue]}
    assert desk.post(f"desk/events/{session.event_id}/reviews/bulk/", bulk).status_code == 200
    Question.objects.update(slot=0)
    Act.objects.update(slot=0)
    answering = desk.get(f"desk/events/{session.event_id}/questions/?page_size=200").json()["results"]
    acts = desk.get(f"desk/events/{session.event_id}/acts/?page_size=200").json()["results"]

    orders = [[row["subject"] for row in queue], [row["id"] for row in answering]]
    orders += [[row["subject"] for row in acts]]
    assert [rank for order in orders if abs(rank := ranked(arrived, order)) > 0.6] == []
