"""What an import changes, in lines to read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from equalterms.lib.text import cut
from equalterms.programme.imports.compare import Difference
from equalterms.programme.models import Appearance, Session, SessionState

MOST_LINES = 200
LONGEST = 200
# What is kept for the next import, and not printed.
UNSEEN = {"source", "position"}


@dataclass(frozen=True)
class Differs:
    """One thing that was said so, and will be said otherwise."""

    field: str
    was: str
    now: str


@dataclass(frozen=True)
class Line:
    title: str
    differs: list[Differs]


@dataclass(frozen=True)
class Changes:
    """What happens to one kind of thing: how many, and the first 200 of them."""

    kind: str
    change: str
    count: int
    lines: list[Line]


def changes_in(difference: Difference) -> list[Changes]:
    """Everything that is written, kind by kind; must be asked before it is written."""
    words = Words(difference)
    return [
        changes("event", "changed", words.event()),
        changes("session", "added", [Line(row.title, []) for row in difference.sessions.new]),
        changes("session", "changed", words.sessions()),
        changes("session", "removed", [Line(row.title, []) for row in _cancelled(difference)]),
        changes("room", "added", [Line(row.name, []) for row in difference.rooms.new]),
        changes("room", "changed", words.rows(difference.rooms)),
        changes("room", "removed", [Line(row.name, []) for row in difference.gone_rooms]),
        changes("surgeon", "added", [Line(row.name, []) for row in difference.surgeons.new]),
        changes("surgeon", "changed", words.surgeons()),
        changes("surgeon", "removed", [Line(row.surgeon.name, []) for row in difference.gone_listings]),
    ]


def changes(kind: str, change: str, lines: list[Line]) -> Changes:
    return Changes(kind, change, len(lines), lines[:MOST_LINES])


def _cancelled(difference: Difference) -> list[Session]:
    """Sessions that the file dropped."""
    before = difference.sessions.before
    changed = difference.sessions.changed
    return [row for row in changed if row.state == SessionState.CANCELLED and "state" in before[row.pk]]


class Words:
    """Says what differs, with the names that rooms and surgeons have now and shall have."""

    def __init__(self, difference: Difference) -> None:
        self.difference = difference
        event = difference.event
        self.zone = ZoneInfo(event.timezone)
        self.old_rooms: dict[UUID | None, str] = dict(event.rooms.values_list("pk", "name"))
        rooms = [*difference.rooms.new, *difference.rooms.changed]
        self.new_rooms: dict[UUID | None, str] = dict(self.old_rooms)
        self.new_rooms.update((room.pk, room.name) for room in rooms)
        self.was, self.now = _seats(difference) if difference.moved else ({}, {})

    def event(self) -> list[Line]:
        event, before = self.difference.event, self.difference.event_before
        differs = self.fields(before, event)
        return [Line(before.get("title", event.title), differs)] if differs else []

    def surgeons(self) -> list[Line]:
        """Those who leave are told of once."""
        gone = {listing.surgeon_id for listing in self.difference.gone_listings}
        return self.rows(self.difference.surgeons, gone)

    def rows(self, rows: Any, but: Collection[UUID] = ()) -> list[Line]:
        """Changed rooms or surgeons, under the names they have now."""
        lines = [
            Line(rows.before[row.pk].get("name", row.name), self.fields(rows.before[row.pk], row))
            for row in rows.changed
            if row.pk not in but
        ]
        return [line for line in lines if line.differs]

    def sessions(self) -> list[Line]:
        elsewhere = {row.pk for row in [*_cancelled(self.difference), *self.difference.sessions.new]}
        touched = sorted(self.difference.touched.values(), key=lambda row: (row.starts, row.title))
        lines = [self.session(row) for row in touched if row.pk not in elsewhere]
        return [line for line in lines if line.differs]

    def session(self, row: Session) -> Line:
        before = self.difference.sessions.before.get(row.pk, {})
        was, now = (
            rooms.get(room, "")
            for rooms, room in (
                (self.old_rooms, before.get("room_id", row.room_id)),
                (self.new_rooms, row.room_id),
            )
        )
        plain = {name: value for name, value in before.items() if name != "room_id"}
        differs = self.fields(plain, row) + ([Differs("room", was, now)] if was != now else [])
        if row.pk in self.difference.moved:
            seats = (", ".join(seats.get(row.pk, [])) for seats in (self.was, self.now))
            before_them, after_them = (cut(names, LONGEST) for names in seats)
            if before_them != after_them:
                differs.append(Differs("surgeons", before_them, after_them))
        return Line(before.get("title", row.title), differs)

    def fields(self, before: Mapping[str, Any], row: Any) -> list[Differs]:
        return [
            Differs(name, self.said(before[name]), self.said(getattr(row, name)))
            for name in sorted(set(before) - UNSEEN)
        ]

    def said(self, value: object) -> str:
        if isinstance(value, datetime):
            return value.astimezone(self.zone).strftime("%Y-%m-%d %H:%M")
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, list):
            return cut(", ".join(link["url"] for link in value), LONGEST)
        return cut(str(value), LONGEST)


Seats = dict[UUID, list[str]]


def _seats(difference: Difference) -> tuple[Seats, Seats]:
    """The names at each session in their order, as it is and as it shall be."""
    rows = difference.surgeons
    names = {surgeon.pk: surgeon.name for surgeon in [*rows.new, *rows.changed]}
    old = {pk: before["name"] for pk, before in rows.before.items() if "name" in before}
    there = Appearance.objects.filter(session__event=difference.event.pk).select_related("surgeon")
    is_so = {row.pk: row for row in there}
    moving = {row.pk: row for row in [*difference.appearances.changed, *difference.appearances.new]}
    kept = {pk: row for pk, row in is_so.items() if pk not in difference.gone_appearances}
    was = _in_order(is_so.values(), {row.surgeon_id: row.surgeon.name for row in is_so.values()} | old)
    known = {row.surgeon_id: row.surgeon.name for row in is_so.values()} | names
    for row in difference.appearances.new:
        known.setdefault(row.surgeon_id, row.surgeon.name)
    return was, _in_order((kept | moving).values(), known)


def _in_order(seats: Iterable[Appearance], names: Mapping[UUID, str]) -> Seats:
    found: Seats = {}
    for seat in sorted(seats, key=lambda one: (one.position, one.pk)):
        found.setdefault(seat.session_id, []).append(names[seat.surgeon_id])
    return found
