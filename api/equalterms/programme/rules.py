"""Who may see and who may run which day, and what a day must be like."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.db.models import Q

from equalterms.lib import clock
from equalterms.lib.api.fields import refuse_field
from equalterms.lib.etags import fingerprint_of
from equalterms.lib.refusal import Refusal, not_found
from equalterms.people.models import Account, Surgeon
from equalterms.people.rules import owns
from equalterms.programme.models import Event, EventState, Role, RoleKind, RoleQuerySet, Room, Session

STAFF = frozenset(RoleKind.values)
REVIEWERS = frozenset({RoleKind.MODERATOR, RoleKind.ORGANISER})
ANSWERERS = frozenset({RoleKind.SURGEON, RoleKind.MODERATOR, RoleKind.ORGANISER})


def not_yours() -> Refusal:
    return Refusal("not-yours", "You are signed in, but this is not yours to do.", status=403)


def visible_event(ref: str) -> Event:
    """The event anybody may see under this UUID, slug, code or old address; else a 404 refusal."""
    event = Event.objects.published().called(ref).first()
    if event is None:
        raise not_found()
    return event


def visible_session(ref: str) -> Session:
    """The session, with its event, anybody may see under this UUID or code; else a 404 refusal."""
    session = Session.objects.public().called(ref).select_related("event").first()
    if session is None:
        raise not_found()
    return session


def event_for(account: Account, ref: str, *roles: str) -> Event:
    """The event, drafts too, if `account` has one of `roles` in it (any role by default).

    Refuses with 403 not-yours; a draft of others with 404, as it is nobody else's to know.
    """
    event = event_called(ref)
    _admit(account, event, roles)
    return event


def event_called(ref: str) -> Event:
    """The event, drafts too, of which nobody may be told yet; else a 404 refusal."""
    event = Event.objects.called(ref).first()
    if event is None:
        raise not_found()
    return event


def session_for(account: Account, ref: str, *roles: str) -> Session:
    """The session with its event, on the same terms as `event_for`."""
    session = Session.objects.called(ref).select_related("event").first()
    if session is None:
        raise not_found()
    _admit(account, session.event, roles)
    return session


def _admit(account: Account, event: Event, roles: tuple[str, ...]) -> None:
    held = Role.objects.held(account, event.pk)
    if not held & (set(roles) or STAFF):
        raise shut(event, held)


def shut(event: Event, held: set[str]) -> Refusal:
    """What somebody reads who holds these roles at `event` and none of those wanted: a draft is nobody
    else's to know of."""
    return not_found() if event.state == EventState.DRAFT and not held else not_yours()


def room_for(account: Account, ident: UUID) -> Room:
    """The room, with its event, if `account` organises that."""
    room = Room.objects.filter(pk=ident).select_related("event").first()
    if room is None:
        raise not_found()
    _admit(account, room.event, (RoleKind.ORGANISER,))
    return room


def organises(account: Account, event: Event) -> bool:
    return RoleKind.ORGANISER in Role.objects.held(account, event.pk)


def lead_of(event: Event) -> Account | None:
    """Who sees to everything that needs care and that nobody else has taken: the safety lead, while they
    may decide there, else the first organiser by name. None only where nobody runs the event."""
    kept = (
        Role.objects.everywhere().current().filter(event=event, role__in=REVIEWERS, account__is_active=True)
    )
    roles = list(kept.select_related("account").order_by("account__name", "account"))
    lead = [role.account for role in roles if role.account_id == event.safety_lead_id]
    return (lead + [role.account for role in roles if role.role == RoleKind.ORGANISER] + [None])[0]


def colleagues_of(event: Event, session: Session | None = None) -> list[dict[str, Any]]:
    """Everybody with a role in all of `event`, by name, with their roles there and whether they are its lead.
    For whoever decides in one `session` alone: those who decide there, and no others."""
    lead = lead_of(event)
    there = Role.objects.everywhere().filter(event=event)
    if session is not None:
        there = Role.objects.at(session).filter(role__in=REVIEWERS)
    rows = there.current().filter(account__is_active=True).select_related("account")
    found: dict[UUID, dict[str, Any]] = {}
    for role in rows.order_by("account__name", "account", "role"):
        person = {"id": role.account_id, "name": role.account.name, "roles": [], "lead": role.account == lead}
        found.setdefault(role.account_id, person)["roles"].append(role.role)
    return list(found.values())


def reviews_there(account: UUID, event: Event, session: Session | None = None) -> bool:
    """Whether this is somebody who may decide at `event`, or in this one `session`, and so may be asked to
    see to something."""
    there = Role.objects.at(session) if session else Role.objects.everywhere().filter(event=event)
    decides = there.current().filter(role__in=REVIEWERS)
    return decides.filter(account=account, account__is_active=True).exists()


def moderated(account: Account, event: Event) -> list[Session]:
    """The sessions of `event` that are this co-moderator's, for as long as that lasts."""
    rows = Role.objects.current().filter(account=account, event=event, role__in=REVIEWERS)
    found = rows.exclude(session=None).select_related("session__event")
    return [role.session for role in found if role.session is not None]


def may_found_events(account: Account) -> bool:
    """Whoever runs one day may set up another; the first comes from the command line."""
    return organised_by(account).exists()


def organised_by(account: Account) -> RoleQuerySet:
    """The roles by which `account` organises days."""
    return Role.objects.everywhere().current().filter(account=account, role=RoleKind.ORGANISER)


def knows(account: Account, surgeon: Surgeon) -> bool:
    """True where the surgeon is listed at an event that `account` organises."""
    mine = organised_by(account).values("event")
    return surgeon.listings.filter(event__in=mine).exists()


def may_edit_profile(account: Account, surgeon: Surgeon) -> bool:
    return owns(account, surgeon) or knows(account, surgeon)


def may_publish_profile(account: Account, surgeon: Surgeon) -> bool:
    """Only its owner makes a profile or a part of it public; an organiser only where it has no owner."""
    return owns(account, surgeon) or (surgeon.account_id is None and knows(account, surgeon))


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def check_zone(name: str) -> None:
    """Refuses a time zone that IANA does not list."""
    if name not in known_zones():
        raise refuse_field("timezone", "Please give a time zone as IANA names it, like Europe/London.")


def check_hours(starts: datetime, ends: datetime) -> None:
    if ends <= starts:
        raise refuse_field("ends", "The end must come after the start.")


def address_free(address: str, event: Event | None = None) -> bool:
    """True where no other event answers, or has ever answered, to this slug or code."""
    others = Event.objects.filter(Q(slug=address) | Q(code=address) | Q(old_addresses__address=address))
    return not (others.exclude(pk=event.pk) if event else others).exists()


def day_is_over() -> Refusal:
    return Refusal("day-is-over", "This day is over, so it takes nothing new any more.")


def refuse_if_over(**day: UUID) -> None:
    """Refuses `day-is-over` to whatever would add to a closed day: `pk` is the event's id, or `sessions`
    that of one of its sessions, or `sessions__topic` that of its topic.

    It reads afresh: an action that adds a row asks after it wrote it. Closing waits for whoever is
    writing and makes the others wait, so nobody slips in behind it.
    """
    if Event.objects.filter(**day, closed_on__isnull=False).exists():
        raise day_is_over()


def venue_now(event: Event, now: datetime | None = None) -> datetime:
    """The moment it is by the clocks of the day; the demonstration day's differ from the real ones."""
    return (now or clock.now()) + timedelta(seconds=event.clock_offset)


def labels_of(event: Event) -> list[str]:
    """The kinds of help one can ask for at `event`: its own, and what its published surgeons offer."""
    return labels_among(event, Surgeon.objects.listed().filter(listings__event=event).order_by("name", "id"))


def labels_among(event: Event, surgeons: Iterable[Surgeon]) -> list[str]:
    """The event's own labels and what these surgeons show of theirs, each once whatever its case."""
    shown = [label for surgeon in surgeons if surgeon.shows("labels") for label in surgeon.labels]
    found: dict[str, str] = {}
    for label in [*event.labels, *shown]:
        found.setdefault(label.casefold(), label)
    return list(found.values())


def local_day(event: Event, moment: datetime) -> date:
    """The date on the wall of the venue."""
    return moment.astimezone(ZoneInfo(event.timezone)).date()


def whole_session(ident: UUID) -> Session:
    """A session with its event, room and all who are down for it, published or not."""
    rows = Session.objects.select_related("event", "room").prefetch_related("appearances__surgeon")
    return rows.get(pk=ident)


def fingerprint(session: Session) -> int:
    """A number of 48 bits that moves whenever what is printed of a `whole_session` does.

    A session's own topic moves with every question; a page that is edited needs a calmer number.
    """
    columns = [getattr(session, field.attname) for field in session._meta.concrete_fields]
    people = [(surgeon.pk, surgeon.name, surgeon.published) for surgeon in surgeons_of(session)]
    event, room = session.event, session.room and session.room.name
    printed = [columns, people, room, event.slug, event.title, event.timezone, session.review_mode]
    return fingerprint_of(printed)


def profile_version(surgeon: Surgeon) -> int:
    """Moves whenever something of the profile does, be it private. For those who may change it alone."""
    columns = ("name", "published", "public", *surgeon.CHOOSABLE)
    return fingerprint_of([getattr(surgeon, name) for name in columns])


def flow_version(session: Session) -> int:
    """Moves whenever how the session flows does; what waits does not count."""
    return fingerprint_of([session.paused, session.slow, session.review, session.review_mode])


def surgeons_of(session: Session) -> list[Surgeon]:
    """The surgeons down for a session, in their order."""
    down = sorted(session.appearances.all(), key=lambda appearance: (appearance.position, appearance.pk))
    return [appearance.surgeon for appearance in down]


def shown_surgeons(session: Session) -> list[Surgeon]:
    """Those of them whose profiles are published."""
    return [surgeon for surgeon in surgeons_of(session) if surgeon.published]


# The day on which somebody last looked at every one of these numbers. A release wants it within 180 days.
UK_REVIEWED = date(2026, 11, 22)
UNITED_KINGDOM = frozenset({"Europe/London", "Europe/Belfast", "GB", "GB-Eire"})
UK_HELP_LINES = (
    {
        "name": "Emergency services",
        "note": "If somebody's life is in danger now. We cannot find you, so please call.",
        "tel": "999",
        "sms": "",
        "url": "https://www.nhs.uk/nhs-services/urgent-and-emergency-care-services/when-to-call-999/",
    },
    {
        "name": "NHS 111, option 2",
        "note": "Urgent mental health help, day and night. Call 111 and choose option 2.",
        "tel": "111",
        "sms": "",
        "url": "https://111.nhs.uk/",
    },
    {
        "name": "Samaritans",
        "note": "Somebody to listen, day and night, whatever is on your mind. Free.",
        "tel": "116 123",
        "sms": "",
        "url": "https://www.samaritans.org/",
    },
    {
        "name": "Shout",
        "note": "Help by text message, day and night. Text SHOUT. Free.",
        "tel": "",
        "sms": "85258",
        "url": "https://giveusashout.org/",
    },
    {
        "name": "Papyrus",
        "note": "For anyone under 35 who thinks about suicide, and for people worried about them. Free.",
        "tel": "0800 068 4141",
        "sms": "",
        "url": "https://www.papyrus-uk.org/",
    },
    {
        "name": "Childline",
        "note": "For anyone under 19, about anything. Free, and not shown on the phone bill.",
        "tel": "0800 1111",
        "sms": "",
        "url": "https://www.childline.org.uk/",
    },
)


def first_help_lines(zone: str) -> list[dict[str, str]]:
    """The help lines a new event starts with: those of the United Kingdom there, none elsewhere, as a
    wrong number helps nobody. Its organiser reviews them and says when (`help_reviewed`)."""
    return [dict(line) for line in UK_HELP_LINES] if zone in UNITED_KINGDOM else []
