"""Clearing a flood: one decision on everything held that has alike words."""

from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from equalterms.people.actions import note_act
from equalterms.people.models import Account
from equalterms.questions.models import Question
from equalterms.safety.actions import session_of, turn_down_many
from equalterms.safety.likeness import ALIKE, likeness, words_of
from equalterms.safety.models import Review, State
from equalterms.threads.models import Comment

# What one call looks through, decides on, and writes in one transaction, so that none takes long.
MOST_READ = 20_000
MOST_DONE = 5_000
AT_ONCE = 500
RESULTS = {"return": State.RETURNED, "hide": State.HIDDEN}


@dataclass(frozen=True)
class Alike:
    """Held reviews with their words and how alike these are to those in hand."""

    found: list[tuple[float, UUID, str]]

    def __len__(self) -> int:
        return len(self.found)

    def least_alike(self, most: int = 5) -> list[str]:
        """The texts to look at before deciding on all: whatever does not belong is among these."""
        ordered = sorted(self.found, key=lambda one: one[0])
        return list(islice(dict.fromkeys(text for _, _, text in ordered), most))


def _text_of(review: Review) -> str:
    for rows in (Question.objects.filter(review=review), Comment.objects.filter(review=review)):
        if text := rows.values_list("text", flat=True).first():
            return str(text)
    return ""


def alike(review: Review) -> Alike:
    """What is held in the same session with words like those of `review`, itself included if it is held:
    before the desk, or left outside for want of a place. What calls for care is only among them if
    `review` does too."""
    wanted = words_of(_text_of(review))
    rows = Review.objects.filter(
        Q(taken_in=True) | Q(due__isnull=False), topic=review.topic_id, state=State.HELD
    )
    if not review.care:
        rows = rows.filter(care=False)
    texts = rows.order_by("pk").values_list("pk", "question__text", "comment__text")
    scored = (
        (likeness(wanted, words_of(asked or said or "")), pk, asked or said or "")
        for pk, asked, said in texts[:MOST_READ].iterator()
    )
    return Alike(list(islice((one for one in scored if one[0] >= ALIKE), MOST_DONE)))


def turn_down_alike(*, account: Account, review: Review, act: str, reason: str, note: str = "") -> int:
    """Returns or hides everything alike, 5,000 at most; gives how many. One line of the audit list.

    Goes in steps of 500, so that askers can write between them. Such a bulk return leaves notes only
    until the session's feed holds 1,000; a single decision always leaves one. Refuses `note-too-long`.
    """
    session = session_of(review)
    found = [ident for _, ident, _ in alike(review).found]
    done = 0
    for start in range(0, len(found), AT_ONCE):
        with transaction.atomic():
            first = done == 0
            done += turn_down_many(
                session=session,
                reviews=found[start : start + AT_ONCE],
                to=RESULTS[act],
                reason=reason,
                note=note,
            )
            if first and done:
                note_act(
                    account=account,
                    event=session.event_id,
                    act=f"{act}-similar",
                    kind=review.kind,
                    subject=review.subject,
                    reason=reason,
                )
    return done
