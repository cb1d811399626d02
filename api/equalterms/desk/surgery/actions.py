"""What a surgeon takes to answer, and how it finds somebody else when they go."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from equalterms.bookings.actions import tables
from equalterms.bookings.models import Booking, Place, Presence
from equalterms.desk.surgery.rules import HELPERS, Seat, answers_there, questions_to_take
from equalterms.lib.api.fields import refuse_field
from equalterms.people.models import Account
from equalterms.programme.models import Event, Listing, Role
from equalterms.programme.rules import organises, refuse_if_over, venue_now
from equalterms.questions.models import Answer, Question
from equalterms.safety.actions import already_taken, audit, claimant, free_left, give, hold_open, take
from equalterms.safety.models import Review, State
from equalterms.safety.rules import deciders_of

# So many are tried before those who wait are read again.
AT_ONCE = 50
ROUNDS = 10


def take_question(*, seat: Seat, anything: bool = False) -> UUID | None:
    """The next question that fits the surgeon (`anything`: whichever they may answer) is theirs to see to;
    None where none waits. Of two who take at once the later gets the next one. Refuses `day-is-over`."""
    refuse_if_over(pk=seat.event.pk)
    for _ in range(ROUNDS):
        waiting = list(questions_to_take(seat, anything=anything).values_list("pk", "review")[:AT_ONCE])
        for question, review in waiting:
            if _seize(review, question, seat):
                return question
        if len(waiting) < AT_ONCE:
            break
    return None


@transaction.atomic
def _seize(review: UUID, question: UUID, seat: Seat) -> bool:
    """Whether it was still free, and is the seat's now: decided while the review is held. In a transaction
    of its own, so that nobody holds one and waits for another."""
    held = Review.objects.select_for_update().filter(pk=review, state=State.SHOWN).first()
    if held is None or (held.care and not seat.decides) or claimant(held) is not None:
        return False
    if Answer.objects.filter(question=question).exists():
        return False
    took = take(topic=held.topic_id, subject=question, account=seat.account)
    if held.care:
        audit(account=seat.account, event=seat.event.pk, act="claim", review=held)
    refuse_if_over(pk=seat.event.pk)
    return took


@transaction.atomic
def let_go_question(*, question: Question, account: Account) -> None:
    """It waits for anybody again; harmless if it did. Organisers may let go of what others have taken.
    Refuses `already-taken` and `review-superseded`."""
    review, event = hold_open(question.review_id), question.session.event
    present = _check_mine(review, event, account)
    if present is not None:
        give(review=review, to=None)
        _note(review, event, account)


@transaction.atomic
def hand_question(*, question: Question, account: Account, to: UUID) -> None:
    """A colleague answers it; harmless if they do already. What calls for care goes to those who decide.
    Refuses others by the field `to`, `already-taken` and `review-superseded`."""
    review, event = hold_open(question.review_id), question.session.event
    if not answers_there(to, event.pk):
        raise refuse_field("to", "Please choose somebody who answers questions at this day.")
    if review.care and to not in deciders_of(review):
        raise refuse_field("to", "This may need care. Please choose somebody who moderates or organises.")
    present = claimant(review)
    if present is not None and present.pk == to:
        return
    _check_mine(review, event, account)
    give(review=review, to=to)
    _note(review, event, account)


def _check_mine(review: Review, event: Event, account: Account) -> Account | None:
    """Who has it, if that is `account`, or nobody, or if `account` organises the day."""
    present = claimant(review)
    if present is not None and present != account and not organises(account, event):
        raise already_taken(present)
    return present


def _note(review: Review, event: Event, account: Account) -> None:
    """What calls for care leaves a line in the audit list, each time somebody else sees to it."""
    if review.care:
        audit(account=account, event=event.pk, act="hand-over", review=review)


def tidy_tables(now: datetime | None = None) -> int:
    """The clock's: nobody is at a table of a day that has ended, nor whoever is not of its staff any more;
    and whatever they had taken finds somebody else. Gives how many surgeons went."""
    gone = 0
    for presence in Presence.objects.select_related("event", "surgeon").order_by("pk"):
        event = presence.event
        if event.closed or venue_now(event, now) >= event.ends:
            tables.drop_presence(presence=presence)
        elif not _helps(presence):
            tables.go_away(event=event, surgeon=presence.surgeon)
        else:
            continue
        gone += 1
    free_left()
    called = Booking.objects.filter(state=Place.TAKEN).values("event")
    for event in Event.objects.open().filter(pk__in=called).order_by("pk"):
        tables.put_back_left(event=event)
    return gone


def _helps(presence: Presence) -> bool:
    """Whether whoever is here is still listed, may sign in, and has a role."""
    account = presence.surgeon.account_id
    roles = Role.objects.everywhere().filter(event=presence.event, account=account, account__is_active=True)
    listed = Listing.objects.filter(event=presence.event, surgeon=presence.surgeon)
    return account is not None and roles.filter(role__in=HELPERS).exists() and listed.exists()
