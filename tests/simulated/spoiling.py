"""The positive control: each thing that could be wrong with the books, done to them and undone again."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import F
from tests.simulated import books, ending, turns
from tests.simulated.crew import AtTable, Door
from tests.simulated.people import Person
from tests.simulated.stage import Stage

from equalterms.bookings.models import Booking, HeadCount, Line
from equalterms.journal.models import Entry
from equalterms.lib.clock import SLOT
from equalterms.programme.models import Session
from equalterms.questions.models import Question, Vote
from equalterms.safety.models import Claim, Note, Review

Spoiled = tuple[str, Callable[[], object], Callable[[], Iterator[str]]]


def over() -> Booking:
    return Booking.objects.filter(state="served")[0]


def claim_what_is_over() -> None:
    for review in Review.objects.filter(kind="question").select_related("topic")[:1]:
        account = Claim.objects.values_list("account", flat=True).first()
        Claim.objects.create(topic=review.topic, subject=over().pk, account_id=account)


def last_first(stage: Stage) -> Iterator[turns.Call]:
    """Each call as if it had been of whoever came last."""
    return (call._replace(called=call.last) for call in stage.calls if call.last not in call.first)


def spoilings(
    stage: Stage, people: list[Person], doors: list[Door], surgeons: list[AtTable], told: Any
) -> Iterator[Spoiled]:
    """What is spoiled, how, and the check that must find it."""
    steps = Entry.objects.filter(topic=stage.sessions[0].topic).order_by("version")
    waiting = Booking.objects.filter(state="here")
    limited = Session.objects.filter(kind="surgery").exclude(capacity=None)
    yield "an hour is kept", lambda: Booking.objects.filter(pk=over().pk).update(slot=5), books.tickets
    yield "there is less room", lambda: limited.update(capacity=2), lambda: books.places(people, stage.over)
    yield "they came later", lambda: waiting.update(slot=F("slot") + SLOT), lambda: turns.quarters(stage.came)
    yield "the last is called first", lambda: None, lambda: turns.in_turn(last_first(stage))
    yield "somebody is still called", lambda: waiting.update(state="taken"), books.called
    off = Booking.objects.filter(session__in=stage.off, state="left")
    yield (
        "a place is kept where nothing is on",
        lambda: off.filter(pk=off[0].pk).update(state="held", ticket=7777),
        lambda: ending.called_off(stage, people),
    )
    yield "the report is another", lambda: over().delete(), lambda: ending.report(told)
    yield "what is over is claimed", claim_what_is_over, books.claims
    shown = Review.objects.filter(state="shown")
    yield "a state is another", lambda: shown.update(state="hidden", reason="other"), books.reviews
    yield "a tally is off", lambda: Question.objects.shown().update(votes=F("votes") + 1), books.tallies
    yield "a line is off", lambda: Line.objects.update(waiting=F("waiting") + 1), books.lines
    yield "a step is missing", steps[4].delete, books.journal
    yield "words are others", lambda: Question.objects.update(text="No."), lambda: books.kept(people)
    yield "votes are lost", lambda: Vote.objects.all().delete(), lambda: books.cast(people, stage.let_stand)
    yield "notes are lost", lambda: Note.objects.all().delete(), lambda: books.notes(people)
    counted = HeadCount.objects.all()
    yield (
        "a head too many",
        lambda: counted.update(heads=F("heads") + 1),
        lambda: books.worked(doors, surgeons, people),
    )


def overlooked(spoiled: Iterable[Spoiled]) -> list[str]:
    """What was spoiled and not found."""
    found = []
    for what, spoil, check in spoiled:
        with transaction.atomic():
            spoil()
            if not list(check()):
                found.append(what)
            transaction.set_rollback(True)
    return found
