"""Who may answer."""

from uuid import UUID

from equalterms.people.models import Account
from equalterms.programme.models import Role, RoleKind


def may_answer(account: Account, event: UUID) -> bool:
    """Surgeons, moderators and organisers of the event."""
    return bool(
        Role.objects.held(account, event) & {RoleKind.SURGEON, RoleKind.MODERATOR, RoleKind.ORGANISER}
    )


def may_change_answer(account: Account, answer_account: UUID | None, event: UUID) -> bool:
    """Whoever gave it, and organisers."""
    return answer_account == account.pk or RoleKind.ORGANISER in Role.objects.held(account, event)
