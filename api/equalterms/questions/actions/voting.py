"""Me too: votes, and the tallies that are published of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from equalterms.journal.actions import Change, record
from equalterms.journal.tallies import Tallies
from equalterms.lib.api.fields import read_tag
from equalterms.lib.refusal import Refusal, not_found
from equalterms.programme.models import Session
from equalterms.programme.rules import refuse_if_over, visible_session
from equalterms.questions.models import Audience, Question, Vote, votes_counted
from equalterms.safety import proofs
from equalterms.safety.models import State


class Ballot(NamedTuple):
    """One "me too" as it was sent: the session by id or code, the tag as it is spelt, and the payload of its
    proof, or "" where it came without one."""

    session: str
    question: UUID
    tag: str
    payload: str
    network: str


def find_shown(session: Session, ident: UUID) -> Question:
    """The question if everybody may see it; else not found, whatever the reason."""
    question = Question.objects.shown().for_session(session).filter(pk=ident).first()
    if question is None:
        raise not_found()
    return question


def find_voted(session: Session, ident: UUID) -> Question:
    """As `find_shown`, and also what was shown and is merged into another now: a vote that counts there can
    still be taken back."""
    merged = Q(review__state=State.MERGED, review__before=State.SHOWN, audience=Audience.EVERYONE)
    found = Question.objects.for_session(session).filter(merged | Q(pk__in=Question.objects.shown()))
    question = found.filter(pk=ident).first()
    if question is None:
        raise not_found()
    return question


def has_voted(*, question: Question, tag: UUID) -> bool:
    return Vote.objects.filter(question=question, tag=tag).exists()


def vote(*, question: Question, tag: UUID) -> None:
    """Counts one "me too" for good once this returns. The tally is published within seconds. Refuses
    `not-found` for what was withdrawn meanwhile."""
    try:
        _count([Vote(question=question, tag=tag)])
    except IntegrityError as withdrawn:
        raise not_found() from withdrawn


def _count(votes: Collection[Vote]) -> None:
    in_order = sorted(votes, key=lambda vote: (vote.question_id, vote.tag))  # two at once wait in one order
    with transaction.atomic():
        Vote.objects.bulk_create(in_order, ignore_conflicts=True)
        for session in {vote.question.session_id for vote in votes}:
            refuse_if_over(sessions=session)
    for vote in votes:
        tallies.touch(vote.question_id)


def cast(ballots: Iterable[Ballot]) -> set[Ballot]:
    """Counts in one transaction, for good once this returns, those of many of which there is nothing to
    say but yes, and gives them: new votes with a good proof, for what is shown. Nothing happens to the
    others, so each may still be cast by itself. Raises what the database raises; nothing was counted then,
    and no proof is spent."""
    counted: dict[Ballot, Vote] = {}
    try:
        with ExitStack() as stack:
            for ballot, vote in _new(ballots).items():
                session = vote.question.session
                proof = {"type": "pow", "payload": ballot.payload} if ballot.payload else None
                spending = proofs.spending(proof, "vote", session, ballot.tag, network=ballot.network)
                try:
                    stack.enter_context(spending)
                except Refusal:
                    continue
                counted[ballot] = vote
            if counted:
                _count(counted.values())
    except Refusal:  # a day among them is over
        return set()
    return set(counted)


def _new(ballots: Iterable[Ballot]) -> dict[Ballot, Vote]:
    """The votes that these would be, one a tag, without those for what nobody may see and those that are
    counted already."""
    found: dict[Ballot, Vote] = {}
    for (ref, ident), cast_here in _by_question(ballots).items():
        try:
            session = visible_session(ref)
            question = find_shown(session, ident)
        except Refusal:
            continue
        if session.event.closed_on is not None:
            continue
        question.session = session
        tags = {read_tag(ballot.tag): ballot for ballot in cast_here}
        kept = set(Vote.objects.filter(question=question, tag__in=tags).values_list("tag", flat=True))
        found |= {ballot: Vote(question=question, tag=tag) for tag, ballot in tags.items() if tag not in kept}
    return found


def _by_question(ballots: Iterable[Ballot]) -> dict[tuple[str, UUID], list[Ballot]]:
    groups: dict[tuple[str, UUID], list[Ballot]] = defaultdict(list)
    for ballot in ballots:
        groups[ballot.session, ballot.question].append(ballot)
    return groups


def unvote(*, question: Question, tag: UUID) -> None:
    """Takes a "me too" back; harmless if there was none."""
    with transaction.atomic():
        Vote.objects.filter(question=question, tag=tag).delete()
        refuse_if_over(sessions=question.session_id)
    touch(question)


def touch(question: Question) -> None:
    """The tally that its votes count for is off, and follows within seconds."""
    tallies.touch(question.merged_into_id or question.pk)


tallies = Tallies()


def publish_tallies(only: Iterable[UUID] | None = None, *, event: UUID | None = None) -> int:
    """Publishes every tally that differs from the count of its votes and of those of what is merged into
    it, of the given questions, of an event or of all; gives how many. One version of a session's topic for
    each."""
    rows = Question.objects.shown().filter(session__event__closed_on=None)
    if event is not None:
        rows = rows.filter(session__event=event)
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    stale = (
        rows.annotate(counted=votes_counted())
        .exclude(counted=F("votes"))
        .select_related("session")
        .order_by("pk")
    )
    found = list(stale.values_list("pk", "session__topic", "counted"))
    if not found:
        return 0
    with transaction.atomic():
        for ident, _, counted in found:
            Question.objects.filter(pk=ident).update(votes=counted)
        record(*(Change(topic, "question", ident) for ident, topic, _ in found))
    return len(found)
