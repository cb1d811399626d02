"""What an import would change: the plan beside the rows as they are. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model

from equalterms.people.models import Surgeon
from equalterms.programme.imports.plan import Plan, PlannedPerson, PlannedRoom, PlannedSession
from equalterms.programme.models import Appearance, Event, EventState, Listing, Room, Session, SessionState
from equalterms.programme.rules import first_help_lines

GONE = "gone "  # before the source of a session that the file dropped: only such a one is planned again
EVENT_FIELDS = ("title", "tagline", "venue", "timezone", "starts", "ends")
ROOM_FIELDS = ("name", "about", "position", "source")
SURGEON_FIELDS = ("name", "about", "published")
SESSION_FIELDS = (
    "title", "subtitle", "track", "kind", "language", "about", "links", "starts", "ends", "day",
)  # fmt: skip


Row = TypeVar("Row", bound=Model)


@dataclass
class Rows(Generic[Row]):
    """Rows of one kind on their way in: new ones, changed ones, and the names of what changed in them."""

    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    before: dict[Any, dict[str, Any]] = field(default_factory=dict)  # what changed rows said, by their ids

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)

    def settle(self, row: Row, wanted: dict[str, Any]) -> set[str]:
        """Sets what differs on an existing row; it joins the changed ones if anything did."""
        different = {name for name, value in wanted.items() if getattr(row, name) != value}
        if different:
            self.before[row.pk] = {name: getattr(row, name) for name in different}
            self.changed.append(row)
            self.fields |= different
        for name in different:
            setattr(row, name, wanted[name])
        return different


@dataclass
class Difference:
    """All that differs between a plan and the rows. `seen` is the printed day's version it was read at."""

    event: Event
    is_new: bool
    seen: int = 0
    event_fields: set[str] = field(default_factory=set)
    event_before: dict[str, Any] = field(default_factory=dict)
    rooms: Rows[Room] = field(default_factory=Rows)
    surgeons: Rows[Surgeon] = field(default_factory=Rows)
    sessions: Rows[Session] = field(default_factory=Rows)
    appearances: Rows[Appearance] = field(default_factory=Rows)
    new_listings: list[Listing] = field(default_factory=list)
    gone_listings: list[Listing] = field(default_factory=list)
    gone_rooms: list[Room] = field(default_factory=list)
    gone_appearances: list[UUID] = field(default_factory=list)
    cancelled: int = 0
    renamed: set[UUID] = field(default_factory=set)  # rooms and surgeons under a new name
    touched: dict[UUID, Session] = field(default_factory=dict)  # sessions whose printed form changes
    moved: dict[UUID, list[UUID]] = field(default_factory=dict)  # session: surgeons changed at it

    def __bool__(self) -> bool:
        """True where there is anything to write."""
        kinds = (self.rooms, self.surgeons, self.sessions, self.appearances)
        gone = (self.gone_listings, self.gone_rooms, self.gone_appearances, self.new_listings)
        return self.is_new or bool(self.event_fields) or any(kinds) or any(gone)


def compare(plan: Plan, *, publish: bool, into: UUID | None = None) -> Difference:
    """What to write so that the programme says what `plan` says. Rows made by hand are left alone.

    `into` is the event that it is for, whatever it was imported from; by default, the one imported from
    the same schedule, or a new one."""
    difference = _event(plan, publish=publish, into=into)
    rooms = _rooms(plan.rooms, difference)
    surgeons = _people(plan.people, difference)
    sessions = _sessions(plan.sessions, rooms, difference)
    _appearances(plan.sessions, sessions, surgeons, difference)
    _gone_rooms(plan.rooms, sessions.values(), difference)
    if difference.event_fields & {"title", "timezone"}:
        difference.touched.update((row.id, row) for row in sessions.values())
    return difference


def _event(plan: Plan, *, publish: bool, into: UUID | None) -> Difference:
    wanted_event = {"source": plan.source} if into is None else {"pk": into}
    event = Event.objects.select_related("day").filter(**wanted_event).first()
    if event is None:
        state = EventState.PUBLISHED if publish else EventState.DRAFT
        words = {name: getattr(plan, name) for name in EVENT_FIELDS}
        lines = first_help_lines(plan.timezone)
        event = Event(source=plan.source, slug=plan.slug, state=state, help_lines=lines, **words)
        return Difference(event, is_new=True)
    difference = Difference(event, is_new=False, seen=event.day.version)
    wanted = {name: getattr(plan, name) for name in EVENT_FIELDS}
    for name in ("tagline", "venue"):  # what the file leaves out, an organiser may have written
        wanted[name] = wanted[name] or getattr(event, name)
    if publish and event.state == EventState.DRAFT:
        wanted["state"] = EventState.PUBLISHED
    if not event.source and not Event.objects.filter(source=plan.source).exists():
        wanted["source"] = plan.source
    for name, value in wanted.items():
        if getattr(event, name) != value:
            difference.event_before[name] = getattr(event, name)
            setattr(event, name, value)
            difference.event_fields.add(name)
    return difference


def _rooms(planned: list[PlannedRoom], difference: Difference) -> dict[str, Room]:
    """Rooms by name. One made by hand under the same name becomes the file's; one that is renamed in
    the file is found by its source."""
    existing = [] if difference.is_new else list(Room.objects.filter(event=difference.event))
    names = {room.name for room in planned}
    by_name = {row.name: row for row in existing}
    by_source = {row.source: row for row in existing if row.source and row.name not in names}
    found = {}
    for room in planned:
        row = by_name.get(room.name) or by_source.pop(room.source, None)
        wanted = {name: getattr(room, name) for name in ROOM_FIELDS}
        if row is None:
            row = Room(event=difference.event, **wanted)
            difference.rooms.new.append(row)
        else:
            wanted["about"] = room.about or row.about
            if "name" in difference.rooms.settle(row, wanted):
                difference.renamed.add(row.id)
        found[room.name] = row
    return found


def _people(planned: list[PlannedPerson], difference: Difference) -> dict[str, Surgeon]:
    """Surgeons by source. One who has an account speaks for themselves: the file changes no word."""
    event = difference.event
    listings = [] if difference.is_new else Listing.objects.filter(event=event).select_related("surgeon")
    known = {listing.source: listing for listing in listings if listing.source}
    found = {}
    for person in planned:
        listing = known.pop(person.source, None)
        if listing is None:
            surgeon = Surgeon(name=person.name, about=person.about, public=["about"], published=True)
            difference.surgeons.new.append(surgeon)
            difference.new_listings.append(Listing(event=event, surgeon=surgeon, source=person.source))
        else:
            surgeon = listing.surgeon
            if surgeon.account_id is None:
                wanted = {"name": person.name, "about": person.about or surgeon.about}
                if "name" in difference.surgeons.settle(surgeon, wanted):
                    difference.renamed.add(surgeon.id)
        found[person.source] = surgeon
    difference.gone_listings = list(known.values())
    _unpublish(difference)
    return found


def _unpublish(difference: Difference) -> None:
    """Nobody's profile that is listed at no other event is not shown any more."""
    gone = {listing.surgeon_id for listing in difference.gone_listings}
    if not gone:
        return
    others = Listing.objects.filter(surgeon__in=gone).exclude(event=difference.event)
    elsewhere = set(others.values_list("surgeon", flat=True))
    for listing in difference.gone_listings:
        if listing.surgeon.account_id is None and listing.surgeon_id not in elsewhere:
            difference.surgeons.settle(listing.surgeon, {"published": False})


def _sessions(
    planned: list[PlannedSession], rooms: dict[str, Room], difference: Difference
) -> dict[str, Session]:
    """Sessions by source. What the file dropped is cancelled: people's words hang on it."""
    event = difference.event
    existing = Session.objects.filter(event=event)
    rows: list[Session] = [] if difference.is_new else list(existing)
    known = {row.source.removeprefix(GONE): row for row in rows if row.source}
    found = {}
    for session in planned:
        room = rooms.get(session.room)
        wanted: dict[str, Any] = {name: getattr(session, name) for name in SESSION_FIELDS}
        wanted["room_id"] = room.id if room else None
        row = known.pop(session.source, None)
        if row is None:
            row = Session(event=event, source=session.source, **wanted)
            difference.sessions.new.append(row)
        else:
            if row.source.startswith(GONE):
                wanted |= {"source": session.source, "state": SessionState.PLANNED}
            if difference.sessions.settle(row, wanted) or row.room_id in difference.renamed:
                difference.touched[row.id] = row
        found[session.source] = row
    for source, row in known.items():
        if not row.source.startswith(GONE) and row.state != SessionState.CANCELLED:
            difference.sessions.settle(row, {"state": SessionState.CANCELLED, "source": GONE + source})
            difference.touched[row.id] = row
            difference.cancelled += 1
    return found


def _appearances(
    planned: list[PlannedSession],
    sessions: dict[str, Session],
    surgeons: dict[str, Surgeon],
    difference: Difference,
) -> None:
    """Who is in what, in the order printed. Surgeons whom no file listed stay where they are."""
    existing = {} if difference.is_new else _listed_appearances(sessions.values(), difference.event)
    new = {row.id for row in difference.sessions.new}
    for session in planned:
        row = sessions[session.source]
        for position, source in enumerate(session.people):
            surgeon = surgeons[source]
            known = existing.pop((row.id, surgeon.id), None)
            if known is None:
                known = Appearance(session=row, surgeon=surgeon, position=position)
                difference.appearances.new.append(known)
                moved = True
            else:
                moved = bool(difference.appearances.settle(known, {"position": position}))
            if (moved or surgeon.id in difference.renamed) and row.id not in new:
                _move(row, surgeon.id, difference)
    by_id = {row.id: row for row in sessions.values()}
    for gone in existing.values():
        difference.gone_appearances.append(gone.id)
        _move(by_id[gone.session_id], gone.surgeon_id, difference)


def _listed_appearances(sessions: Iterable[Session], event: Event) -> dict[tuple[UUID, UUID], Appearance]:
    listed = Listing.objects.filter(event=event).exclude(source="").values("surgeon")
    rows = Appearance.objects.filter(session__event=event, surgeon__in=listed)
    ours = {row.id for row in sessions}
    return {(row.session_id, row.surgeon_id): row for row in rows if row.session_id in ours}


def _move(session: Session, surgeon: UUID, difference: Difference) -> None:
    difference.touched[session.id] = session
    difference.moved.setdefault(session.id, []).append(surgeon)


def _gone_rooms(planned: list[PlannedRoom], sessions: Iterable[Session], difference: Difference) -> None:
    """Rooms of the file that are in it no more, unless something (cancelled, or made by hand) is in them."""
    if difference.is_new:
        return
    names = {room.name for room in planned}
    leaving = {row.id: row.room_id for row in sessions}
    kept = {row.id for row in difference.rooms.changed}
    rooms = Room.objects.filter(event=difference.event).exclude(source="").exclude(name__in=names)
    for room in rooms.exclude(id__in=kept).prefetch_related("sessions"):
        if all(row.id in leaving and leaving[row.id] != room.id for row in room.sessions.all()):
            difference.gone_rooms.append(room)
