"""Turning many down at once, after a flood."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from equalterms.journal.actions import Change, record
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Act
from equalterms.programme.models import Session
from equalterms.safety.models import Claim, Note, Receipt, Review, State
from equalterms.safety.profile.receipt import mailbox
from equalterms.safety.profile.sealing import fits, seal

# Every phone that follows a session fetches all of its notes.
MOST_NOTES = 1_000


@transaction.atomic
def turn_down_many(*, session: Session, reviews: Sequence[UUID], to: str, reason: str, note: str = "") -> int:
    """Returns or hides what of `reviews` is still held, all for one reason; gives how many.

    Notes are sealed only as long as the session's feed holds fewer than 1,000 of them, to askers picked
    at random: a flood must not make the feed too long for old phones. A decision on a single thing
    always leaves its note. Refuses `note-too-long`.
    """
    said = {"state": to, "reason": reason, "note": note, "at": clock.slot_iso(clock.slot())}
    if not fits(said):
        raise Refusal("note-too-long", "This note is too long to seal. Please use fewer words.", status=400)
    held = Review.objects.select_for_update().filter(pk__in=reviews, state=State.HELD).order_by("pk")
    found = dict(held.values_list("pk", "subject"))
    # What others were merged into is decided on by itself: they have to come apart.
    joined = Review.objects.filter(topic=session.topic_id, state=State.MERGED)
    for ident in joined.values_list("question__merged_into__review", flat=True).distinct():
        found.pop(ident, None)
    Review.objects.filter(pk__in=found).update(
        state=to, reason=reason, due=None, care=False, coded=False, taken_in=True
    )
    Claim.objects.filter(subject__in=found.values()).delete()
    Act.objects.filter(subject__in=found.values(), until__isnull=False).update(undo={})
    if _leave_notes(session, list(found.values()), said):
        record(Change(session.topic_id, "notes", session.pk))
    return len(found)


def _leave_notes(session: Session, subjects: list[UUID], said: dict[str, str]) -> int:
    """Seals the same note to each, as far as there is room; gives how many were sealed."""
    room = max(0, MOST_NOTES - Note.objects.filter(topic=session.topic_id).count())
    receipts = Receipt.objects.filter(subject__in=subjects)
    keys = [bytes(key) for key in receipts.values_list("reply_key", flat=True) if key is not None]
    secrets.SystemRandom().shuffle(keys)
    notes = [Note(box=mailbox(key), topic_id=session.topic_id, sealed=seal(key, said)) for key in keys[:room]]
    Note.objects.bulk_create(
        notes, update_conflicts=True, unique_fields=["box"], update_fields=["topic", "sealed", "leaving"]
    )
    return len(notes)
