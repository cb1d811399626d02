from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.makers import a_room, a_session, a_surgeon, an_event

from equalterms.lib.refusal import Refusal
from equalterms.people.models import Surgeon
from equalterms.programme.models import Event, Session
from equalterms.programme.serializers import (
    OwnSurgeonSerializer,
    SessionSerializer,
    SurgeonSerializer,
    printed_day,
    whole_day,
    with_sessions,
)

pytestmark = pytest.mark.django_db

NINE, TEN = datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_a_printed_day_carries_rooms_sessions_and_surgeons() -> None:
    event = an_event(
        slug="leeds",
        code="k7m4",
        title="Leeds",
        starts=NINE,
        ends=TEN,
        join_code="tea",
        help_lines=[{"name": "999"}],
        labels=["Photos"],
        minutes=20,
    )
    room = a_room(event, name="Hall", about="Tea here.")
    session = a_session(event, code="abc34", title="Tables", kind="surgery", starts=NINE, ends=TEN, room=room,
                        capacity=12)  # fmt: skip
    surgeon = a_surgeon(event, session, name="Tom W.", headline="Likes group chats", public=["headline"])

    version, day = printed_day(event.pk)

    assert version == event.day.version
    assert day == {
        "id": str(event.pk),
        "slug": "leeds",
        "code": "k7m4",
        "title": "Leeds",
        "tagline": "",
        "starts": "2026-11-22T09:00:00Z",
        "ends": "2026-11-22T10:00:00Z",
        "timezone": "Europe/London",
        "venue": "",
        "state": "published",
        "clock_offset": 0,
        "closed": False,
        "version": version,
        "about": "",
        "language": "en-GB",
        "proof": False,
        "join_code": True,
        "review": "before",
        "mixing": "off",
        "help_lines": [{"name": "999", "note": "", "tel": "", "sms": "", "url": ""}],
        "help_reviewed": None,
        "labels": ["Photos"],
        "minutes": 20,
        "rehearsal": False,
        "rooms": [{"id": str(room.pk), "name": "Hall", "about": "Tea here."}],
        "sessions": [
            {
                "id": str(session.pk),
                "code": "abc34",
                "kind": "surgery",
                "title": "Tables",
                "subtitle": "",
                "track": "",
                "language": "",
                "state": "planned",
                "starts": "2026-11-22T09:00:00Z",
                "ends": "2026-11-22T10:00:00Z",
                "day": "2026-11-22",
                "room": {"id": str(room.pk), "name": "Hall"},
                "surgeons": [{"id": str(surgeon.pk), "name": "Tom W."}],
                "capacity": 12,
            }
        ],
        "surgeons": [
            {
                "id": str(surgeon.pk),
                "name": "Tom W.",
                "headline": "Likes group chats",
                "labels": [],
                "photo": None,
            }
        ],
    }


def test_a_printed_day_does_not_leak() -> None:
    event = an_event(join_code="join-secret", source="source-secret")
    session = a_session(event, source="source-secret")
    a_surgeon(event, session, name="Shown", headline="private-secret", about="private-secret", public=[])
    a_surgeon(event, session, name="unpublished-secret", published=False)
    a_surgeon(an_event(), name="elsewhere-secret")

    assert "secret" not in str(whole_day(event))
    assert "secret" not in str(SessionSerializer(session).data)


def test_a_draft_is_not_printed() -> None:
    for ident in (an_event(state="draft").pk, uuid4()):
        with pytest.raises(Refusal):
            printed_day(ident)


def filled(sessions: int) -> Event:
    event = an_event()
    for _ in range(sessions):
        a_surgeon(event, a_session(event, room=a_room(event)))
    return event


def queries(make: Any) -> int:
    with CaptureQueriesContext(connection) as caught:
        make()
    return len(caught)


def test_a_day_is_printed_in_five_queries_however_full_it_is() -> None:
    small, large = filled(1), filled(3)

    assert [queries(lambda event=event: printed_day(event.pk)) for event in (small, large)] == [5, 5]


def test_a_session_says_how_it_is_reviewed_and_where_it_belongs() -> None:
    event = an_event(review="after")
    own, plain = (
        a_session(event, review="closed"),
        a_session(event, links=[{"label": "x", "url": "https://x.org"}]),
    )

    printed = [SessionSerializer(session).data for session in (own, plain)]

    assert [session["review"] for session in printed] == ["closed", "after"]
    assert printed[1]["links"] == [{"label": "x", "url": "https://x.org"}]
    assert printed[0]["event"] == {
        "id": str(event.pk),
        "slug": event.slug,
        "title": event.title,
        "timezone": "Europe/London",
    }


def test_a_surgeon_names_the_sessions_of_public_days_by_time() -> None:
    public, draft = an_event(), an_event(state="draft")
    late, early = (
        a_session(public, starts=TEN, ends=TEN.replace(hour=11)),
        a_session(public, starts=NINE, ends=TEN),
    )
    surgeon = a_surgeon(public, late)
    for session in (early, a_session(draft)):
        session.appearances.create(surgeon=surgeon)

    found = with_sessions(Surgeon.objects.filter(pk=surgeon.pk)).get()

    assert SurgeonSerializer(found).data["sessions"] == [early.pk, late.pk]


def test_owners_see_their_private_fields() -> None:
    surgeon = a_surgeon(headline="mine", public=[], published=False)

    own = OwnSurgeonSerializer(with_sessions(Surgeon.objects.filter(pk=surgeon.pk)).get()).data

    assert (own["headline"], own["public"], own["published"]) == ("mine", [], False)


def test_cancelled_sessions_stay_on_the_programme() -> None:
    event = an_event()
    session = a_session(event, state="cancelled")

    assert [line["state"] for line in whole_day(event)["sessions"]] == ["cancelled"]
    assert Session.objects.public().get() == session
