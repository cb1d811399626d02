"""What the demonstration day says, as it stands in the files of `leeds/`."""

import tomllib
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "leeds"
ORGANISER, MODERATOR, SURGEON = "organiser", "moderator", "surgeon"


@dataclass(frozen=True)
class Room:
    key: str
    name: str
    about: str


@dataclass(frozen=True)
class Surgeon:
    key: str
    name: str
    pronouns: str
    headline: str
    about: str
    labels: list[str]
    links: list[dict[str, str]]


@dataclass(frozen=True)
class Session:
    """`room` and `surgeons` are keys; times are the clock of the venue."""

    key: str
    kind: str
    track: str
    title: str
    about: str
    room: str
    starts: time
    ends: time
    surgeons: list[str]
    subtitle: str = ""
    capacity: int | None = None
    links: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """`by` is a surgeon's key, or "organiser"."""

    by: str
    text: str
    spoken: bool = False


@dataclass(frozen=True)
class Question:
    """`state` is where review left it; `votes` is how many phones said "me too"."""

    session: str
    text: str
    state: str = "shown"
    votes: int = 0
    audience: str = "everyone"
    recap: bool = True
    warning: str = ""
    reason: str = ""
    note: str = ""
    answers: list[Answer] = field(default_factory=list)


@dataclass(frozen=True)
class Comment:
    """`by` is a surgeon's key, "organiser", "moderator" or the letter of a voice; `to` the key replied to."""

    session: str
    by: str
    text: str
    key: str = ""
    to: str = ""
    state: str = "shown"
    reason: str = ""
    note: str = ""
    reactions: dict[str, int] = field(default_factory=dict)

    @property
    def by_voice(self) -> bool:
        return len(self.by) == 1


@dataclass(frozen=True)
class Place:
    """So many places of one kind. `home`: booked from home, the others came to the door. `by`: the surgeon
    who sees to them."""

    session: str
    state: str
    count: int = 1
    labels: list[str] = field(default_factory=list)
    home: bool = False
    remote: bool = False
    by: str = ""


@dataclass(frozen=True)
class Table:
    """Where a surgeon is."""

    surgeon: str
    state: str
    place: str


@dataclass(frozen=True)
class Heads:
    """How many came in to a session that counts no tickets."""

    session: str
    count: int


@dataclass(frozen=True)
class Day:
    """`signs_in` is the key of the surgeon whose account a newcomer is given."""

    slug: str
    title: str
    tagline: str
    about: str
    venue: str
    timezone: str
    help_reviewed: date
    signs_in: str
    labels: list[str]
    minutes: int
    rooms: list[Room]
    surgeons: list[Surgeon]
    sessions: list[Session]
    questions: list[Question]
    comments: list[Comment]
    tables: list[Table]
    places: list[Place]
    heads: list[Heads]


def _question(row: dict[str, Any]) -> Question:
    return Question(**{**row, "answers": [Answer(**answer) for answer in row.get("answers", [])]})


def _file(name: str) -> dict[str, Any]:
    words: dict[str, Any] = _stripped(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))
    return words


def _stripped(value: Any) -> Any:
    """The same, with the line ends that multi-line strings begin or end with taken off."""
    if isinstance(value, dict):
        return {key: _stripped(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_stripped(each) for each in value]
    return value.strip() if isinstance(value, str) else value


def leeds() -> Day:
    """The whole day; a key that no field knows is a TypeError, so a slip in a file is found at once."""
    day, places = _file("event"), _file("places")
    questions = _file("questions-morning")["questions"] + _file("questions-later")["questions"]
    return Day(
        **{name: value for name, value in day.items() if name != "rooms"},
        rooms=[Room(**row) for row in day["rooms"]],
        surgeons=[Surgeon(**row) for row in _file("surgeons")["surgeons"]],
        sessions=[Session(**row) for row in _file("sessions")["sessions"]],
        questions=[_question(row) for row in questions],
        comments=[Comment(**row) for row in _file("threads")["comments"]],
        tables=[Table(**row) for row in places["tables"]],
        places=[Place(**row) for row in places["places"]],
        heads=[Heads(**row) for row in places["heads"]],
    )
