"""Rooms and tables."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from equalterms.journal.actions import record
from equalterms.lib.api.conditions import insist
from equalterms.lib.refusal import Refusal
from equalterms.people.actions import note_act
from equalterms.people.models import Account
from equalterms.programme.actions.telling import differing, hold, on_day, on_sessions, put
from equalterms.programme.models import Event, Room


def _check_name(event: Event, name: str, room: Room | None = None) -> None:
    others = event.rooms.filter(name=name)
    if (others.exclude(pk=room.pk) if room else others).exists():
        raise Refusal("room-name-taken", "This event has a room of that name already.")


def add_room(*, account: Account, event: Event, name: str, about: str = "") -> Room:
    """A room after the others. Refuses `room-name-taken`."""
    with transaction.atomic():
        hold(on_day(event, "room", event.pk))
        _check_name(event, name)
        last = event.rooms.aggregate(last=Max("position", default=-1))["last"]
        room = Room.objects.create(event=event, name=name, about=about, position=last + 1)
        note_act(account=account, event=event.pk, act="add-room", kind="room", subject=room.pk)
        record(*on_day(event, "room", room.pk))
    return room


def change_room(*, account: Account, room: Room, changes: Mapping[str, Any], seen: str | None = None) -> Room:
    """Sessions print the name of their room, so theirs change too. `seen` is the If-Match of whoever changes
    it: the ETag of the printed day, as that is where rooms are read. Refuses `changed-meanwhile` and
    `room-name-taken`."""
    told = on_day(room.event, "room", room.pk)
    if "name" in changes:
        told += on_sessions(room.event, room.sessions.values_list("pk", "topic"))
    with transaction.atomic():
        versions = hold(told)
        room.refresh_from_db()
        if seen is not None:
            insist(seen, versions[room.event.day_id])
        if not (changed := differing(room, changes)):
            return room
        if "name" in changed:
            _check_name(room.event, changed["name"], room)
        put(room, changed)
        note_act(account=account, event=room.event_id, act="change-room", kind="room", subject=room.pk)
        record(*told)
    return room


def remove_room(*, account: Account, room: Room, seen: str | None = None) -> None:
    """Refuses `room-in-use` while a session is printed in it, and, where `seen` is said as to `change_room`,
    `changed-meanwhile`."""
    told = on_day(room.event, "room", room.pk)
    with transaction.atomic():
        versions = hold(told)
        if seen is not None:
            insist(seen, versions[room.event.day_id])
        if room.sessions.exists():
            raise Refusal("room-in-use", "Sessions are in this room. Please move them first.")
        note_act(account=account, event=room.event_id, act="remove-room", kind="room", subject=room.pk)
        Room.objects.filter(pk=room.pk).delete()
        record(*told)
