"""How a day ends: its report, its closing and its purge. Each check tells what does not add up."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Sum
from tests.simulated.people import Mine, Person
from tests.simulated.stage import Stage

from equalterms.bookings.models import Booking, HeadCount, Place, Presence
from equalterms.journal.models import Entry
from equalterms.lib.ids import b64u
from equalterms.programme.models import Session
from equalterms.questions.models import Answer, Question, Vote
from equalterms.safety.models import Claim, Note, OpenedNote, Receipt, Report, Review, State, Tombstone
from equalterms.safety.profile.sealing import unseal
from equalterms.threads.models import Comment, Reaction, Voice

Ends = Counter[tuple[UUID | None, str]]
TAKES_PART = frozenset({Place.SERVED, Place.HERE})


def ends() -> Ends:
    """How many places of each session stand how."""
    return Counter(Booking.objects.values_list("session", "state"))


def called_off(stage: Stage, people: Iterable[Person]) -> Iterator[str]:
    """Of a session that was cancelled nothing is open, and whoever had a place there can read so."""
    off = {session.pk for session in stage.off}
    rows = dict(Booking.objects.filter(session__in=off).values_list("pk", "state"))
    yield from (f"{state} at what was cancelled" for state in set(rows.values()) - {Place.SERVED, Place.LEFT})
    sealed = {row.box: bytes(row.sealed) for row in Note.objects.all()}
    for one in sent_by(people):
        if not one.gone and rows.get(one.secret.id) == Place.LEFT:
            told = unseal(one.secret.private, one.secret.box, sealed[one.secret.box])
            if told["state"] != "left":
                yield f"a place that was cancelled is told as {told['state']}"


def report(told: dict[str, Any]) -> Iterator[str]:
    """The figures that an organiser takes home are those of the rows."""
    there = {line["session"]["id"]: line["numbers"] for line in told["sessions"]}
    rows = {str(session.pk): figures_of(session) for session in Session.objects.all()}
    if there != rows:
        yield f"the report says {there}, there are {rows}"
    total: Counter[str] = Counter()
    for numbers in rows.values():
        total.update(numbers)
    if told["total"] != {name: total[name] for name in told["total"]}:
        yield f"the report adds up to {told['total']}, there are {total}"


def figures_of(session: Session) -> dict[str, int]:
    states = Counter(Booking.objects.filter(session=session).values_list("state", flat=True))
    surgery = session.kind == "surgery"
    in_line = states[Place.HERE] if surgery else 0
    everybodys = {"session": session, "review__state": State.SHOWN, "audience": "everyone"}
    questions = set(Question.objects.filter(**everybodys).values_list("pk", flat=True))
    return {
        "served": states[Place.SERVED] + states[Place.HERE] - in_line,
        "here": in_line + states[Place.TAKEN] * surgery,
        "left": states[Place.LEFT],
        "heads": HeadCount.objects.filter(session=session).aggregate(all=Sum("heads"))["all"] or 0,
        "shown": len(questions),
        "answered": len(questions & set(Answer.objects.values_list("question", flat=True))),
        "comments": Comment.objects.filter(session=session, review__state=State.SHOWN).count(),
    }


def closed(before: Ends, votes: dict[UUID, int], surgeries: set[UUID]) -> Iterator[str]:
    """Every place has ended as it had to, and only tallies are left of what was cast."""
    due: Ends = Counter()
    for (session, state), number in before.items():
        if state in (Place.SERVED, Place.LEFT):
            due[session, state] += number
        elif state == Place.HERE:
            due[session, Place.LEFT if session in surgeries else Place.SERVED] += number
    if ends() != due:
        yield f"places ended as {ends()}, not as {due}"
    if Booking.objects.exclude(ticket=None, labels=[], slot=0).exists():
        yield "an ended place still tells its number, its labels or its time"
    for model in (Vote, Reaction, Report, Claim, Presence):
        if left := model.objects.count():
            yield f"{left} {model._meta.verbose_name_plural} are left"
    stand = dict(Question.objects.filter(pk__in=votes).values_list("pk", "votes"))
    if stand != votes:
        yield "votes are told otherwise than before"
    if Question.objects.exclude(shown=None).filter(recap=False).exists():
        yield "what was for the day alone is still shown"


def purged(stage: Stage, people: Iterable[Person], ended: Ends, marks: set[bytes]) -> Iterator[str]:
    """What is public is there, and how each place ended; nothing that a phone could find again."""
    for model in (Receipt, Note, OpenedNote, Tombstone, Entry):
        if left := model.objects.count():
            yield f"{left} {model._meta.verbose_name_plural} are left"
    if ends() != ended:
        yield f"places ended as {ended}, are told as {ends()}"
    known = {one.secret.id for one in sent_by(people)} | stage.came.keys()
    if known & set(Booking.objects.values_list("pk", flat=True)):
        yield "a place has the number that is on a phone"
    if marks & marks_of_voices():
        yield "a voice can be told from its phone"
    for rows in (Question.objects, Comment.objects):
        if rows.filter(shown=None).exists():
            yield "something is kept that is not public"
    public = {*Question.objects.values_list("pk", flat=True), *Comment.objects.values_list("pk", flat=True)}
    if set(Review.objects.values_list("subject", flat=True)) != public:
        yield "reviews are not those of what is public"
    if has_pepper(stage):
        yield "the pepper is there"


def has_pepper(stage: Stage) -> bool:
    return bool((settings.HOME / "peppers" / f"{stage.event.pk}.key").exists())


def is_purged(stage: Stage) -> bool:
    stage.event.refresh_from_db()
    return stage.event.purged and not has_pepper(stage)


def unknown(people: Iterable[Person]) -> Iterator[str]:
    """No receipt finds anything any more."""
    for person in people:
        for one in sent_by([person])[:1]:
            answer = person.send("POST", "receipts/lookup/", {"auth": b64u(one.secret.auth)})
            if answer.status != 404:
                yield f"a {one.secret.kind} is found as {answer.body!r}"


def marks_of_voices() -> set[bytes]:
    return {bytes(mark) for mark in Voice.objects.values_list("mark", flat=True)}


def votes_told() -> dict[UUID, int]:
    return dict(Question.objects.shown().values_list("pk", "votes"))


def public_words() -> set[str]:
    return {*Question.objects.values_list("text", flat=True), *Comment.objects.values_list("text", flat=True)}


def sent_by(people: Iterable[Person]) -> list[Mine]:
    return [one for person in people for mine in person.mine.values() for one in mine]
