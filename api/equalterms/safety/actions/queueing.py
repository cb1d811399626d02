"""The places before the desk: 200 a session, 100 of them kept for those who have the code of the day."""

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction

from equalterms.lib import clock
from equalterms.programme.models import Mixing, ReviewMode, Session
from equalterms.safety.models import Review, State
from equalterms.safety.rules import FOR_EVERYBODY, PLACES, TICK, has_place, wait_before_leaving

# What decides where a review begins: every ask reads it afresh.
FLOW = (
    "topic", "state", "review", "paused", "slow", "event__state", "event__review", "event__mixing",
)  # fmt: skip


def hold_session(session: Session) -> Session:
    """The session as it stands, held until the caller's transaction ends: nobody else takes a place, and
    nobody pauses it, meanwhile. Reviews are locked before it, topics after."""
    rows = Session.objects.select_for_update(no_key=True, of=("self",)).select_related("event")
    return rows.only(*FLOW).get(pk=session.pk)


class Desk:
    """Where reviews begin in a session held by `hold_session`: one after the other, as they came."""

    def __init__(self, session: Session, kind: str) -> None:
        self.session, self.kind = session, kind
        self._held = Review.objects.filter(topic=session.topic_id, state=State.HELD)
        self._waits: dict[bool, bool] = {}
        self._inside: int | None = None

    def first_standing(self, *, coded: bool) -> dict[str, Any]:
        """Held, and before the desk at once only where nothing is mixed in and there is a place; what finds
        none is no less acknowledged, and moves up at intake ticks. Where things are looked at afterwards it
        waits to leave with others as if it had been approved, and is shown at once only where nothing is
        mixed."""
        at_once = self.session.event.mixing != Mixing.SAFE
        if self.session.review_mode == ReviewMode.AFTER:
            due = _leaves_by(self.session, self.kind)
            return {"state": State.SHOWN if due is None else State.APPROVED, "due": due, "taken_in": at_once}
        if not at_once:
            return {"state": State.HELD, "taken_in": False, "coded": coded}
        placed = self._finds_place(coded)
        return {
            "state": State.HELD,
            "taken_in": placed,
            "coded": coded and not placed,
            "due": None if placed else 0,
        }

    def _finds_place(self, coded: bool) -> bool:
        """Whether there is room, and nobody like it waits for that already."""
        if coded not in self._waits:
            self._waits[coded] = self._held.filter(taken_in=False, coded=coded).exists()
        if self._waits[coded]:
            return False
        if self._inside is None:
            self._inside = self._held.filter(taken_in=True)[:PLACES].count()
        found = has_place(self._inside, coded=coded)
        self._inside += found
        self._waits[coded] = not found
        return found


def _leaves_by(session: Session, kind: str) -> int | None:
    """The tick at which what nobody looks at first leaves at the latest. Of a long wait the second half is
    drawn by lot: else whoever leaves alone would tell to the tick when it was sent."""
    wait = wait_before_leaving(session, kind)
    return None if wait is None else clock.tick(TICK) + wait - secrets.randbelow(wait // 2 + 1)


def take_in() -> int:
    """At an intake tick: what was sent since the last one comes before desks together, as far as there
    are places; gives how many."""
    topics = Review.objects.filter(taken_in=False).values("topic")
    return sum(_take_in(session) for session in Session.objects.filter(topic__in=topics).order_by("pk"))


@transaction.atomic
def _take_in(session: Session) -> int:
    """What calls for care comes first, then by the quarter hour, within it in random order. That it came
    with the code is forgotten here. Whatever an asker is changing just now waits for the next tick."""
    outside = Review.objects.filter(topic=session.topic_id, taken_in=False)
    free = outside.select_for_update(skip_locked=True)
    decided = outside.exclude(state=State.HELD).filter(pk__in=free.values("pk"))
    taken = decided.update(taken_in=True, coded=False)
    held = free.filter(state=State.HELD).order_by("-care", "slot", "shuffle", "pk")
    first = [*held.filter(coded=True)[:PLACES], *held.filter(coded=False)[:FOR_EVERYBODY]]
    first.sort(key=lambda review: (not review.care, review.slot, review.shuffle, review.pk))
    hold_session(session)
    inside = Review.objects.filter(topic=session.topic_id, state=State.HELD, taken_in=True).count()
    chosen: list[UUID] = []
    for review in first:
        if has_place(inside + len(chosen), coded=review.coded):
            chosen.append(review.pk)
    Review.objects.filter(pk__in=chosen).update(taken_in=True, coded=False, due=None)
    left = outside.filter(state=State.HELD, due=None, pk__in=free.values("pk"))
    left.update(due=0)
    return taken + len(chosen)
