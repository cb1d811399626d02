"""Who may see and who may run which day."""

from equalterms.lib.refusal import Refusal, not_found
from equalterms.people.models import Account, Surgeon
from equalterms.people.rules import owns
from equalterms.programme.models import Event, EventState, Role, RoleKind, Session

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
    event = Event.objects.called(ref).first()
    if event is None:
        raise not_found()
    _admit(account, event, roles)
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
    if event.state == EventState.DRAFT and not held:
        raise not_found()
    if not held & (set(roles) or STAFF):
        raise not_yours()


def organises(account: Account, event: Event) -> bool:
    return RoleKind.ORGANISER in Role.objects.held(account, event.pk)


def may_found_events(account: Account) -> bool:
    """Whoever runs one day may set up another; the first comes from the command line."""
    return Role.objects.filter(account=account, role=RoleKind.ORGANISER).exists()


def knows(account: Account, surgeon: Surgeon) -> bool:
    """True where the surgeon is listed at an event that `account` organises."""
    mine = Role.objects.filter(account=account, role=RoleKind.ORGANISER).values("event")
    return surgeon.listings.filter(event__in=mine).exists()


def may_edit_profile(account: Account, surgeon: Surgeon) -> bool:
    return owns(account, surgeon) or knows(account, surgeon)


def may_publish_profile(account: Account, surgeon: Surgeon) -> bool:
    """Only its owner makes a profile or a part of it public; an organiser only where it has no owner."""
    return owns(account, surgeon) or (surgeon.account_id is None and knows(account, surgeon))
