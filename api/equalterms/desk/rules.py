"""Who may do what at the desk, for things that are addressed by their own id."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from equalterms.bookings.models import Presence
from equalterms.lib.refusal import not_found
from equalterms.people.models import Account, Act
from equalterms.programme.models import Event, Role, Session
from equalterms.programme.rules import (
    ANSWERERS,
    REVIEWERS,
    colleagues_of,
    event_called,
    lead_of,
    moderated,
    not_yours,
    session_for,
    shut,
)
from equalterms.questions.models import Answer, Question, QuestionQuerySet
from equalterms.questions.rules import may_change_answer
from equalterms.safety.actions import superseded
from equalterms.safety.models import Claim, OpenedNote, Report, ReportReason, Review, State
from equalterms.threads.models import Comment


def admit(account: Account, event: UUID, roles: frozenset[str]) -> set[str]:
    """The roles `account` has at the event, if one of `roles` is among them. Refuses others' staff as if
    there were nothing, and the event's own staff with `not-yours`."""
    held = Role.objects.held(account, event)
    if not held:
        raise not_found()
    if not held & roles:
        raise not_yours()
    return held


def admit_at(account: Account, session: Session) -> set[str]:
    """The roles `account` has in this session, its co-moderators' too, if it decides there; refuses as
    `admit`."""
    held = Role.objects.held_at(account, session)
    if not held:
        raise not_found()
    if not held & REVIEWERS:
        raise not_yours()
    return held


@dataclass(frozen=True)
class Reach:
    """An event, and as far as somebody decides there: in all its sessions (`alone` is None), or in those
    that they moderate alone."""

    event: Event
    alone: list[Session] | None = None

    def within(self, sessions: QuerySet[Session]) -> QuerySet[Session]:
        return sessions if self.alone is None else sessions.filter(pk__in=[one.pk for one in self.alone])


def reach_of(account: Account, ref: str) -> Reach:
    """Where `account` decides at the event. Refuses those who do not as `event_for`."""
    event = event_called(ref)
    held = Role.objects.held(account, event.pk)
    if held & REVIEWERS:
        return Reach(event)
    if alone := moderated(account, event):
        return Reach(event, alone)
    raise shut(event, held)


def decided_session(account: Account, ref: str) -> Session:
    """The session, if `account` decides there. Refuses as `session_for`."""
    session = Session.objects.called(ref).select_related("event").first()
    if session is not None and Role.objects.held_at(account, session) & REVIEWERS:
        return session
    return session_for(account, ref, *REVIEWERS)


def colleagues_for(account: Account, ref: str) -> list[dict[str, Any]]:
    """Those `account` works with at the event; for a co-moderator, those who decide in their session."""
    event = event_called(ref)
    if held := Role.objects.held(account, event.pk):
        return _with_places(event, colleagues_of(event))
    found = {
        person["id"]: person
        for session in moderated(account, event)
        for person in colleagues_of(event, session)
    }
    if not found:
        raise shut(event, held)
    return _with_places(event, list(found.values()))


def _with_places(event: Event, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With where each of them says they are, None for whoever is not here."""
    there = Presence.objects.filter(event=event).values_list("surgeon__account", "place")
    places = dict(there)
    return [{**person, "at": places.get(person["id"])} for person in people]


def acts_within(reach: Reach) -> QuerySet[Act]:
    """The audit list of the event; for a co-moderator, the lines about their session and what is in it."""
    rows = Act.objects.filter(event=reach.event.pk)
    if reach.alone is None:
        return rows
    reviews = Review.objects.filter(topic__session__in=reach.alone).values("subject")
    said = Comment.objects.filter(session__in=reach.alone, review=None).values("pk")
    ours = Q(subject__in=[one.pk for one in reach.alone]) | Q(subject__in=reviews) | Q(subject__in=said)
    return rows.filter(ours)


def reviews_with_words() -> QuerySet[Review]:
    """What desks may see, with the words and the session of each, in one query."""
    return Review.objects.taken_in().select_related(
        "question__merged_into", "comment", "topic__session__event"
    )


def in_lane(rows: QuerySet[Review], lane: str) -> QuerySet[Review]:
    """Those that call for care, whatever was decided on them but to turn them down, and those of which a
    sealed note was opened to the safety lead; or those that people reported and no moderator let stand."""
    if lane == "care":
        opened = Exists(OpenedNote.objects.filter(subject=OuterRef("subject"), taken_in=True))
        calls = Q(care=True, state__in=[State.HELD, State.APPROVED, State.SHOWN])
        return rows.filter(calls | opened)
    reported = Exists(Report.objects.filter(review=OuterRef("pk")).exclude(reason=ReportReason.WORRIED))
    return rows.filter(Q(folded=True) | reported, state=State.SHOWN, kept=False)


@dataclass(frozen=True)
class Beside:
    """What stands beside reviews, each by the review's id."""

    owners: dict[UUID, Account]
    reports: dict[UUID, list[dict[str, Any]]]
    merged: dict[UUID, int]
    opened: dict[UUID, dict[str, Any]]


def beside(reviews: Sequence[Review]) -> Beside:
    """In five queries, six where notes were opened, however many reviews of one event."""
    idents = [review.pk for review in reviews]
    reports: dict[UUID, list[dict[str, Any]]] = {}
    counted = Report.objects.filter(review__in=idents).order_by("reason").values("review", "reason")
    for row in counted.annotate(count=Count("pk")):
        reports.setdefault(row["review"], []).append({"reason": row["reason"], "count": row["count"]})
    children = Question.objects.filter(merged_into__review__in=idents).order_by()
    merged = children.values_list("merged_into__review").annotate(Count("pk"))
    opened = _opened(reviews)
    return Beside(_owners(reviews, opened), reports, dict(merged), opened)


def _opened(reviews: Sequence[Review]) -> dict[UUID, dict[str, Any]]:
    """What askers opened to the safety lead, with the names of who wrote it as far as that is known."""
    taken_in = OpenedNote.objects.filter(taken_in=True, subject__in=[review.subject for review in reviews])
    notes = {note.subject: note for note in taken_in}
    writers = {note.by for note in notes.values() if note.by is not None}
    names = dict(Account.objects.filter(pk__in=writers).values_list("pk", "name")) if writers else {}
    return {
        review.pk: {"state": note.state, "text": note.text, "by": names.get(note.by) if note.by else None}
        for review in reviews
        if (note := notes.get(review.subject)) is not None
    }


def _owners(reviews: Sequence[Review], opened: Collection[UUID]) -> dict[UUID, Account]:
    """Whoever claimed each; the safety lead where it calls for care and nobody has."""
    subjects = [review.subject for review in reviews]
    claims = Claim.objects.standing().filter(subject__in=subjects)
    claimed = {claim.subject: claim.account for claim in claims.select_related("account")}
    events = {review.topic.session.event for review in reviews}
    leads = {event.pk: lead_of(event) for event in events}
    found = {
        review.pk: claimed.get(review.subject)
        or (leads[review.topic.session.event_id] if review.care or review.pk in opened else None)
        for review in reviews
    }
    return {ident: owner for ident, owner in found.items() if owner is not None}


def counts_of(event: Event) -> dict[str, int]:
    """How much waits for a decision, as far as desks may see, and how much waits to leave."""
    held, approved = Q(state=State.HELD, taken_in=True), Q(state=State.APPROVED)
    reviews = Review.objects.filter(topic__session__event=event)
    return reviews.aggregate(held=Count("pk", filter=held), approved=Count("pk", filter=approved))


def sessions_with_counts(event: Event) -> QuerySet[Session]:
    """The event's sessions, each with the numbers `held` and `shown`."""
    held = Q(topic__reviews__state=State.HELD, topic__reviews__taken_in=True)
    shown = Q(topic__reviews__state=State.SHOWN)
    return (
        Session.objects.filter(event=event)
        .select_related("event")
        .annotate(held=Count("topic__reviews", filter=held), shown=Count("topic__reviews", filter=shown))
        .order_by("starts", "title", "id")
    )


def review_for(account: Account, ident: UUID) -> Review:
    """The review, if `account` decides on it. One that an edit replaced is `review-superseded`, and so is
    one that no desk may see yet."""
    review = Review.objects.taken_in().filter(pk=ident).first()
    if review is None:
        raise superseded()
    admit_at(account, Session.objects.get(topic=review.topic_id))
    return review


def reviews_merged_into(review: UUID) -> set[UUID]:
    """The reviews of what is merged into the question under this review."""
    return set(Review.objects.filter(question__merged_into__review=review).values_list("pk", flat=True))


def act_for(account: Account, ident: UUID) -> Act:
    """The line of the audit list, if `account` decides at its event, or where its subject belongs."""
    act = Act.objects.filter(pk=ident).first()
    if act is None:
        raise not_found()
    session = sessions_of([act]).get(act.subject)
    if session is not None and session.event_id == act.event:
        admit_at(account, session)
    else:
        admit(account, act.event, REVIEWERS)
    return act


def sessions_of(acts: Sequence[Act]) -> dict[UUID, Session]:
    """The session of each act's subject, as far as it is still there: in three queries, however many acts."""
    subjects = [act.subject for act in acts]
    reviews = Review.objects.filter(subject__in=subjects).select_related("topic__session")
    said = Comment.objects.filter(pk__in=subjects, review=None).select_related("session")
    found = {session.pk: session for session in Session.objects.filter(pk__in=subjects)}
    found |= {comment.pk: comment.session for comment in said}
    return found | {review.subject: review.topic.session for review in reviews}


def question_for(account: Account, ident: UUID) -> Question:
    """The question, if `account` may answer it: shown, or passed for surgeons only."""
    question = Question.objects.for_desk().filter(pk=ident).select_related("session__event").first()
    if question is None:
        raise not_found()
    admit(account, question.session.event_id, ANSWERERS)
    return question


def takers_of(questions: Sequence[Question]) -> dict[UUID, str]:
    """The names of those who see to these questions, by the questions' ids."""
    idents = [question.pk for question in questions]
    claims = Claim.objects.filter(subject__in=idents, account__is_active=True)
    return dict(claims.values_list("subject", "account__name"))


def mine_among(account: Account, questions: QuestionQuerySet) -> QuestionQuerySet:
    """Those of the questions that are asked at sessions the account appears in, or that it has taken."""
    taken = Claim.objects.filter(account=account).values("subject")
    down = Session.objects.filter(appearances__surgeon__account=account)
    return questions.filter(Q(session__in=down) | Q(pk__in=taken))


def answer_for(account: Account, ident: UUID) -> Answer:
    """The answer, if `account` may change it: whoever gave it, and organisers."""
    rows = Answer.objects.select_related("surgeon", "question__session__event")
    answer = rows.filter(pk=ident).first()
    if answer is None:
        raise not_found()
    event = answer.question.session.event_id
    admit(account, event, ANSWERERS)
    if not may_change_answer(account, answer.account_id, event):
        raise not_yours()
    return answer


def comment_for(account: Account, ident: UUID) -> tuple[Comment, set[str]]:
    """What staff said under this id, and the roles of `account` there."""
    rows = Comment.objects.filter(staff=True).select_related("session__event").with_names()
    comment = rows.filter(pk=ident).first()
    if comment is None:
        raise not_found()
    return comment, admit(account, comment.session.event_id, ANSWERERS)
