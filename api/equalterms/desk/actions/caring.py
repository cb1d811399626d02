"""What wants a kind, quick answer: asked for, taken, handed over, done; and what is let stand after reports.
Each is a line of the audit list."""

from uuid import UUID

from django.db import transaction

from equalterms.lib.api.fields import refuse_field
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account
from equalterms.programme.models import Event, Session
from equalterms.programme.rules import organises, reviews_there
from equalterms.questions.models import Question
from equalterms.safety.actions import (
    already_taken,
    audit,
    claimant,
    forget_opened,
    give,
    hold_cared_for,
    hold_open,
    keep,
    mark_care,
    session_of,
    settle,
    standing,
    superseded,
)
from equalterms.safety.models import OpenedNote, Review, State


@transaction.atomic
def care_for(*, review: UUID, account: Account, care: bool) -> None:
    """Puts it into the care lane, or says that it was seen to; harmless if it is so already. Then the words
    that its asker opened to the safety lead are gone; only whoever wrote them may not say so.

    Refuses `review-superseded`, and `own-words`.
    """
    found = hold_cared_for(review)
    opened = OpenedNote.objects.filter(subject=found.subject)
    if found.care == care and (care or not opened.exists()):
        return
    if care:
        mark_care(review=found, care=True)
    elif opened.filter(by=account.pk).exists():
        raise Refusal(
            "own-words", "This is about your own words. Please let somebody else see to it.", status=403
        )
    else:
        settle(review=found)
        forget_opened(subject=found.subject)
    _note(account, "care" if care else "care-done", found)


def ask_for_lead(*, question: Question, account: Account) -> None:
    """Whoever answers asks the safety lead to look at a question as well."""
    care_for(review=question.review_id, account=account, care=True)


@transaction.atomic
def hand_to(*, review: UUID, account: Account, to: UUID | None, seen: UUID | None = None) -> None:
    """`to` sees to it from now on; None gives it back to the safety lead.

    Of two who take it at once one gets it, and the other is refused with `already-taken`, told who has
    it. Whoever has it, and organisers, may hand it over; an organiser who takes it from somebody says by
    `seen` whom they read it was with. Only those who may decide there are handed anything. Refuses
    `review-superseded`.
    """
    found = hold_cared_for(review)
    session = session_of(found)
    event = session.event
    _check_able(to, session)
    present = claimant(found)
    if (present.pk if present else None) == to:
        return
    if present is not None and not _may_hand_over(account, event, present, to, seen):
        raise already_taken(present)
    give(review=found, to=to)
    _note(account, "claim" if to == account.pk else "hand-over", found)


@transaction.atomic
def let_stand(*, review: UUID, account: Account) -> Review:
    """Somebody looked at the reports and lets it stand: it unfolds, and no report of it counts any more.

    Can be undone. Harmless if it was let stand before. Refuses `review-superseded` where it is not shown.
    """
    found = hold_open(review)
    if found.state != State.SHOWN:
        raise superseded()
    if not found.kept:
        event = session_of(found).event_id
        audit(account=account, event=event, act="keep", review=found, undo=standing(found))
        keep(review=found)
    return found


def _check_able(to: UUID | None, session: Session) -> None:
    if to is not None and not reviews_there(to, session.event, session):
        raise refuse_field("to", "Please choose somebody who moderates or organises this day.")


def _may_hand_over(
    account: Account, event: Event, present: Account, to: UUID | None, seen: UUID | None
) -> bool:
    if present == account:
        return True
    return organises(account, event) and (to != account.pk or seen == present.pk)


def _note(account: Account, act: str, review: Review) -> None:
    audit(account=account, event=session_of(review).event_id, act=act, review=review)
