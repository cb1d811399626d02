"""What comes behind a content warning is folded, and stands nowhere that shows it unasked."""

import re
from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.test import Client
from tests.architecture.tree import ROOT
from tests.askers import Phone
from tests.makers import a_session, a_shown_question

from equalterms.journal.models import Entry
from equalterms.live import render, snapshots
from equalterms.questions.models import Question

pytestmark = pytest.mark.django_db
WORDS, WARNING = "What I drew on my arm that night", "self-harm-canary"


@pytest.fixture
def question() -> Question:
    """A shown question that its asker put behind a warning, beside a plain one."""
    session = a_session()
    a_shown_question(session, text="How do I block someone?")
    return a_shown_question(session, text=WORDS, warning=WARNING)


def page_at(client: Client, address: str) -> str:
    answer: HttpResponseBase = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return body.decode()


def test_care_08_what_its_asker_warns_of_comes_folded(question: Question) -> None:
    place = f"sessions/{question.session_id}/questions/"
    alone = Phone().send("GET", f"{place}{question.pk}/").json()
    listed = Phone().send("GET", place).json()["results"]
    snapshot = snapshots.session_live(question.session_id)
    assert snapshot is not None

    assert (alone["folded"], alone["warning"], alone["reported"]) == (True, WARNING, False)
    for items in (listed, snapshot.payload["questions"]):
        assert {item["text"]: item["folded"] for item in items} == {
            "How do I block someone?": False,
            WORDS: True,
        }


def test_care_08_no_page_has_it_in_its_title_or_in_what_is_shared(
    question: Question, settings: object, tmp_path: Path
) -> None:
    built = (ROOT / "pwa" / "index.html").read_text()
    settings.WEBROOT = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "index.html").write_text(built)
    session = question.session
    addresses = [f"/s/{session.code}", f"/s/{session.code}/q/{question.pk}", f"/e/{session.event.slug}", "/"]

    pages = [page_at(Client(), address) for address in addresses]

    assert pages == [built] * 4
    assert re.findall(r"<title>(.*?)</title>", built) == ["Equal Terms"]
    assert re.findall(r"<meta[^>]+(?:og:|twitter:)[^>]*>", built) == []
    assert WORDS not in built
    assert WARNING not in built


def test_care_08_nothing_a_notification_could_be_made_of_holds_it(question: Question) -> None:
    event = question.session.event
    told = {}
    for kind in ("now", "day", "session"):
        place = snapshots.find(kind, str(event.pk if kind != "session" else question.session_id))
        assert place is not None
        snapshot = snapshots.take(place)
        assert snapshot is not None
        first = snapshot.version - Entry.objects.filter(topic=place.topic).count()
        frames = render.missed(place, first, snapshot.version)
        told[kind] = frames + snapshots.spell(snapshot.payload)

    # The session's own page is where its followers read it; folded, as above.
    assert WORDS.encode() in told["session"]
    for kind in ("now", "day"):
        assert b"counts" in told["now"]
        assert WORDS.encode() not in told[kind]
        assert WARNING.encode() not in told[kind]
    kept = [field.name for field in Entry._meta.concrete_fields]
    assert kept == ["id", "topic", "version", "kind", "subject"]
