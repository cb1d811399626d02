"""A stream says the same to everybody, byte for byte."""

from uuid import UUID

from django.db import transaction
from tests.makers import a_session, a_shown_comment, a_shown_question
from tests.serving import Listener, Site

from equalterms.journal.actions import Change, record
from equalterms.programme.models import Session

ONE = {"User-Agent": "One/1.0", "Accept-Language": "cy"}
OTHER = {
    "User-Agent": "Other/2.0",
    "Cookie": "sessionid=other",
    "X-Forwarded-For": "203.0.113.9",
    "Referer": "https://groups.example/ward",
}


def head(listener: Listener) -> tuple[int, list[tuple[str, str]]]:
    """The beginning of the answer, but the moment of it."""
    return listener.answer.status, [
        pair for pair in listener.answer.getheaders() if pair[0].lower() != "date"
    ]


def path(session: Session) -> str:
    return f"/api/v1/sessions/{session.pk}/stream"


def touch(session: Session, question: UUID) -> None:
    with transaction.atomic():
        record(Change(session.topic_id, "question", question))


def until(listener: Listener, last: int) -> bytes:
    """Every byte up to and with the frame of this version."""
    heard = b""
    while not heard.endswith(b"\n\n") or f"id: {last}\n".encode() not in heard:
        heard += b"".join(listener.lines()) + b"\n"
    return heard


def test_anon_18_two_clients_hear_the_same_bytes(site: Site) -> None:
    session = a_session()
    with Listener(site, path(session), ONE) as one, Listener(site, path(session), OTHER) as other:
        for number in range(3):
            question = a_shown_question(session, text=f"Question {number}?")
            touch(session, question.pk)
        a_shown_comment(session)
        session.topic.refresh_from_db()

        heard = [until(listener, session.topic.version) for listener in (one, other)]

        assert b"Question 2?" in heard[0]
        assert heard[0] == heard[1]
        assert head(one) == head(other)


def test_anon_18_whoever_comes_back_with_anothers_place_hears_what_followed_it(site: Site) -> None:
    session = a_session()
    a_shown_question(session)
    with site.follow(path(session)) as one:
        place = one.next().id
        a_shown_question(session, text="What came after?")
        session.topic.refresh_from_db()
        live = until(one, session.topic.version)

    assert b"What came after?" in live
    replays = []
    for who in (ONE, OTHER):
        with Listener(site, path(session), {**who, "Last-Event-ID": str(place)}) as back:
            replays.append(until(back, session.topic.version))
    assert replays[0] == replays[1]
    assert b"What came after?" in replays[0]
