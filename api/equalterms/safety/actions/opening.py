"""What its asker opened to the safety lead: the one note in their box, with the words that staff wrote."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Mixing, Session
from equalterms.safety.actions.reviewing import hold, mark_care
from equalterms.safety.models import Note, OpenedNote, Receipt, Review
from equalterms.safety.profile.opening import opened_with
from equalterms.safety.profile.receipt import mailbox


def cannot_open() -> Refusal:
    said = "This reply is not the one that lies in your box now. Please look again, then try once more."
    return Refusal("cannot-open-note", said)


def read_note(*, receipt: Receipt, opening: bytes) -> Mapping[str, object]:
    """What the note in the receipt's box says, if `opening` opens it and staff wrote words in it: so these
    are the words that were sealed there, whatever is claimed. Refuses `cannot-open-note`."""
    if receipt.reply_key is None:
        raise cannot_open()
    note = Note.objects.filter(box=mailbox(bytes(receipt.reply_key))).first()
    said = opened_with(opening, note.box, bytes(note.sealed)) if note is not None else None
    if said is None or not said.get("note"):
        raise cannot_open()
    return said


@transaction.atomic
def open_to_lead(*, receipt: Receipt, said: Mapping[str, object], by: UUID | None) -> None:
    """Puts the words before the safety lead, in the care lane, `by` whom they were written if that is known.
    Like everything an asker does it comes before desks at an intake tick where the day mixes.

    Harmless if it was done before. Refuses `cannot-open-note` where it was withdrawn meanwhile.
    """
    hold(receipt.subject)
    review = Review.objects.filter(subject=receipt.subject).first()
    if review is None or not Receipt.objects.filter(pk=receipt.pk).exists():
        raise cannot_open()
    session = Session.objects.select_related("event").get(topic=receipt.topic_id)
    at_once = session.event.mixing != Mixing.SAFE
    words = {"state": said["state"], "text": said["note"], "by": by}
    OpenedNote.objects.update_or_create(
        subject=receipt.subject,
        defaults={"topic_id": receipt.topic_id, **words},
        create_defaults={"topic_id": receipt.topic_id, "taken_in": at_once, **words},
    )
    if at_once:
        mark_care(review=review, care=True)


@transaction.atomic
def take_in_opened() -> int:
    """At an intake tick: what was opened since the last one comes before the safety lead; gives how many."""
    outside = list(OpenedNote.objects.filter(taken_in=False).order_by("subject"))
    subjects = [note.subject for note in outside]
    for review in Review.objects.select_for_update().filter(subject__in=subjects).order_by("pk"):
        mark_care(review=review, care=True)
    return OpenedNote.objects.filter(subject__in=subjects).update(taken_in=True)


def forget_opened(*, subject: UUID) -> bool:
    """The words are gone; False where there were none."""
    return OpenedNote.objects.filter(subject=subject).delete()[0] > 0
