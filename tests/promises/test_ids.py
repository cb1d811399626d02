"""Ids, places and versions say nothing of who came when."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.makers import a_session, an_account, an_event
from tests.promises.addresses import places
from tests.sent import SHOW, an_asked_question, review_of
from tests.serving import Site
from tests.staff import values

from equalterms.desk.actions import decide, release_due
from equalterms.lib import clock
from equalterms.lib.ids import UUID_SHAPE
from equalterms.programme.models import Mixing, Session
from equalterms.questions.models import Question
from equalterms.safety.models import Review

MANY = 300
# Of 300 unrelated pairs, one set in millions reaches 0.3.
TELLING = 0.3


def alike(arrived: Sequence[object], places: dict[object, Any]) -> float:
    """Spearman's rank correlation of the order of arrival with the order of `places`."""
    rank = {what: number for number, what in enumerate(sorted(arrived, key=places.__getitem__))}
    apart = sum((rank[what] - number) ** 2 for number, what in enumerate(arrived))
    return 1 - 6 * apart / (len(arrived) * (len(arrived) ** 2 - 1))


def test_anon_09_the_measure_tells_order_from_disorder() -> None:
    arrived = list(range(MANY))

    assert alike(arrived, {what: 3 * what for what in arrived}) == 1
    assert alike(arrived, {what: -what for what in arrived}) == -1
    assert abs(alike(arrived, {what: secrets.randbits(64) for what in arrived})) < TELLING


@pytest.mark.django_db
def test_anon_09_ids_and_places_of_what_arrives_tell_no_order() -> None:
    session = a_session()
    arrived = [an_asked_question(session).id for _ in range(MANY)]
    rows = {question.pk: question for question in Question.objects.select_related("review")}

    assert len(rows) == MANY
    for told in (
        lambda one: one.pk,
        lambda one: one.shuffle,
        lambda one: one.review.pk,
        lambda one: one.review.shuffle,
    ):
        assert abs(alike(arrived, {key: told(row) for key, row in rows.items()})) < TELLING


def released() -> tuple[Session, list[UUID]]:
    """A session whose questions were approved as they came, and left together a while after."""
    session = a_session(an_event(mixing=Mixing.SAFE))
    sent = [an_asked_question(session) for _ in range(MANY)]
    account = an_account()
    Review.objects.update(taken_in=True)
    for secret in sent:
        decide(review=review_of(secret), decision=SHOW, account=account)
    release_due(now=clock.now() + timedelta(minutes=20))
    return session, [secret.id for secret in sent]


@pytest.mark.django_db
def test_anon_09_what_leaves_together_leaves_and_is_listed_in_no_order_of_arrival(client: Any) -> None:
    session, arrived = released()
    rows = {question.pk: question for question in Question.objects.shown().for_session(session)}

    assert len(rows) == MANY
    for told in (lambda one: one.shown, lambda one: (one.slot, one.shuffle), lambda one: one.review_id):
        assert abs(alike(arrived, {key: told(row) for key, row in rows.items()})) < TELLING
    for sort in ("votes", "newest", "unanswered"):
        path, listed = f"/api/v1/sessions/{session.pk}/questions/?page_size=200&sort={sort}", []
        while path:
            page = client.get(path).json()
            listed += [UUID(row["id"]) for row in page["results"]]
            path = page["next"]

        assert abs(alike(arrived, {key: number for number, key in enumerate(listed)})) < TELLING, sort


def versions(found: Any) -> set[int | None]:
    """The version of every UUID in something read as JSON."""
    return {UUID(one).version for one in values(found) if isinstance(one, str) and UUID_SHAPE.fullmatch(one)}


def test_anon_09_no_id_that_is_public_holds_a_time_or_a_machine(site: Site) -> None:
    told = "018f4e3c-2b1a-7c3d-8e4f-5a6b7c8d9e0f"
    assert versions({"results": [{"id": told, "by": {"id": "1f0e0d0c-0b0a-11ee-8706-050403020100"}}]}) == {
        7,
        1,
    }
    there = places()
    an_asked_question(there.session)

    read = [
        site.call(f"/api/v1/{path}").json()
        for path in (
            "events/", f"events/{there.event.slug}/", f"events/{there.event.slug}/live/",
            f"sessions/{there.session.pk}/live/", f"sessions/{there.session.pk}/questions/",
            f"sessions/{there.session.pk}/comments/", f"sessions/{there.session.pk}/notes/",
        )
    ]  # fmt: skip

    assert versions(read) == {4}  # those of phones are of version 8, and nothing else is taken


@pytest.mark.django_db
@pytest.mark.parametrize("version", [1, 4, 6, 7])
def test_anon_09_no_id_but_a_phones_own_is_taken(client: Any, version: int) -> None:
    session = a_session()
    ident = UUID(int=secrets.randbits(128) & ~(0xF << 76) & ~(0x3 << 62) | version << 76 | 1 << 63)
    assert ident.version == version
    for kind in ("questions", "comments"):
        body = {"text": "Why?", "auth": "A" * 43} | (
            {"voice": "A" * 22, "parent": None, "reply_key": None} if kind == "comments" else {}
        )
        answer = client.put(
            f"/api/v1/sessions/{session.pk}/{kind}/{ident}/", body, content_type="application/json"
        )
        assert (answer.status_code, [error["attr"] for error in answer.json()["errors"]]) == (400, ["id"])
