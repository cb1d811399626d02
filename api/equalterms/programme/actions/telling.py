"""Who is told: each change is recorded on every topic whose snapshot shows its subject."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Model

from equalterms.journal.actions import Change, record
from equalterms.journal.models import Topic
from equalterms.programme.models import Event, Session


def on_day(event: Event, kind: str, subject: UUID) -> list[Change]:
    """A change of the printed day, echoed on the day as it goes."""
    return [Change(event.day_id, kind, subject), Change(event.now_id, kind, subject)]


def record_day(event: Event, kind: str, subject: UUID) -> list[int]:
    """Records a change of the printed day; gives the versions of `day` and `now`."""
    return record(*on_day(event, kind, subject))


def on_sessions(event: Event, sessions: Iterable[tuple[UUID, UUID]]) -> list[Change]:
    """Changed lines of the programme; `sessions` as (id, topic)."""
    told = []
    for ident, topic in sessions:
        told += [Change(topic, "session", ident), *on_day(event, "session", ident)]
    return told


def on_session(session: Session) -> list[Change]:
    return on_sessions(session.event, [(session.pk, session.topic_id)])


def hold(changes: Iterable[Change]) -> dict[UUID, int]:
    """Locks the topics that will be told, in the journal's order, before anything is read or written,
    so that writers of one day take turns; gives their versions."""
    told = {change.topic for change in changes}
    held = Topic.objects.select_for_update().filter(pk__in=told).order_by("pk")
    return dict(held.values_list("pk", "version"))


def differing(row: Model, changes: Mapping[str, Any]) -> dict[str, Any]:
    """What of `changes` is not so already."""
    return {name: value for name, value in changes.items() if getattr(row, name) != value}


def put(row: Model, changes: Mapping[str, Any]) -> None:
    """Writes these columns and no others."""
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))
