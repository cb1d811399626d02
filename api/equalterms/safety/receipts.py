"""Keeping, checking and forgetting receipts: the only ties between a phone's secret and a row."""

import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from equalterms.lib.ids import b64u
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Event, Session
from equalterms.programme.rules import day_is_over
from equalterms.safety.models import Receipt, SubjectKind, Tombstone
from equalterms.safety.profile.pepper import gone_mark, verifier

MOST_EDITS = 5


@dataclass(frozen=True)
class Claimed:
    """What a client says it holds: the subject's id and the secret's `auth`, with its optional key."""

    kind: SubjectKind
    subject: UUID
    auth: bytes
    reply_key: bytes | None = None


def no_such_receipt() -> Refusal:
    """The one answer to wrong and unknown receipts."""
    return Refusal("no-such-receipt", "We cannot find anything for this receipt.", status=404)


def is_withdrawn(event: UUID, kind: str, subject: UUID) -> bool:
    return Tombstone.objects.filter(pk=b64u(gone_mark(event, kind, subject))).exists()


def withdrawn_of(event: UUID, claims: Iterable[Claimed]) -> set[UUID]:
    """The subjects among these that were withdrawn."""
    marks = {b64u(gone_mark(event, claimed.kind, claimed.subject)): claimed.subject for claimed in claims}
    return {marks[mark] for mark in Tombstone.objects.filter(pk__in=marks).values_list("pk", flat=True)}


def unknown_of(session: Session, claims: Collection[Claimed]) -> set[UUID]:
    """The subjects among these whose `standing` is new; none where all receipts of the day are gone."""
    if session.event.purged:
        return set()
    kept = Receipt.objects.filter(pk__in=[claimed.subject for claimed in claims])
    known = withdrawn_of(session.event_id, claims) | set(kept.values_list("pk", flat=True))
    return {claimed.subject for claimed in claims} - known


def withdrawn() -> Refusal:
    return Refusal("withdrawn", "This was withdrawn. It is gone.", status=410)


def standing(session: Session, claimed: Claimed) -> Literal["new", "mine", "taken"]:
    """Whether an id is free, kept under this very auth, or kept under another. Refuses withdrawn ids, and
    `day-is-over` where all receipts of the day are gone."""
    if session.event.purged:
        raise day_is_over()
    if is_withdrawn(session.event_id, claimed.kind, claimed.subject):
        raise withdrawn()
    kept = Receipt.objects.filter(pk=claimed.subject).first()
    if kept is None:
        return "new"
    wanted = verifier(session.event_id, claimed.kind, claimed.auth)
    return "mine" if hmac.compare_digest(bytes(kept.verifier), wanted) else "taken"


def already_asked() -> Refusal:
    return Refusal("already-asked", "You sent this already, with other words. Edit it instead.")


def id_taken() -> Refusal:
    return Refusal("id-taken", "This id is in use. Please send again under a new one.")


def opened(session: Session, kind: SubjectKind, subject: UUID, auth: bytes) -> Receipt:
    """The receipt of `subject` if `auth` opens it. Refuses withdrawn (410), wrong and unknown (404); after
    the purge of a day all of its receipts are unknown."""
    if session.event.purged:
        raise no_such_receipt()
    if is_withdrawn(session.event_id, kind, subject):
        raise withdrawn()
    receipt = Receipt.objects.filter(pk=subject, topic=session.topic_id, kind=kind).first()
    wanted = verifier(session.event_id, kind, auth)
    if not hmac.compare_digest(bytes(receipt.verifier) if receipt else bytes(32), wanted) or receipt is None:
        raise no_such_receipt()
    return receipt


def find(auth: bytes) -> Receipt:
    """The receipt that `auth` opens, whatever its event and kind: every one of them is tried."""
    candidates = [
        verifier(event, kind, auth)
        for event in Event.objects.filter(purged=False).values_list("pk", flat=True)
        for kind in SubjectKind.values
    ]
    receipt = Receipt.objects.filter(verifier__in=candidates).first() if candidates else None
    if receipt is None:
        raise no_such_receipt()
    return receipt
