"""Accounts and the tokens they sign in with."""

import threading
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.tokens import RefreshToken, Token
from rest_framework_simplejwt.utils import datetime_from_epoch, get_md5_hash_password

from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.lib.throttles import Slowdown
from equalterms.people.models import Account, Act

wrong_passwords = Slowdown()
# Checking a password is slow on purpose. A flood of sign-ins must leave a thread for the day itself.
_checks = threading.BoundedSemaphore(max(1, settings.THREADS - 1))


def signed_out() -> Refusal:
    return Refusal("signed-out", "You are signed out. Please sign in again.", status=401)


def _wrong(pause: int) -> Refusal:
    said = "This e-mail and password do not belong together."
    return Refusal("wrong-sign-in", said, status=401, retry_after=pause or None)


def check_password(*, email: str, password: str, network: str) -> Account:
    """The active account these belong to.

    Refuses `wrong-sign-in` (401) alike for a wrong e-mail and a wrong password, after equal work, and
    `slow-down` (429) after repeated wrong ones. The pause is counted for an e-mail seen from one
    network (/24 or /56; nothing finer reaches us) and refuses before anything is checked, so guessing
    gets slower and slower; from any other network the right password is taken at once, so nobody is
    locked out by somebody's guesses elsewhere, and where guesser and owner share a network the pause
    is a minute at most. All of it is kept in memory only, as HMAC, and forgotten in a quarter of an hour.
    """
    name = (email.lower(), network)
    if pause := wrong_passwords.wait(*name):
        said = "That was wrong several times. Please wait a little, or sign in from another network."
        raise Refusal("slow-down", said, status=429, retry_after=pause)
    account = Account.objects.filter(email=email.lower(), is_active=True).first()
    if not _belongs(account, password) or account is None:
        raise _wrong(wrong_passwords.failed(*name))
    wrong_passwords.forgive(*name)
    return account


def _belongs(account: Account | None, password: str) -> bool:
    """Takes as long for no account as for a wrong password. Refuses `busy` in a flood."""
    if not _checks.acquire(blocking=False):
        raise Refusal("busy", "Many people are signing in. Please try again.", status=503, retry_after=1)
    try:
        if account is not None:
            return account.check_password(password)
        make_password(password)
        return False
    finally:
        _checks.release()


def hash_password(password: str, account: Account) -> str:
    """The form to keep. Refuses what is too short, too common or only digits; slow, so call it
    outside a transaction."""
    try:
        validate_password(password, account)
    except ValidationError as weak:
        errors = [
            {"attr": "password", "code": error.code or "invalid", "detail": " ".join(error.messages)}
            for error in weak.error_list
        ]
        said = "Please choose another password. See the list."
        raise Refusal("invalid", said, status=400, errors=errors) from weak
    return make_password(password)


class Pass(RefreshToken):
    """A refresh token of which nothing is kept until it is spent."""

    @classmethod
    def of(cls, account: Account) -> "Pass":
        token: Pass = Token.for_user.__func__(cls, account)  # type: ignore[attr-defined]
        return token


def tokens_for(account: Account) -> dict[str, str]:
    """{"access", "refresh"} for somebody who has just shown who they are."""
    token = Pass.of(account)
    return {"access": str(token.access_token), "refresh": str(token)}


def _read(refresh: str) -> Pass:
    try:
        return Pass(refresh)  # type: ignore[arg-type]
    except TokenError as wrong:
        raise signed_out() from wrong


def _spend(token: Pass) -> bool:
    """Marks a token as used; False if somebody was first. Only its id and its end are kept."""
    ends = datetime_from_epoch(token["exp"])
    known, _ = OutstandingToken.objects.get_or_create(
        jti=token["jti"], defaults={"token": "", "expires_at": ends}
    )
    return BlacklistedToken.objects.get_or_create(token=known)[1]


def renew(*, refresh: str) -> dict[str, str]:
    """New tokens for a refresh token, which is spent by it. Refuses `signed-out` (401) for one that is
    spent, expired, not ours, or older than the account's password."""
    token = _read(refresh)
    account = Account.objects.filter(pk=token["user_id"], is_active=True).first()
    if account is None or token.get("hash_password") != get_md5_hash_password(account.password):
        raise signed_out()
    with transaction.atomic():
        if not _spend(token):
            raise signed_out()
    return tokens_for(account)


def sign_out(*, refresh: str) -> None:
    """Spends a refresh token. One that is worth nothing any more is as good as spent."""
    try:
        token = Pass(refresh)  # type: ignore[arg-type]
    except TokenError:
        return
    with transaction.atomic():
        _spend(token)


def forget_spent_tokens() -> int:
    """Deletes what is kept of spent tokens that have expired anyway; gives how many."""
    return OutstandingToken.objects.filter(expires_at__lte=clock.now()).delete()[0]


def change_account(*, account: Account, name: str | None = None, password_hash: str | None = None) -> Account:
    """Changes what is given. A new password ends every sign-in of the account."""
    account.name = name if name is not None else account.name
    account.password = password_hash if password_hash is not None else account.password
    account.save(update_fields=["name", "password"])
    return account


def note_act(*, account: Account, event: UUID, act: str, kind: str, subject: UUID, **more: Any) -> None:
    """One line of the audit list, inside the transaction of the act."""
    Act.objects.create(
        account=account, event=event, act=act, kind=kind, subject=subject, slot=clock.slot(), **more
    )
