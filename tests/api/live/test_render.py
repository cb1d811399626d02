"""Frames: each kind in its present public form."""

from uuid import uuid4

import pytest
from tests.booked import a_called_booking, a_surgeon_here
from tests.makers import a_room, a_session, a_shown_comment, a_shown_question, a_surgeon, an_event

from equalterms.bookings.actions.lines import publish_lines
from equalterms.live import render, snapshots
from equalterms.live.snapshots import Place
from equalterms.programme.models import EventState, Session
from equalterms.programme.serializers import EventCardSerializer, SessionCardSerializer, SessionSerializer
from equalterms.questions.models import Spotlight


def place_of(session: Session, kind: str) -> Place:
    place = snapshots.find(kind, str(session.pk if kind == "session" else session.event_id))
    assert place is not None
    return place


@pytest.mark.django_db
def test_on_a_sessions_stream_items_are_as_in_its_snapshot() -> None:
    session = a_session()
    surgeon = a_surgeon(session.event, session)
    question, comment = a_shown_question(session), a_shown_comment(session)
    entries = [
        ("question", question.pk),
        ("comment", comment.pk),
        ("surgeon", surgeon.pk),
        ("session", session.pk),
        ("notes", session.pk),
    ]

    items = render.items(place_of(session, "session"), entries)

    shown = snapshots.session_live(session.pk)
    assert shown is not None
    expected = [
        shown.payload["questions"][0],
        shown.payload["comments"][0],
        shown.payload["surgeons"][0],
        shown.payload["session"],
        {"session": str(session.pk)},
    ]
    assert [item["item"] for item in items] == expected
    assert [(item["kind"], item["subject"]) for item in items] == [
        (kind, str(ident)) for kind, ident in entries
    ]


@pytest.mark.django_db
def test_on_an_events_stream_items_are_as_on_the_printed_day() -> None:
    event = an_event()
    room = a_room(event)
    session = a_session(event, room=room)
    surgeon = a_surgeon(event, session)
    entries = [
        ("event", event.pk),
        ("room", room.pk),
        ("session", session.pk),
        ("surgeon", surgeon.pk),
        ("counts", session.pk),
    ]

    items = render.items(place_of(session, "now"), entries)

    day = snapshots.event_day(event.pk)
    assert day is not None
    expected = [
        EventCardSerializer(event).data,
        *(day.payload[noun][0] for noun in ("rooms", "sessions", "surgeons")),
        {"id": str(session.pk), "questions": 0, "answered": 0, "comments": 0},
    ]
    assert [item["item"] for item in items] == expected


@pytest.mark.django_db
def test_lines_and_surgeons_are_on_the_days_stream_as_in_its_snapshot() -> None:
    event = an_event()
    surgery = a_session(event, kind="surgery", capacity=4)
    surgeon, unlisted = a_surgeon_here(event), a_surgeon_here(event, published=False)
    a_called_booking(surgery, surgeon)
    stranger, elsewhere = a_surgeon_here(an_event()), a_session(kind="surgery", capacity=4)
    publish_lines()
    subjects = [("line", surgery), ("presence", surgeon)]
    gone = [("line", a_session(event)), ("line", elsewhere), ("presence", unlisted), ("presence", stranger)]

    items = render.items(place_of(surgery, "now"), [(kind, row.pk) for kind, row in subjects + gone])

    now = snapshots.event_live(event.pk)
    assert now is not None
    assert [item["item"] for item in items] == [*now.payload["lines"], *now.payload["here"], *[None] * 4]


@pytest.mark.django_db
def test_the_question_a_room_is_at_is_on_its_sessions_stream() -> None:
    session = a_session()
    question = a_shown_question(session)
    place, entries = place_of(session, "session"), [("current", session.pk)]
    before = render.items(place, entries)

    Spotlight.objects.create(session=session, question=question)

    chosen = {"question": str(question.pk)}
    assert [items[0]["item"] for items in (before, render.items(place, entries))] == [
        {"question": None},
        chosen,
    ]


@pytest.mark.django_db
def test_a_session_is_whole_on_its_own_stream_and_a_card_on_the_days() -> None:
    session = Session.objects.with_people().get(pk=a_session().pk)
    entries = [("session", session.pk)]

    own, days = (render.items(place_of(session, kind), entries)[0]["item"] for kind in ("session", "now"))

    assert (own, days) == (SessionSerializer(session).data, SessionCardSerializer(session).data)


@pytest.mark.django_db
def test_what_is_not_public_or_not_of_this_place_is_null() -> None:
    session, other = a_session(), a_session()
    foreign = a_shown_question(other)
    hidden = a_surgeon(session.event, session, published=False)
    stranger = a_surgeon(other.event, other)
    entries = [
        ("question", foreign.pk),
        ("surgeon", hidden.pk),
        ("surgeon", stranger.pk),
        ("question", uuid4()),
        ("unheard-of", uuid4()),
    ]

    items = render.items(place_of(session, "session"), entries)

    assert [item["item"] for item in items] == [None] * 5


@pytest.mark.django_db
def test_a_subject_that_moved_twice_stands_where_it_moved_last() -> None:
    session = a_session()
    first, second = a_shown_question(session), a_shown_question(session)
    moves = [("question", first.pk), ("question", second.pk), ("question", first.pk)]

    items = render.items(place_of(session, "session"), moves)

    assert [item["subject"] for item in items] == [str(second.pk), str(first.pk)]


@pytest.mark.django_db
def test_there_is_no_news_of_what_is_not_public() -> None:
    session = a_session()
    place = place_of(session, "session")
    type(session.event).objects.update(state=EventState.DRAFT)

    assert render.news(place, None) is None


@pytest.mark.django_db
def test_news_at_the_present_version_says_nothing() -> None:
    session = a_session()

    assert render.news(place_of(session, "session"), session.topic.version) == (session.topic.version, b"")


def test_a_frame_is_one_line_of_data() -> None:
    frame = render.change(7, [{"kind": "question", "subject": "x", "item": {"text": "one\ntwo\r\u2028"}}])

    assert frame.splitlines() == frame.split(b"\n")[:-1]
    assert frame.startswith(b"event: change\nid: 7\ndata: {")
    assert frame.endswith(b"}\n\n")


def test_hello_has_no_id_where_the_follower_stands_nowhere() -> None:
    assert render.hello(7, at=-1) == b'retry: 3000\nevent: hello\ndata: {"version":7}\n\n'
