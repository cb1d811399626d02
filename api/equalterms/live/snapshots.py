"""What is shown of a session or a day at one version: pure functions of rows, read in one transaction.

The REST views and the hot lane give the same bytes, because both take them from here.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode
from uuid import UUID

from django.db import models
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from equalterms.bookings.serializers.lines import LineSerializer, PresenceSerializer, here_at, lines_of
from equalterms.journal.models import Topic
from equalterms.journal.reading import one_reading
from equalterms.lib.pages import Cursor
from equalterms.lib.refusal import Refusal
from equalterms.people.serializers import SurgeonCardSerializer
from equalterms.programme.models import Event, EventState, Session
from equalterms.programme.rules import shown_surgeons
from equalterms.programme.serializers import SessionSerializer, printed_day
from equalterms.questions.models import Question, Spotlight, is_answered
from equalterms.questions.serializers import QuestionSerializer
from equalterms.threads.models import Comment
from equalterms.threads.serializers import CommentSerializer

NEWEST = 40
# Made once: a serializer of models looks up all its fields when it is made.
SESSION = SessionSerializer()
NEWEST_FIRST = ["-shown", "id"]
HEADERS = {
    "cache-control": "public, max-age=1, stale-while-revalidate=20",
    "vary": "Accept-Encoding",
}


class Place(NamedTuple):
    """Something with a snapshot. `kind` is session (its questions and thread), now (the day as it goes)
    or day (the printed programme); `ident` is the id of the session or event."""

    kind: str
    topic: UUID
    ident: UUID


class Snapshot(NamedTuple):
    version: int
    payload: dict[str, Any]


class LiveCountsSerializer(serializers.Serializer[Any]):
    questions = serializers.IntegerField()
    answered = serializers.IntegerField()
    comments = serializers.IntegerField()


class SessionCountsSerializer(LiveCountsSerializer):
    """How much there is to read in a session."""

    id = serializers.UUIDField()


class MoreSerializer(serializers.Serializer[Any]):
    """Where the next, older ones are; null where there are none."""

    questions = serializers.CharField(allow_null=True)
    comments = serializers.CharField(allow_null=True)


class SessionLiveSerializer(serializers.Serializer[Any]):
    """A session as it stands at `version`: the newest 40 questions and the newest 40 comments. `current` is
    the id of the question that the room is at."""

    version = serializers.IntegerField()
    session = SessionSerializer()
    surgeons = SurgeonCardSerializer(many=True)
    questions = QuestionSerializer(many=True)
    comments = CommentSerializer(many=True)
    more = MoreSerializer()
    counts = LiveCountsSerializer()
    current = serializers.UUIDField(allow_null=True)


class LiveEventSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    slug = serializers.SlugField()
    state = serializers.ChoiceField(choices=EventState.choices)


class EventLiveSerializer(serializers.Serializer[Any]):
    """A day as it goes. `day` is the version of its printed programme; only sessions with something to
    read are listed. `lines` are those of surgeries and of whatever has places or somebody waiting; `here`
    are the surgeons who are there now."""

    version = serializers.IntegerField()
    event = LiveEventSerializer()
    day = serializers.IntegerField()
    sessions = SessionCountsSerializer(many=True)
    lines = LineSerializer(many=True)
    here = PresenceSerializer(many=True)


def find(kind: str, ref: str) -> Place | None:
    """The public place of this kind under an id, slug, code or former address."""
    if kind == "session":
        sessions = Session.objects.public().called(ref).values_list("topic", "pk")
        found = sessions.first()
    else:
        found = Event.objects.published().called(ref).values_list(kind, "pk").first()
    return Place(kind, *found) if found else None


def version_of(topic: UUID) -> int | None:
    return Topic.objects.filter(pk=topic).values_list("version", flat=True).first()


@one_reading()
def session_live(session_id: UUID) -> Snapshot | None:
    """A public session with its newest questions and comments; None for any other."""
    rows = Session.objects.public().with_people().select_related("topic", "spotlight")
    session = rows.filter(pk=session_id).first()
    if session is None:
        return None
    questions, more_questions = newest(Question.objects.shown().for_session(session).with_answers())
    comments, more_comments = newest(Comment.objects.shown().for_session(session).with_names())
    surgeons: Any = shown_surgeons(session)
    if more_questions or more_comments:
        counts = counts_of([session_id])[session_id]
    else:  # what is here is all there is
        answered = sum(bool(question.told) for question in questions)
        counts = {"questions": len(questions), "answered": answered, "comments": len(comments)}
    return Snapshot(
        session.topic.version,
        {
            "version": session.topic.version,
            "session": SESSION.to_representation(session),
            "surgeons": SurgeonCardSerializer(surgeons, many=True).data,
            "questions": QuestionSerializer(questions, many=True).data,
            "comments": CommentSerializer(comments, many=True).data,
            "more": {
                "questions": older(session_id, "questions", questions) if more_questions else None,
                "comments": older(session_id, "comments", comments) if more_comments else None,
            },
            "counts": counts,
            "current": current_among(questions, session),
        },
    )


@one_reading()
def event_live(event_id: UUID) -> Snapshot | None:
    """A public event as it goes; None for any other."""
    event = Event.objects.published().select_related("day", "now").filter(pk=event_id).first()
    if event is None:
        return None
    ids = Session.objects.filter(event=event).values_list("pk", flat=True)
    counts = counts_of(ids, event=event_id)
    return Snapshot(
        event.now.version,
        {
            "version": event.now.version,
            "event": {"id": str(event.pk), "slug": event.slug, "state": event.state},
            "day": event.day.version,
            "sessions": [
                {"id": str(session), **numbers}
                for session, numbers in sorted(counts.items())
                if any(numbers.values())
            ],
            "lines": lines_of(event),
            "here": here_at(event),
        },
    )


@one_reading()
def event_day(event_id: UUID) -> Snapshot | None:
    """The printed day of a public event; None for any other."""
    try:
        return Snapshot(*printed_day(event_id))
    except Refusal:
        return None


def take(place: Place) -> Snapshot | None:
    makers = {"session": session_live, "now": event_live, "day": event_day}
    return makers[place.kind](place.ident)


def spell(payload: dict[str, Any]) -> bytes:
    """The JSON of a snapshot; the same payload is always the same bytes."""
    content: bytes = JSONRenderer().render(payload)
    return content


def newest(rows: models.QuerySet[Any]) -> tuple[Any, bool]:
    """The newest of them, and whether there are more."""
    found = list(rows.order_by(*NEWEST_FIRST)[: NEWEST + 1])
    return found[:NEWEST], len(found) > NEWEST


def older(session_id: UUID, noun: str, rows: Sequence[Any]) -> str:
    """The address of the page after `rows`, relative to the server."""
    cursor = Cursor([rows[-1].shown, rows[-1].pk], backwards=False).spell(NEWEST_FIRST)
    return f"/api/v1/sessions/{session_id}/{noun}/?{urlencode({'sort': 'newest', 'cursor': cursor})}"


def current_of(session_id: UUID) -> str | None:
    """The id of the question that the room is at, if everybody may read it."""
    question = Spotlight.objects.filter(session=session_id).values_list("question", flat=True).first()
    return str(question) if question and is_shown(question) else None


def current_among(questions: Iterable[Question], session: Session) -> str | None:
    """The same, of a session that was read with its spotlight; `questions` are known to be shown."""
    spotlight: Spotlight | None = getattr(session, "spotlight", None)
    if spotlight is None:
        return None
    pointed = spotlight.question_id
    return str(pointed) if pointed in {one.pk for one in questions} or is_shown(pointed) else None


def is_shown(question: UUID) -> bool:
    """Whether everybody may read it."""
    return Question.objects.shown().filter(pk=question).exists()


def counts_of(sessions: Iterable[UUID], *, event: UUID | None = None) -> dict[UUID, dict[str, int]]:
    """How many shown questions, answered ones and comments each session has, in a fixed number of queries.
    Where they are all those of an event, that is what the database is asked by, and it looks at no other."""
    counts = {session: {"questions": 0, "answered": 0, "comments": 0} for session in sessions}
    wanted = models.Q(session__event=event) if event else models.Q(session__in=list(counts))
    answered = models.Count("pk", filter=models.Q(is_answered()))
    tallied: list[tuple[models.QuerySet[Any], dict[str, models.Count]]] = [
        (Question.objects.shown(), {"questions": models.Count("pk"), "answered": answered}),
        (Comment.objects.shown(), {"comments": models.Count("pk")}),
    ]
    for rows, numbers in tallied:
        # What is shown has a version: said as a range, it makes SQLite go by session, not through the table.
        tally = rows.filter(wanted, shown__gt=0).order_by().values("session").annotate(**numbers)
        for row in tally:
            if row["session"] in counts:
                counts[row.pop("session")] |= row
    return counts
