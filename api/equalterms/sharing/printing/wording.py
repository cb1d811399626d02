"""What stands on paper about a day or a session."""

import hashlib
from dataclasses import astuple, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from equalterms.programme.models import Event, Session

PROMISE = "No account, no name."
MOST_HELP = 3
HELD = str.maketrans(" ", "\u00a0")  # so that a number is not broken across lines


@dataclass(frozen=True)
class Printed:
    """The words on one sheet. `address` is what the code says, `typed` a shorter way there to type."""

    title: str
    subtitle: str
    when: str
    where: str
    call: str
    promise: str
    address: str
    typed: str
    help: str
    language: str
    spare_title: str  # for whoever cannot draw the title
    note: str = ""


def fingerprint(*sheets: Printed) -> int:
    """A number of 48 bits that moves with any word of these sheets."""
    words = "\0".join("\0".join(astuple(sheet)) for sheet in sheets)
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:6], "big")


def event_words(event: Event, origin: str) -> Printed:
    return Printed(
        title=event.title,
        subtitle=event.tagline,
        when=hours(event.starts, event.ends, event.timezone),
        where=event.venue,
        call="Scan this to read along and to ask.",
        promise=PROMISE,
        address=f"{origin}/e/{event.slug}",
        typed=typed(origin, "e", event.code),
        help=help_of(event),
        language=event.language,
        spare_title=event.slug,
    )


def session_words(session: Session, origin: str) -> Printed:
    """Of a session read with its event and room."""
    event = session.event
    return Printed(
        title=session.title,
        subtitle="",
        when=hours(session.starts, session.ends, event.timezone),
        where=session.room.name if session.room else "",
        call="Scan this to ask and to read along.",
        promise=PROMISE,
        address=f"{origin}/s/{session.code}",
        typed=typed(origin, "s", session.code),
        help=help_of(event),
        language=session.language or event.language,
        spare_title=f"Session {session.code}",
    )


def typed(origin: str, kind: str, code: str) -> str:
    """What to type where nothing can be scanned."""
    return f"Or go to {origin.partition('://')[2]}/{kind}/{code}"


def hours(starts: datetime, ends: datetime, timezone: str) -> str:
    """From when to when, by the clock on the venue's wall."""
    begins, over = (moment.astimezone(ZoneInfo(timezone)) for moment in (starts, ends))
    if begins.date() == over.date():
        return f"{_day(begins)}, {begins:%H:%M} to {over:%H:%M}"
    return f"{_day(begins)}, {begins:%H:%M} to {_day(over)}, {over:%H:%M}"


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def _day(moment: datetime) -> str:
    return f"{DAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def help_of(event: Event) -> str:
    """The first help lines that can be called or texted."""
    ways = [
        f"{line['name']} {line['tel']}" if line.get("tel") else f"{line['name']}: text {line['sms']}"
        for line in event.help_lines
        if line.get("tel") or line.get("sms")
    ]
    return (
        f"Need help right now? {' · '.join(way.translate(HELD) for way in ways[:MOST_HELP])}" if ways else ""
    )
