"""Setting up a day and changing its settings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from equalterms.journal.actions import Change, record
from equalterms.journal.models import Topic
from equalterms.lib.api.conditions import insist
from equalterms.lib.api.fields import refuse_field
from equalterms.lib.refusal import Refusal
from equalterms.people.actions import note_act
from equalterms.people.models import Account
from equalterms.programme.actions.people.invitations import end_ways_in
from equalterms.programme.actions.telling import differing, hold, on_day, put
from equalterms.programme.models import (
    EVENT_MOVES,
    Event,
    EventState,
    OldAddress,
    Role,
    RoleKind,
    Session,
    event_code,
)
from equalterms.programme.rules import address_free, check_hours, check_zone, first_help_lines, reviews_there

# What a session's own page shows of its event.
SHOWN_BY_SESSIONS = frozenset({"slug", "title", "timezone", "review", "state"})


def _check_address(slug: str, event: Event | None = None) -> None:
    if not address_free(slug, event):
        raise Refusal("slug-taken", "Another event has, or had, this address. Please choose another.")


def _fresh_code() -> str:
    code = event_code()
    while not address_free(code):
        code = event_code()
    return code


def new_event(
    *,
    slug: str,
    title: str,
    starts: datetime,
    ends: datetime,
    timezone: str,
    organiser: Account | None = None,
    **settings: Any,
) -> Event:
    """An event in draft, with its two topics, its short code and the help lines of its country.

    `organiser` may run it at once. `settings` are further columns of Event. Refuses `slug-taken`, and
    as `invalid` an unknown time zone or an end before the start.
    """
    check_zone(timezone)
    check_hours(starts, ends)
    settings.setdefault("help_lines", first_help_lines(timezone))
    with transaction.atomic():
        _check_address(slug)
        event = Event.objects.create(
            slug=slug,
            code=_fresh_code(),
            title=title,
            starts=starts,
            ends=ends,
            timezone=timezone,
            day=Topic.objects.create(),
            now=Topic.objects.create(),
            **settings,
        )
        if organiser:
            Role.objects.create(account=organiser, event=event, role=RoleKind.ORGANISER)
            end_ways_in(account=organiser)
            note_act(account=organiser, event=event.pk, act="new-event", kind="event", subject=event.pk)
    return event


def change_event(
    *, account: Account, event: Event, changes: Mapping[str, Any], seen: str | None = None
) -> Event:
    """Changes columns of an event. `seen` is the If-Match of whoever changes it.

    Refuses `changed-meanwhile`, `slug-taken`, `move-not-possible` for a state that cannot follow, and
    `no-help-lines` to publishing a day that names nobody to turn to, and as `invalid` a safety lead who
    does not decide there.
    """
    changes = _columns(changes)
    told = _told(event, changes)
    with transaction.atomic():
        versions = hold(told)
        event.refresh_from_db()
        if seen is not None:
            insist(seen, versions[event.day_id])
        if not (changed := differing(event, changes)):
            return event
        _check(event, changed)
        if "slug" in changed:
            _keep_address(event, changed["slug"])
        put(event, changed)
        act = f"event-{event.state}" if "state" in changed else "change-event"
        note_act(account=account, event=event.pk, act=act, kind="event", subject=event.pk)
        record(*told)
    return event


def _columns(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The safety lead comes as an id."""
    return {"safety_lead_id" if name == "safety_lead" else name: value for name, value in changes.items()}


def _told(event: Event, changes: Mapping[str, Any]) -> list[Change]:
    told = on_day(event, "event", event.pk)
    if SHOWN_BY_SESSIONS & set(changes):
        sessions = Session.objects.filter(event=event).values_list("topic", "pk")
        told += [Change(topic, "session", ident) for topic, ident in sessions]
    return told


def _check(event: Event, changed: Mapping[str, Any]) -> None:
    check_hours(changed.get("starts", event.starts), changed.get("ends", event.ends))
    check_zone(changed.get("timezone", event.timezone))
    _check_lead(changed.get("safety_lead_id"), event)
    state = changed.get("state", event.state)
    if state != event.state and state not in EVENT_MOVES[event.state]:
        raise Refusal("move-not-possible", f"An event that is {event.state} cannot become {state}.")
    if {"state", "help_lines"} & set(changed) and state == EventState.PUBLISHED:
        _check_help_lines(changed.get("help_lines", event.help_lines))


def _check_lead(lead: UUID | None, event: Event) -> None:
    if lead is not None and not reviews_there(lead, event):
        raise refuse_field("safety_lead", "Please choose somebody who moderates or organises this day.")


def _check_help_lines(lines: object) -> None:
    if not lines:
        raise Refusal(
            "no-help-lines",
            "Please name somebody to turn to first: a published day needs at least one help line.",
        )


def _keep_address(event: Event, slug: str) -> None:
    """The old slug is printed somewhere, so it keeps resolving."""
    _check_address(slug, event)
    event.old_addresses.filter(address=slug).delete()
    OldAddress.objects.create(address=event.slug, event=event)
