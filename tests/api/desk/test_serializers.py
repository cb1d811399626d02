import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from tests.askers import Phone
from tests.makers import a_role, a_session, an_event
from tests.sent import review_of
from tests.staff import Caller

from equalterms.desk.serializers.reviews import BulkSerializer
from equalterms.lib.ids import b64u
from equalterms.safety.models import Receipt, Review
from equalterms.threads.models import Voice

pytestmark = pytest.mark.django_db

# Every word that names a value in any answer of the desk. Nothing else may ever be said there.
ABOUT_THE_DAY = {"id", "slug", "code", "title", "tagline", "starts", "ends", "timezone", "venue", "state"}
ABOUT_THE_DAY |= {
    "clock_offset",
    "keep_days",
    "labels",
    "safety_lead",
    "closed",
    "event",
    "roles",
    "counts",
    "sessions",
    "session",
    "next",
    "previous",
    "results",
}
ABOUT_WORDS = {
    "kind",
    "subject",
    "text",
    "warning",
    "audience",
    "review",
    "reason",
    "care",
    "votes",
    "answers",
}
ABOUT_WORDS |= {
    "held",
    "shown",
    "approved",
    "done",
    "refused",
    "parent",
    "edited",
    "slot",
    "spoken",
    "reactions",
    "folded",
    "reported",
}
ABOUT_WORDS |= {"owner", "reports", "count", "folded", "kept", "into", "merged", "undoable"}
ABOUT_STAFF = {
    "by",
    "taken_by",
    "owner",
    "lead",
    "at",
    "name",
    "surgeon",
    "act",
    "thanks",
    "same",
    "strength",
}
# What somebody of the staff wrote in private and its asker showed the safety lead: the writer's words, of
# whom alone `by` speaks.
ABOUT_STAFF |= {"opened"}


def names_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from names_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from names_in(inner)


def test_anon_29_no_answer_of_the_desk_says_anything_about_who_asked() -> None:
    session = a_session(an_event(proof=True))
    phone, desk = Phone(), Caller(a_role(session.event, "moderator"))
    question, comment, other = phone.secret(session), phone.secret(session, "comment"), phone.secret(session)
    phone.ask(session, "Words of mine", question)
    phone.say(session, "More words of mine", comment)
    phone.ask(session, "The same words of mine", other)
    queue = desk.get(f"desk/events/{session.event_id}/reviews/")
    reviews = [str(review_of(secret)) for secret in (question, comment, other)]
    merged = desk.post(f"desk/reviews/{reviews[2]}/merge/", {"into": reviews[0]})

    answers = [
        merged,
        desk.post(f"desk/acts/{merged.json()['act']}/undo/"),
        desk.post(f"desk/reviews/{reviews[2]}/merge/", {"into": reviews[0]}),
        desk.get(f"desk/events/{session.event_id}/reviews/?state=merged"),
        desk.post(f"desk/reviews/{reviews[2]}/unmerge/"),
        queue,
        desk.get(f"desk/events/{session.event_id}/"),
        desk.post(f"desk/reviews/{reviews[0]}/show/"),
        desk.post(f"desk/events/{session.event_id}/reviews/bulk/", {"act": "show", "reviews": reviews}),
        desk.get(f"desk/events/{session.event_id}/questions/"),
        desk.post(f"desk/questions/{question.id}/answers/", {"text": "Like this."}),
        desk.get(f"desk/events/{session.event_id}/questions/?state=answered"),
        desk.post(f"desk/sessions/{session.pk}/comments/", {"text": "Hi", "parent": str(comment.id)}),
        desk.post(f"desk/reviews/{reviews[1]}/hide/", {"reason": "other"}),
        desk.post(f"desk/reviews/{reviews[0]}/care/", {"care": True}),
        desk.post(f"desk/reviews/{reviews[0]}/claim/", {"to": None}),
        desk.post(f"desk/questions/{question.id}/care/", {"care": True}),
        desk.get(f"desk/events/{session.event_id}/colleagues/"),
        desk.get(f"desk/events/{session.event_id}/acts/"),
    ]

    assert [answer.status_code for answer in answers if answer.status_code not in {200, 201}] == []
    said = {name for answer in answers for name in names_in(answer.json())}
    assert said - ABOUT_THE_DAY - ABOUT_WORDS - ABOUT_STAFF == set()
    mine = (question, comment, other)
    planted = [b64u(secret.auth) for secret in mine]
    planted += [b64u(secret.reply_key) for secret in mine]
    planted += [secret.box for secret in mine]
    planted += [phone.tag("voice", session.pk), Voice.objects.get().pk.hex, str(Voice.objects.get().pk)]
    planted += [bytes(row.verifier).hex() for row in Receipt.objects.all()]
    planted += [str(number) for number in Review.objects.values_list("shuffle", flat=True) if number > 9999]
    everything = json.dumps([answer.json() for answer in answers])
    assert [value for value in planted if value in everything] == []


@pytest.mark.parametrize("act", ["return", "hide"])
def test_turning_down_many_needs_a_reason(act: str) -> None:
    sent = {"act": act, "reviews": ["8f14e45f-ceea-467f-a0e5-5b3a4b3e0b11"]}

    without, given = BulkSerializer(data=sent), BulkSerializer(data=sent | {"reason": "unkind"})

    assert not without.is_valid()
    assert set(without.errors) == {"reason"}
    assert given.is_valid()


@pytest.mark.parametrize(("count", "fits"), [(0, False), (1, True), (100, True), (101, False)])
def test_a_hundred_are_decided_at_once_at_most(count: int, fits: bool) -> None:
    reviews = [f"{secrets.token_hex(4)}-0000-4000-8000-000000000000" for _ in range(count)]

    assert BulkSerializer(data={"act": "show", "reviews": reviews}).is_valid() == fits
