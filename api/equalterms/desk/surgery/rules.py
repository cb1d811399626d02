"""Who has a table at a day, and what waits for them there."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from equalterms.bookings.models import Booking, Place, Presence, Whereabouts
from equalterms.bookings.rules import whom_to_call
from equalterms.desk.rules import admit
from equalterms.lib.api.fields import refuse_field
from equalterms.lib.refusal import not_found
from equalterms.people.models import Account, Surgeon
from equalterms.programme.models import Appearance, Event, Role, RoleKind, Session
from equalterms.programme.rules import ANSWERERS, REVIEWERS, colleagues_of, event_for, not_yours
from equalterms.questions.models import Question
from equalterms.safety.models import Claim

HELPERS = frozenset({RoleKind.SURGEON, RoleKind.ORGANISER})
# Who may act on people whoever called them; and who sees people off and sends them back.
RUNNERS = frozenset({RoleKind.ORGANISER})
DOOR = frozenset({RoleKind.DOOR, RoleKind.ORGANISER})
AWAY = {"state": "away", "place": ""}
WHEREABOUTS = ("here", "busy", "away")


@dataclass(frozen=True)
class Seat:
    """Somebody's place among those who help at a day. `decides`: they also see to what calls for care."""

    event: Event
    account: Account
    surgeon: Surgeon
    decides: bool


def seat_for(account: Account, ref: str) -> Seat:
    """For surgeons of the event, and organisers who help at it: whoever is listed there. Refuses others
    with `not-yours`."""
    event = event_for(account, ref, *HELPERS)
    surgeon = Surgeon.objects.filter(account=account, listings__event=event).first()
    if surgeon is None:
        raise not_yours()
    decides = bool(Role.objects.held(account, event.pk) & REVIEWERS)
    return Seat(event, account, surgeon, decides)


def admit_to(account: Account, ident: UUID, roles: frozenset[str], freely: frozenset[str]) -> bool:
    """Lets `account` in to a booking of an event where it has one of `roles`; gives whether it may act on it
    `freely`, whoever called them. Others find nothing, or are refused with `not-yours`."""
    event = Booking.objects.exclude(state=Place.SPARE).filter(pk=ident).values_list("event", flat=True)
    if (found := event.first()) is None:
        raise not_found()
    return bool(admit(account, found, roles) & freely)


def colleague_for(ident: UUID, booking: UUID) -> Surgeon:
    """Somebody who helps at the booking's event too. Refuses anybody else by the field `to`."""
    here = Booking.objects.filter(pk=booking).values("event")
    roles = Role.objects.everywhere().filter(event__in=here, role__in=HELPERS, account__is_active=True)
    listed = Surgeon.objects.filter(
        account=ident, listings__event__in=here, account__in=roles.values("account")
    )
    if (found := listed.select_related("account").first()) is None:
        raise refuse_field("to", "Please choose somebody who helps at this day.")
    return found


def who_can_take_over(seat: Seat) -> list[dict[str, Any]]:
    """Everybody else who could see to what the seat has taken, who is here first, then by name. `people`:
    somebody can be sent to them now, as they help, are listed, here, and not busy."""
    rows = Presence.objects.filter(event=seat.event).values_list("surgeon__account", "state", "place")
    where = {account: {"state": state, "place": place} for account, state, place in rows}
    listed = Surgeon.objects.filter(listings__event=seat.event).values_list("account", flat=True)
    helping = set(listed)
    found = []
    for one in colleagues_of(seat.event):
        roles, at = set(one["roles"]), where.get(one["id"], AWAY)
        if one["id"] != seat.account.pk and roles & ANSWERERS:
            free = at["state"] == Whereabouts.HERE and one["id"] in helping and bool(roles & HELPERS)
            found.append(one | at | {"people": free, "decides": bool(roles & REVIEWERS)})
    return sorted(found, key=lambda one: (WHEREABOUTS.index(one["state"]), one["name"], one["id"]))


def answers_there(account: UUID, event: UUID) -> bool:
    """Whether this is somebody who may answer at the event."""
    roles = Role.objects.everywhere().filter(event=event, account=account, account__is_active=True)
    return roles.filter(role__in=ANSWERERS).exists()


def claimed_by(account: Account) -> QuerySet[Claim, UUID]:
    """The ids of all that this account sees to."""
    return Claim.objects.filter(account=account).values_list("subject", flat=True)


def fitting_sessions(seat: Seat) -> set[UUID]:
    """Whose questions fit the surgeon: of their own sessions, of those without a track, and of those whose
    track is one of their labels; of all for a surgeon without labels."""
    labels = {label.casefold() for label in seat.surgeon.labels}
    mine = Exists(Appearance.objects.filter(session=OuterRef("pk"), surgeon=seat.surgeon))
    rows = Session.objects.filter(event=seat.event).values_list("pk", "track", mine)
    return {pk for pk, track, own in rows if own or not (labels and track) or track.casefold() in labels}


def questions_to_take(seat: Seat, *, anything: bool = False) -> QuerySet[Question]:
    """What fits the seat's surgeon (`anything`: whatever they may answer) and nobody has taken: first what
    was asked at their own sessions, then by votes, and by lot. What calls for care is for those who
    decide."""
    taken = Claim.objects.filter(subject=OuterRef("pk"), account__is_active=True)
    rows = Question.objects.for_desk().unanswered().filter(~Exists(taken), session__event=seat.event)
    if not anything:
        rows = rows.filter(session__in=fitting_sessions(seat))
    if not seat.decides:
        rows = rows.filter(review__care=False)
    mine = Appearance.objects.filter(surgeon=seat.surgeon).values("session")
    return rows.order_by(Case(When(session__in=mine, then=0), default=1), "-votes", "shuffle", "id")


def questions_of(account: Account, event: Event) -> QuerySet[Question]:
    """What this account has taken to answer, in no order of arrival."""
    mine = Question.objects.for_desk().unanswered().filter(pk__in=claimed_by(account), session__event=event)
    return mine.select_related("session").with_answers().order_by("slot", "shuffle", "id")


def people_of(account: Account, event: Event) -> QuerySet[Booking]:
    """Whom this account has called, by the number they have."""
    mine = Booking.objects.filter(event=event, state=Place.TAKEN, pk__in=claimed_by(account))
    return mine.select_related("session").order_by("ticket")


def waiting_by_label(event: Event) -> list[dict[str, Any]]:
    """How many in the event's lines want which help, by name; "" is for those who named none."""
    rows = Booking.objects.at_surgeries(event).in_line()
    people: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for labels in rows.values_list("labels", flat=True):
        for label in labels or [""]:
            people[label.casefold()] += 1
            spelled[label.casefold()] = min(label, spelled.get(label.casefold(), label))
    return [{"label": spelled[label], "people": people[label]} for label in sorted(people)]


def table_of(seat: Seat) -> dict[str, Any]:
    """The whole table as its surgeon finds it."""
    presence = Presence.objects.filter(event=seat.event, surgeon=seat.surgeon).first()
    return {
        "presence": presence or AWAY,
        "labels": seat.surgeon.labels,
        "people": people_of(seat.account, seat.event),
        "questions": questions_of(seat.account, seat.event),
        "waiting": waiting_by_label(seat.event),
        "next": {
            "people": len(whom_to_call(seat.event, seat.surgeon)),
            "questions": questions_to_take(seat).count(),
        },
    }
