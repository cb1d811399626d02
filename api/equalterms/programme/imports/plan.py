"""What the programme shall say once a schedule file is settled."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    source: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class PlannedRoom:
    source: str
    name: str
    about: str
    position: int


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """`people` are sources of persons in the order printed; `room` is a room's name or ""."""

    source: str
    title: str
    subtitle: str
    track: str
    kind: str
    language: str
    about: str
    links: list[dict[str, str]]
    starts: datetime
    ends: datetime
    day: date
    room: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The programme as the file wants it. `slug` is a wish: another event may have it already."""

    source: str
    slug: str
    title: str
    tagline: str
    venue: str
    timezone: str
    starts: datetime
    ends: datetime
    rooms: list[PlannedRoom]
    people: list[PlannedPerson]
    sessions: list[PlannedSession]
    warnings: list[str]
