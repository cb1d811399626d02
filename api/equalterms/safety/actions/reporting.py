"""Reports of what is shown: anonymous, one a tag, folded by the third, and let stand by a moderator."""

from uuid import UUID

from django.db import transaction

from equalterms.journal.actions import Change, record
from equalterms.lib.refusal import not_found
from equalterms.programme.rules import refuse_if_over
from equalterms.safety.actions.reviewing import mark_care
from equalterms.safety.models import Report, ReportReason, Review, State
from equalterms.safety.rules import FOLDED_BY


def changes_nothing(*, review: Review, tag: UUID, reason: str) -> bool:
    """Whether this very report was made already, or is of what a moderator let stand: then it needs no
    proof. Whoever is worried is heard, unless it is known that they are and it still asks for care."""
    worried = reason == ReportReason.WORRIED
    if review.kept:
        return not worried
    made = Report.objects.filter(review=review, tag=tag, reason=reason).exists()
    return made and (review.care or not worried)


@transaction.atomic
def report(*, review: UUID, tag: UUID, reason: str) -> bool:
    """Counts one report a tag; the third folds the item for everybody. "Worried" asks staff to see to it
    and counts towards nothing. Another reason takes the place of the one before: who is worried after all
    counts towards nothing any more. False, with no report stored, where a moderator let it stand; but
    whoever is worried is heard there too.

    Refuses `not-found` for what was edited, withdrawn or taken off meanwhile, and `day-is-over`.
    """
    found = _held(review)
    refuse_if_over(sessions__topic=found.topic_id)
    worried = reason == ReportReason.WORRIED
    if worried:
        mark_care(review=found, care=True)
    if found.kept:
        return worried
    Report.objects.bulk_create([Report(review=found, tag=tag, reason=reason)], ignore_conflicts=True)
    changed = Report.objects.filter(review=found, tag=tag).exclude(reason=reason).update(reason=reason)
    if not worried and _counted(found) >= FOLDED_BY:
        _fold(found, True)
    elif worried and changed and _counted(found) < FOLDED_BY:
        _fold(found, False)
    return True


@transaction.atomic
def take_back_report(*, review: UUID, tag: UUID) -> None:
    """Takes a report back; harmless if there was none. What fewer than three still report unfolds.
    Whoever was worried has been heard: only staff say that it was seen to."""
    found = _held(review)
    taken = Report.objects.filter(review=found, tag=tag).exclude(reason=ReportReason.WORRIED).delete()[0]
    Report.objects.filter(review=found, tag=tag).delete()
    if taken and _counted(found) < FOLDED_BY:
        _fold(found, False)


def keep(*, review: Review) -> None:
    """A moderator looked and lets it stand, in the caller's transaction, which holds the review: it
    unfolds, its reports are forgotten, and no other one counts. The caller audits first."""
    Review.objects.filter(pk=review.pk).update(kept=True)
    review.kept = True
    Report.objects.filter(review=review).delete()
    _fold(review, False)


def unkeep(*, review: Review, folded: bool = False) -> None:
    """Undoes `keep`, in the caller's transaction: it may be reported again, and folds if it was `folded`.
    The reports are gone and stay gone."""
    Review.objects.filter(pk=review.pk).update(kept=False)
    review.kept = False
    if folded:
        _fold(review, True)


def forget_reports(*, review: Review) -> None:
    """Forgets what was said of words that are there no more."""
    Report.objects.filter(review=review).delete()


def _held(ident: UUID) -> Review:
    """The review of something shown, held until the transaction ends: reports of one thing take turns."""
    review = Review.objects.select_for_update().filter(pk=ident, state=State.SHOWN).first()
    if review is None:
        raise not_found()
    return review


def _counted(review: Review) -> int:
    return Report.objects.filter(review=review).exclude(reason=ReportReason.WORRIED).count()


def _fold(review: Review, folded: bool) -> None:
    """Folds or unfolds, if it is not so already, and tells followers once."""
    if Review.objects.filter(pk=review.pk, folded=not folded).update(folded=folded):
        record(Change(review.topic_id, review.kind, review.subject))
    review.folded = folded
