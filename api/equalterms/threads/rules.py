"""Who speaks in a thread, under which name, and what may be replied to."""

from collections.abc import Collection
from uuid import UUID

from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Surgeon
from equalterms.programme.models import RoleKind, Session
from equalterms.threads.models import DEEPEST, Comment

# Who speaks by name. Askers need nobody's leave; they speak as "Person n".
SPEAKERS = (RoleKind.SURGEON, RoleKind.MODERATOR, RoleKind.ORGANISER)
# Who speaks as "the organisers", with one voice: each may change what another of them wrote.
ORGANISERS = frozenset({RoleKind.MODERATOR, RoleKind.ORGANISER})


def speaks_as(account: Account, roles: Collection[str]) -> Surgeon | None:
    """The profile `account` speaks under; None where it speaks as "the organisers"."""
    if RoleKind.SURGEON not in roles:
        return None
    return Surgeon.objects.filter(account=account).first()


def may_change(account: Account, comment: Comment, roles: Collection[str]) -> bool:
    """True for one's own words: a surgeon's own, or those of "the organisers" for one of them."""
    if not comment.staff:
        return False
    if comment.surgeon is not None:
        return comment.surgeon.account_id == account.pk
    return bool(ORGANISERS.intersection(roles))


def depth_under(session: Session, parent: UUID | None) -> int:
    """How deep a reply to `parent` stands in the thread of `session`; 1 without a parent.

    Refuses a parent that is not shown there, and a fourth level.
    """
    if parent is None:
        return 1
    shown = Comment.objects.for_session(session).shown()
    depth = shown.filter(pk=parent).values_list("depth", flat=True).first()
    if depth is None:
        raise Refusal("parent-gone", "What you are replying to is not there any more. You can start afresh.")
    if depth >= DEEPEST:
        raise Refusal("thread-too-deep", "This thread is deep enough. Please reply one level higher.")
    return depth + 1
