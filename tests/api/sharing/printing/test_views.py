"""Posters and cards, as anybody gets them."""

import re
from typing import Any

import pytest
from tests.makers import a_room, a_session, an_event
from tests.staff import Caller, fields, problem

pytestmark = pytest.mark.django_db
KINDS = {"svg": "image/svg+xml; charset=utf-8", "pdf": "application/pdf"}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_poster_and_a_card_are_there_for_everybody(kind: str) -> None:
    session = a_session(an_event(slug="leeds"), code="abc34")

    for path in (f"events/leeds/poster.{kind}", f"sessions/{session.code}/card.{kind}"):
        answer = Caller().get(path)
        assert (answer.status_code, answer["Content-Type"]) == (200, KINDS[kind])
        assert answer["Cache-Control"].startswith("public")
        again = Caller().get(path, If_None_Match=answer["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert Caller().get(path).content == answer.content


def test_a_browser_that_follows_a_link_gets_the_poster() -> None:
    event = an_event()

    answer = Caller().get(
        f"events/{event.slug}/poster.pdf", Accept="text/html,application/xhtml+xml,*/*;q=0.8"
    )

    assert answer["Content-Type"] == "application/pdf"


def test_a_changed_word_is_another_version_and_a_question_is_not() -> None:
    event = an_event(title="One")
    path = f"events/{event.slug}/poster.svg"
    before = Caller().get(path)["ETag"]
    a_session(event)
    same = Caller().get(path)["ETag"]
    event.title = "Two"
    event.save()

    assert (same == before, Caller().get(path)["ETag"] == before) == (True, False)


def test_cards_of_two_sizes_are_two_versions() -> None:
    session = a_session()
    small, large = (Caller().get(f"sessions/{session.code}/card.svg?size={size}") for size in ("a6", "a5"))

    assert small["ETag"] != large["ETag"]
    assert 'width="105mm"' in small.content.decode()
    assert re.search(r'width="148\.5mm"', large.content.decode())
    assert Caller().get(f"sessions/{session.code}/card.svg").content == small.content


def test_another_size_is_refused() -> None:
    session = a_session()

    assert fields(Caller().get(f"sessions/{session.code}/card.pdf?size=a3")) == {"size"}
    assert fields(Caller().get(f"events/{session.event.slug}/cards.pdf?size=a3")) == {"size"}


@pytest.mark.parametrize(("sessions", "pages"), [(1, 1), (4, 1), (5, 2)])
def test_a_day_has_a_card_for_each_session_that_is_planned(
    sessions: int, pages: int, django_assert_num_queries: Any
) -> None:
    event = an_event()
    for _ in range(sessions):
        a_session(event, room=a_room(event))
    a_session(event, state="cancelled")

    with django_assert_num_queries(3):
        answer = Caller().get(f"events/{event.slug}/cards.pdf")

    assert answer.content.count(b"/MediaBox") == pages


def test_a_day_without_sessions_has_no_cards() -> None:
    assert problem(Caller().get(f"events/{an_event().slug}/cards.pdf")) == (404, "not-found")


def test_a_draft_is_on_no_paper() -> None:
    session = a_session(an_event(state="draft"))
    slug = session.event.slug
    paths = [f"events/{slug}/{name}" for name in ("poster.svg", "poster.pdf", "cards.pdf")]
    paths += [f"sessions/{session.code}/card.{kind}" for kind in KINDS]

    assert {problem(Caller().get(path)) for path in paths} == {(404, "not-found")}
