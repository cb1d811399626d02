"""Surgeons: who is listed at a day, and what their profiles say."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.db import transaction

from equalterms.journal.actions import Change, record
from equalterms.lib.api.conditions import insist
from equalterms.lib.refusal import Refusal
from equalterms.people.actions import note_act
from equalterms.people.models import Account, Surgeon
from equalterms.programme.actions.telling import differing, hold, on_day, on_session, put
from equalterms.programme.models import Appearance, Event, Listing, Session
from equalterms.programme.rules import (
    knows,
    may_edit_profile,
    may_publish_profile,
    not_yours,
    profile_version,
)


class Leaving(Protocol):
    def __call__(self, *, event: Event, surgeon: Surgeon) -> None: ...


_leavings: list[Leaving] = []


def when_leaving(leaving: Leaving) -> None:
    """From now on `leaving` is called, in a transaction of its own, before a surgeon is taken off a day or a
    profile is taken down: a floor above clears up what it keeps of them there."""
    _leavings.append(leaving)


class Writing(Protocol):
    def __call__(self, *, surgeon: Surgeon) -> list[Change]: ...


_writings: list[Writing] = []


def when_renamed(written: Writing) -> None:
    """From now on what `written` gives is told too when a profile is renamed, published or taken down: what
    a floor above prints under the surgeon's name."""
    _writings.append(written)


def _leave(surgeon: Surgeon, event: Event) -> None:
    for leaving in _leavings:
        leaving(event=event, surgeon=surgeon)


def _listed(account: Account, event: Event, surgeon: Surgeon, act: str) -> None:
    note_act(account=account, event=event.pk, act=act, kind="surgeon", subject=surgeon.pk)
    record(*on_day(event, "surgeon", surgeon.pk))


def add_surgeon(*, account: Account, event: Event, name: str) -> Surgeon:
    """Lists somebody who has no account, with an unpublished profile."""
    with transaction.atomic():
        surgeon = Surgeon.objects.create(name=name)
        Listing.objects.create(event=event, surgeon=surgeon)
        _listed(account, event, surgeon, "add-surgeon")
    return surgeon


def list_surgeon(*, account: Account, event: Event, surgeon: Surgeon) -> None:
    """Lists a surgeon of another event that `account` organises; once is enough.

    Refuses anybody else with 403: being listed lets organisers edit a profile, so it is not for
    strangers to take.
    """
    if not knows(account, surgeon):
        raise not_yours()
    with transaction.atomic():
        hold(on_day(event, "surgeon", surgeon.pk))
        if Listing.objects.get_or_create(event=event, surgeon=surgeon)[1]:
            _listed(account, event, surgeon, "list-surgeon")


def unlist_surgeon(*, account: Account, event: Event, surgeon: Surgeon) -> None:
    """Takes a surgeon off a day and all its sessions. The profile stays its owner's."""
    _leave(surgeon, event)
    sessions = Session.objects.filter(event=event, appearances__surgeon=surgeon).select_related("event")
    told = on_day(event, "surgeon", surgeon.pk)
    for session in sessions:
        told += [*on_session(session), Change(session.topic_id, "surgeon", surgeon.pk)]
    with transaction.atomic():
        hold(told)
        Appearance.objects.filter(session__event=event, surgeon=surgeon).delete()
        Listing.objects.filter(event=event, surgeon=surgeon).delete()
        note_act(account=account, event=event.pk, act="unlist-surgeon", kind="surgeon", subject=surgeon.pk)
        record(*told)


def change_profile(
    *, account: Account, surgeon: Surgeon, changes: Mapping[str, Any], seen: str | None = None
) -> Surgeon:
    """Changes a profile and tells every day and session that prints it. `seen` is the If-Match of whoever
    changes it, where they say one.

    Refuses `changed-meanwhile`; `not-yours` to anybody but its owner and the organisers of events where it
    is listed; and `owners-choice` to an organiser who would make more of an owned profile public. Taking
    down is always allowed.
    """
    if not may_edit_profile(account, surgeon):
        raise not_yours()
    if changes.get("published") is False:
        for event in Event.objects.filter(listings__surgeon=surgeon):
            _leave(surgeon, event)
    told = told_of(surgeon, changes)
    with transaction.atomic():
        hold(told)
        surgeon = _take_turns(surgeon)
        if seen is not None:
            insist(seen, profile_version(surgeon))
        if not (changed := differing(surgeon, changes)):
            return surgeon
        if _reveals(surgeon, changed) and not may_publish_profile(account, surgeon):
            said = "Only the surgeon can make more of this profile public."
            raise Refusal("owners-choice", said, status=403)
        put(surgeon, changed)
        record(*told)
    return surgeon


def _take_turns(surgeon: Surgeon) -> Surgeon:
    """The profile as it stands, held until the transaction ends: it may be listed nowhere yet."""
    return Surgeon.objects.select_for_update(no_key=True, of=("self",)).with_photos().get(pk=surgeon.pk)


def _reveals(surgeon: Surgeon, changed: Mapping[str, Any]) -> bool:
    return bool(changed.get("published")) or bool(set(changed.get("public", ())) - set(surgeon.public))


def told_of(surgeon: Surgeon, changes: Mapping[str, Any] | None = None) -> list[Change]:
    """What is to be told of these changes: wherever the surgeon is listed or appears, and, where the name
    they are printed under changes, at whatever they wrote."""
    changes = changes or {}
    told: list[Change] = []
    for event in Event.objects.filter(listings__surgeon=surgeon):
        told += on_day(event, "surgeon", surgeon.pk)
        if changes.get("published"):  # where they are may be read from now on
            told.append(Change(event.now_id, "presence", surgeon.pk))
    for session in Session.objects.filter(appearances__surgeon=surgeon).select_related("event"):
        told.append(Change(session.topic_id, "surgeon", surgeon.pk))
        if {"name", "published"} & set(changes):
            told += on_session(session)
    if {"name", "published"} & set(changes):
        for written in _writings:
            told += written(surgeon=surgeon)
    return told
