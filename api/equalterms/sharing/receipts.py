"""What the holder of a receipt may know of the thing it is for."""

from uuid import UUID

from django.db.models import F, Q

from equalterms.bookings.models import Booking, Place, Presence
from equalterms.bookings.rules import outward as booked
from equalterms.people.models import Act
from equalterms.programme.models import Session
from equalterms.questions.models import Answer, Question
from equalterms.safety.actions import open_to_lead, read_note
from equalterms.safety.models import Claim, Receipt, Review, SubjectKind
from equalterms.safety.receipts import find, no_such_receipt
from equalterms.safety.rules import outward


def found_receipt(auth: bytes) -> dict[str, object]:
    """How that stands which `auth` opens. Wrong and unknown receipts get the one refusal, before anything
    but the receipts is looked at."""
    receipt = find(auth)
    session = Session.objects.get(topic=receipt.topic_id)
    found: dict[str, object] = {
        "kind": receipt.kind,
        "id": receipt.subject,
        "session": session.pk,
        "event": session.event_id,
        "reason": "",
        "into": None,
        "ticket": None,
        "place": "",
        "audience": None,
        "recap": None,
    }
    return found | (_booking(receipt) if receipt.kind == SubjectKind.BOOKING else _reviewed(receipt))


def _reviewed(receipt: Receipt) -> dict[str, object]:
    review = Review.objects.filter(subject=receipt.subject).first()
    if review is None:
        raise no_such_receipt()
    found: dict[str, object] = {"state": outward(review.state), "reason": review.reason}
    asked = Question.objects.filter(pk=receipt.subject)
    return found | (asked.values("audience", "recap", into=F("merged_into")).first() or {})


def _booking(receipt: Receipt) -> dict[str, object]:
    booking = Booking.objects.filter(pk=receipt.subject).first()
    if booking is None:
        raise no_such_receipt()
    place = place_of(booking.event_id, booking.pk) if booking.state == Place.TAKEN else ""
    return {"state": booked(booking.state), "ticket": booking.ticket, "place": place}


def show_to_lead(*, auth: bytes, opening: bytes) -> None:
    """Puts what staff wrote to the holder of this receipt before the safety lead. Refuses `no-such-receipt`,
    and `cannot-open-note` unless `opening` opens the very note that lies in its box."""
    receipt = find(auth)
    said = read_note(receipt=receipt, opening=opening)
    open_to_lead(receipt=receipt, said=said, by=_writer(receipt.subject, str(said["state"])))


def _writer(subject: UUID, state: str) -> UUID | None:
    """Who of the staff wrote a note of this state; None where it may have been one of several."""
    answers = Answer.objects.filter(Q(question=subject) | Q(question__merged=subject), sealed=True)
    acts = Act.objects.filter(subject=subject, act__in=["return", "hide"])
    rows = answers if state == "reply" else acts
    writers = set(rows.order_by().values_list("account", flat=True))
    return writers.pop() if len(writers) == 1 else None


def place_of(event: UUID, booking: UUID) -> str:
    """Where the surgeon is who has called this booking; blank where they did not say."""
    callers = Claim.objects.filter(subject=booking).values("account__surgeon")
    places = Presence.objects.filter(event=event, surgeon__in=callers)
    return places.values_list("place", flat=True).first() or ""
