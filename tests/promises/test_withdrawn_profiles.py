"""A surgeon withdraws in one step: no public page names them any more, and their answers stay."""

from typing import Any

import pytest
from tests.journalled import telling
from tests.makers import a_role, a_session, a_shown_question, a_surgeon, an_account, an_event
from tests.pictures import plain
from tests.staff import Caller

from equalterms.live import render
from equalterms.live.snapshots import Place
from equalterms.people.models import Surgeon
from equalterms.programme.actions import keep_photo
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.threads import actions as threads
from equalterms.threads.models import Comment

pytestmark = pytest.mark.django_db

NAME = "Amabel Quist"


@pytest.fixture
def session() -> Session:
    return a_session(an_event(slug="leeds"))


@pytest.fixture
def written(session: Session) -> tuple[Surgeon, Question, Comment]:
    """A surgeon with a photo, at one session by the programme and at another by what they wrote there."""
    account = a_role(session.event, "surgeon", an_account(name=NAME))
    surgeon = a_surgeon(session.event, session, account=account, name=NAME)
    keep_photo(account=account, surgeon=surgeon, content=plain())
    beside = a_session(session.event)
    question = a_shown_question(beside)
    questions.answer(question=question.pk, account=account, text="Like this.")
    said = threads.speak(session=beside, account=account, roles={"surgeon"}, text="Hello", parent=None)
    return surgeon, question, said


def pages(surgeon: Surgeon) -> dict[str, Any]:
    """Every public page that can say anything of a surgeon."""
    event = "events/leeds/"
    paths = [event, event + "surgeons/", event + "sessions/", event + "live/", f"surgeons/{surgeon.pk}/"]
    for session in Session.objects.order_by("pk"):
        at = f"sessions/{session.code}/"
        paths += [at, at + "live/", at + "questions/", at + "comments/", at + "notes/"]
    return {path: Caller().get(path) for path in paths}


def test_no_page_names_whoever_withdrew_and_their_answers_stay(
    written: tuple[Surgeon, Question, Comment],
) -> None:
    surgeon, question, said = written
    photo = surgeon.photo
    before = pages(surgeon)
    assert sum(NAME in answer.content.decode() for answer in before.values()) >= 8

    assert Caller(surgeon.account).patch(f"surgeons/{surgeon.pk}/", {"published": False}).status_code == 200

    after = pages(surgeon)
    told = [NAME, str(surgeon.pk), "Quist"]
    assert [path for path, answer in after.items() for one in told if one in answer.content.decode()] == []
    assert after[f"surgeons/{surgeon.pk}/"].status_code == 404
    assert Caller().client.get(photo).status_code == 404
    live = after[f"sessions/{question.session.code}/live/"].json()
    assert [row["answers"][0]["by"] for row in live["questions"]] == [{"id": None, "name": "a surgeon"}]
    assert [row["id"] for row in live["comments"]] == [str(said.pk)]


def test_followers_are_told_wherever_the_name_stood(written: tuple[Surgeon, Question, Comment]) -> None:
    surgeon, question, said = written
    topic = question.session.topic_id

    with telling() as told:
        Caller(surgeon.account).patch(f"surgeons/{surgeon.pk}/", {"published": False})

    assert told[topic, "question", question.pk] == 1
    assert told[topic, "comment", said.pk] == 1
    place = Place("session", topic, question.session_id)
    sent = render.items(place, [("question", question.pk), ("comment", said.pk), ("surgeon", surgeon.pk)])
    assert sent[2]["item"] is None
    assert NAME not in str(sent)


def test_what_is_not_printed_under_the_name_tells_no_answer(
    written: tuple[Surgeon, Question, Comment],
) -> None:
    surgeon, question, _ = written

    with telling() as told:
        Caller(surgeon.account).patch(f"surgeons/{surgeon.pk}/", {"headline": "New words"})

    assert (question.session.topic_id, "question", question.pk) not in told
