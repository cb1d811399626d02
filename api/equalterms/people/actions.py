"""Accounts and the tokens they sign in with."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from rest_framework_simplejwt.tokens import RefreshToken, Token
from rest_framework_simplejwt.utils import datetime_from_epoch

from equalterms.lib import clock
from equalterms.lib.api.access import GENERATION, signed_out
from equalterms.lib.refusal import Refusal
from equalterms.lib.throttles import Slowdown
from equalterms.people.models import UNDO_TICK, UNDO_TICKS, Account, Act

# Whoever did not hear the answer, as the signal went or the page was left, asks again with the same token.
LOST_ANSWER = timedelta(minutes=1)
LONG_AGO = datetime.fromtimestamp(0, UTC)
wrong_passwords = Slowdown()
# So many wrong sign-ins of one origin cost nothing, whatever e-mails they name: a team that mistypes.
FREE_OF_ONE_ORIGIN = 30


def _wrong(pause: int) -> Refusal:
    said = "This e-mail and password do not belong together."
    return Refusal("wrong-sign-in", said, status=401, retry_after=pause or None)


def check_password(
    *, email: str, password: str, origin: str, work: Callable[[], object] | None = None
) -> Account:
    """The active account these belong to.

    `origin` is where the try comes from: a network (/24 or /56; nothing finer reaches us), or the name of
    something that only the right ones hold. Repeated wrong ones bring a pause for the e-mail seen from
    there, and many of them one for all that comes from there. In a pause nothing is checked, and the
    refusal is `slow-down` (429), unless `work` is brought: it is called, refuses where it is none, and
    then the password is checked at once. So guessing costs work, and nobody is locked out by anybody. All
    of it is kept in memory only, as HMAC, and forgotten in a quarter of an hour. Refuses `wrong-sign-in`
    (401) alike for a wrong e-mail and a wrong password, after equal work of ours.
    """
    name = (email.lower(), origin)
    if pause := max(wrong_passwords.wait(*name), wrong_passwords.wait(origin)):
        if work is None:
            said = "That was wrong several times. Please wait a little, then try again."
            raise Refusal("slow-down", said, status=429, retry_after=pause)
        work()
    account = Account.objects.filter(email=email.lower(), is_active=True).first()
    if not _belongs(account, password) or account is None:
        here = wrong_passwords.failed(origin, free=FREE_OF_ONE_ORIGIN)
        raise _wrong(max(here, wrong_passwords.failed(*name)))
    wrong_passwords.forgive(*name)
    return account


def _belongs(account: Account | None, password: str) -> bool:
    """Takes as long for no account as for a wrong password."""
    if account is not None:
        return account.check_password(password)
    make_password(password)
    return False


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
        # Token's own: that of the class between them lists the token as it is made.
        token: Pass = Token.for_user.__func__(cls, account)  # type: ignore[attr-defined]
        token[GENERATION] = account.generation
        return token

    def check_blacklist(self) -> None:
        """Reading asks nothing of the list: `renew` decides what a spent token is still worth."""


def tokens_for(account: Account) -> dict[str, str]:
    """{"access", "refresh"} for somebody who has just shown who they are."""
    token = Pass.of(account)
    return {"access": str(token.access_token), "refresh": str(token)}


def _read(refresh: str) -> Pass:
    try:
        return Pass(refresh)  # type: ignore[arg-type]  # takes the spelt token; the stubs know a Token
    except TokenError as wrong:
        raise signed_out() from wrong


def _spend(token: Pass) -> BlacklistedToken:
    """Marks a token as used; says since when it is. Only its id, its end and that moment are kept."""
    ends = datetime_from_epoch(token["exp"])
    known, _ = OutstandingToken.objects.get_or_create(
        jti=token["jti"], defaults={"token": "", "expires_at": ends}
    )
    return BlacklistedToken.objects.get_or_create(token=known)[0]


def renew(*, refresh: str) -> dict[str, str]:
    """New tokens for a refresh token, which is spent by it; within a minute it is exchanged again, as the
    answer may have been lost. Refuses `signed-out` (401) for one that was spent earlier or signed out,
    expired, is not ours, or is older than the account's password or its signing out everywhere."""
    token = _read(refresh)
    account = Account.objects.filter(pk=token["user_id"], is_active=True).first()
    if account is None or token.get(GENERATION) != account.generation:
        raise signed_out()
    with transaction.atomic():
        if _spend(token).blacklisted_at < clock.now() - LOST_ANSWER:
            raise signed_out()
    return tokens_for(account)


def sign_out(*, refresh: str) -> None:
    """Spends a refresh token for good. One that is worth nothing any more is as good as spent."""
    try:
        token = Pass(refresh)  # type: ignore[arg-type]  # as in _read
    except TokenError:
        return
    with transaction.atomic():
        spent = _spend(token)
        BlacklistedToken.objects.filter(pk=spent.pk).update(blacklisted_at=LONG_AGO)


def forget_spent_tokens() -> int:
    """Deletes what is kept of spent tokens that have expired anyway; gives how many."""
    return OutstandingToken.objects.filter(expires_at__lte=clock.now()).delete()[0]


def change_account(*, account: Account, name: str | None = None, password_hash: str | None = None) -> Account:
    """Changes what is given. A new password ends every sign-in of the account."""
    changed: dict[str, Any] = {} if name is None else {"name": name}
    if password_hash is not None:
        changed |= {"password": password_hash, "generation": F("generation") + 1}
    if changed:
        Account.objects.filter(pk=account.pk).update(**changed)
        account.refresh_from_db(fields=["name", "password", "generation"])
    return account


def sign_out_everywhere(*, account: Account) -> None:
    """Ends every sign-in of the account, on whatever phone, at the very next call."""
    Account.objects.filter(pk=account.pk).update(generation=F("generation") + 1)


def note_act(
    *,
    account: Account,
    event: UUID,
    act: str,
    kind: str,
    subject: UUID,
    undo: dict[str, Any] | None = None,
    **more: Any,
) -> Act:
    """One line of the audit list, inside the transaction of the act. With `undo` it can be undone for ten
    minutes, and no earlier line about the same subject can be any more."""
    until = None
    if undo is not None:
        settle_acts(subject=subject)
        until = clock.tick(UNDO_TICK) + UNDO_TICKS
    return Act.objects.create(
        account=account,
        event=event,
        act=act,
        kind=kind,
        subject=subject,
        slot=clock.slot(),
        until=until,
        undo=undo,
        **more,
    )


def settle_acts(*, subject: UUID) -> None:
    """The subject has moved on: nothing done to it before can be undone, and what that took is forgotten."""
    Act.objects.filter(subject=subject, until__isnull=False).update(undo={})


@transaction.atomic
def forget_undone() -> int:
    """Erases what undoing took of every act whose ten minutes are over; gives how many. Whoever holds a
    line just now is passed over: the next tick finds it."""
    over = Act.objects.filter(until__lt=clock.tick(UNDO_TICK))
    lines = list(over.select_for_update(skip_locked=True).values_list("pk", flat=True))
    return Act.objects.filter(pk__in=lines).update(until=None, undo=None)
