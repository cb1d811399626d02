"""Who may look at what was sent before others do."""

from uuid import UUID

from equalterms.people.models import Account
from equalterms.programme.models import Event, Mixing, Role, RoleKind
from equalterms.safety.models import State, SubjectKind


def may_review(account: Account, event: UUID) -> bool:
    """Moderators and organisers of the event decide what is shown."""
    return bool(Role.objects.held(account, event) & {RoleKind.MODERATOR, RoleKind.ORGANISER})


def outward(state: str) -> str:
    """A state as its asker may know it: approved still waits."""
    return State.HELD if state == State.APPROVED else state


def mixing_for(event: Event, kind: str) -> str:
    """How things of this kind are mixed at `event`: talk has to flow, so comments are mixed gently at
    most."""
    if kind == SubjectKind.COMMENT and event.mixing == Mixing.SAFE:
        return Mixing.GENTLE
    return event.mixing
