"""What is left of places when a day is closed, and when it is purged."""

import secrets

from equalterms.bookings.actions.lines import tell_line, tell_presence
from equalterms.bookings.models import Booking, Line, Place, Presence
from equalterms.journal.actions import Change
from equalterms.programme.models import Event, SessionKind
from equalterms.safety.models import Receipt, SubjectKind


def close_places(*, event: Event) -> list[Change]:
    """Ends all places of a day that is closed, in the caller's transaction; gives what is to be told of it.

    What was never used is deleted, with its receipt: spares, places that nobody came for, the waiting
    list. Whoever was at a workshop or talk, or was called to a table, counts as served; whoever still
    waited for a table, as left. Numbers, labels and quarter hours are erased. How many came stays.
    """
    rows = Booking.objects.filter(event=event)
    unused = rows.filter(state__in=[Place.SPARE, Place.HELD, Place.LISTED])
    Receipt.objects.filter(kind=SubjectKind.BOOKING, subject__in=unused.values("pk")).delete()
    unused.delete()
    waited = rows.filter(state=Place.HERE, session__kind=SessionKind.SURGERY)
    waited.update(state=Place.LEFT, ticket=None, labels=[], slot=0)
    served = rows.filter(state__in=[Place.HERE, Place.TAKEN])
    served.update(state=Place.SERVED, ticket=None, labels=[], slot=0)
    return _empty_lines(event) + _send_home(event)


def _empty_lines(event: Event) -> list[Change]:
    lines = Line.objects.filter(session__event=event).select_related("session__event")
    told = [tell_line(line.session) for line in lines]
    lines.update(waiting=0, wait=None, missing=[])
    return told


def _send_home(event: Event) -> list[Change]:
    here = Presence.objects.filter(event=event)
    told = [tell_presence(event, presence.surgeon) for presence in here.select_related("surgeon")]
    here.delete()
    return told


def forget_places(*, event: Event) -> None:
    """Leaves of the places of a closed day how each ended and at which session, and nothing else: under new
    ids, as the old ones are on phones. In the caller's transaction."""
    rows = Booking.objects.filter(event=event)
    ended = rows.values_list("session", "state")
    ends = [Booking(event=event, session_id=session, state=state) for session, state in ended]
    rows.delete()
    secrets.SystemRandom().shuffle(ends)
    Booking.objects.bulk_create(ends, batch_size=500)
