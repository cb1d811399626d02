"""What a schedule file says, as it stood in the file, and why a file is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Problem(NamedTuple):
    """Why a file is refused: `where` is a line ("line 12") or a JSON path, "" for the file itself."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}" if self.where else self.reason


class Broken(Exception):
    """A file that is refused whole: nothing of it was written."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


def broken(where: str, reason: str) -> Broken:
    return Broken([Problem(where, reason)])


@dataclass(slots=True)
class RawPerson:
    where: str
    name: str = ""
    ident: str = ""
    guid: str = ""
    code: str = ""
    about: str = ""

    def at(self, name: str) -> str:
        """Where its `name` stood: an attribute on the same line, or a member of the same object."""
        return self.where if self.where.startswith("line ") else f"{self.where}.{name}"


@dataclass(slots=True)
class RawDay:
    where: str
    date: str = ""
    start: str = ""
    end: str = ""


@dataclass(slots=True)
class RawRoom:
    where: str
    name: str = ""
    guid: str = ""
    about: str = ""


@dataclass(slots=True)
class RawLink:
    label: str
    url: str


@dataclass(slots=True)
class RawSession:
    """`parts` names where each word stood, for messages: {"start": "line 12"}; else `where`."""

    where: str
    words: dict[str, str]
    parts: dict[str, str]
    day: RawDay | None = None
    persons: list[RawPerson] = field(default_factory=list)
    links: list[RawLink] = field(default_factory=list)

    def word(self, name: str) -> str:
        return self.words.get(name, "")

    def at(self, name: str) -> str:
        return self.parts.get(name, self.where)


@dataclass(slots=True)
class RawSchedule:
    """Its `words`: title, subtitle, acronym, venue, city, start, zone, day_change, base_url."""

    words: dict[str, str]
    parts: dict[str, str]
    rooms: list[RawRoom] = field(default_factory=list)
    days: list[RawDay] = field(default_factory=list)
    sessions: list[RawSession] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def word(self, name: str) -> str:
        return self.words.get(name, "")

    def at(self, name: str) -> str:
        return self.parts.get(name, "")
