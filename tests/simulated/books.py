"""Whether the books of a day balance: each check gives sentences on what does not."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Max, Min, Q
from tests.simulated.crew import AtTable, Door
from tests.simulated.people import Mine, Person
from tests.simulated.stage import Stage

from equalterms.bookings.actions.lines import publish_lines, seats_word
from equalterms.bookings.models import OPEN_PLACES, SEATED, Booking, HeadCount, Line, Place, Presence
from equalterms.bookings.rules import bookable
from equalterms.bookings.rules import outward as told_as
from equalterms.journal.models import Entry, Topic
from equalterms.lib.ids import b64u, unb64u
from equalterms.people.models import Surgeon
from equalterms.programme.models import Session, SessionKind
from equalterms.questions.models import Answer, Question, Vote, votes_counted
from equalterms.safety.models import Claim, Note, Receipt, Report, Review, State
from equalterms.safety.profile.sealing import unseal
from equalterms.safety.rules import outward
from equalterms.threads.models import Comment, Reaction

REVIEWED = frozenset({State.HELD, State.APPROVED, State.SHOWN})


def tickets() -> Iterator[str]:
    """Every ticket is open under one number, or over and erased."""
    rows = list(Booking.objects.all())
    numbers = Counter((row.event_id, row.ticket) for row in rows if row.ticket is not None)
    yield from (
        f"ticket {number} is given {times} times" for (_, number), times in numbers.items() if times > 1
    )
    for row in rows:
        if (row.ticket is not None) != (row.state in OPEN_PLACES):
            yield f"a booking that is {row.state} has the ticket {row.ticket}"
        if row.state not in OPEN_PLACES and (row.labels or row.slot):
            yield f"a booking that is {row.state} still tells its labels or its time"


def held_from_home(people: Iterable[Person]) -> "Counter[UUID]":
    """How many of each session's places are given to those who booked."""
    seated = Booking.objects.filter(state__in=SEATED).select_related("session")
    rows = [row for row in seated if row.session is not None and row.state in takes_room(row.session)]
    home = set(Receipt.objects.filter(kind="booking").values_list("subject", flat=True))
    listed = {one.secret.id for person in people for one in list(person.mine["booking"]) if one.listed}
    counted: Counter[UUID] = Counter()
    for row in rows:
        # Whoever was on the list and came to the door was let in, as those are who just turn up.
        if row.pk in home and (row.state == Place.HELD or row.pk not in listed):
            counted[row.session_id] += 1
    return counted


def places(people: Iterable[Person], over: dict[UUID, int]) -> Iterator[str]:
    """No more hold a place than there are, but for whom the door lets in. Where there is less room than there
    was, `over` are held from before, and it only gets fewer."""
    counted = held_from_home(people)
    for session in Session.objects.exclude(capacity=None):
        held = counted[session.pk]
        if held > max(bookable(session) or 0, over.get(session.pk, 0)):
            yield f"{session.title}: {held} places given of {bookable(session)}"
        if session.pk in over:
            over[session.pk] = min(over[session.pk], held)


def claims() -> Iterator[str]:
    """Whatever somebody has taken is open, and whoever is called was called by one."""
    called = set(Booking.objects.filter(state=Place.TAKEN).values_list("pk", flat=True))
    open_reviews = set(Review.objects.filter(state__in=REVIEWED).values_list("subject", flat=True))
    claimed = list(Claim.objects.values_list("subject", flat=True))
    yield from (f"{one} is claimed and is not open" for one in claimed if one not in called | open_reviews)
    yield from (f"booking {one} is called by nobody" for one in called - set(claimed))
    twice = [one for one, times in Counter(claimed).items() if times > 1]
    yield from (f"{one} is claimed twice" for one in twice)
    answered = Question.objects.filter(pk__in=claimed, answers__isnull=False)
    yield from (f"question {one.pk} is answered and still claimed" for one in answered)


def called() -> Iterator[str]:
    """In the evening nobody is at a table any more: everybody who was called was served, or went away."""
    still = Booking.objects.filter(state=Place.TAKEN).count()
    if still:
        yield f"{still} are still called"


def reviews() -> Iterator[str]:
    """Every question and comment is in one state, and all its columns say so."""
    held = dict(Review.objects.in_bulk())
    questions = list(Question.objects.select_related("merged_into__review"))
    comments = list(Comment.objects.exclude(review=None))
    subjects = {review.subject for review in held.values()}
    if subjects != {row.pk for row in [*questions, *comments]} or len(held) != len(subjects):
        yield "reviews and what is under review are not the same"
    for row in [*questions, *comments]:
        review = held[row.review_id]
        everybodys = getattr(row, "audience", "everyone") == "everyone"
        if (review.state == State.SHOWN and everybodys) != (row.shown is not None):
            yield f"{review} has shown={row.shown}"
        if (review.due is not None) and review.state not in (State.APPROVED, State.HELD):
            yield f"{review} is due"
        if bool(review.reason) != (review.state in (State.RETURNED, State.HIDDEN)):
            yield f"{review} has the reason {review.reason!r}"
        if bool(review.before) != (review.state == State.MERGED):
            yield f"{review} was {review.before!r} before"
    for question in questions:
        into = question.merged_into
        if (held[question.review_id].state == State.MERGED) != (into is not None):
            yield f"{held[question.review_id]} is merged into {into}"
        if into is not None and (into.review.state not in REVIEWED or into.session_id != question.session_id):
            yield f"a question is merged into one that is {into.review.state}"


def tallies() -> Iterator[str]:
    """What is published of votes and thanks is what was cast."""
    for question in Question.objects.shown().annotate(counted=votes_counted()).exclude(counted=F("votes")):
        yield f"{question.counted} voted, {question.votes} are told"
    for comment in Comment.objects.shown():
        cast = Counter(Reaction.objects.filter(comment=comment).values_list("kind", flat=True))
        told = {kind: getattr(comment, kind) for kind in ("thanks", "same", "strength")}
        if told != {kind: cast[kind] for kind in told}:
            yield f"{cast} reacted, {told} are told"


def takes_room(session: Session) -> set[str]:
    """At a surgery whoever was helped makes room."""
    return set(SEATED) - ({Place.SERVED} if session.kind == SessionKind.SURGERY else set())


def times_shared(helpers: Iterable[Surgeon]) -> "Counter[UUID]":
    """How much of a surgeon's time goes to each line: each surgeon who calls has as much for everybody whom
    they would call, at their own sessions if somebody is there, else anywhere."""
    waiting = list(Booking.objects.filter(state=Place.HERE, session__kind=SessionKind.SURGERY))
    time: Counter[UUID] = Counter()
    for surgeon in helpers:
        known = {label.casefold() for label in surgeon.labels} if "labels" in surgeon.public else set()
        own = set(surgeon.sessions.values_list("pk", flat=True))
        wants = {row: {label.casefold() for label in row.labels} for row in waiting}
        whom = [row for row, labels in wants.items() if not known or not labels or known & labels]
        pool = [row for row in whom if row.session_id in own] or whom
        for row in pool:
            time[row.session_id] += Fraction(1, len(pool))  # type: ignore[assignment]
    return time


def lines() -> Iterator[str]:
    """What is published of lines is what anybody would count."""
    if stale := publish_lines():
        yield f"{stale} lines were out of date"
    helpers = [one.surgeon for one in Presence.objects.filter(state="here").select_related("surgeon")]
    given = {label.casefold() for one in helpers if "labels" in one.public for label in one.labels}
    time = times_shared(helpers)
    home = Q(pk__in=Receipt.objects.filter(kind="booking").values("subject"))
    for line in Line.objects.select_related("session__event"):
        session, surgery = line.session, line.session.kind == SessionKind.SURGERY
        rows = Booking.objects.filter(session=session)
        waiting = rows.filter(state=Place.HERE if surgery else Place.LISTED)
        seated = rows.filter(state__in=takes_room(session))
        number, wait, lacking = waiting.count(), None, set()
        if surgery:
            rounds = math.ceil(number / time[session.pk]) if time[session.pk] else None
            wait = (0 if helpers else None) if not number else rounds and rounds * session.event.minutes
            wanted = {label for row in waiting for label in row.labels}
            lacking = {label for label in wanted if label.casefold() not in given}
        left = None
        if session.capacity is not None:
            free = session.capacity - seated.count()
            left = min(free, (bookable(session) or 0) - seated.filter(home).count())
        counted = (seats_word(left, bookable(session)), number, wait, sorted(lacking))
        told = (line.seats, line.waiting, line.wait, sorted(line.missing))
        if counted != told:
            yield f"{session.title}: {counted} is counted, {told} is told"


def journal() -> Iterator[str]:
    """No version of any topic is missing, and the last is where the topic stands."""
    ends = Entry.objects.order_by().values("topic").annotate(
        first=Min("version"), last=Max("version"), number=Count("pk")
    )  # fmt: skip
    versions = dict(Topic.objects.values_list("pk", "version"))
    for one in ends:
        if one["last"] - one["first"] + 1 != one["number"] or one["last"] != versions[one["topic"]]:
            yield f"topic {one} stands at {versions[one['topic']]}"


def whole() -> Iterator[str]:
    """No row points to one that is not there."""
    try:
        connection.check_constraints()
    except Exception as broken:  # noqa: BLE001 -- whatever a database calls it
        yield str(broken)


def kept(people: Iterable[Person]) -> Iterator[str]:
    """What was acknowledged is there once, in its last words; what was withdrawn is gone."""
    stored: dict[str, dict[UUID, Any]] = {
        "question": {row.pk: row.text for row in Question.objects.all()},
        "comment": {row.pk: row.text for row in Comment.objects.exclude(review=None)},
        "booking": dict.fromkeys(Booking.objects.from_home().values_list("pk", flat=True), ""),
    }
    promised = [one for person in people for sent in person.mine.values() for one in sent]
    for kind, rows in stored.items():
        mine = {one.secret.id: one.text for one in promised if one.secret.kind == kind and not one.gone}
        yield from (f"{kind} {one} was acknowledged and is not there" for one in mine.keys() - rows.keys())
        yield from (f"{kind} {one} is there and nobody was told so" for one in rows.keys() - mine.keys())
        yield from (
            f"{kind} {one} says {rows[one]!r}, not {text!r}"
            for one, text in mine.items()
            if one in rows and rows[one] != text
        )
    receipts = set(Receipt.objects.values_list("subject", flat=True))
    if receipts != {one.secret.id for one in promised if not one.gone}:
        yield "receipts are not those of what is kept"


def cast(people: Iterable[Person], let_stand: Iterable[UUID]) -> Iterator[str]:
    """Votes, thanks and reports: as each phone left them, but for what fell with an edit or a withdrawal,
    and reports of what a moderator let stand."""
    people = list(people)
    sent = [one for person in people for mine in person.mine.values() for one in mine]
    fell = {one.secret.id for one in sent if one.changed or one.gone}
    forgiven = fell.union(let_stand)
    votes = {(row.question_id, row.tag.bytes) for row in Vote.objects.all()}
    thanks = {(row.comment_id, row.kind, row.tag.bytes) for row in Reaction.objects.all()}
    reports = {(row.review.subject, row.tag.bytes) for row in Report.objects.select_related("review")}
    ledgers: dict[str, tuple[set[Any], set[Any]]] = {
        "vote": ({(q, unb64u(m, 16)) for p in people for (q, m), on in p.votes.items() if on}, votes),
        "reaction": (
            {(c, k, unb64u(m, 16)) for p in people for (c, k, m), on in p.reactions.items() if on}, thanks,
        ),
        "report": ({(s, unb64u(m, 16)) for p in people for s, m in p.reports}, reports),
    }  # fmt: skip
    for kind, (told, there) in ledgers.items():
        fallen = forgiven if kind == "report" else fell
        lost = [one for one in told - there if one[0] not in fallen]
        yield from (f"the {kind} {one} was cast and is not there" for one in lost)
        yield from (f"a {kind} is there and nobody was told so" for one in there - told)


def worked(doors: Iterable[Door], surgeons: Iterable[AtTable], people: Iterable[Person]) -> Iterator[str]:
    """Spares, walk-ins, heads and answers: as the phones of staff know them."""
    doors = list(doors)
    made = {one for door in doors for one in door.made}
    given = {one for door in doors for one in door.given}
    from_door = dict(
        Booking.objects.exclude(Q(pk__in=Booking.objects.from_home())).values_list("pk", "state")
    )
    if made != from_door.keys():
        yield f"{len(made)} spares were made, {len(from_door)} are there"
    if given != {one for one, state in from_door.items() if state != Place.SPARE}:
        yield f"{len(given)} walk-ins were acknowledged, others are there"
    heads = {(row.counter, row.session_id): row.heads for row in HeadCount.objects.all()}
    if heads != {(door.counter, session): count for door in doors for session, count in door.heads.items()}:
        yield "heads are not as they were counted"
    answers = {one for surgeon in surgeons for one in surgeon.answers}
    there = set(Answer.objects.values_list("pk", flat=True))
    yield from (f"answer {one} is there and nobody was told so" for one in there - answers)
    if len(answers - there) > sum(one.gone for person in people for one in person.mine["question"]):
        yield "answers are lost"


def notes(people: Iterable[Person]) -> Iterator[str]:
    """Whoever was turned down or called can read so, and so says a receipt."""
    states = {row.subject: row for row in Review.objects.all()}
    booked = dict(Booking.objects.values_list("pk", "state"))
    sealed = {row.box: bytes(row.sealed) for row in Note.objects.all()}
    boxes = set()
    for person in people:
        for one in (one for sent in person.mine.values() for one in sent if not one.gone):
            boxes.add(one.secret.box)
            yield from _note_of(one, states, booked, sealed)
    yield from (f"a note is in the box {box}, which nobody has" for box in sealed.keys() - boxes)


def _note_of(
    one: Mine, states: dict[UUID, Review], booked: dict[UUID, str], sealed: dict[str, bytes]
) -> Iterator[str]:
    box = one.secret.box
    told = unseal(one.secret.private, box, sealed[box])["state"] if box in sealed else None
    if one.secret.kind == "booking":
        state = told_as(booked[one.secret.id])
        must = {"called", "served"}
    else:
        state = outward(states[one.secret.id].state)
        must = {"returned", "hidden", "merged"}
    if state in must and told != state:
        yield f"a {one.secret.kind} is {state}, its asker reads {told}"
    if told in must - {"served"} and told != state:
        yield f"a {one.secret.kind} is {state}, its asker still reads {told}"


def looked_up(people: Iterable[Person]) -> Iterator[str]:
    """What a receipt finds is what is there; a withdrawn one finds nothing."""
    for person in people:
        for one in [one for sent in person.mine.values() for one in sent][:2]:
            answer = person.send("POST", "receipts/lookup/", {"auth": b64u(one.secret.auth)})
            if one.gone:
                if answer.status not in (404, 410):
                    yield f"a withdrawn {one.secret.kind} is found"
                continue
            if one.secret.kind == "booking":
                state = told_as(Booking.objects.get(pk=one.secret.id).state)
            else:
                state = outward(Review.objects.get(subject=one.secret.id).state)
            if answer.status != 200 or answer.json()["state"] != state:
                yield f"a {one.secret.kind} that is {state} is found as {answer.body!r}"


def counts(stage: Stage, read: Any) -> Iterator[str]:
    """The numbers that everybody reads are those of the rows."""
    day = read(f"events/{stage.event.slug}/live/")
    listed = {UUID(one["id"]): one for one in day["sessions"]}
    for session in stage.sessions:
        live = read(f"sessions/{session.pk}/live/")
        shown = Q(review__state=State.SHOWN, session=session)
        questions = Question.objects.filter(shown, audience="everyone")
        answered = questions.filter(pk__in=Answer.objects.values("question")).count()
        comments = Comment.objects.filter(shown).count()
        rows = {"questions": questions.count(), "answered": answered, "comments": comments}
        if live["counts"] != rows:
            yield f"{session.title} says {live['counts']}, there are {rows}"
        told = {name: listed.get(session.pk, {}).get(name, 0) for name in rows}
        if told != rows:
            yield f"the day says {told} of {session.title}, there are {rows}"
        newest = questions.order_by("-shown", "id").values_list("pk", flat=True)[:40]
        if [one["id"] for one in live["questions"]] != [str(one) for one in newest]:
            yield f"{session.title} lists other questions than there are"
