"""Making a copy of an installation, and putting one back."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db.models import Model

from equalterms.bookings import actions as bookings
from equalterms.bookings.models import Booking
from equalterms.config.backups import files, rows
from equalterms.desk.actions.closing import WRITTEN, drop, leave_the_page, traces_of
from equalterms.desk.actions.purging import purge_rows
from equalterms.journal.actions import begin_anew
from equalterms.journal.models import Entry, Topic
from equalterms.journal.reading import one_reading
from equalterms.lib.ids import b64u
from equalterms.lib.rows.order import shuffle
from equalterms.lib.rows.patience import unhurried
from equalterms.lib.rows.turns import alone
from equalterms.programme.models import Event
from equalterms.questions.models import Question, Spotlight
from equalterms.safety.models import Claim, Note, OpenedNote, Receipt, Review, State, Tombstone
from equalterms.safety.profile.pepper import gone_mark
from equalterms.safety.profile.receipt import mailbox
from equalterms.threads.models import Comment

# No copy of a page that anybody holds can be so far ahead.
STEP = 2**20
# What was looked at and may be read, now or at the next tick.
PASSED = (State.SHOWN, State.APPROVED)
AT_ONCE = 500


def back_up(*, path: Path) -> int:
    """Writes an encrypted copy to `path`: no peppers, no tombstones, no spent tokens, nothing that could be
    undone. Gives its size in bytes."""
    with unhurried(), one_reading():
        content = rows.spell()
    files.write(path, content)
    return path.stat().st_size


class Present(NamedTuple):
    """What an installation knows that no copy may overrule."""

    marks: frozenset[str]
    versions: dict[UUID, int]
    closed: dict[UUID, date]
    purged: frozenset[UUID]
    passed: frozenset[UUID]


def restore(*, path: Path) -> int:
    """Puts the rows of a copy in the place of the present ones, all or none; gives how many.

    What was withdrawn since stays withdrawn, a closed day closed, a purged one purged; what was shown when
    the copy was made and is not shown now in the same form goes back to review. Versions leap, so that
    whoever follows reads anew. Refuses what is no copy, is damaged, was sealed with another key, or
    was made by another version, and leaves everything as it was.
    """
    found = rows.parse(files.read(path))
    alone(WRITTEN, partial(_restore, found))
    return sum(map(len, found.values()))


def _restore(found: dict[type[Model], list[Model]]) -> None:
    present = _present()
    _replace(found)
    Event.objects.filter(pk__in=present.purged).update(purged=True)
    _look_again(present.passed)
    for event in Event.objects.all():
        _keep_withdrawn(event, present.marks)
        _keep_closed(event, present)
    _leap(present.versions)
    for event in Event.objects.filter(closed_on__isnull=False):
        for table in traces_of(event):
            shuffle(table)


def _present() -> Present:
    closed = Event.objects.filter(closed_on__isnull=False)
    return Present(
        frozenset(Tombstone.objects.values_list("pk", flat=True)),
        dict(Topic.objects.values_list("pk", "version")),
        {ident: day for ident, day in closed.values_list("pk", "closed_on") if day is not None},
        frozenset(Event.objects.filter(purged=True).values_list("pk", flat=True)),
        frozenset(Review.objects.filter(state__in=PASSED).values_list("pk", flat=True)),
    )


def _replace(found: dict[type[Model], list[Model]]) -> None:
    Entry.objects.all()._raw_delete(Entry.objects.db)
    for model in reversed(found):
        model._default_manager.all()._raw_delete(model._default_manager.db)
    for model, kept in found.items():
        model._default_manager.bulk_create(kept, batch_size=AT_ONCE)


def _look_again(passed: frozenset[UUID]) -> None:
    """Sends back to review what the copy shows, unless it has passed the same review here: an edit would have
    opened another, and a moderator may have hidden it since. At a purged day nobody can have changed it."""
    shown = Review.objects.filter(state__in=PASSED, topic__session__event__purged=False)
    doubtful = [ident for ident in shown.values_list("pk", flat=True) if ident not in passed]
    for start in range(0, len(doubtful), AT_ONCE):
        some = doubtful[start : start + AT_ONCE]
        Spotlight.objects.filter(question__review__in=some).delete()
        Question.objects.filter(review__in=some).update(shown=None)
        Comment.objects.filter(review__in=some).update(shown=None)
        Review.objects.filter(pk__in=some).update(state=State.HELD, due=None, taken_in=True)


def _keep_withdrawn(event: Event, marks: frozenset[str]) -> None:
    """Deletes what tombstones name."""
    if not Tombstone.objects.filter(event=event.pk).exists():
        return
    topics = list(event.sessions.values_list("topic", flat=True))
    receipts = Receipt.objects.filter(topic__in=topics)
    gone = [row for row in receipts if b64u(gone_mark(event.pk, row.kind, row.subject)) in marks]
    subjects = [receipt.subject for receipt in gone]
    boxes = [mailbox(bytes(receipt.reply_key)) for receipt in gone if receipt.reply_key is not None]
    Note.objects.filter(pk__in=boxes).delete()
    Question.objects.filter(pk__in=subjects).delete()
    Comment.objects.filter(pk__in=subjects).delete()
    Booking.objects.filter(pk__in=subjects).delete()
    Claim.objects.filter(subject__in=subjects).delete()
    OpenedNote.objects.filter(subject__in=subjects).delete()
    Review.objects.filter(subject__in=subjects).delete()
    receipts.filter(pk__in=subjects).delete()
    # What was merged into one of them is looked at again.
    lost = Review.objects.filter(topic__in=topics, state=State.MERGED, question__merged_into=None)
    lost.update(state=State.HELD, before="", taken_in=True)


def _keep_closed(event: Event, present: Present) -> None:
    """Closes and purges again what was, so that a copy of an open day does not open it."""
    if event.pk not in present.closed:
        return
    event.closed_on = present.closed[event.pk]
    event.save(update_fields=["closed_on"])
    leave_the_page(event)
    bookings.close_places(event=event)
    drop(event)
    if event.pk in present.purged:
        purge_rows(event)


def _leap(versions: dict[UUID, int]) -> None:
    """Every topic's version leaps beyond any that was ever told."""
    for ident, version in versions.items():
        Topic.objects.filter(pk=ident, version__lt=version).update(version=version)
    begin_anew(list(Topic.objects.values_list("pk", flat=True)), by=STEP)
