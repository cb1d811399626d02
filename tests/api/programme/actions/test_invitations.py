import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from tests.journalled import telling
from tests.makers import PASSWORD, a_role, a_surgeon, an_account, an_event

from equalterms.lib import clock
from equalterms.lib.ids import unb64u
from equalterms.lib.refusal import Refusal
from equalterms.lib.throttles import Slowdown
from equalterms.people import actions as people
from equalterms.people.models import Account, Act, Surgeon
from equalterms.programme.actions import accept, invite, open_invitation
from equalterms.programme.models import Event, Invitation, Listing, Role

pytestmark = pytest.mark.django_db

ORIGIN = "https://day.example.org"
NEW = {"email": "tom@example.org", "name": "Tom W.", "password": "a-long-quiet-walk", "network": "192.0.2.0"}


@pytest.fixture(autouse=True)
def nobody_has_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "wrong_passwords", Slowdown())


@pytest.fixture
def event() -> Event:
    return an_event()


def an_invitation(event: Event, role: str = "moderator", **given: Any) -> bytes:
    """The token of an invitation, read from its address as a phone would."""
    _, url = invite(event=event, role=role, name="Tom", origin=ORIGIN, **given)
    address, _, token = url.partition("#")
    assert address == ORIGIN + "/invite"
    return unb64u(token, 32)


def refused(action: Any, *args: Any, **given: Any) -> tuple[int, str]:
    with pytest.raises(Refusal) as refusal:
        action(*args, **given)
    return refusal.value.status, refusal.value.code


def test_an_invitation_lasts_a_week_and_its_token_is_not_kept(event: Event) -> None:
    organiser = a_role(event)
    with time_machine.travel(clock.now(), tick=False):
        token = an_invitation(event, account=organiser)
        invitation = Invitation.objects.get()
        assert invitation.expires == clock.now() + timedelta(days=7)

    assert open_invitation(token) == invitation
    assert token not in bytes(invitation.digest)
    act = Act.objects.get()
    assert (act.account, act.act, act.reason) == (organiser, "invite", "moderator")


def test_a_newcomer_gets_an_account_and_the_role(event: Event) -> None:
    account = accept(token=an_invitation(event), **NEW)

    assert (account.email, account.name, account.check_password(NEW["password"])) == (
        "tom@example.org", "Tom W.", True,
    )  # fmt: skip
    assert Role.objects.held(account, event.pk) == {"moderator"}
    assert not Surgeon.objects.exists()


def test_a_surgeon_is_listed_with_a_private_profile(event: Event) -> None:
    with telling() as told:
        account = accept(token=an_invitation(event, "surgeon"), **NEW)

    surgeon = account.surgeon
    assert (surgeon.name, surgeon.published, surgeon.public) == ("Tom W.", False, [])
    assert Listing.objects.get().surgeon == surgeon
    assert told == {(event.day_id, "surgeon", surgeon.pk): 1, (event.now_id, "surgeon", surgeon.pk): 1}


def test_a_known_e_mail_joins_its_account_with_its_right_password_only(event: Event) -> None:
    known = an_account(email="tom@example.org", name="Thomas")
    a_surgeon(account=known, name="Thomas")
    token = an_invitation(event, "surgeon")

    assert refused(accept, token=token, **NEW) == (401, "wrong-sign-in")
    account = accept(token=token, **(NEW | {"email": "Tom@Example.org", "password": PASSWORD}))

    assert account == known
    assert Account.objects.get().name == "Thomas"
    assert Listing.objects.get().surgeon == Surgeon.objects.get()


def test_one_person_holds_a_role_once_and_may_hold_two(event: Event) -> None:
    for role in ("surgeon", "surgeon", "door"):
        account = accept(token=an_invitation(event, role), **NEW)

    assert Role.objects.held(account, event.pk) == {"surgeon", "door"}
    assert (Role.objects.count(), Listing.objects.count()) == (2, 1)


def test_an_invitation_is_good_once_and_for_its_time(event: Event) -> None:
    used, late = an_invitation(event), an_invitation(event, lifetime=timedelta(hours=1))
    accept(token=used, **NEW)

    assert refused(open_invitation, used) == (410, "invitation-over")
    assert refused(accept, token=used, **NEW) == (410, "invitation-over")
    assert refused(open_invitation, bytes(32)) == (410, "invitation-over")
    with time_machine.travel(clock.now() + timedelta(hours=2)):
        assert refused(accept, token=late, **NEW) == (410, "invitation-over")


def test_a_weak_password_keeps_the_invitation_open(event: Event) -> None:
    token = an_invitation(event)

    assert refused(accept, token=token, **(NEW | {"password": "password123"})) == (400, "invalid")
    assert not Account.objects.exists()
    assert accept(token=token, **NEW) == Account.objects.get()


def at_once(calls: list[Any]) -> list[str]:
    """The outcomes of calls made at the same moment, each in a thread."""
    start, said = threading.Barrier(len(calls)), []

    def run(call: Any) -> None:
        start.wait()
        try:
            call()
            said.append("done")
        except Refusal as refusal:
            said.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_up_one_invitation_at_once_one_gets_it(event: Event) -> None:
    token = an_invitation(event)
    calls = [
        lambda number=number: accept(token=token, **(NEW | {"email": f"person{number}@example.org"}))
        for number in range(4)
    ]

    assert at_once(calls) == ["done", "invitation-over", "invitation-over", "invitation-over"]
    assert (Account.objects.count(), Role.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_invitations_taken_up_at_once_with_one_e_mail_make_one_account(event: Event) -> None:
    tokens = [an_invitation(event, role) for role in ("door", "moderator")]

    said = at_once([lambda token=token: accept(token=token, **NEW) for token in tokens])

    account = Account.objects.get()
    if said == ["done", "email-taken"]:
        left = Invitation.objects.get(accepted=False)
        accept(token=tokens[left.role == "moderator"], **NEW)
    assert Role.objects.held(account, event.pk) == {"door", "moderator"}
