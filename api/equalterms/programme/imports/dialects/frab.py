"""schedule.json: frab's format, as frab, pretalx and the c3voc hub write it."""

import json
from collections.abc import Iterator
from typing import Any

from equalterms.programme.imports.dialects.raw import (
    RawDay,
    RawLink,
    RawPerson,
    RawRoom,
    RawSchedule,
    RawSession,
    broken,
)

CONFERENCE = ("title", "subtitle", "acronym", "venue", "city", "start", "day_change")
EVENT = (
    "id", "guid", "code", "title", "subtitle", "track", "type", "language", "abstract", "description",
    "date", "start", "duration", "end", "slug",
)  # fmt: skip
NAMES = ("public_name", "full_public_name", "name", "display_name")


class At:
    """A value of the file and its path: what is read from it knows where it stood."""

    def __init__(self, value: Any, path: str) -> None:
        self.value = value
        self.path = path

    def part(self, *names: str) -> "At":
        """The first of `names` that holds something; the first of all, empty, where none does."""
        self.expect(dict, "an object {…}")
        name = next((name for name in names if self.value.get(name) not in (None, "")), names[0])
        return At(self.value.get(name), f"{self.path}.{name}" if self.path else name)

    def items(self) -> Iterator["At"]:
        """The members of a list; none where the value is missing."""
        if self.value is not None:
            self.expect(list, "a list […]")
            yield from (At(value, f"{self.path}[{index}]") for index, value in enumerate(self.value))

    def pairs(self) -> Iterator[tuple[str, "At"]]:
        for name, value in self.value.items():
            yield name, At(value, f"{self.path}[{json.dumps(name, ensure_ascii=False)}]")

    def text(self) -> str:
        """A word. An object is a translation or a named thing: its name, English or first word counts."""
        value = self.value
        if isinstance(value, dict):
            words = [value.get(name) for name in ("name", "en", "slug", *sorted(value))]
            value = next((word for word in words if isinstance(word, str) and word), "")
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise broken(self.path, f"should be text, and is {_kind(value)}")
        return str(value).strip()

    def expect(self, kind: type, said: str) -> "At":
        if not isinstance(self.value, kind):
            reason = "is missing" if self.value is None else f"should be {said}, and is {_kind(self.value)}"
            raise broken(self.path or "the file", reason)
        return self


def _kind(value: object) -> str:
    words = {dict: "an object", list: "a list", bool: "true or false", str: "text"}
    return words.get(type(value), "a number")


def read(text: str) -> RawSchedule:
    root = At(load(text), "").expect(dict, "an object {…}")
    schedule = root if "schedule" not in root.value and "conference" in root.value else root.part("schedule")
    conference = schedule.expect(dict, "an object {…}").part("conference").expect(dict, "an object {…}")
    raw = _conference(schedule, conference)
    listed = conference.part("days") if "days" in conference.value else schedule.part("days")
    days = list(listed.expect(list, "a list […]").items())
    if not days:
        raise broken(conference.part("days").path, "holds no day")
    for day in days:
        _day(day, raw)
    for event in schedule.part("events").items():
        raw.sessions.append(_session(event, None, ""))
    return raw


def load(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as wrong:
        raise broken(f"line {wrong.lineno}", f"not JSON: {wrong.msg} (column {wrong.colno})") from wrong
    except (ValueError, RecursionError) as wrong:
        raise broken("", "this JSON is nested too deeply or holds too long a number") from wrong


def _conference(schedule: At, conference: At) -> RawSchedule:
    raw = RawSchedule({}, {})
    for name in CONFERENCE:
        found = conference.part(name)
        raw.words[name], raw.parts[name] = found.text(), found.path
    zone = conference.part("time_zone_name", "timezone", "time_zone")
    raw.words["zone"], raw.parts["zone"] = zone.text(), zone.path
    raw.words["base_url"] = schedule.part("base_url").text()
    for holder in (conference, schedule):
        rooms = holder.part("rooms")
        if isinstance(rooms.value, list):
            raw.rooms.extend(_room(room) for room in rooms.items())
            if holder is schedule and rooms.value:
                raw.warnings.append(
                    f"{rooms.path}: rooms belong in {conference.path}.rooms; read all the same"
                )
    return raw


def _room(room: At) -> RawRoom:
    if isinstance(room.value, str):
        return RawRoom(room.path, room.text())
    return RawRoom(
        room.path, room.part("name").text(), room.part("guid").text(), room.part("description").text()
    )


def _day(node: At, raw: RawSchedule) -> None:
    day = RawDay(
        node.path,
        node.part("date").text(),
        node.part("day_start", "start").text(),
        node.part("day_end", "end").text(),
    )
    raw.days.append(day)
    rooms = node.part("rooms")
    if isinstance(rooms.value, dict):
        for name, events in rooms.pairs():
            raw.rooms.append(RawRoom(events.path, name))
            raw.sessions.extend(_session(event, day, name) for event in events.items())
        return
    for room in rooms.items():
        raw.rooms.append(_room(room))
        for event in room.part("events", "talks", "sessions").items():
            raw.sessions.append(_session(event, day, room.part("name").text()))


def _session(node: At, day: RawDay | None, room: str) -> RawSession:
    session = RawSession(node.path, {}, {}, day)
    for name in EVENT:
        found = node.part(name)
        session.words[name], session.parts[name] = found.text(), found.path
    session.words["room"] = room or node.part("room").text()
    people = node.part("persons", "participants", "speakers")
    session.persons.extend(_person(person) for person in people.items())
    for name in ("links", "attachments"):
        session.links.extend(_link(link) for link in node.part(name).items())
    return session


def _person(node: At) -> RawPerson:
    if isinstance(node.value, str):
        return RawPerson(node.path, name=node.text())
    return RawPerson(
        node.path,
        name=node.part(*NAMES).text(),
        ident=node.part("id").text(),
        guid=node.part("guid").text(),
        code=node.part("code").text(),
        about=node.part("biography", "abstract").text(),
    )


def _link(node: At) -> RawLink:
    if isinstance(node.value, str):
        return RawLink("", node.text())
    return RawLink(node.part("title", "type").text(), node.part("url", "href").text())
