"""The thread of a session. Askers speak as "Person n"; the number means nothing in another thread."""

from typing import Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models.functions import Coalesce

from equalterms.people.models import Surgeon
from equalterms.programme.models import Session
from equalterms.safety.models import Review, State, shuffle

DEEPEST = 3


class Voice(models.Model):
    """One phone in one thread, kept as a keyed hash. `number` is given at the first showing."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="voices")
    mark = models.BinaryField(max_length=32)
    number = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "mark"], name="one_voice_a_phone_a_thread"),
            models.UniqueConstraint(fields=["session", "number"], name="one_person_a_number"),
        ]

    def __str__(self) -> str:
        return f"Person {self.number}"


class CommentQuerySet(models.QuerySet["Comment"]):
    def shown(self) -> Self:
        """The only door to the public. What staff say needs no review."""
        reviewed = models.Q(review__state=State.SHOWN) | models.Q(review__isnull=True)
        return self.filter(reviewed, shown__gt=0)

    def for_session(self, session: Session) -> Self:
        return self.filter(session=session)

    def with_names(self) -> Self:
        """With all that a page of comments prints: who speaks, and whether reports fold it. No row is made
        of a voice or a review: a full page of comments is made anew for every change."""
        reported = Coalesce(models.F("review__folded"), False)
        return self.select_related("surgeon").annotate(person=models.F("voice__number"), reported=reported)


class Comment(models.Model):
    """A contribution to the thread: by a voice (anonymous, reviewed) or by staff (named).

    `parent` is the id of what it replies to and outlives it; `depth` runs from 1 to 3.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="comments")
    review = models.OneToOneField(Review, null=True, on_delete=models.PROTECT, related_name="comment")
    parent = models.UUIDField(null=True)
    depth = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(max_length=1000)
    edited = models.BooleanField(default=False)
    voice = models.ForeignKey(Voice, null=True, on_delete=models.PROTECT, related_name="comments")
    surgeon = models.ForeignKey(Surgeon, null=True, on_delete=models.SET_NULL, related_name="comments")
    staff = models.BooleanField(default=False)
    slot = models.BigIntegerField()
    shuffle = models.BigIntegerField(default=shuffle)
    shown = models.BigIntegerField(null=True)
    thanks = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    strength = models.PositiveIntegerField(default=0)

    # Of rows read `with_names`: the number of who speaks, and whether reports fold it. What staff say has
    # none, and cannot be reported.
    person: int | None
    reported = False

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["session", "shown", "id"], name="comments_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(depth__gte=1, depth__lte=DEEPEST), name="threads_are_three_deep"
            )
        ]

    def __str__(self) -> str:
        return "comment"

    @property
    def byline(self) -> str:
        """The name it is printed under; a withdrawn profile leaves "a surgeon"."""
        if self.voice_id is not None:
            return f"Person {self.person}"
        if self.surgeon is None:
            return "the organisers"
        return self.surgeon.name if self.surgeon.published else "a surgeon"

    @property
    def speaker(self) -> str:
        """The kind of who speaks: "person", "surgeon" or "staff"."""
        if self.voice_id is not None:
            return "person"
        return "staff" if self.surgeon_id is None else "surgeon"

    @property
    def profile(self) -> UUID | None:
        """The id of the published profile it is printed under."""
        return self.surgeon_id if self.surgeon is not None and self.surgeon.published else None


class ReactionKind(models.TextChoices):
    THANKS = "thanks"
    SAME = "same"
    STRENGTH = "strength"


class Reaction(models.Model):
    """One phone's reaction of one kind to one comment."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=8, choices=ReactionKind.choices)
    tag = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "kind", "tag"], name="one_reaction_a_tag")]

    def __str__(self) -> str:
        return self.kind
