"""Review, receipts and what protects askers. These rows are anonymous: they hold no account, no
address, no moment finer than a quarter of an hour and no order of arrival."""

import secrets
from uuid import uuid4

from django.db import models

from equalterms.journal.models import Topic


def shuffle() -> int:
    """A random place among rows of the same quarter hour."""
    return secrets.randbits(31)


class State(models.TextChoices):
    HELD = "held"
    APPROVED = "approved"
    SHOWN = "shown"
    RETURNED = "returned"
    HIDDEN = "hidden"


MOVES: dict[str, set[str]] = {
    State.HELD: {State.APPROVED, State.SHOWN, State.RETURNED, State.HIDDEN},
    State.APPROVED: {State.SHOWN, State.HELD, State.RETURNED, State.HIDDEN},
    State.SHOWN: {State.RETURNED, State.HIDDEN},
    State.RETURNED: {State.HELD, State.APPROVED, State.SHOWN},
    State.HIDDEN: {State.HELD, State.APPROVED, State.SHOWN},
}


class Reason(models.TextChoices):
    """Why something was returned or hidden; the asker reads the sentence for it."""

    OFF_TOPIC = "off-topic"
    NAMES_SOMEBODY = "names-somebody"
    UNKIND = "unkind"
    ASKED_ALREADY = "asked-already"
    NOT_FOR_HERE = "not-for-here"
    NEEDS_CARE = "needs-care"
    OTHER = "other"


class SubjectKind(models.TextChoices):
    QUESTION = "question"
    COMMENT = "comment"


class ReviewQuerySet(models.QuerySet["Review"]):
    def taken_in(self) -> "ReviewQuerySet":
        """What desks may see: an intake tick has passed since it was sent."""
        return self.filter(taken_in=True)

    def of_event(self, topics: "models.QuerySet[Topic]") -> "ReviewQuerySet":
        return self.filter(topic__in=topics)


class Review(models.Model):
    """Stands between what was sent and what is shown. `subject` is opaque here.

    `due` is the number of the 30-second tick at which an approved item leaves at the latest; it is
    erased when it leaves. An edit deletes the review and opens another.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=8, choices=SubjectKind.choices)
    subject = models.UUIDField(unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)
    reason = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    care = models.BooleanField(default=False)
    taken_in = models.BooleanField(default=False)
    due = models.BigIntegerField(null=True)
    slot = models.BigIntegerField()
    shuffle = models.BigIntegerField(default=shuffle)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["topic", "state", "slot", "shuffle"], name="reviews_waiting"),
            models.Index(fields=["state", "due"], name="reviews_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Receipt(models.Model):
    """Lets the holder of a secret see, edit and withdraw one thing; the secret itself is not here.

    `verifier` is a keyed hash whose key lies outside the database. `reply_key` is a public key that
    only the phone can answer to; it is never printed. `edits` counts down the five allowed.
    """

    subject = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=8, choices=SubjectKind.choices)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="receipts")
    verifier = models.BinaryField(max_length=32, unique=True)
    reply_key = models.BinaryField(max_length=32, null=True)
    edits = models.SmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.kind


class Note(models.Model):
    """A sealed note in its box, the same for everybody; only one phone can open it."""

    box = models.CharField(max_length=22, primary_key=True, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="notes")
    sealed = models.BinaryField(max_length=560)

    def __str__(self) -> str:
        return "note"


class Tombstone(models.Model):
    """Remembers, as a keyed hash, that something was withdrawn, so that a late replay answers 410."""

    mark = models.CharField(max_length=43, primary_key=True, editable=False)

    def __str__(self) -> str:
        return "tombstone"
