"""Where the programme has one room, or one surgeon, in two places at once."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from equalterms.programme.models import Event, Session, SessionState
from equalterms.programme.rules import surgeons_of

# Enough to mend; a file that overlaps with itself throughout has more than anybody reads.
MOST = 200


class Clash(NamedTuple):
    """Two sessions that overlap, and what they share: `kind` is "room" or "surgeon", `what` its name."""

    kind: str
    what: str
    sessions: tuple[Session, Session]


def clashes_of(event: Event) -> list[Clash]:
    """The clashes of what is planned at `event`, draft or not, the earliest first; at most 200."""
    planned = event.sessions.exclude(state=SessionState.CANCELLED).select_related("room")
    return clashes_in(planned.prefetch_related("appearances__surgeon"))


def clashes_in(sessions: Iterable[Session]) -> list[Clash]:
    """The same, of sessions at hand. One that ends when the next begins is in nobody's way."""
    used: dict[tuple[str, object], list[Session]] = {}
    names: dict[tuple[str, object], str] = {}
    for session in sorted(sessions, key=lambda one: (one.starts, one.ends, one.pk)):
        for kind, ident, name in _uses(session):
            names[kind, ident] = name
            used.setdefault((kind, ident), []).append(session)
    found = chain.from_iterable(
        (Clash(key[0], names[key], pair) for pair in overlapping(there)) for key, there in used.items()
    )
    return sorted(found, key=lambda clash: (clash.sessions[1].starts, clash.kind, clash.what))[:MOST]


def overlapping(ordered: list[Session]) -> Iterator[tuple[Session, Session]]:
    """The pairs that overlap, of sessions in the order of their start."""
    for number, first in enumerate(ordered):
        for second in ordered[number + 1 :]:
            if second.starts >= first.ends:
                break
            yield first, second


def _uses(session: Session) -> Iterator[tuple[str, object, str]]:
    if session.room is not None:
        yield "room", session.room_id, session.room.name
    for surgeon in surgeons_of(session):
        yield "surgeon", surgeon.pk, surgeon.name
