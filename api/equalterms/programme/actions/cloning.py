"""Setting up a day like one there was."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from equalterms.journal.models import Topic
from equalterms.people.actions import note_act
from equalterms.people.models import Account
from equalterms.programme.actions.events import new_event
from equalterms.programme.models import Appearance, Event, Listing, Room, Session, SessionState, session_code
from equalterms.programme.rules import local_day

# What the new day says and does as the old one did. Its code of the day and safety lead are its own.
EVENT_KEPT = (
    "tagline", "about", "venue", "language", "review", "mixing", "proof", "help_lines", "help_reviewed",
    "keep_days", "labels", "minutes",
)  # fmt: skip
ROOM_KEPT = ("name", "about", "position")
SESSION_KEPT = (
    "kind", "title", "subtitle", "track", "language", "about", "links", "capacity", "review",
)  # fmt: skip


@transaction.atomic
def clone_event(*, account: Account, event: Event, title: str, slug: str, starts: date) -> Event:
    """A draft of the same day on another date, run by `account` alone: its rooms, sessions, surgeons and
    settings, under codes of its own. Nothing anybody sent comes along, and no session that was cancelled.

    `starts` is a date of the venue. Every hour stays as the clock on its wall shows it. Refuses `slug-taken`.
    """
    days = starts - local_day(event, event.starts)
    zone = ZoneInfo(event.timezone)
    begins, ends = moved(event.starts, event.ends, days, zone)
    settings = {name: getattr(event, name) for name in EVENT_KEPT} | {"organiser": account}
    new = new_event(slug=slug, title=title, starts=begins, ends=ends, timezone=event.timezone, **settings)
    listed = event.listings.values_list("surgeon", flat=True)
    Listing.objects.bulk_create(Listing(event=new, surgeon_id=surgeon) for surgeon in listed)
    _sessions(event, new, days, _rooms(event, new))
    note_act(account=account, event=new.pk, act="clone-event", kind="event", subject=event.pk)
    return new


def moved(starts: datetime, ends: datetime, days: timedelta, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The same hours by the clock of `zone`, so many days later. Where that night's change of the clock
    leaves no time between them, it lasts as long as it did."""
    begins, over = (
        (moment.astimezone(zone).replace(tzinfo=None) + days).replace(tzinfo=zone)
        for moment in (starts, ends)
    )
    # Moments of one zone are compared by the clock on the wall; these are to be compared as moments.
    length = over.timestamp() - begins.timestamp()
    if length <= 0:
        over = datetime.fromtimestamp(begins.timestamp() + (ends - starts).total_seconds(), zone)
    return begins, over


def _rooms(event: Event, new: Event) -> dict[UUID | None, Room]:
    """The rooms of the new day by the ids of the old ones."""
    rooms: dict[UUID | None, Room] = {
        room.pk: Room(event=new, **{name: getattr(room, name) for name in ROOM_KEPT})
        for room in event.rooms.all()
    }
    Room.objects.bulk_create(rooms.values())
    return rooms


def _sessions(event: Event, new: Event, days: timedelta, rooms: dict[UUID | None, Room]) -> None:
    old = event.sessions.exclude(state=SessionState.CANCELLED).prefetch_related("appearances")
    zone = ZoneInfo(event.timezone)
    pairs = [(session, _session(session, new, days, zone)) for session in old]
    for (session, copy), code in zip(pairs, _fresh_codes(len(pairs)), strict=True):
        copy.room, copy.code = rooms.get(session.room_id), code
    Topic.objects.bulk_create([copy.topic for _, copy in pairs])
    Session.objects.bulk_create([copy for _, copy in pairs])
    Appearance.objects.bulk_create(
        Appearance(session=copy, surgeon_id=seat.surgeon_id, position=seat.position)
        for session, copy in pairs
        for seat in session.appearances.all()
    )


def _session(session: Session, new: Event, days: timedelta, zone: ZoneInfo) -> Session:
    starts, ends = moved(session.starts, session.ends, days, zone)
    kept = {name: getattr(session, name) for name in SESSION_KEPT}
    return Session(event=new, topic=Topic(), starts=starts, ends=ends, day=session.day + days, **kept)


def _fresh_codes(number: int) -> Sequence[str]:
    """So many short codes that no session has, in as few readings as it takes."""
    codes: set[str] = set()
    while len(codes) < number:
        drawn = {session_code() for _ in range(number - len(codes))}
        codes |= drawn - set(Session.objects.filter(code__in=drawn).values_list("code", flat=True))
    return sorted(codes)
