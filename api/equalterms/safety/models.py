"""Review, receipts and what protects askers. These rows are anonymous: they hold no account, no
address, no moment finer than a quarter of an hour and no order of arrival."""

import secrets
from uuid import UUID, uuid4

from django.db import models

from equalterms.journal.models import Topic
from equalterms.people.models import Account
from equalterms.programme.models import Role, RoleKind


def shuffle() -> int:
    """A random place among rows of the same quarter hour."""
    return secrets.randbits(31)


class State(models.TextChoices):
    HELD = "held"
    APPROVED = "approved"
    SHOWN = "shown"
    RETURNED = "returned"
    HIDDEN = "hidden"
    MERGED = "merged"


# Back to held goes what a moderator undoes.
MOVES: dict[str, set[str]] = {
    State.HELD: {State.APPROVED, State.SHOWN, State.RETURNED, State.HIDDEN, State.MERGED},
    State.APPROVED: {State.SHOWN, State.HELD, State.RETURNED, State.HIDDEN, State.MERGED},
    State.SHOWN: {State.HELD, State.APPROVED, State.RETURNED, State.HIDDEN, State.MERGED},
    State.RETURNED: {State.HELD, State.APPROVED, State.SHOWN},
    State.HIDDEN: {State.HELD, State.APPROVED, State.SHOWN},
    State.MERGED: {State.HELD, State.APPROVED, State.SHOWN},
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


class ReportReason(models.TextChoices):
    """Why somebody reports what they read. "Worried" asks for care, not for a decision."""

    UNKIND = "unkind"
    NAMES_SOMEBODY = "names-somebody"
    WORRIED = "worried"
    ADVERT = "advert"
    OTHER = "other"


class SubjectKind(models.TextChoices):
    QUESTION = "question"
    COMMENT = "comment"
    BOOKING = "booking"


class ReviewQuerySet(models.QuerySet["Review"]):
    def taken_in(self) -> "ReviewQuerySet":
        """What desks may see: an intake tick has passed since it was sent."""
        return self.filter(taken_in=True)

    def of_event(self, topics: "models.QuerySet[Topic]") -> "ReviewQuerySet":
        return self.filter(topic__in=topics)


class Review(models.Model):
    """Stands between what was sent and what is shown. `subject` is opaque here.

    `due` is the number of the 30-second tick at which an approved item leaves at the latest; it is
    erased when it leaves. An edit deletes the review and opens another. `before` is the state to come
    back to when a merge is taken apart. `coded`: it came with the code of the day, so a place in the
    queue is kept for it; forgotten when desks have it. `folded`: three reports fold it; `kept`: a
    moderator looked at the reports and lets it stand, whatever comes.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=8, choices=SubjectKind.choices)
    subject = models.UUIDField(unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)
    reason = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    before = models.CharField(max_length=8, choices=State.choices, blank=True)
    care = models.BooleanField(default=False)
    coded = models.BooleanField(default=False)
    folded = models.BooleanField(default=False)
    kept = models.BooleanField(default=False)
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

    # The line of the audit list that tells of the last decision on it; in memory only.
    act: "UUID | None" = None

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
    """A sealed note in its box, the same for everybody; only one phone can open it. `leaving`: its asker
    changed or withdrew what it is about, so it is taken away at the next tick."""

    box = models.CharField(max_length=22, primary_key=True, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="notes")
    sealed = models.BinaryField(max_length=560)
    leaving = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "note"


class OpenedNote(models.Model):
    """Words of a sealed note that its asker opened to the safety lead, until somebody saw to it. `subject`
    is opaque here, and so is `by`: who of the staff wrote them, if that is known. `taken_in` as a review's.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="opened_notes")
    subject = models.UUIDField(unique=True)
    state = models.CharField(max_length=8)
    text = models.TextField(max_length=512)
    by = models.UUIDField(null=True)
    taken_in = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "opened note"


class Tombstone(models.Model):
    """Remembers, as a keyed hash, that something was withdrawn, so that a late replay answers 410.

    `event` tells only when it may be forgotten: with everything else of that day.
    """

    mark = models.CharField(max_length=43, primary_key=True, editable=False)
    event = models.UUIDField(null=True)

    def __str__(self) -> str:
        return "tombstone"


class Report(models.Model):
    """One phone's word that somebody should look at this. The tag means nothing anywhere else."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reports")
    tag = models.UUIDField()
    reason = models.CharField(max_length=16, choices=ReportReason.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "tag"], name="one_report_a_tag")]

    def __str__(self) -> str:
        return self.reason


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self) -> "ClaimQuerySet":
        """Those of people who still decide there, at the event or in the session, or who still answer there,
        as long as it calls for no care. Whatever others hold is free."""
        roles = Role.objects.current().filter(
            models.Q(session=None) | models.Q(session__topic=models.OuterRef("topic")),
            account=models.OuterRef("account"),
            event__sessions__topic=models.OuterRef("topic"),
        )
        decides = models.Exists(roles.filter(role__in=[RoleKind.MODERATOR, RoleKind.ORGANISER]))
        answers = models.Exists(roles.filter(role=RoleKind.SURGEON))
        care = models.Exists(Review.objects.filter(subject=models.OuterRef("subject"), care=True))
        return self.filter(decides | (answers & ~care), account__is_active=True)


class Claim(models.Model):
    """A member of staff sees to this one thing. `subject` is opaque here; nothing says when or why."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="claims")
    subject = models.UUIDField(unique=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="claims")

    objects = ClaimQuerySet.as_manager()

    def __str__(self) -> str:
        return "claim"
