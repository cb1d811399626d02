"""What a day came to, from the rows as they stand: open, closed or purged."""

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Sum

from equalterms.bookings.models import Booking, HeadCount, HelpGiven, Place
from equalterms.people.models import Surgeon
from equalterms.programme.models import Event, Session, SessionKind, SessionState
from equalterms.questions.models import Answer, Audience, Question
from equalterms.safety.models import State
from equalterms.sharing.rules import roughly
from equalterms.threads.models import Comment


@dataclass
class Numbers:
    """`served` were helped at a table or took part; `here` are with somebody or wait for a table; `left` went
    without; `heads` were counted at the door. `shown` questions were read by everybody."""

    served: int = 0
    here: int = 0
    left: int = 0
    heads: int = 0
    shown: int = 0
    answered: int = 0
    comments: int = 0

    def add(self, other: "Numbers") -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


@dataclass
class Reported:
    """A session and its numbers."""

    session: Session
    numbers: Numbers = field(default_factory=Numbers)


@dataclass
class Theme:
    """A track of the programme, and what its sessions came to together."""

    theme: str
    sessions: int = 0
    numbers: Numbers = field(default_factory=Numbers)


@dataclass
class Report:
    """`purged`: of questions, only what is still public counts. `answered` may be handed on: it was meant for
    everybody, and its askers agreed that it stays."""

    event: Event
    total: Numbers
    sessions: list[Reported]
    themes: list[Theme]
    labels: list[tuple[str, int]]
    helped: list[tuple[str, int]]
    answered: list[Question]


def report_of(event: Event) -> Report:
    """The report of a day, in a fixed number of queries."""
    rows = Session.objects.filter(event=event).select_related("room").order_by("starts", "title", "id")
    sessions = {session.pk: Reported(session) for session in rows}
    _places(event, sessions)
    _questions(event, sessions)
    total = Numbers()
    for one in sessions.values():
        total.add(one.numbers)
    return Report(
        event=event,
        total=total,
        sessions=list(sessions.values()),
        themes=themes_of(sessions.values()),
        labels=labels_of(event),
        helped=helped_with(event),
        answered=to_hand_on(event, list(sessions)),
    )


def _places(event: Event, sessions: dict[UUID, Reported]) -> None:
    """Adds who came. At a surgery one is served at a table; elsewhere whoever is there takes part."""
    places = Booking.objects.filter(event=event, session__isnull=False).order_by()
    for session, state, number in places.values_list("session", "state").annotate(number=Count("pk")):
        at_surgery = sessions[session].session.kind == SessionKind.SURGERY
        numbers = sessions[session].numbers
        if state == Place.LEFT:
            numbers.left += number
        elif state == Place.SERVED or (state == Place.HERE and not at_surgery):
            numbers.served += number
        elif state in {Place.HERE, Place.TAKEN}:
            numbers.here += number
    heads = HeadCount.objects.filter(session__event=event).order_by()
    for session, number in heads.values_list("session").annotate(number=Sum("heads")):
        sessions[session].numbers.heads += number


def _questions(event: Event, sessions: dict[UUID, Reported]) -> None:
    """Adds what was asked and said. What was meant for the day alone counts, as long as it is there."""
    was_answered = Exists(Answer.objects.filter(question=OuterRef("pk")))
    asked = Question.objects.filter(
        session__event=event, review__state=State.SHOWN, audience=Audience.EVERYONE
    ).annotate(was_answered=was_answered)
    counted = asked.order_by().values_list("session", "was_answered").annotate(number=Count("pk"))
    for session, answered, number in counted:
        sessions[session].numbers.shown += number
        sessions[session].numbers.answered += number if answered else 0
    said = Comment.objects.shown().filter(session__event=event).order_by()
    for session, number in said.values_list("session").annotate(number=Count("pk")):
        sessions[session].numbers.comments += number


def themes_of(sessions: Any) -> list[Theme]:
    """The tracks of what was on, the most asked about first."""
    found: dict[str, Theme] = {}
    for one in sessions:
        if one.session.track and one.session.state != SessionState.CANCELLED:
            theme = found.setdefault(one.session.track, Theme(one.session.track))
            theme.sessions += 1
            theme.numbers.add(one.numbers)
    return sorted(found.values(), key=lambda one: (-one.numbers.shown, -one.numbers.served, one.theme))


def labels_of(event: Event) -> list[tuple[str, int]]:
    """What the day's surgeons say in public that they help with, and how many of them."""
    surgeons = [one for one in Surgeon.objects.listed().filter(listings__event=event) if one.shows("labels")]
    spelt: dict[str, str] = {}
    for label in [*event.labels, *sorted(label for one in surgeons for label in one.labels)]:
        spelt.setdefault(label.casefold(), label)
    counted = Counter(key for one in surgeons for key in {label.casefold() for label in one.labels})
    return sorted(
        ((spelt[key], number) for key, number in counted.items()), key=lambda one: (-one[1], one[0])
    )


def helped_with(event: Event) -> list[tuple[str, int]]:
    """What people were helped with at tables, and how many of them, the highest step first. Tell it `roughly`
    alone."""
    rows = HelpGiven.objects.filter(event=event, people__gt=0).values_list("label", "people")
    return sorted(rows, key=lambda one: (-roughly(one[1])["least"], one[0]))


def to_hand_on(event: Event, order: list[UUID]) -> list[Question]:
    """Answered questions for everybody whose askers agreed that they stay, session by session as on the
    programme, the most wanted first. Nothing that several people reported, no answer in private."""
    open_answer = Answer.objects.filter(question=OuterRef("pk"), sealed=False)
    rows = Question.objects.shown().filter(Q(session__event=event, recap=True, review__folded=False))
    rows = rows.filter(Exists(open_answer)).with_answers().order_by("-votes", "id")
    place = {session: number for number, session in enumerate(order)}
    return sorted(rows, key=lambda question: place[question.session_id])


def answers_to(question: Question) -> list[Answer]:
    """Those that are not for the asker alone."""
    return [answer for answer in question.told if not answer.sealed]
