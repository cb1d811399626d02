"""Sessions: what is on, when, where, and who helps at it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from equalterms.journal.actions import Change, record
from equalterms.journal.models import Topic
from equalterms.lib.api.conditions import insist
from equalterms.lib.api.fields import refuse_field
from equalterms.people.actions import note_act
from equalterms.people.models import Account
from equalterms.programme.actions.telling import differing, hold, on_day, on_session, put
from equalterms.programme.models import Appearance, Event, Room, Session, session_code
from equalterms.programme.rules import check_hours, fingerprint, flow_version, local_day, whole_session


def _room(event: Event, ident: UUID | None) -> Room | None:
    room = event.rooms.filter(pk=ident).first() if ident else None
    if ident and room is None:
        raise refuse_field("room", "This event has no such room.")
    return room


def _fresh_code() -> str:
    code = session_code()
    while Session.objects.filter(code=code).exists():
        code = session_code()
    return code


def add_session(
    *,
    account: Account,
    event: Event,
    title: str,
    starts: datetime,
    ends: datetime,
    room: UUID | None = None,
    surgeons: Sequence[UUID] = (),
    **settings: Any,
) -> Session:
    """A session with its topic and code. `surgeons` are listed at the event, in the order to print.

    Its day is the venue's date at its start unless `day` says otherwise. Refuses as `invalid` an end
    before the start, and a room or a surgeon of another event.
    """
    check_hours(starts, ends)
    settings.setdefault("day", local_day(event, starts))
    with transaction.atomic():
        hold(on_day(event, "session", event.pk))
        session = Session.objects.create(
            event=event,
            topic=Topic.objects.create(),
            code=_fresh_code(),
            title=title,
            starts=starts,
            ends=ends,
            room=_room(event, room),
            **settings,
        )
        _seat(session, surgeons)
        note_act(account=account, event=event.pk, act="add-session", kind="session", subject=session.pk)
        record(*on_session(session))
    return session


def change_session(
    *, account: Account, session: Session, changes: Mapping[str, Any], seen: str | None = None
) -> Session:
    """Changes a session; `changes` may hold `room` (an id or None) and `surgeons` (ids in order).

    `seen` is the If-Match of whoever changes it. Refuses `changed-meanwhile`, and what `add_session`
    refuses.
    """
    told = on_session(session)
    told += [Change(session.topic_id, "surgeon", surgeon) for surgeon in changes.get("surgeons", ())]
    with transaction.atomic():
        _take_turns(session)
        hold(told)
        session = whole_session(session.pk)
        if seen is not None:
            insist(seen, fingerprint(session))
        changed = differing(session, _columns(session, changes))
        moved = "surgeons" in changes and _seat(session, changes["surgeons"])
        if not changed and not moved:
            return session
        check_hours(changed.get("starts", session.starts), changed.get("ends", session.ends))
        put(session, changed)
        act = f"session-{session.state}" if "state" in changed else "change-session"
        note_act(account=account, event=session.event_id, act=act, kind="session", subject=session.pk)
        record(*told)
    return session


def _take_turns(session: Session) -> Session:
    """The session as it stands, held until the transaction ends: before its topics, as askers do."""
    rows = Session.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
    return rows.get(pk=session.pk)


@transaction.atomic
def change_flow(
    *, account: Account, session: Session, changes: Mapping[str, Any], seen: str | None = None
) -> Session:
    """Pauses a session, slows it, or changes when things are looked at: `paused`, `slow`, `review`. `seen` is
    the If-Match of whoever changes it, where they say one: refuses `changed-meanwhile` then.

    Told on the session's own topic, as none of it is printed with the day. Each change is a line of the
    audit list: pause, resume, slow, review-mode.
    """
    session = _take_turns(session)
    if seen is not None:
        insist(seen, flow_version(session))
    changed = differing(session, changes)
    if not changed:
        return session
    put(session, changed)
    paused = "pause" if session.paused else "resume"
    said = {"paused": paused, "slow": "slow", "review": "review-mode"}
    for name in changed:
        note_act(account=account, event=session.event_id, act=said[name], kind="session", subject=session.pk)
    record(Change(session.topic_id, "session", session.pk))
    return session


def _columns(session: Session, changes: Mapping[str, Any]) -> dict[str, Any]:
    columns = {name: value for name, value in changes.items() if name != "surgeons"}
    if "room" in columns:
        columns["room"] = _room(session.event, columns["room"])
    if "starts" in columns and columns["starts"] != session.starts:
        columns.setdefault("day", local_day(session.event, columns["starts"]))
    return columns


def _seat(session: Session, surgeons: Sequence[UUID]) -> bool:
    """Makes these the surgeons at a session, in this order; False if they are already."""
    seated = session.appearances.order_by("position", "pk").values_list("surgeon", flat=True)
    if list(seated) == list(surgeons):
        return False
    listed = set(session.event.listings.filter(surgeon__in=surgeons).values_list("surgeon", flat=True))
    if len(set(surgeons)) != len(surgeons) or set(surgeons) != listed:
        raise refuse_field("surgeons", "Please name surgeons who are listed at this event, each once.")
    session.appearances.all().delete()
    Appearance.objects.bulk_create(
        Appearance(session=session, surgeon_id=surgeon, position=position)
        for position, surgeon in enumerate(surgeons)
    )
    return True
