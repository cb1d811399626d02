"""A file that an organiser sends, taken into one day."""

from pathlib import Path
from typing import Any

import pytest
from tests.api.programme.imports.files import GOOD, OURS, real, reshaped, rows
from tests.makers import a_role, a_room, a_session, an_event

from equalterms.journal.models import Entry
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Act
from equalterms.programme.imports import import_schedule
from equalterms.programme.imports.upload import Brought, bring
from equalterms.programme.models import Event, Session

pytestmark = pytest.mark.django_db


def brought(raw: bytes | str, event: Event, *, apply: bool = True) -> Brought:
    sent = raw.encode() if isinstance(raw, str) else raw
    return bring(raw=sent, event=event, account=a_role(event), seen="*" if apply else None)


def counts(done: Brought) -> dict[str, int]:
    return {f"{one.kind} {one.change}": one.count for one in done.changes if one.count}


def refused(raw: bytes | str, event: Event) -> Refusal:
    with pytest.raises(Refusal) as wrong:
        brought(raw, event)
    return wrong.value


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_file_of_every_dialect_fills_an_empty_day(name: str) -> None:
    event = an_event(state="draft", timezone=GOOD[name] or "Europe/London")

    done = brought((OURS / name).read_bytes(), event)

    event.refresh_from_db()
    assert done.applied
    assert counts(done)["session added"] == event.sessions.count() > 0
    assert (event.state, Event.objects.count()) == ("draft", 1)


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_preview_counts_what_is_written_then_and_writes_nothing(name: str) -> None:
    event = an_event(timezone=GOOD[name] or "Europe/London")
    raw = (OURS / name).read_bytes()
    before = rows()

    preview = brought(raw, event, apply=False)
    untouched, entries = rows(), Entry.objects.count()
    done = brought(raw, event)
    again = brought(raw, event)

    assert (preview.applied, untouched, entries) == (False, before, 0)
    assert preview.changes == done.changes
    assert counts(again) == {}


def test_the_sessions_made_by_hand_stay() -> None:
    event = an_event()
    mine = a_session(event, title="Mine", room=a_room(event, name="Attic"))

    done = brought((OURS / "frab.json").read_bytes(), event)

    mine.refresh_from_db()
    assert (mine.state, counts(done).get("session removed")) == ("planned", None)


def test_a_file_goes_into_the_day_it_is_sent_to_whatever_it_was_imported_from() -> None:
    first = import_schedule(OURS / "frab.json").event
    other = an_event()

    brought((OURS / "frab.json").read_bytes(), other)

    other.refresh_from_db()
    assert (other.source, first.source != "") == ("", True)
    assert other.sessions.count() == first.sessions.count()
    assert Event.objects.count() == 2


def test_the_command_finds_the_day_again() -> None:
    event = an_event()
    brought((OURS / "frab.json").read_bytes(), event)

    result = import_schedule(OURS / "frab.json", publish=False)

    assert (result.event.pk, result.nothing_changed) == (event.pk, True)


def test_whoever_brought_it_stands_in_the_audit_list() -> None:
    event = an_event()

    brought((OURS / "frab.json").read_bytes(), event, apply=False)
    assert not Act.objects.exists()
    brought((OURS / "frab.json").read_bytes(), event)

    assert list(Act.objects.values_list("act", "subject")) == [("import-schedule", event.pk)]


@pytest.mark.parametrize("path", sorted((OURS / "broken").iterdir()), ids=lambda path: path.name)
def test_a_broken_file_is_refused_in_one_sentence_and_nothing_is_stored(path: Path) -> None:
    event = an_event(timezone="Europe/London")
    before = rows()

    said = refused(path.read_bytes(), event)

    assert (said.code, said.status) == ("bad-schedule", 400)
    assert 1 <= len(said.errors) <= 10
    assert rows() == before


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"GIF89a", b"null", b"[[[", b"<x/>", b"[" * 100_000])
def test_what_is_no_schedule_is_refused(raw: bytes) -> None:
    assert refused(raw, an_event()).code == "bad-schedule"


def test_a_file_that_expands_without_end_is_refused() -> None:
    bomb = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><schedule>&b;</schedule>'

    assert refused(bomb, an_event()).code == "bad-schedule"


def test_a_file_that_names_no_zone_is_read_in_that_of_the_day() -> None:
    def unzoned(conference: Any) -> None:
        conference.pop("time_zone_name", None)

    event = an_event(timezone="America/Lima")

    brought(reshaped("frab.json", unzoned), event)

    assert Event.objects.get().timezone == "America/Lima"


@pytest.mark.parametrize(
    ("name", "timezone"),
    [
        ("fosdem2024.xml", "Europe/Brussels"),
        ("frab-camp2019.json", "Europe/Berlin"),
        ("pretalx-democon.json", "Europe/Berlin"),
    ],
)
def test_a_published_schedule_comes_in_and_a_second_time_changes_nothing(name: str, timezone: str) -> None:
    raw = real(name).read_bytes()
    event = an_event(timezone=timezone)

    done = brought(raw, event)
    again = brought(raw, event)

    assert counts(done)["session added"] == Session.objects.filter(event=event).count() > 0
    assert max(len(one.lines) for one in done.changes) <= 200
    assert counts(again) == {}


def test_the_invalid_example_is_refused() -> None:
    raw = real("invalid-example.json").read_bytes()

    assert refused(raw, an_event()).code == "bad-schedule"
