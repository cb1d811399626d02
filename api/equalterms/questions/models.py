"""Questions and their answers. A question row is anonymous: nothing of its asker but the words."""

from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.db.models.functions import Coalesce

from equalterms.people.models import Account, Surgeon
from equalterms.programme.models import Session
from equalterms.safety.models import Review, State, shuffle


class Audience(models.TextChoices):
    EVERYONE = "everyone"
    SURGEONS = "surgeons"


def votes_counted() -> "models.expressions.Combinable":
    """For an annotation of questions: the votes on each and on what is merged into it."""
    votes = Vote.objects.order_by()
    own = votes.filter(question=models.OuterRef("pk")).values("question")
    merged = votes.filter(question__merged_into=models.OuterRef("pk")).values("question__merged_into")
    return Coalesce(_tally(own), 0) + Coalesce(_tally(merged), 0)


def _tally(grouped: "models.QuerySet[Vote, Any]") -> models.Subquery:
    """How many there are in the one group, null for none."""
    return models.Subquery(grouped.annotate(number=models.Count("pk")).values("number"))


class QuestionQuerySet(models.QuerySet["Question"]):
    def shown(self) -> Self:
        """The only door to the public: reviewed, shown, and meant for everyone. What was meant for the day
        alone is no longer shown once the day is closed."""
        return self.filter(review__state=State.SHOWN, audience=Audience.EVERYONE, shown__isnull=False)

    def for_desk(self) -> Self:
        """What surgeons may answer: shown ones, and those meant for surgeons only that passed review."""
        return self.filter(review__state=State.SHOWN)

    def for_session(self, session: Session) -> Self:
        return self.filter(session=session)

    def unanswered(self) -> Self:
        return self.filter(answers__isnull=True)

    def answered(self) -> Self:
        return self.filter(is_answered())

    def with_answers(self) -> Self:
        """With all that a page of questions prints, in a fixed number of queries: `told`, its answers in
        their order, and whether it was `reported`. No row is made of a review, nor a manager of each
        question's answers: a full page of them is made anew for every change."""
        answers = Answer.objects.select_related("surgeon").order_by("slot", "id")
        return self.annotate(reported=models.F("review__folded")).prefetch_related(
            models.Prefetch("answers", queryset=answers, to_attr="told")
        )


def is_answered() -> models.Exists:
    """Whether a question has an answer, inside a query for questions."""
    return models.Exists(Answer.objects.filter(question=models.OuterRef("pk")))


class Question(models.Model):
    """`shown` is the topic's version that showed it, `votes` the tally last published, those of what was
    merged into it included."""

    id = models.UUIDField(primary_key=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="questions")
    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="question")
    text = models.TextField(max_length=1000)
    warning = models.CharField(max_length=60, blank=True)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.EVERYONE)
    recap = models.BooleanField(default=False)
    slot = models.BigIntegerField()
    shuffle = models.BigIntegerField(default=shuffle)
    shown = models.BigIntegerField(null=True)
    votes = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    # Of rows read `with_answers`.
    told: "list[Answer]"
    reported: bool

    objects = QuestionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["session", "-votes", "-shown", "id"], name="questions_by_votes"),
            models.Index(fields=["session", "-shown", "id"], name="questions_newest"),
        ]

    def __str__(self) -> str:
        return "question"


class Answer(models.Model):
    """What a surgeon wrote, or one line on what was said aloud.

    `sealed`: it went to the asker alone, in a note; its words are not here.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="answers")
    surgeon = models.ForeignKey(Surgeon, null=True, on_delete=models.SET_NULL, related_name="answers")
    text = models.TextField(max_length=4000)
    spoken = models.BooleanField(default=False)
    sealed = models.BooleanField(default=False)
    edited = models.BooleanField(default=False)
    slot = models.BigIntegerField()

    def __str__(self) -> str:
        return "answer"

    @property
    def byline(self) -> str:
        """The name it is printed under; a withdrawn profile leaves "a surgeon"."""
        if self.surgeon is None:
            return "the organisers"
        return self.surgeon.name if self.surgeon.published else "a surgeon"


class Vote(models.Model):
    """One phone's "me too" on one question. The tag means nothing anywhere else."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="votes_cast")
    tag = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "tag"], name="one_vote_a_tag")]

    def __str__(self) -> str:
        return "vote"


class Spotlight(models.Model):
    """The question the room is at in a session, as somebody at the desk chose. Gone with its question."""

    session = models.OneToOneField(
        Session, primary_key=True, on_delete=models.CASCADE, related_name="spotlight"
    )
    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="spotlight")

    def __str__(self) -> str:
        return "spotlight"
