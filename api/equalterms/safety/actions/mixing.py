"""Leaving in small shuffled groups: what hides who asked and when."""

import secrets
from datetime import datetime

from equalterms.lib import clock
from equalterms.programme.models import Mixing, Session
from equalterms.safety.actions.reviewing import move
from equalterms.safety.models import Review, State
from equalterms.safety.rules import LONGEST_WAIT, TICK, TOGETHER, is_opening, mixing_for


def sessions_waiting() -> list[Session]:
    """Sessions in which something approved waits to leave."""
    topics = Review.objects.filter(state=State.APPROVED).values("topic")
    return list(Session.objects.filter(topic__in=topics).select_related("event"))


def release(*, session: Session, now: datetime | None = None) -> list[Review]:
    """Moves to shown, in the caller's transaction, what leaves `session` together at this tick, in
    random order: three or more, or what has waited longest; comments and gently mixed questions when
    they are due. In slow mode only at its openings, one at each, or three mixed ones together. The
    caller reveals them in that order."""
    tick = clock.tick(TICK, now)
    if not is_opening(session, tick):
        return []
    approved = Review.objects.filter(topic=session.topic_id, state=State.APPROVED)
    waiting = list(approved.select_for_update().order_by("pk"))
    secrets.SystemRandom().shuffle(waiting)
    mixed = [review for review in waiting if mixing_for(session.event, review.kind) == Mixing.SAFE]
    plain = [review for review in waiting if review not in mixed and _is_due(review, tick)]
    if len(mixed) < TOGETHER and not any(_is_due(review, tick) for review in mixed):
        mixed = []
    leaving = _at_most(mixed, plain) if session.slow else [*mixed, *plain]
    secrets.SystemRandom().shuffle(leaving)
    for review in leaving:
        move(review=review, to=State.SHOWN)
    return leaving


def _is_due(review: Review, tick: int) -> bool:
    return review.due is not None and review.due <= tick


def _at_most(mixed: list[Review], plain: list[Review]) -> list[Review]:
    """What leaves at one opening of slow mode: three mixed ones or one other, whichever waited longer
    since it was approved. Of what waited about as long, lots are drawn."""
    if not mixed or (plain and _soonest(plain) - 1 < _soonest(mixed) - LONGEST_WAIT):
        return sorted(plain, key=_window)[:1]
    return sorted(mixed, key=_window)[:TOGETHER]


def _soonest(reviews: list[Review]) -> int:
    return min(review.due or 0 for review in reviews)


def _window(review: Review) -> int:
    """Ten minutes of deadlines that no order is made among."""
    return (review.due or 0) // LONGEST_WAIT
