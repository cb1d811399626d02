"""Rehearsing a day: whatever is sent while it lasts is gone when it ends."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from equalterms.bookings.models import Booking, HeadCount, HelpGiven, Line, Presence
from equalterms.desk.actions.closing import WRITTEN, want_tidy_files
from equalterms.desk.actions.purging import NOTHING
from equalterms.desk.days.rules import check_can_rehearse
from equalterms.journal.actions import begin_anew, record
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.lib.rows.turns import alone
from equalterms.people.actions import note_act
from equalterms.people.models import Account, Act
from equalterms.programme.actions import on_day
from equalterms.programme.models import Event
from equalterms.questions.models import Answer, Question, Spotlight, Vote
from equalterms.safety.models import Claim, Note, OpenedNote, Receipt, Report, Review, SubjectKind, Tombstone
from equalterms.threads.models import Comment, Reaction, Voice

SENT: tuple[type[Model], ...] = (*WRITTEN, HeadCount, Spotlight)


def rehearse(*, event: Event, account: Account, on: bool) -> Event:
    """Begins a rehearsal, or ends it and wipes all that was sent in it. Doing so again changes nothing.

    Refuses `wrong-state` to a day that has begun, is called off or closed, or to which people have sent
    something already; and `busy` where others write without a pause.
    """
    alone(SENT, partial(_begin if on else _end, event.pk, account))
    if not on:
        want_tidy_files()
    event.refresh_from_db()
    return event


def _begin(ident: UUID, account: Account) -> None:
    event = Event.objects.get(pk=ident)
    if event.rehearsal:
        return
    check_can_rehearse(event, clock.now())
    event.rehearsal = True
    event.save(update_fields=["rehearsal"])
    note_act(account=account, event=event.pk, act="rehearsal-on", kind="event", subject=event.pk)
    record(*on_day(event, "event", event.pk))


def _end(ident: UUID, account: Account | None) -> None:
    event = Event.objects.get(pk=ident)
    if not event.rehearsal:
        return
    wipe(event)
    event.rehearsal = False
    event.save(update_fields=["rehearsal"])
    if account is not None:
        note_act(account=account, event=event.pk, act="rehearsal-off", kind="event", subject=event.pk)
    topics = event.sessions.values_list("topic", flat=True)
    begin_anew([*topics, event.day_id, event.now_id])


def wipe(event: Event) -> None:
    """Deletes whatever anybody asked, said, voted, booked or counted at `event`, and what staff did with it,
    in the caller's transaction; one statement a table, be there a flood of rows."""
    Question.objects.filter(session__event=event).update(merged_into=None)
    for rows in sent_to(event):
        rows._raw_delete(rows.db)
    of_askers = Act.objects.filter(event=event.pk, kind__in=SubjectKind.values)
    of_askers.update(subject=NOTHING, until=None, undo=None)


def sent_to(event: Event) -> "Iterable[QuerySet[Any]]":
    """All that was sent, what hangs on a row before the row."""
    topics = event.sessions.values("topic")
    everywhere = [*event.sessions.values_list("topic", flat=True), event.day_id, event.now_id]
    questions = Question.objects.filter(session__event=event)
    comments = Comment.objects.filter(session__event=event)
    reviews = Review.objects.filter(topic__in=topics)
    return (
        Claim.objects.filter(topic__in=everywhere),
        Note.objects.filter(topic__in=everywhere),
        OpenedNote.objects.filter(topic__in=everywhere),
        Receipt.objects.filter(topic__in=everywhere),
        Tombstone.objects.filter(event=event.pk),
        Report.objects.filter(review__in=reviews),
        Spotlight.objects.filter(session__event=event),
        Answer.objects.filter(question__in=questions),
        Vote.objects.filter(question__in=questions),
        questions,
        Reaction.objects.filter(comment__in=comments),
        comments,
        Voice.objects.filter(session__event=event),
        reviews,
        HeadCount.objects.filter(session__event=event),
        HelpGiven.objects.filter(event=event),
        Line.objects.filter(session__event=event),
        Presence.objects.filter(event=event),
        Booking.objects.filter(event=event),
    )


def end_rehearsals(now: datetime | None = None) -> int:
    """The clock's: a rehearsal ends when its day begins; gives how many did. A day that is dated anew at each
    start, for demonstrations, never begins."""
    begun = Event.objects.filter(rehearsal=True, clock_offset=0, starts__lte=now or clock.now())
    ended = 0
    for ident in list(begun.values_list("pk", flat=True)):
        try:
            alone(SENT, partial(_end, ident, None))
        except Refusal:  # others write without a pause: the next minute tries again
            continue
        ended += 1
    if ended:
        want_tidy_files()
    return ended
