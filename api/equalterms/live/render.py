"""The frames of a stream: what changed, in its present public form, the same bytes for everybody."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from equalterms.bookings.serializers.lines import here_at, lines_of
from equalterms.journal.models import Entry
from equalterms.journal.reading import one_reading
from equalterms.live import snapshots
from equalterms.live.snapshots import Place, counts_of, current_of, spell
from equalterms.people.models import Surgeon
from equalterms.people.serializers import SurgeonCardSerializer
from equalterms.programme.models import Event, Room, Session
from equalterms.programme.serializers import (
    EventCardSerializer,
    RoomSerializer,
    SessionCardSerializer,
    SessionSerializer,
)
from equalterms.questions.models import Question
from equalterms.questions.serializers import QuestionSerializer
from equalterms.threads.models import Comment
from equalterms.threads.serializers import CommentSerializer

# How many versions a cursor may be behind before reading the snapshot is cheaper for everybody.
FAR = 200
RETRY = b"retry: 3000\n"
Items = dict[UUID, Any]
# What was rendered already, by kind and subject: whoever renders more at the same version adds to it.
Shown = dict[tuple[str, UUID], Any]


class News(NamedTuple):
    """The version a topic has now, and the frame that brings followers there."""

    version: int
    frame: bytes


@one_reading()
def news(place: Place, after: int | None) -> News | None:
    """What followers at version `after` have not been told. None when the place is not public any more.
    Without `after` only the version is read."""
    if snapshots.find(place.kind, str(place.ident)) is None:
        return None
    version = snapshots.version_of(place.topic)
    if version is None:
        return None
    return News(version, b"" if after is None or after == version else _frame(place, after, version))


@one_reading()
def missed(place: Place, after: int, version: int, shown: Shown | None = None) -> bytes:
    """The frame that brings a follower from `after` to `version`."""
    return _frame(place, after, version, shown)


def _frame(place: Place, after: int, version: int, shown: Shown | None = None) -> bytes:
    """A change, or a reset where the journal does not hold every step or they are too many."""
    if not version - FAR <= after < version:
        return reset(version)
    rows = Entry.objects.filter(topic=place.topic, version__gt=after, version__lte=version)
    entries = list(rows.order_by("version").values_list("kind", "subject"))
    return (
        change(version, items(place, entries, shown)) if len(entries) == version - after else reset(version)
    )


def items(
    place: Place, entries: Iterable[tuple[str, UUID]], shown: Shown | None = None
) -> list[dict[str, Any]]:
    """One item a subject, at the place of its last change; None for what is not public (any more)."""
    folded = list(dict.fromkeys(reversed(list(entries))))
    shown = {} if shown is None else shown
    wanted: dict[str, list[UUID]] = {}
    for kind, subject in folded:
        if (kind, subject) not in shown:
            wanted.setdefault(kind, []).append(subject)
    for kind, subjects in wanted.items():
        found = FORMS[kind](place, subjects) if kind in FORMS else {}
        shown.update({(kind, subject): found.get(subject) for subject in subjects})
    return [
        {"kind": kind, "subject": str(subject), "item": shown[kind, subject]}
        for kind, subject in reversed(folded)
    ]


def hello(version: int, *, at: int) -> bytes:
    """`at` is where the follower stands when this arrives; without an id where that is nowhere."""
    return RETRY + _event("hello", at if at >= 0 else None, {"version": version})


def change(version: int, changes: list[dict[str, Any]]) -> bytes:
    return _event("change", version, {"version": version, "changes": changes})


def reset(version: int) -> bytes:
    return _event("reset", version, {"version": version})


def _event(name: str, ident: int | None, content: dict[str, Any]) -> bytes:
    line = b"" if ident is None else b"id: %d\n" % ident
    return b"event: %s\n%sdata: %s\n\n" % (name.encode(), line, spell(content))


def _questions(place: Place, ids: list[UUID]) -> Items:
    rows = Question.objects.shown().filter(session=place.ident, pk__in=ids).with_answers()
    return {row.pk: QuestionSerializer(row).data for row in rows}


def _comments(place: Place, ids: list[UUID]) -> Items:
    rows = Comment.objects.shown().filter(session=place.ident, pk__in=ids).with_names()
    return {row.pk: CommentSerializer(row).data for row in rows}


def _sessions(place: Place, ids: list[UUID]) -> Items:
    rows = Session.objects.public().filter(pk__in=ids).with_people()
    form = SessionSerializer if place.kind == "session" else SessionCardSerializer
    return {row.pk: form(row).data for row in rows}


def _surgeons(place: Place, ids: list[UUID]) -> Items:
    here = (
        {"appearances__session": place.ident} if place.kind == "session" else {"listings__event": place.ident}
    )
    rows = Surgeon.objects.listed().with_photos().filter(pk__in=ids, **here)
    return {row.pk: SurgeonCardSerializer(row).data for row in rows}


def _rooms(place: Place, ids: list[UUID]) -> Items:
    return {row.pk: RoomSerializer(row).data for row in Room.objects.filter(event=place.ident, pk__in=ids)}


def _events(place: Place, ids: list[UUID]) -> Items:
    return {row.pk: EventCardSerializer(row).data for row in Event.objects.published().filter(pk__in=ids)}


def _notes(place: Place, ids: list[UUID]) -> Items:
    return {ident: {"session": str(ident)} for ident in ids}


def _counts(place: Place, ids: list[UUID]) -> Items:
    sessions = Session.objects.filter(event=place.ident, pk__in=ids).values_list("pk", flat=True)
    return {ident: {"id": str(ident), **numbers} for ident, numbers in counts_of(sessions).items()}


def _lines(place: Place, ids: list[UUID]) -> Items:
    events = Event.objects.filter(pk=place.ident)
    return {UUID(line["session"]): line for event in events for line in lines_of(event, only=ids)}


def _presences(place: Place, ids: list[UUID]) -> Items:
    events = Event.objects.filter(pk=place.ident)
    return {UUID(one["surgeon"]): one for event in events for one in here_at(event, only=ids)}


def _currents(place: Place, ids: list[UUID]) -> Items:
    return {place.ident: {"question": current_of(place.ident)}}


FORMS: dict[str, Callable[[Place, list[UUID]], Items]] = {
    "comment": _comments,
    "counts": _counts,
    "current": _currents,
    "event": _events,
    "line": _lines,
    "notes": _notes,
    "presence": _presences,
    "question": _questions,
    "room": _rooms,
    "session": _sessions,
    "surgeon": _surgeons,
}
