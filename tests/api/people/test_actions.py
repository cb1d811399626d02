import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken
from tests.makers import PASSWORD, an_account, an_event

from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.lib.throttles import Slowdown
from equalterms.people import actions
from equalterms.people.models import Account, Act

pytestmark = pytest.mark.django_db

WRONG = "a-wrong-guess-1"
HOME, CAFE = "192.0.2.0", "198.51.100.0"


class Counted(PBKDF2PasswordHasher):
    """Counts the slow work, made quick."""

    iterations = 2
    done = 0

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        Counted.done += 1
        encoded: str = super().encode(password, salt, iterations)
        return encoded


@pytest.fixture(autouse=True)
def nobody_has_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "wrong_passwords", Slowdown())


def code(*args: Any, **kwargs: Any) -> tuple[int, str]:
    action, *rest = args
    with pytest.raises(Refusal) as refusal:
        action(*rest, **kwargs)
    return refusal.value.status, refusal.value.code


def guess(email: str, password: str = WRONG, origin: str = HOME) -> tuple[int, str]:
    return code(actions.check_password, email=email, password=password, origin=origin)


def test_the_right_password_opens_the_account_however_the_e_mail_is_written() -> None:
    account = an_account(email="nasreen@example.org")

    assert actions.check_password(email="Nasreen@Example.org", password=PASSWORD, origin=HOME) == account


def test_a_wrong_e_mail_a_wrong_password_and_a_closed_account_are_refused_alike() -> None:
    an_account(email="tom@example.org")
    an_account(email="gone@example.org", is_active=False)

    wrong = [
        guess("nobody@example.org", PASSWORD),
        guess("tom@example.org"),
        guess("gone@example.org", PASSWORD),
    ]

    assert wrong == [(401, "wrong-sign-in")] * 3


def test_a_wrong_e_mail_takes_the_same_work_as_a_wrong_password(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    an_account(email="tom@example.org")
    work = []
    for email in ("tom@example.org", "nobody@example.org"):
        before = Counted.done
        guess(email)
        work.append(Counted.done - before)

    assert work == [1, 1]


def test_repeated_wrong_passwords_are_slowed_down_before_anything_is_checked() -> None:
    an_account(email="tom@example.org")
    for _ in range(6):
        assert guess("tom@example.org") == (401, "wrong-sign-in")

    with pytest.raises(Refusal) as refusal:
        actions.check_password(email="TOM@example.org", password=PASSWORD, origin=HOME)

    assert (refusal.value.status, refusal.value.code, refusal.value.retry_after) == (429, "slow-down", 1)


def test_guesses_lock_nobody_out_who_is_somewhere_else() -> None:
    account = an_account(email="tom@example.org")
    for _ in range(7):
        with pytest.raises(Refusal):
            actions.check_password(email="tom@example.org", password="wrong", origin=CAFE)

    assert actions.check_password(email="tom@example.org", password=PASSWORD, origin=HOME) == account


def test_the_right_password_forgives_the_wrong_ones() -> None:
    an_account(email="tom@example.org")
    for _ in range(4):
        guess("tom@example.org")
    actions.check_password(email="tom@example.org", password=PASSWORD, origin=HOME)

    assert [guess("tom@example.org") for _ in range(6)] == [(401, "wrong-sign-in")] * 6


def test_many_guesses_at_many_e_mails_slow_down_all_that_comes_from_there() -> None:
    account = an_account(email="tom@example.org")
    guesses = [guess(f"nobody-{number}@example.org") for number in range(31)]

    assert guesses == [(401, "wrong-sign-in")] * 31
    assert guess("tom@example.org", PASSWORD) == (429, "slow-down")
    assert actions.check_password(email="tom@example.org", password=PASSWORD, origin=CAFE) == account


def test_work_opens_the_way_during_a_pause_and_is_asked_for_only_then() -> None:
    account = an_account(email="tom@example.org")
    worked: list[str] = []

    def sign_in(password: str = PASSWORD) -> Account:
        return actions.check_password(
            email="tom@example.org", password=password, origin=HOME, work=lambda: worked.append("once")
        )

    sign_in()
    assert worked == []
    for _ in range(6):
        guess("tom@example.org")
    assert code(sign_in, WRONG) == (401, "wrong-sign-in")
    assert (sign_in(), worked) == (account, ["once", "once"])


def test_work_that_is_none_leaves_the_password_unchecked() -> None:
    an_account(email="tom@example.org")
    for _ in range(6):
        guess("tom@example.org")

    def nothing() -> None:
        raise Refusal("proof-needed", "", status=403)

    tried = code(
        actions.check_password, email="tom@example.org", password=PASSWORD, origin=HOME, work=nothing
    )

    assert tried == (403, "proof-needed")


@pytest.mark.parametrize("weak", ["short", "password123", "0987612345"])
def test_a_weak_password_is_refused_by_name(weak: str) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.hash_password(weak, Account(email="tom@example.org", name="Tom"))

    assert (refusal.value.status, refusal.value.code) == (400, "invalid")
    assert {error["attr"] for error in refusal.value.errors} == {"password"}


def test_a_refresh_token_is_exchanged_again_only_within_the_minute_of_a_lost_answer() -> None:
    account = an_account()
    with time_machine.travel(datetime(2026, 5, 1, 10, tzinfo=UTC), tick=False) as moment:
        first = actions.tokens_for(account)["refresh"]
        second = actions.renew(refresh=first)["refresh"]
        moment.shift(60)
        again = actions.renew(refresh=first)["refresh"]
        moment.shift(1)

        assert code(actions.renew, refresh=first) == (401, "signed-out")
        assert [set(actions.renew(refresh=one)) for one in (second, again)] == [{"access", "refresh"}] * 2


def test_a_token_that_was_signed_out_is_worth_nothing() -> None:
    refresh = actions.tokens_for(an_account())["refresh"]
    actions.renew(refresh=refresh)

    actions.sign_out(refresh=refresh)
    actions.sign_out(refresh=refresh)

    assert code(actions.renew, refresh=refresh) == (401, "signed-out")


def test_tokens_end_with_their_time_their_account_and_their_password() -> None:
    account = an_account()
    late, closed, changed = (actions.tokens_for(account)["refresh"] for _ in range(3))
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert code(actions.renew, refresh=late) == (401, "signed-out")
    Account.objects.update(is_active=False)
    assert code(actions.renew, refresh=closed) == (401, "signed-out")
    Account.objects.update(is_active=True)
    actions.change_account(
        account=account, password_hash=actions.hash_password("another-quiet-place", account)
    )
    assert code(actions.renew, refresh=changed) == (401, "signed-out")


@pytest.mark.parametrize("forged", ["", "x", "a.b.c", "access", "é.é.é"])
def test_what_is_no_refresh_token_of_ours_is_signed_out(forged: str) -> None:
    account = an_account()
    token = actions.tokens_for(account)["access"] if forged == "access" else forged

    assert code(actions.renew, refresh=token) == (401, "signed-out")
    actions.sign_out(refresh=token)


@pytest.mark.django_db(transaction=True)
def test_of_many_exchanges_at_once_none_signs_anybody_out() -> None:
    refresh = actions.tokens_for(an_account())["refresh"]
    start, results = threading.Barrier(4), []

    def exchange() -> None:
        start.wait()
        try:
            results.append(bool(actions.renew(refresh=refresh)))
        except Refusal as refusal:
            results.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=exchange) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == [True] * 4
    assert BlacklistedToken.objects.count() == 1


def test_no_token_is_kept_and_spent_ids_go_when_they_have_expired() -> None:
    refresh = actions.tokens_for(an_account())["refresh"]
    assert OutstandingToken.objects.count() == 0

    actions.renew(refresh=refresh)

    kept = OutstandingToken.objects.get()
    assert (kept.token, kept.user, kept.created_at) == ("", None, None)
    assert actions.forget_spent_tokens() == 0
    with time_machine.travel(clock.now() + timedelta(days=15)):
        assert actions.forget_spent_tokens() == 2
    assert not BlacklistedToken.objects.exists()


def test_an_account_changes_only_what_is_given() -> None:
    account = an_account(name="Tom")

    actions.change_account(account=account, name="Tom W.")

    account.refresh_from_db()
    assert (account.name, account.check_password(PASSWORD)) == ("Tom W.", True)


def test_an_act_says_who_did_what_to_the_quarter_hour() -> None:
    account, event = an_account(), an_event()

    actions.note_act(
        account=account, event=event.pk, act="invite", kind="event", subject=event.pk, reason="door"
    )

    act = Act.objects.get()
    assert (act.account, act.act, act.kind, act.subject, act.reason) == (
        account, "invite", "event", event.pk, "door",
    )  # fmt: skip
    assert act.slot == clock.slot()
