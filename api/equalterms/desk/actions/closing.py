"""Closing a day: what only the day itself needed is dropped, and nothing left tells who came first."""

import threading
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from equalterms.bookings import actions as bookings
from equalterms.bookings.models import Booking, HelpGiven, Line, Presence
from equalterms.desk.actions.showing import reveal
from equalterms.journal.actions import Change, record
from equalterms.journal.models import Entry, Topic
from equalterms.lib import clock
from equalterms.lib.api.fields import refuse_field
from equalterms.lib.refusal import Refusal
from equalterms.lib.rows.files import rewrite
from equalterms.lib.rows.order import shuffle
from equalterms.lib.rows.turns import alone
from equalterms.people.actions import note_act
from equalterms.people.models import Account, Act
from equalterms.programme.actions import on_day
from equalterms.programme.models import Event, Session
from equalterms.programme.rules import local_day
from equalterms.questions import actions as questions
from equalterms.questions.models import Answer, Question, Vote
from equalterms.safety.actions import release
from equalterms.safety.models import Claim, Note, OpenedNote, Receipt, Report, Review, Tombstone
from equalterms.threads import actions as threads
from equalterms.threads.models import Comment, Reaction, Voice

# A day that nobody closes is closed so long after its end.
LEFT_OPEN = timedelta(days=14)
# Longer than any wait for others.
AT_ONCE = timedelta(days=1)
# Whatever askers, and staff because of them, leave behind; first what an asker's transaction writes first.
TRACES: tuple[type[Model], ...] = (
    Receipt, Review, Line, Booking, HelpGiven, Question, Answer, Vote, Comment, Voice, Reaction, Report,
    Claim, Presence, Note, OpenedNote, Tombstone, Act, Entry,
)  # fmt: skip
WRITTEN: tuple[type[Model], ...] = (*TRACES[:-1], Session, Event, Topic, Entry)
# That files wait to be rewritten: a hint to this process's clock.
_files_wait = threading.Event()


def confirmed(event: Event, slug: str) -> None:
    """Refuses unless the day's own address was typed: closing cannot be undone."""
    if slug != event.slug:
        raise refuse_field("confirm", "Please type the address of the day, as it stands in its link.")


def close(*, event: Event, account: Account | None = None, now: datetime | None = None) -> None:
    """Closes the day for good. Votes, reactions, reports, claims and what could be undone are dropped, their
    published tallies stay; what was meant for the day alone leaves the public pages; places end, and their
    numbers and labels go; every row an asker caused, and the journal, are written anew in random order by
    one transaction.

    Receipts and notes stay until the purge, so late answers reach their askers. Closing again only tidies
    again. Call `tidy_files` next, or leave it to the clock. Refuses `busy`, and `wrong-state` to a rehearsal.
    """
    alone(WRITTEN, partial(_close, event.pk, account, now or clock.now()))
    _files_wait.set()


def _close(ident: UUID, account: Account | None, now: datetime) -> None:
    event = Event.objects.get(pk=ident)
    if event.rehearsal:
        raise Refusal("wrong-state", "This day is in rehearsal. Please end the rehearsal first.")
    if not event.closed:
        _let_go(event, now)
        _end(event, account, now)
    drop(event)
    for rows in traces_of(event):
        shuffle(rows)


def _let_go(event: Event, now: datetime) -> None:
    """What was approved leaves now, all together, and the last tallies are published."""
    for session in event.sessions.select_related("event"):
        session.slow = 0  # slow mode is over too
        while leaving := release(session=session, now=now + AT_ONCE):
            reveal(session=session, reviews=leaving)
    questions.publish_tallies(event=event.pk)
    threads.publish_tallies(event=event.pk)


def _end(event: Event, account: Account | None, now: datetime) -> None:
    told = [*leave_the_page(event), *bookings.close_places(event=event), *on_day(event, "event", event.pk)]
    event.closed_on = local_day(event, now)
    event.save(update_fields=["closed_on"])
    if account is not None:
        note_act(account=account, event=event.pk, act="close-event", kind="event", subject=event.pk)
    record(*told)


def leave_the_page(event: Event) -> list[Change]:
    """Takes questions that were for the day alone off the public pages, and every question off the walls;
    gives what is to be told of it."""
    leaving = Question.objects.shown().filter(session__event=event, recap=False)
    found = list(leaving.values_list("pk", "session", "session__topic"))
    leaving.update(shown=None)
    lit = Question.objects.filter(session__event=event, spotlight__isnull=False)
    dark = questions.look_away(list(lit.values_list("pk", flat=True)))
    told = [Change(topic, "question", ident) for ident, _, topic in found]
    return [*told, *dark] + [
        Change(event.now_id, "counts", session) for session in {session for _, session, _ in found}
    ]


def drop(event: Event) -> None:
    Vote.objects.filter(question__session__event=event).delete()
    Reaction.objects.filter(comment__session__event=event).delete()
    Report.objects.filter(review__topic__session__event=event).delete()
    Claim.objects.filter(topic__session__event=event).delete()
    Act.objects.filter(event=event.pk).update(until=None, undo=None)
    Review.objects.filter(topic__session__event=event).update(coded=False, taken_in=True)


def traces_of(event: Event) -> list["QuerySet[Any]"]:
    """All rows of the day that somebody's asking caused, table by table."""
    topics = [*event.sessions.values_list("topic", flat=True), event.day_id, event.now_id]
    return [
        Receipt.objects.filter(topic__in=topics),
        Review.objects.filter(topic__in=topics),
        Booking.objects.filter(event=event),
        HelpGiven.objects.filter(event=event),
        Question.objects.filter(session__event=event),
        Answer.objects.filter(question__session__event=event),
        Comment.objects.filter(session__event=event),
        Voice.objects.filter(session__event=event),
        Note.objects.filter(topic__in=topics),
        OpenedNote.objects.filter(topic__in=topics),
        Tombstone.objects.filter(event=event.pk),
        Act.objects.filter(event=event.pk),
        Entry.objects.filter(topic__in=topics),
    ]


def tidy_files() -> list[str]:
    """Rewrites the files of the tables, so that they hold nothing that was dropped, nor its order. Gives a
    sentence for each place where some of it may still be. Raises StillRead if others never pause."""
    remains = rewrite(TRACES)
    _files_wait.clear()
    return remains


def want_tidy_files() -> None:
    """Leaves the rewriting of files to the clock of this process."""
    _files_wait.set()


def tidy_if_wanted() -> None:
    """The clock's: rewrites files after a day was closed in this process."""
    if _files_wait.is_set():
        tidy_files()


def close_overdue(now: datetime | None = None) -> int:
    """Closes days that nobody closed in the two weeks since they ended; gives how many. A day that is
    dated anew at each start never ends."""
    moment = now or clock.now()
    overdue = list(Event.objects.open().filter(ends__lte=moment - LEFT_OPEN, clock_offset=0, rehearsal=False))
    for event in overdue:
        close(event=event, now=moment)
    return len(overdue)
