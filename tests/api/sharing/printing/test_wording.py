"""What stands on paper."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.api.sharing.printing.words import words
from tests.makers import a_room, a_session, an_event

from equalterms.programme.models import Event
from equalterms.sharing.printing.wording import event_words, fingerprint, help_of, hours, session_words

ORIGIN = "https://day.example.org"


def test_hours_are_those_on_the_venues_wall() -> None:
    starts, ends = datetime(2027, 7, 3, 8, 30, tzinfo=UTC), datetime(2027, 7, 3, 16, 0, tzinfo=UTC)

    assert hours(starts, ends, "Europe/London") == "Saturday 3 July 2027, 09:30 to 17:00"
    assert hours(starts, ends, "Asia/Tokyo") == "Saturday 3 July 2027, 17:30 to Sunday 4 July 2027, 01:00"


def a_line(name: str, tel: str = "", sms: str = "") -> dict[str, str]:
    return {"name": name, "note": "", "tel": tel, "sms": sms, "url": "https://example.org/"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], ""),
        ([a_line("Web only")], ""),
        ([a_line("Samaritans", "116 123")], "Need help right now? Samaritans 116 123"),
        (
            [a_line("Shout", sms="85258"), a_line("One", "1"), a_line("Two", "2"), a_line("Three", "3")],
            "Need help right now? Shout: text 85258 · One 1 · Two 2",
        ),
    ],
    ids=["none", "only on the web", "by telephone", "the first three"],
)
def test_the_first_help_lines_that_can_be_reached_are_named(lines: list[Any], said: str) -> None:
    assert help_of(Event(help_lines=lines)).replace("\u00a0", " ") == said


@pytest.mark.django_db
def test_a_day_names_its_address_and_a_short_way_there() -> None:
    event = an_event(slug="leeds", code="abcd", title="Open day", tagline="For all", venue="Town hall")

    said = event_words(event, ORIGIN)

    assert (said.title, said.subtitle, said.where) == ("Open day", "For all", "Town hall")
    assert (said.address, said.typed) == (f"{ORIGIN}/e/leeds", "Or go to day.example.org/e/abcd")
    assert said.promise == "No account, no name."


@pytest.mark.django_db
def test_a_session_names_its_room_and_its_own_address() -> None:
    event = an_event(language="cy")
    session = a_session(event, title="Talk", code="abc34", room=a_room(event, name="Attic"))

    said = session_words(session, ORIGIN)

    assert (said.title, said.where, said.language) == ("Talk", "Attic", "cy")
    assert (said.address, said.typed) == (f"{ORIGIN}/s/abc34", "Or go to day.example.org/s/abc34")


def test_any_other_word_moves_the_fingerprint() -> None:
    one = words()
    others = {fingerprint(replace(one, **{name: "x"})) for name in one.__dataclass_fields__ if name != "note"}

    assert fingerprint(one) == fingerprint(words())
    assert len(others | {fingerprint(one)}) == len(one.__dataclass_fields__)
    assert fingerprint(one, one) != fingerprint(one)
    assert max(others) < 2**48
