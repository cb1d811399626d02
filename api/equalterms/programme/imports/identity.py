"""Who and what is the same again at the next import: guid first, then id, then code, then name."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from typing import Protocol

from equalterms.lib.text import slugify
from equalterms.programme.imports.dialects.raw import RawPerson, RawSession
from equalterms.programme.imports.plan import PlannedPerson

# The numbers of frab, pretalx, wafer and Pentabarf, with the prefix that merged schedules give them.
NUMBER = re.compile(r"([\w.]+[-:_/])?\d+", re.ASCII)
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
CODE = re.compile(r"[A-Z0-9]+", re.IGNORECASE | re.ASCII)
LONGEST = 150


class Bounds(Protocol):
    """What this module needs of the settling under way."""

    warnings: list[str]

    def text(self, said: str, limit: int, where: str, name: str) -> str: ...
    def prose(self, said: str, limit: int, where: str, name: str) -> str: ...
    def refuse(self, where: str, reason: str) -> None: ...


def event(acronym: str, title: str, first: date) -> str:
    """An acronym may serve a series, so its year belongs to it; a bare title needs its first day."""
    if acronym:
        return f"acronym:{acronym.lower()} {first.year}"
    return f"title:{slugify(title)} {first.isoformat()}"


def sessions(
    raw: list[RawSession], refuse: Callable[[str, str], None], warnings: list[str]
) -> dict[int, str]:
    """The source of each session, by id() of its raw form.

    A workshop held twice comes with one guid or id at two hours (36C3): told apart by its order. The
    same mark on two titles, or twice at one hour, is refused.
    """
    found: dict[int, str] = {}
    seen: dict[str, list[RawSession]] = defaultdict(list)
    for session in sorted(raw, key=_when):
        name, value = _mark(session)
        if not name or len(value) > LONGEST:
            refuse(session.where, "the session has no guid or id that a later file could name it by")
            continue
        source = f"{name}:{value.lower() if name == 'guid' else value}"
        earlier = seen[source]
        if any(_differ(session, other) for other in earlier):
            reason = f"the {name} “{value[:60]}” is taken by the session at {earlier[0].where}"
            refuse(session.at(name), reason)
        elif earlier:
            warnings.append(f"{session.at(name)}: the {name} “{value[:60]}” comes again; read as a repeat")
        earlier.append(session)
        found[id(session)] = source if len(earlier) == 1 else f"{source}#{len(earlier)}"
    return found


def _mark(session: RawSession) -> tuple[str, str]:
    marks = ((name, session.word(name)) for name in ("guid", "id", "code", "slug"))
    return next((mark for mark in marks if mark[1]), ("", ""))


def _differ(one: RawSession, other: RawSession) -> bool:
    """True where the two cannot be one thing that is held twice."""
    return one.word("title") != other.word("title") or _when(one) == _when(other)


def _when(session: RawSession) -> str:
    day = session.day.date if session.day else ""
    return " ".join((day, session.word("date"), session.word("start"), session.word("room")))


class People:
    """The persons of a file. One who comes again is one; a number shared by several names tells nobody."""

    def __init__(self, raw: list[RawSession], bounds: Bounds) -> None:
        self.found: dict[str, PlannedPerson] = {}
        self.bounds = bounds
        self.names: dict[int, str] = {}
        named = set()
        for person in (person for session in raw for person in session.persons):
            check(person, bounds.refuse)
            name = bounds.text(person.name, 120, person.where, "name")
            self.names[id(person)] = name
            named.add((_given(person), name.casefold()))
        self.shared = Counter(given for given, _ in named)

    def of(self, session: RawSession) -> tuple[str, ...]:
        """The sources of a session's people in order, each once. One without a name is left out."""
        return tuple(dict.fromkeys(filter(None, map(self._source, session.persons))))

    def _source(self, person: RawPerson) -> str:
        name = self.names[id(person)]
        if not name:
            self.bounds.warnings.append(f"{person.where}: a person without a name was left out")
            return ""
        given = _given(person)
        source = given if given and self.shared[given] == 1 else f"name:{name.casefold()}"
        known = self.found.get(source)
        if known is None or (person.about and not known.about):
            about = self.bounds.prose(person.about, 4000, person.where, "biography")
            self.found[source] = PlannedPerson(source, known.name if known else name, about)
        return source

    def planned(self) -> list[PlannedPerson]:
        return list(self.found.values())


def _given(person: RawPerson) -> str:
    for name, value in (("guid", person.guid.lower()), ("id", person.ident), ("code", person.code)):
        if value and len(value) <= LONGEST:
            return f"{name}:{value}"
    return ""


def check(person: RawPerson, refuse: Callable[[str, str], None]) -> None:
    """Refuses a person in pretalx's form (with a code) whose marks are not what pretalx writes.

    Other makers may mark their persons as they like (docs/decisions/0006-schedule-import.md).
    """
    if not person.code or UUID.fullmatch(person.guid) or CODE.fullmatch(person.code):
        return
    if person.ident and not (NUMBER.fullmatch(person.ident) or UUID.fullmatch(person.ident)):
        refuse(person.at("id"), f"id “{person.ident[:40]}” is not a number or a UUID")
    refuse(person.at("code"), f"code “{person.code[:40]}” is not made of the letters A to Z and digits")
