"""Purging a closed day: what only receipts could reach is gone, and so is what opened it."""

from datetime import datetime
from functools import partial
from secrets import token_bytes
from uuid import UUID

from equalterms.bookings import actions as bookings
from equalterms.desk.actions.closing import WRITTEN, tidy_files, traces_of
from equalterms.journal.actions import begin_anew
from equalterms.lib import clock
from equalterms.lib.rows.order import shuffle
from equalterms.lib.rows.turns import alone
from equalterms.people.models import Act
from equalterms.programme.models import Event
from equalterms.programme.rules import local_day
from equalterms.questions.models import Answer, Question, Vote
from equalterms.safety.models import Note, OpenedNote, Receipt, Report, Review, SubjectKind, Tombstone
from equalterms.safety.profile import pepper
from equalterms.threads.models import Comment, Voice

# In the audit list, in the place of what is gone: its id is on a phone too.
NOTHING = UUID(int=0)


def is_over(event: Event, now: datetime) -> bool:
    """Whether the days for which receipts are kept have passed, by the calendar of the venue."""
    return event.kept_until is not None and local_day(event, now) >= event.kept_until


def purge(*, event: Event) -> list[str]:
    """Deletes the day's receipts, notes and tombstones, and whatever is not public; then gets its words out
    of the database's files, and destroys the pepper. Gives a sentence for each place where words may still
    be. A purge that was broken off is finished by the next. Refuses `busy`, raises StillRead."""
    alone(WRITTEN, partial(_purge, event.pk))
    remains = tidy_files()
    Event.objects.filter(pk=event.pk).update(purged=True)
    pepper.destroy(event.pk)
    return remains


def purge_rows(event: Event) -> None:
    """Deletes the rows, in the caller's transaction."""
    topics = list(event.sessions.values_list("topic", flat=True))
    Receipt.objects.filter(topic__in=topics).delete()
    Note.objects.filter(topic__in=topics).delete()
    OpenedNote.objects.filter(topic__in=topics).delete()
    Tombstone.objects.filter(event=event.pk).delete()
    bookings.forget_places(event=event)
    questions = Question.objects.filter(session__event=event)
    questions.update(merged_into=None)
    unseen = questions.exclude(pk__in=Question.objects.shown().values("pk"))
    for rows in (
        Answer.objects.filter(question__in=unseen),
        Vote.objects.filter(question__in=unseen),
        unseen,
    ):
        rows._raw_delete(rows.db)  # one statement each, be there a flood of them
    comments = Comment.objects.filter(session__event=event)
    comments.exclude(pk__in=Comment.objects.shown().values("pk")).delete()
    left = Review.objects.filter(topic__in=topics, question=None, comment=None)
    Report.objects.filter(review__in=left).delete()
    left._raw_delete(left.db)
    acts = Act.objects.filter(event=event.pk, kind__in=SubjectKind.values)
    gone = acts.exclude(subject__in=questions.values("pk")).exclude(subject__in=comments.values("pk"))
    gone.update(subject=NOTHING)
    _silence(event)
    begin_anew([*topics, event.day_id, event.now_id])


def _silence(event: Event) -> None:
    """No voice can be told from its phone any more; the numbers that are printed stay."""
    voices = Voice.objects.filter(session__event=event)
    voices.filter(comments=None).delete()
    for voice in voices:
        Voice.objects.filter(pk=voice.pk).update(mark=token_bytes(32))


def _purge(ident: UUID) -> None:
    event = Event.objects.get(pk=ident)
    purge_rows(event)
    for rows in traces_of(event):
        shuffle(rows)


def purge_due(now: datetime | None = None) -> int:
    """Purges closed days whose time has come, and sweeps up a pepper that a broken purge left; gives how
    many days were purged."""
    moment = now or clock.now()
    due = [event for event in Event.objects.keeping() if is_over(event, moment)]
    for event in due:
        purge(event=event)
    for ident in Event.objects.filter(purged=True).values_list("pk", flat=True):
        pepper.destroy(ident)
    return len(due)
