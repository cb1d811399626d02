"""Invitations: single-use links that give a role at an event."""

import hashlib
import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction

from equalterms.journal.actions import record
from equalterms.lib import clock
from equalterms.lib.ids import b64u
from equalterms.lib.refusal import Refusal
from equalterms.people.actions import check_password, hash_password, note_act
from equalterms.people.models import Account, Surgeon
from equalterms.programme.actions.telling import on_day
from equalterms.programme.models import Event, Invitation, Listing, Role, RoleKind

WEEK = timedelta(days=7)


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
    token = secrets.token_bytes(32)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            event=event, role=role, name=name, digest=_digest(token), expires=clock.now() + lifetime
        )
        if account:
            note_act(
                account=account, event=event.pk, act="invite", kind="invitation", subject=invitation.pk,
                reason=role,
            )  # fmt: skip
    return invitation, f"{origin}/invite#{b64u(token)}"


def open_invitation(token: bytes) -> Invitation:
    """The invitation this token opens, with its event; refuses `invitation-over` (410) for any other."""
    waiting = Invitation.objects.filter(digest=_digest(token), accepted=False, expires__gt=clock.now())
    invitation = waiting.select_related("event").first()
    if invitation is None:
        raise _over()
    return invitation


def accept(*, token: bytes, email: str, name: str, password: str, network: str) -> Account:
    """Takes up an invitation: the account gets its role, a surgeon a listing and a private profile.

    A known e-mail joins its account, and only with its right password (refuses as
    `people.actions.check_password`); a new one gets an account. Refuses `invitation-over` to all but
    the first, however many come at once.
    """
    invitation = open_invitation(token)
    if Account.objects.filter(email=email.lower()).exists():
        account = check_password(email=email, password=password, network=network)
    else:
        account = Account(email=email, name=name)
        account.password = hash_password(password, account)
    try:
        with transaction.atomic():
            _admit(account, invitation)
    except IntegrityError as raced:
        raise Refusal("email-taken", "This e-mail has just got an account. Please try again.") from raced
    return account


def _admit(account: Account, invitation: Invitation) -> None:
    waiting = Invitation.objects.filter(pk=invitation.pk, accepted=False, expires__gt=clock.now())
    if not waiting.update(accepted=True):
        raise _over()
    if account._state.adding:
        account.save(force_insert=True)
    event = invitation.event
    Role.objects.get_or_create(account=account, event=event, role=invitation.role)
    note_act(account=account, event=event.pk, act="join", kind="account", subject=account.pk,
             reason=invitation.role)  # fmt: skip
    if invitation.role == RoleKind.SURGEON:
        surgeon, _ = Surgeon.objects.get_or_create(account=account, defaults={"name": account.name})
        if Listing.objects.get_or_create(event=event, surgeon=surgeon)[1]:
            record(*on_day(event, "surgeon", surgeon.pk))
