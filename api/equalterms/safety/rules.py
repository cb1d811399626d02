"""Who may look at what was sent before others do."""

from uuid import UUID

from django.db.models import Q, QuerySet

from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account
from equalterms.programme.models import Event, Mixing, Role, RoleKind, Session
from equalterms.programme.rules import REVIEWERS
from equalterms.safety.models import Review, ReviewQuerySet, State, SubjectKind

# Mixing counts in ticks of this many seconds; three or more leave together, or whoever waited longest.
TICK = 30
TOGETHER = 3
LONGEST_WAIT = 10 * 60 // TICK
# So many held things of a session have a place before the desk: half of them for everybody, half kept
# for those who came with the code of the day. The others stay held and move up.
PLACES = 200
FOR_EVERYBODY = 100
# So many reports fold what they report.
FOLDED_BY = 3


def may_review(account: Account, event: UUID) -> bool:
    """Moderators and organisers of the event decide what is shown."""
    return bool(Role.objects.held(account, event) & {RoleKind.MODERATOR, RoleKind.ORGANISER})


def deciders_of(review: Review) -> QuerySet[Role, UUID]:
    """The ids of those who decide on this one thing: at the whole event, or in its session."""
    roles = Role.objects.filter(event__sessions__topic=review.topic_id, account__is_active=True)
    here = roles.filter(Q(session=None) | Q(session__topic=review.topic_id), role__in=REVIEWERS)
    return here.filter(Q(until=None) | Q(until__gt=clock.now())).values_list("account", flat=True)


def outward(state: str) -> str:
    """A state as its asker may know it: approved still waits."""
    return State.HELD if state == State.APPROVED else state


def mixing_for(event: Event, kind: str) -> str:
    """How things of this kind are mixed at `event`: talk has to flow, so comments are mixed gently at
    most."""
    if kind == SubjectKind.COMMENT and event.mixing == Mixing.SAFE:
        return Mixing.GENTLE
    return event.mixing


def has_code(event: Event, code: str | None) -> bool:
    """Whether something came with the code of the day; none at all is accepted, and any where the day has
    none, or none any more. Refuses `wrong-join-code`: call it when the proof is spent, so that guessing
    costs work."""
    if not event.join_code:
        return False
    if code and code.casefold() != event.join_code.casefold():
        said = "That is not today's code. You can leave it out."
        errors = [{"attr": "code", "code": "wrong-join-code", "detail": "That is not today's code."}]
        raise Refusal("wrong-join-code", said, status=400, errors=errors)
    return bool(code)


def has_place(waiting: int, *, coded: bool) -> bool:
    """Whether one more may come before the desk where `waiting` are already."""
    return waiting < (PLACES if coded else FOR_EVERYBODY)


def left_outside(session: Session) -> ReviewQuerySet:
    """What is held in `session` and found no place before the desk. Not what waits for its intake tick:
    until then nothing tells that it came."""
    return Review.objects.filter(topic=session.topic_id, state=State.HELD, taken_in=False, due__isnull=False)


def wait_before_leaving(session: Session, kind: str) -> int | None:
    """How many ticks what is approved may wait for others to leave with; None if it is shown at once."""
    mixing = mixing_for(session.event, kind)
    if mixing == Mixing.OFF:
        return 0 if session.slow else None
    return LONGEST_WAIT if mixing == Mixing.SAFE else 1


def is_opening(session: Session, tick: int) -> bool:
    """Whether things may leave `session` at this tick: always, or once in every `slow` seconds."""
    return tick % max(1, session.slow // TICK) == 0
