"""What an import changes, in lines to read."""

from typing import Any

import pytest
from tests.api.programme.imports.files import OURS, planned, reshaped
from tests.makers import an_event

from equalterms.programme.imports.compare import compare
from equalterms.programme.imports.upload import Changes, changes_in
from equalterms.programme.imports.upload.lines import MOST_LINES, Differs, Line, changes
from equalterms.programme.imports.write import write
from equalterms.programme.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """A day that our frab file filled."""
    event = an_event()
    write(compare(planned((OURS / "frab.json").read_text(), "frab.json"), publish=False, into=event.pk))
    return event


def told(event: Event, content: str) -> dict[str, Changes]:
    difference = compare(planned(content, "frab.json"), publish=False, into=event.pk)
    return {f"{one.kind} {one.change}": one for one in changes_in(difference) if one.count}


def sessions(conference: Any) -> list[Any]:
    return [one for day in conference["days"] for room in day["rooms"].values() for one in room]


def test_nothing_changed_is_no_line(event: Event) -> None:
    assert told(event, (OURS / "frab.json").read_text()) == {}


def test_a_session_says_what_was_and_what_will_be(event: Event) -> None:
    def later(conference: Any) -> None:
        opening = sessions(conference)[0]
        opening |= {"title": "Grand opening", "date": "2026-08-21T12:00:00+02:00", "start": "12:00"}

    lines = told(event, reshaped("frab.json", later))["session changed"].lines

    assert lines == [
        Line(
            "Opening",
            [
                Differs("ends", "2026-08-21 11:30", "2026-08-21 12:30"),
                Differs("starts", "2026-08-21 11:00", "2026-08-21 12:00"),
                Differs("title", "Opening", "Grand opening"),
            ],
        )
    ]


def test_a_session_in_another_room_names_both(event: Event) -> None:
    def moved(conference: Any) -> None:
        rooms = conference["days"][0]["rooms"]
        rooms["Small tent"] = [rooms["Big tent"].pop() | {"room": "Small tent"}]

    told_of = told(event, reshaped("frab.json", moved))

    assert told_of["session changed"].lines == [Line("Stars", [Differs("room", "Big tent", "Small tent")])]


def test_a_room_under_a_new_name_changes_its_sessions_too(event: Event) -> None:
    def renamed(conference: Any) -> None:
        rooms = conference["days"][0]["rooms"]
        rooms["Dome"] = [one | {"room": "Dome"} for one in rooms.pop("Big tent")]
        conference["rooms"][0]["name"] = "Dome"

    told_of = told(event, reshaped("frab.json", renamed))

    assert told_of["room changed"].lines == [Line("Big tent", [Differs("name", "Big tent", "Dome")])]
    assert [line.title for line in told_of["session changed"].lines] == ["Opening", "Stars"]
    assert told_of["session changed"].lines[0].differs == [Differs("room", "Big tent", "Dome")]


def test_a_surgeon_who_joins_leaves_or_is_renamed_shows_at_the_session(event: Event) -> None:
    def swapped(conference: Any) -> None:
        opening, stars = sessions(conference)
        opening["persons"] = [{"id": 2, "public_name": "Ada Byron"}, {"id": 3, "public_name": "Cy"}]
        stars["persons"] = []

    told_of = told(event, reshaped("frab.json", swapped))

    assert [line.title for line in told_of["surgeon added"].lines] == ["Cy"]
    assert [line.title for line in told_of["surgeon removed"].lines] == ["jinx"]
    assert told_of["surgeon changed"].lines == [Line("Ada B.", [Differs("name", "Ada B.", "Ada Byron")])]
    assert {line.title: line.differs for line in told_of["session changed"].lines} == {
        "Opening": [Differs("surgeons", "jinx, Ada B.", "Ada Byron, Cy")],
        "Stars": [Differs("surgeons", "jinx", "")],
    }


def test_what_the_file_dropped_is_removed_and_comes_back_as_changed(event: Event) -> None:
    def dropped(conference: Any) -> None:
        conference["days"][0]["rooms"]["Big tent"].pop()

    gone = told(event, reshaped("frab.json", dropped))
    content = reshaped("frab.json", dropped)
    write(compare(planned(content, "frab.json"), publish=False, into=event.pk))
    back = told(event, (OURS / "frab.json").read_text())

    assert [line.title for line in gone["session removed"].lines] == ["Stars"]
    assert back["session changed"].lines == [Line("Stars", [Differs("state", "cancelled", "planned")])]


def test_a_new_title_of_the_day_is_told_under_the_old_one(event: Event) -> None:
    def titled(conference: Any) -> None:
        conference["title"] = "Camp"

    lines = told(event, reshaped("frab.json", titled))["event changed"].lines

    assert lines == [Line("Equal Terms Camp 2026", [Differs("title", "Equal Terms Camp 2026", "Camp")])]


def test_what_is_new_in_a_day_that_gets_another_title_is_told_once() -> None:
    told_of = told(an_event(title="Mine"), (OURS / "frab.json").read_text())

    assert {name: one.count for name, one in told_of.items()} == {
        "event changed": 1,
        "session added": 2,
        "room added": 2,
        "surgeon added": 2,
    }


def test_long_words_are_cut_and_links_are_addresses(event: Event) -> None:
    def wordy(conference: Any) -> None:
        opening = sessions(conference)[0]
        opening |= {"abstract": "word " * 400, "description": "", "links": []}

    (line,) = told(event, reshaped("frab.json", wordy))["session changed"].lines

    about, links = line.differs
    assert (about.field, about.was, len(about.now) <= 200, about.now[-1]) == (
        "about",
        "Welcome.\nBring a chair.",
        True,
        "…",
    )
    assert links == Differs("links", "https://example.org/camp/plan.html", "")


def test_only_the_first_of_many_are_told_and_all_are_counted() -> None:
    lines = [Line(str(number), []) for number in range(MOST_LINES + 1)]

    told_of = changes("session", "added", lines)

    assert (told_of.count, told_of.lines) == (MOST_LINES + 1, lines[:MOST_LINES])
