"""Who of the staff sees to a thing: what wants a kind, quick answer, or what a surgeon has taken."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.people.actions import settle_acts
from equalterms.people.models import Account
from equalterms.programme.models import Role
from equalterms.safety.actions.reporting import forget_reports
from equalterms.safety.actions.reviewing import mark_care, superseded
from equalterms.safety.models import Claim, OpenedNote, Review, State

# What is decided against, or was merged into another, wants nobody's care any more.
OPEN = frozenset({State.HELD, State.APPROVED, State.SHOWN})


def hold_open(ident: UUID) -> Review:
    """The review, held until the caller's transaction ends. Refuses `review-superseded` for one that an
    edit replaced, and for what was decided against meanwhile."""
    review = Review.objects.select_for_update().filter(pk=ident, state__in=OPEN).first()
    if review is None:
        raise superseded()
    return review


def hold_cared_for(ident: UUID) -> Review:
    """As `hold_open`, and whatever state it is in where its asker opened a note of it to the safety lead."""
    opened = Exists(OpenedNote.objects.filter(subject=OuterRef("subject")))
    rows = Review.objects.filter(Q(state__in=OPEN) | opened, pk=ident)
    review = Review.objects.select_for_update().filter(pk__in=rows.values("pk")).first()
    if review is None:
        raise superseded()
    return review


def claimant(review: Review) -> Account | None:
    """Who has taken it and can still see to it; None where it is the safety lead's. What calls for care is
    only ever theirs who decide."""
    claim = Claim.objects.standing().filter(subject=review.subject).select_related("account").first()
    return claim.account if claim else None


def claimant_of(subject: UUID) -> Account | None:
    claim = Claim.objects.filter(subject=subject, account__is_active=True).select_related("account").first()
    return claim.account if claim else None


def give(*, review: Review, to: UUID | None) -> None:
    """It is now `to`'s to see to, or the safety lead's, in the caller's transaction, which holds it."""
    if to is None:
        Claim.objects.filter(subject=review.subject).delete()
        return
    mine = {"topic_id": review.topic_id, "account_id": to}
    Claim.objects.update_or_create(subject=review.subject, defaults=mine)


def take(*, topic: UUID, subject: UUID, account: Account) -> bool:
    """Whether it is `account`'s to see to now, in the caller's transaction; False where somebody else has
    it. Of two at once one gets it. What somebody has who may not sign in any more is free."""
    Claim.objects.filter(subject=subject, account__is_active=False).delete()
    mine = Claim(topic_id=topic, subject=subject, account=account)
    Claim.objects.bulk_create([mine], ignore_conflicts=True)
    return Claim.objects.filter(subject=subject, account=account).exists()


def free(*, subjects: Iterable[UUID]) -> None:
    """These are nobody's to see to, in the caller's transaction."""
    Claim.objects.filter(subject__in=list(subjects)).delete()


def free_left() -> int:
    """The clock's: nothing is kept by somebody who has no role at its event any more; gives how many things
    are free now."""
    roles = Role.objects.filter(account=OuterRef("account"), event__sessions__topic=OuterRef("topic"))
    now = roles.filter(Q(until=None) | Q(until__gt=clock.now()))
    return Claim.objects.exclude(Exists(now)).delete()[0]


def settle(*, review: Review) -> None:
    """Somebody saw to it: it wants no care any more and is nobody's, in the caller's transaction, which
    holds it and has moved no topic yet."""
    give(review=review, to=None)
    mark_care(review=review, care=False)


def let_go(*, review: Review) -> None:
    """Forgets what was said of words that are there no more, and who saw to them; what staff decided on
    them can be undone no more."""
    settle_acts(subject=review.subject)
    forget_reports(review=review)
    give(review=review, to=None)


def already_taken(by: Account) -> Refusal:
    return Refusal(
        "already-taken",
        f"{by.name} sees to this already.",
        errors=[{"attr": "to", "code": "already-taken", "detail": by.name}],
    )
