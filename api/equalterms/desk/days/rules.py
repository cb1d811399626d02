"""Which day may be rehearsed."""

from datetime import datetime

from equalterms.bookings.models import Booking, HeadCount, Place
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Event, EventState
from equalterms.safety.models import Receipt, Review, Tombstone
from equalterms.threads.models import Comment


def check_can_rehearse(event: Event, now: datetime) -> None:
    """Refuses `wrong-state` where something real could be wiped, or nobody could rehearse."""
    if event.state == EventState.CANCELLED or event.closed:
        raise _refused("This day is called off or closed, so it cannot be rehearsed.")
    if event.clock_offset == 0 and event.starts <= now:
        raise _refused("This day has begun, so it cannot be rehearsed any more.")
    if was_sent(event):
        raise _refused("People have sent something to this day already, and a rehearsal would delete it.")


def was_sent(event: Event) -> bool:
    """Whether anybody has asked, said, booked or counted anything, withdrawn things included."""
    topics = event.sessions.values("topic")
    return (
        Receipt.objects.filter(topic__in=topics).exists()
        or Review.objects.filter(topic__in=topics).exists()
        or Comment.objects.filter(session__event=event).exists()
        or Tombstone.objects.filter(event=event.pk).exists()
        or Booking.objects.filter(event=event).exclude(state=Place.SPARE).exists()
        or HeadCount.objects.filter(session__event=event).exists()
    )


def _refused(said: str) -> Refusal:
    return Refusal("wrong-state", said)
