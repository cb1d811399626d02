"""Receipts and the sealed notes that answer them: kept, replaced, forgotten."""

from collections.abc import Collection
from operator import attrgetter
from uuid import UUID

from django.db import transaction

from equalterms.journal.actions import Change, record
from equalterms.lib import clock
from equalterms.lib.ids import b64u, unb64u
from equalterms.lib.refusal import Refusal
from equalterms.people.actions import settle_acts
from equalterms.programme.models import Mixing, Session
from equalterms.safety.models import Note, OpenedNote, Receipt, Tombstone
from equalterms.safety.profile.pepper import gone_mark, verifier
from equalterms.safety.profile.receipt import mailbox
from equalterms.safety.profile.sealing import SEALED, fits, seal
from equalterms.safety.receipts import Claimed, withdrawn_of


def keep_receipt(*, session: Session, claimed: Claimed) -> bool:
    """Keeps the receipt inside the caller's transaction; False if another request was first, be it to
    send the same or to withdraw it."""
    return claimed.subject in keep_receipts(session=session, claims=[claimed])


def keep_receipts(*, session: Session, claims: Collection[Claimed]) -> set[UUID]:
    """As `keep_receipt`, for many of one session; gives the subjects of those that are kept under just
    this claim."""
    gone = withdrawn_of(session.event_id, claims)
    rows = {
        claimed.subject: Receipt(
            subject=claimed.subject,
            kind=claimed.kind,
            topic_id=session.topic_id,
            verifier=verifier(session.event_id, claimed.kind, claimed.auth),
            reply_key=claimed.reply_key,
        )
        for claimed in sorted(claims, key=attrgetter("subject"))  # two at once wait in one order
        if claimed.subject not in gone
    }
    Receipt.objects.bulk_create(rows.values(), ignore_conflicts=True)
    stored = Receipt.objects.filter(pk__in=rows).values_list("pk", "verifier", "topic")
    return {
        subject
        for subject, kept, topic in stored
        if (bytes(kept), topic) == (rows[subject].verifier, session.topic_id)
    }


def leave_note(
    *,
    session: Session,
    subject: UUID,
    state: str,
    reason: str = "",
    words: str = "",
    into: UUID | None = None,
) -> bool:
    """Seals a private change into the session's notes, replacing the earlier one; False where the asker
    left no key. `into` is the question it was merged into. Refuses `note-too-long` beyond what one note
    holds."""
    receipt = Receipt.objects.filter(pk=subject).first()
    note = {"state": state, "reason": reason, "note": words, "at": clock.slot_iso(clock.slot())}
    if into is not None:
        note["into"] = str(into)
    if not fits(note):
        raise Refusal("note-too-long", "This note is too long to seal. Please use fewer words.", status=400)
    if receipt is None or receipt.reply_key is None:
        return False
    key = bytes(receipt.reply_key)
    _put(session, mailbox(key), seal(key, note))
    return True


def _put(session: Session, box: str, sealed: bytes) -> None:
    told = {"topic_id": session.topic_id, "sealed": sealed, "leaving": False}
    Note.objects.update_or_create(box=box, defaults=told)
    record(Change(session.topic_id, "notes", session.pk))


def sealed_note(*, subject: UUID) -> str | None:
    """The note in the asker's box, sealed as it is; None where there is none."""
    receipt = Receipt.objects.filter(pk=subject).exclude(reply_key=None).first()
    if receipt is None or receipt.reply_key is None:
        return None
    note = Note.objects.filter(box=mailbox(bytes(receipt.reply_key))).first()
    return b64u(bytes(note.sealed)) if note is not None else None


def return_note(*, session: Session, subject: UUID, sealed: str) -> None:
    """Puts a note that `sealed_note` gave back into its box."""
    receipt = Receipt.objects.filter(pk=subject).exclude(reply_key=None).first()
    if receipt is not None and receipt.reply_key is not None:
        _put(session, mailbox(bytes(receipt.reply_key)), unb64u(sealed, SEALED))


def forget(*, session: Session, receipt: Receipt) -> None:
    """Leaves a tombstone and deletes the receipt and what was opened with it, in the caller's transaction;
    `outdate_note` follows. What staff did to it can be undone no more."""
    mark = b64u(gone_mark(session.event_id, receipt.kind, receipt.subject))
    Tombstone.objects.get_or_create(pk=mark, defaults={"event": session.event_id})
    settle_acts(subject=receipt.subject)
    OpenedNote.objects.filter(subject=receipt.subject).delete()
    receipt.delete()


def drop_note(*, session: Session, receipt: Receipt) -> None:
    """Takes a note back at once. Called last, as `leave_note` is: by then the caller holds every topic it
    records on."""
    if receipt.reply_key is None:
        return
    if Note.objects.filter(box=mailbox(bytes(receipt.reply_key))).delete()[0]:
        record(Change(session.topic_id, "notes", session.pk))


def outdate_note(*, session: Session, receipt: Receipt) -> None:
    """Lets go of a note that its asker's change or withdrawal has made untrue: with others at the next tick,
    as the box would else tell everybody, to the second, that this asker does something now; at once only
    where nothing is mixed. Called last, as `drop_note`."""
    if session.event.mixing == Mixing.OFF:
        drop_note(session=session, receipt=receipt)
    elif receipt.reply_key is not None:
        Note.objects.filter(box=mailbox(bytes(receipt.reply_key))).update(leaving=True)


def drop_outdated() -> int:
    """At a tick: what was outdated since the last one goes, each session told once; gives how many went. Told
    in a transaction of its own, so that notes and topics are never held together here."""
    with transaction.atomic():
        rows = Note.objects.select_for_update(skip_locked=True).filter(leaving=True)
        going = dict(rows.order_by("box").values_list("box", "topic"))
        Note.objects.filter(box__in=going).delete()
    for session in Session.objects.filter(topic__in=going.values()).order_by("topic"):
        with transaction.atomic():
            record(Change(session.topic_id, "notes", session.pk))
    return len(going)
