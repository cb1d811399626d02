"""Links that let people in, each once: to a role at an event, to a new password, to one session for some
hours."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction

from equalterms.journal.actions import record
from equalterms.lib import clock
from equalterms.lib.ids import b64u
from equalterms.lib.refusal import Refusal
from equalterms.people.actions import change_account, check_password, hash_password, note_act
from equalterms.people.models import Account, Surgeon
from equalterms.programme.actions.telling import on_day
from equalterms.programme.models import (
    Event,
    Invitation,
    InvitationKind,
    Listing,
    Role,
    RoleKind,
    Session,
)
from equalterms.programme.rules import organised_by

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(b"equalterms/1/invitation\0" + token).digest()


def _over() -> Refusal:
    return Refusal(
        "invitation-over",
        "This invitation has been used or is too old. Please ask for a new one.",
        status=410,
    )


def invite(
    *,
    event: Event,
    role: str,
    name: str,
    origin: str,
    lifetime: timedelta = WEEK,
    account: Account | None = None,
) -> tuple[Invitation, str]:
    """An invitation and its address, which is told this once: only a hash of its token is kept.

    The token stands in the fragment, so no server log ever sees it. `account` is who invites.
    """
    with transaction.atomic():
        invitation, url = _link(origin, event=event, role=role, name=name, expires=clock.now() + lifetime)
        if account:
            note_act(
                account=account, event=event.pk, act="invite", kind="invitation", subject=invitation.pk,
                reason=role,
            )  # fmt: skip
    return invitation, url


def _link(origin: str, **columns: Any) -> tuple[Invitation, str]:
    token = secrets.token_bytes(32)
    return Invitation.objects.create(digest=_digest(token), **columns), f"{origin}/invite#{b64u(token)}"


def invite_co_moderator(
    *, session: Session, account: Account, name: str, hours: int, origin: str
) -> tuple[Invitation, str]:
    """A link by which somebody without e-mail and password moderates this one session, from when they take
    it up until so many hours from now."""
    until = clock.now() + timedelta(hours=hours)
    with transaction.atomic():
        invitation, url = _link(
            origin,
            event=session.event,
            session=session,
            role=RoleKind.MODERATOR,
            name=name,
            until=until,
            expires=until,
        )
        note_act(
            account=account, event=session.event_id, act="invite-co-moderator", kind="invitation",
            subject=invitation.pk,
        )  # fmt: skip
    return invitation, url


def make_way_in(*, event: Event, account: Account, by: Account, origin: str) -> tuple[Invitation, str]:
    """A link by which the holder of `account` chooses a new password, for a day; it ends the ones before.

    Refuses `not-yours` (403) unless `by` organises every event at which that account has a role: a new
    password opens all of them. Refuses `wrong-state` for somebody who signs in by a link alone.
    """
    if account.email is None:
        said = "This person came by a link alone and has no password. Please make a new link for the session."
        raise Refusal("wrong-state", said)
    with transaction.atomic():
        end_ways_in(account=account)
        roles = Role.objects.filter(account=account)
        if roles.exclude(event__in=organised_by(by).values("event")).exists():
            said = "This person also helps at a day that you do not organise. Please ask somebody who does."
            raise Refusal("not-yours", said, status=403)
        role = roles.filter(event=event).order_by("role").values_list("role", flat=True)[0]
        invitation, url = _link(
            origin, event=event, role=role, name=account.name, account=account, expires=clock.now() + DAY
        )
        note_act(account=by, event=event.pk, act="password-link", kind="account", subject=account.pk)
    return invitation, url


def end_ways_in(*, account: Account) -> None:
    """The links to a new password made before are worth nothing any more, in the caller's transaction, which
    makes others of this account wait: another was made or used, or the account opens another day now."""
    Account.objects.select_for_update(no_key=True).filter(pk=account.pk).first()
    Invitation.objects.filter(account=account, session=None, accepted=False).delete()


def revoke(*, invitation: Invitation, account: Account) -> None:
    """The link opens nothing any more, and a co-moderator who came by it is let out at once.

    Refuses `wrong-state` where somebody has a role or a password by it: that ends with their role.
    """
    with transaction.atomic():
        held = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
        if held is None:
            return
        if held.accepted and held.kind != InvitationKind.CO_MODERATOR:
            said = "This invitation was taken up. Please take away the person's role instead."
            raise Refusal("wrong-state", said)
        if held.kind == InvitationKind.CO_MODERATOR and held.account_id:
            Role.objects.filter(account=held.account_id, session=held.session_id).delete()
        note_act(
            account=account, event=held.event_id, act="revoke-invitation", kind="invitation",
            subject=held.pk, reason=held.role,
        )  # fmt: skip
        held.delete()


def open_invitation(token: bytes) -> Invitation:
    """The invitation this token opens, with its event; refuses `invitation-over` (410) for any other."""
    waiting = Invitation.objects.filter(digest=_digest(token), accepted=False, expires__gt=clock.now())
    invitation = waiting.select_related("event", "session", "account").first()
    if invitation is None:
        raise _over()
    return invitation


def accept(*, token: bytes, email: str, name: str, password: str) -> Account:
    """Takes up an invitation to a role: the account gets it, a surgeon a listing and a private profile.

    A known e-mail joins its account, and only with its right password (refuses as
    `people.actions.check_password`, counted for this link alone); a new one gets an account. Refuses
    `invitation-over` to all but the first, however many come at once.
    """
    invitation = _open(token, InvitationKind.ROLE)
    if Account.objects.filter(email=email.lower()).exists():
        mine = f"invitation {invitation.pk}"
        account = check_password(email=email, password=password, origin=mine)
    else:
        account = Account(email=email, name=name)
        account.password = hash_password(password, account)
    try:
        with transaction.atomic():
            _admit(account, invitation)
    except IntegrityError as raced:
        raise Refusal("email-taken", "This e-mail has just got an account. Please try again.") from raced
    return account


def accept_password(*, token: bytes, password: str) -> Account:
    """Takes up a new way in: the account has this password, and every sign-in before it ends. Refuses
    `invitation-over` and, as `people.actions.hash_password`, a weak password."""
    invitation = _open(token, InvitationKind.PASSWORD)
    account = invitation.account
    if account is None or not account.is_active:
        raise _over()
    hashed = hash_password(password, account)
    with transaction.atomic():
        _spend(invitation)
        change_account(account=account, password_hash=hashed)
        end_ways_in(account=account)
        note_act(
            account=account, event=invitation.event_id, act="new-password", kind="account", subject=account.pk
        )
    return account


def accept_session(*, token: bytes, name: str) -> Account:
    """Takes up the invitation of a co-moderator: an account without e-mail and password, so that its name
    stands in the audit list, which decides in this session until the time is over."""
    invitation = _open(token, InvitationKind.CO_MODERATOR)
    account = Account(email=None, name=name)
    account.set_unusable_password()
    with transaction.atomic():
        account.save(force_insert=True)
        _spend(invitation, account=account)
        Role.objects.create(
            account=account,
            event=invitation.event,
            role=invitation.role,
            session=invitation.session,
            until=invitation.until,
        )
        note_act(
            account=account, event=invitation.event_id, act="join", kind="account", subject=account.pk,
            reason=invitation.role,
        )  # fmt: skip
    return account


def _open(token: bytes, kind: str) -> Invitation:
    invitation = open_invitation(token)
    if invitation.kind != kind:
        raise _over()
    return invitation


def _spend(invitation: Invitation, **also: Any) -> None:
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted=False, expires__gt=clock.now())
    if not waiting.update(accepted=True, **also):
        raise _over()


def _admit(account: Account, invitation: Invitation) -> None:
    _spend(invitation)
    if account._state.adding:
        account.save(force_insert=True)
    event = invitation.event
    Role.objects.get_or_create(account=account, event=event, role=invitation.role, session=None)
    end_ways_in(account=account)
    note_act(account=account, event=event.pk, act="join", kind="account", subject=account.pk,
             reason=invitation.role)  # fmt: skip
    if invitation.role == RoleKind.SURGEON:
        surgeon, _ = Surgeon.objects.get_or_create(account=account, defaults={"name": account.name})
        if Listing.objects.get_or_create(event=event, surgeon=surgeon)[1]:
            record(*on_day(event, "surgeon", surgeon.pk))
