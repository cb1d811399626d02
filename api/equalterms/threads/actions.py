"""What askers and staff do in a thread. Only here do comment rows change."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Q

from equalterms.journal.actions import Change, record
from equalterms.journal.tallies import Tallies
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal, not_found
from equalterms.people.actions import note_act
from equalterms.people.models import Account, Surgeon
from equalterms.programme.models import Session
from equalterms.programme.rules import not_yours, refuse_if_over
from equalterms.safety import receipts
from equalterms.safety.actions import forget, hold, keep_receipt, let_go, open_review, outdate_note
from equalterms.safety.models import Receipt, Review, State, SubjectKind, shuffle
from equalterms.safety.profile.pepper import voice_mark
from equalterms.safety.rules import outward
from equalterms.threads.models import Comment, Reaction, ReactionKind, Voice
from equalterms.threads.rules import depth_under, may_change, speaks_as

KIND = SubjectKind.COMMENT
KINDS = ReactionKind.values


@dataclass(frozen=True)
class Said:
    """What somebody sends to a thread beside the id and the secret."""

    text: str
    parent: UUID | None
    voice: bytes


class _Raced(Exception):
    """Another request with the same id was first."""


def _same(comment: Comment, session: Session, said: Said) -> bool:
    mark = bytes(comment.voice.mark) if comment.voice is not None else b""
    kept = (comment.session_id, comment.text, comment.parent, mark)
    return kept == (session.pk, said.text, said.parent, voice_mark(session.event_id, said.voice))


def said_before(*, session: Session, claimed: receipts.Claimed, said: Said) -> str | None:
    """The state of this very comment if it is kept already, so that a retry is harmless; None if the id
    is free. Refuses `withdrawn`, `already-asked` (own id, other content) and `id-taken`."""
    standing = receipts.standing(session, claimed)
    if standing == "new":
        return None
    comment = Comment.objects.filter(pk=claimed.subject).select_related("review", "voice").first()
    if standing == "taken" or comment is None or comment.review is None:
        raise receipts.id_taken()
    if not _same(comment, session, said):
        raise receipts.already_asked()
    return outward(comment.review.state)


def say(*, session: Session, claimed: receipts.Claimed, said: Said, coded: bool = False) -> str:
    """Keeps a comment and gives its state. Call `said_before` first and claim the proof between.

    Refuses `questions-closed`, `questions-paused`, `parent-gone`, `thread-too-deep`, and whatever
    `said_before` refuses if a twin request was first.
    """
    try:
        return _say(session, claimed, said, coded)
    except _Raced:
        state = said_before(session=session, claimed=claimed, said=said)
        if state is None:
            raise receipts.id_taken() from None
        return state


@transaction.atomic
def _say(session: Session, claimed: receipts.Claimed, said: Said, coded: bool) -> str:
    depth = depth_under(session, said.parent)
    if not keep_receipt(session=session, claimed=claimed):
        raise _Raced
    if Review.objects.filter(subject=claimed.subject).exists():
        raise _Raced
    review = open_review(session=session, kind=KIND, subject=claimed.subject, words=said.text, coded=coded)
    comment = Comment.objects.create(
        pk=claimed.subject,
        session=session,
        review=review,
        parent=said.parent,
        depth=depth,
        text=said.text,
        voice=_voice(session, said.voice),
        slot=clock.slot(),
    )
    if review.state == State.SHOWN:
        reveal(session=session, comments=[comment])
    return outward(review.state)


def _voice(session: Session, voice: bytes) -> Voice:
    """The voice's row in this thread, without a number until it is first heard."""
    _take_turns(session)
    mark = voice_mark(session.event_id, voice)
    Voice.objects.bulk_create([Voice(session=session, mark=mark)], ignore_conflicts=True)
    return Voice.objects.get(session=session, mark=mark)


def reveal(*, session: Session, comments: Sequence[Comment]) -> None:
    """Puts comments whose review now shows them before the public, within the caller's transaction.

    Voices heard for the first time get their numbers in random order. The slot and place of arrival are
    overwritten by those of showing.
    """
    if not comments:
        return
    _number(session, {comment.voice_id for comment in comments if comment.voice_id is not None})
    changes = [Change(session.topic_id, "comment", comment.pk) for comment in comments]
    versions = record(*changes, Change(session.event.now_id, "counts", session.pk))
    now = clock.slot()
    for comment, version in zip(comments, versions, strict=False):
        comment.slot, comment.shuffle, comment.shown = now, shuffle(), version
        comment.save(update_fields=["slot", "shuffle", "shown"])
        Review.objects.filter(subject=comment.pk).update(slot=now, shuffle=shuffle(), due=None)


def _number(session: Session, voices: Collection[UUID]) -> None:
    """Numbers the voices that have none yet."""
    _take_turns(session)
    unheard = list(Voice.objects.filter(pk__in=voices, number=None).values_list("pk", flat=True))
    secrets.SystemRandom().shuffle(unheard)
    last = Voice.objects.filter(session=session).aggregate(last=Max("number"))["last"] or 0
    for number, voice in enumerate(unheard, last + 1):
        Voice.objects.filter(pk=voice).update(number=number)


def _take_turns(session: Session) -> None:
    """Voices of a session come, get their numbers and go one transaction at a time: no two are alike,
    and none goes while it speaks."""
    Session.objects.select_for_update(no_key=True).get(pk=session.pk)


def conceal(*, comment: Comment) -> None:
    """Takes a comment off the thread, in the caller's transaction; replies to it stay."""
    if comment.shown is None:
        return
    comment.shown = None
    comment.save(update_fields=["shown"])
    _tell(comment.session, comment.pk, counts=True)


def _tell(session: Session, comment: UUID, *, counts: bool = False) -> None:
    """Records a change of a comment that the public sees."""
    changes = [Change(session.topic_id, "comment", comment)]
    if counts:
        changes.append(Change(session.event.now_id, "counts", session.pk))
    record(*changes)


def _own(session: Session, ident: UUID, auth: bytes) -> tuple[Comment, Review, Receipt]:
    receipt = receipts.opened(session, KIND, ident, auth)
    comment = Comment.objects.filter(pk=ident, session=session).select_related("review", "voice").first()
    if comment is None or comment.review is None:
        raise receipts.no_such_receipt()
    return comment, comment.review, receipt


def check_editable(*, session: Session, ident: UUID, auth: bytes) -> None:
    """Refuses an edit early, before a proof is spent: `too-many-edits`, `day-is-over`, wrong and
    withdrawn receipts."""
    _, _, receipt = _own(session, ident, auth)
    refuse_if_over(pk=session.event_id)
    if receipt.edits >= receipts.MOST_EDITS:
        raise Refusal("too-many-edits", "This was changed five times. Please write a new one.")


@transaction.atomic
def edit(*, session: Session, ident: UUID, auth: bytes, text: str) -> str:
    """Replaces the words and sends them back to review under a new review id; a shown comment leaves
    the thread at once and loses its reactions. No old text is kept."""
    hold(ident)
    check_editable(session=session, ident=ident, auth=auth)
    comment, old, receipt = _own(session, ident, auth)
    was_shown = comment.shown is not None
    let_go(review=old)
    Review.objects.filter(pk=old.pk)._raw_delete(Review.objects.db)
    coded = old.coded or old.taken_in
    review = open_review(session=session, kind=KIND, subject=ident, words=text, coded=coded)
    comment.review, comment.text, comment.edited, comment.shown = review, text, True, None
    comment.thanks = comment.same = comment.strength = 0
    comment.save(update_fields=["review", "text", "edited", "shown", "thanks", "same", "strength"])
    comment.reactions.all().delete()
    Receipt.objects.filter(pk=ident).update(edits=F("edits") + 1)
    if review.state == State.SHOWN:
        reveal(session=session, comments=[comment])
    elif was_shown:
        _tell(session, ident, counts=True)
    outdate_note(session=session, receipt=receipt)
    return outward(review.state)


@transaction.atomic
def withdraw(*, session: Session, ident: UUID, auth: bytes) -> None:
    """Deletes the comment with its reactions and leaves a tombstone; replies stay. Refuses 404 and 410."""
    hold(ident)
    comment, review, receipt = _own(session, ident, auth)
    was_shown, voice = comment.shown is not None, comment.voice
    forget(session=session, receipt=receipt)
    comment.delete()
    let_go(review=review)
    review.delete()
    if voice is not None:
        _fall_silent(session, voice)
    if was_shown:
        _tell(session, ident, counts=True)
    outdate_note(session=session, receipt=receipt)


def _fall_silent(session: Session, voice: Voice) -> None:
    """Forgets a voice if nothing is left of what it said. A number once given is never given again."""
    _take_turns(session)
    if voice.comments.exists():
        return
    kept = Voice.objects.filter(pk=voice.pk)
    kept.filter(number=None).delete()
    kept.update(mark=secrets.token_bytes(32))


@transaction.atomic
def speak(
    *, session: Session, account: Account, roles: Collection[str], text: str, parent: UUID | None = None
) -> Comment:
    """Staff say something under their name, shown at once. Refuses `parent-gone`, `thread-too-deep`."""
    comment = Comment.objects.create(
        session=session,
        parent=parent,
        depth=depth_under(session, parent),
        text=text,
        surgeon=speaks_as(account, roles),
        staff=True,
        slot=clock.slot(),
    )
    note_act(account=account, event=session.event_id, act="speak", kind=KIND, subject=comment.pk)
    reveal(session=session, comments=[comment])
    return comment


@transaction.atomic
def change_words(*, comment: Comment, account: Account, roles: Collection[str], text: str) -> Comment:
    """Replaces what staff said and marks it as edited. Refuses `not-yours`."""
    if not may_change(account, comment, roles):
        raise not_yours()
    comment.text, comment.edited = text, True
    comment.save(update_fields=["text", "edited"])
    note_act(account=account, event=comment.session.event_id, act="change", kind=KIND, subject=comment.pk)
    _tell(comment.session, comment.pk)
    return comment


@transaction.atomic
def take_back(*, comment: Comment, account: Account, roles: Collection[str]) -> None:
    """Removes what staff said; replies stay. Refuses `not-yours`."""
    if not may_change(account, comment, roles):
        raise not_yours()
    session, ident = comment.session, comment.pk
    comment.delete()
    note_act(account=account, event=session.event_id, act="remove", kind=KIND, subject=ident)
    _tell(session, ident, counts=True)


def find_shown(session: Session, ident: UUID) -> Comment:
    """The comment if everybody may see it; else not found, whatever the reason."""
    comment = Comment.objects.shown().for_session(session).with_names().filter(pk=ident).first()
    if comment is None:
        raise not_found()
    return comment


def find_reportable(session: Session, ident: UUID) -> Review:
    """The review of a shown comment. Refuses `cannot-report` for what staff said under their name."""
    review = find_shown(session, ident).review
    if review is None:
        raise Refusal("cannot-report", "Staff said this under their name. Please speak to them directly.")
    return review


def has_reacted(*, comment: Comment, kind: str, tag: UUID) -> bool:
    return Reaction.objects.filter(comment=comment, kind=kind, tag=tag).exists()


def react(*, comment: Comment, kind: str, tag: UUID) -> None:
    """Counts one reaction for good once this returns. The tally is published within seconds. Refuses
    `not-found` for what was withdrawn meanwhile."""
    mine = Reaction(comment=comment, kind=kind, tag=tag)
    try:
        with transaction.atomic():
            Reaction.objects.bulk_create([mine], ignore_conflicts=True)
            refuse_if_over(sessions=comment.session_id)
    except IntegrityError as withdrawn:
        raise not_found() from withdrawn
    tallies.touch(comment.pk)


def unreact(*, comment: Comment, kind: str, tag: UUID) -> None:
    """Takes a reaction back; harmless if there was none."""
    with transaction.atomic():
        Reaction.objects.filter(comment=comment, kind=kind, tag=tag).delete()
        refuse_if_over(sessions=comment.session_id)
    tallies.touch(comment.pk)


tallies = Tallies()


def publish_tallies(only: Iterable[UUID] | None = None, *, event: UUID | None = None) -> int:
    """Publishes every tally that differs from its count, of the given comments, of an event or of all;
    gives how many comments. One version of a session's topic for each."""
    rows = Comment.objects.shown().filter(session__event__closed_on=None)
    if event is not None:
        rows = rows.filter(session__event=event)
    if only is not None:
        rows = rows.filter(pk__in=list(only))
    counts = {f"now_{kind}": Count("reactions", filter=Q(reactions__kind=kind)) for kind in KINDS}
    kept = Q(**{kind: F(f"now_{kind}") for kind in KINDS})
    found = list(rows.annotate(**counts).exclude(kept).values("pk", "session__topic", *counts))
    if not found:
        return 0
    with transaction.atomic():
        for row in found:
            Comment.objects.filter(pk=row["pk"]).update(**{kind: row[f"now_{kind}"] for kind in KINDS})
        record(*(Change(row["session__topic"], "comment", row["pk"]) for row in found))
    return len(found)


def said_by(*, surgeon: Surgeon) -> list[Change]:
    """What is to be told where the name changes that a surgeon speaks under."""
    told = Comment.objects.shown().filter(surgeon=surgeon).order_by("pk").values_list("session__topic", "pk")
    return [Change(topic, "comment", comment) for topic, comment in told]
