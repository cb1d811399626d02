"""One short transaction that makes the programme say what the plan says, and tells who follows it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from equalterms.journal.actions import Change, record
from equalterms.journal.models import Topic
from equalterms.people.actions import note_act
from equalterms.people.models import Account, Surgeon
from equalterms.programme.imports.compare import Difference, Row, Rows
from equalterms.programme.models import (
    Appearance,
    Event,
    Listing,
    OldAddress,
    Room,
    Session,
    event_code,
    session_code,
)

# More changes than this are told as one change of the event: a follower reads the printed day again.
MOST_CHANGES = 100


class Moved(Exception):
    """The programme moved between comparing and writing: compare again."""


def write(difference: Difference, account: Account | None = None) -> None:
    """Writes all of it or nothing. Raises Moved where the printed day is not as it was compared.

    `account` is who brought the file, for the audit list."""
    with transaction.atomic():
        _hold(difference)
        if difference.is_new:
            _new_event(difference.event)
        elif difference.event_fields:
            difference.event.save(update_fields=sorted(difference.event_fields))
        Appearance.objects.filter(pk__in=difference.gone_appearances).delete()
        Listing.objects.filter(pk__in=[row.pk for row in difference.gone_listings]).delete()
        _rows(Room, difference.rooms)
        _rows(Surgeon, difference.surgeons)
        Listing.objects.bulk_create(difference.new_listings)
        _new_sessions(difference.sessions.new)
        _rows(Session, Rows([], difference.sessions.changed, difference.sessions.fields))
        _rows(Appearance, difference.appearances)
        Room.objects.filter(pk__in=[row.pk for row in difference.gone_rooms]).delete()
        if account is not None:
            event = difference.event.pk
            note_act(account=account, event=event, act="import-schedule", kind="event", subject=event)
        record(*changes(difference))


def _hold(difference: Difference) -> None:
    """Locks all topics that will move, in the journal's order, and checks the day is as it was compared."""
    event = difference.event
    if difference.is_new:
        if Event.objects.filter(source=event.source).exists():
            raise Moved
        return
    told = {change.topic for change in changes(difference)} | {event.day_id}
    held = Topic.objects.select_for_update().filter(pk__in=told).order_by("pk")
    if dict(held.values_list("pk", "version"))[event.day_id] != difference.seen:
        raise Moved


def _new_event(event: Event) -> None:
    event.day, event.now = Topic.objects.bulk_create([Topic(), Topic()])
    event.slug = _free_slug(event.slug)
    taken = set(Event.objects.values_list("code", flat=True)) | set(_old_addresses())
    while event.code in taken:
        event.code = event_code()
    event.save(force_insert=True)


def _old_addresses() -> Iterable[str]:
    return OldAddress.objects.values_list("address", flat=True)


def _free_slug(wish: str) -> str:
    """The wish, or it with the next free number where another event is or was at that address."""
    near = {"slug__startswith": wish[:50]}
    taken = set(Event.objects.filter(**near).values_list("slug", flat=True)) | set(_old_addresses())
    slug, number = wish, 1
    while slug in taken:
        number += 1
        slug = f"{wish[:50]}-{number}"
    return slug


def _new_sessions(sessions: Sequence[Session]) -> None:
    codes = {session.code for session in sessions}
    taken = set(Session.objects.filter(code__in=codes).values_list("code", flat=True))
    for session in sessions:
        while session.code in taken:
            session.code = session_code()
        taken.add(session.code)
        session.topic = Topic()
    Topic.objects.bulk_create([session.topic for session in sessions])
    Session.objects.bulk_create(sessions)


def _rows(model: type[Row], rows: Rows[Row]) -> None:
    model._default_manager.bulk_create(rows.new)
    if rows.changed:
        names = sorted(name.removesuffix("_id") for name in rows.fields)
        model._default_manager.bulk_update(rows.changed, names, batch_size=100)


def changes(difference: Difference) -> list[Change]:
    """What followers are told: each session on its own topic, and on the day and now as they print it."""
    told = [Change(row.topic_id, "session", row.id) for row in difference.touched.values()]
    for session, surgeons in difference.moved.items():
        topic = difference.touched[session].topic_id
        told += [Change(topic, "surgeon", surgeon) for surgeon in surgeons]
    printed = _printed(difference)
    if difference.is_new or len(printed) > MOST_CHANGES:
        printed = [("event", difference.event.id)]
    return told + [
        Change(topic, kind, subject)
        for topic in (difference.event.day_id, difference.event.now_id)
        for kind, subject in printed
    ]


def _printed(difference: Difference) -> list[tuple[str, UUID]]:
    printed = [("event", difference.event.id)] if difference.event_fields else []
    rooms = [*difference.rooms.new, *difference.rooms.changed, *difference.gone_rooms]
    printed += [("room", row.id) for row in rooms]
    listed = {row.surgeon_id for row in difference.gone_listings}
    people = {row.id for row in [*difference.surgeons.new, *difference.surgeons.changed]} | listed
    printed += [("surgeon", surgeon) for surgeon in sorted(people)]
    sessions = [*difference.sessions.new, *difference.touched.values()]
    return printed + [("session", row.id) for row in sessions]
