import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from tests.journalled import telling
from tests.makers import PASSWORD, a_role, a_session, a_surgeon, an_account, an_event

from equalterms.lib import clock
from equalterms.lib.ids import unb64u
from equalterms.lib.refusal import Refusal
from equalterms.lib.throttles import Slowdown
from equalterms.people import actions as people
from equalterms.people.models import Account, Act, Surgeon
from equalterms.programme.actions import (
    accept,
    accept_password,
    accept_session,
    invite,
    invite_co_moderator,
    make_way_in,
    new_event,
    open_invitation,
    revoke,
)
from equalterms.programme.models import Event, Invitation, Listing, Role

pytestmark = pytest.mark.django_db

ORIGIN = "https://day.example.org"
NEW = {"email": "tom@example.org", "name": "Tom W.", "password": "a-long-quiet-walk"}


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


def a_way_in(event: Event, account: Account, by: Account) -> bytes:
    _, url = make_way_in(event=event, account=account, by=by, origin=ORIGIN)
    return unb64u(url.partition("#")[2], 32)


def test_a_way_in_lasts_a_day_and_another_one_ends_it(event: Event) -> None:
    organiser, tom = a_role(event), a_role(event, "door")
    first, second = a_way_in(event, tom, organiser), a_way_in(event, tom, organiser)

    assert refused(accept_password, token=first, password=NEW["password"]) == (410, "invitation-over")
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert refused(accept_password, token=second, password=NEW["password"]) == (410, "invitation-over")
    assert accept_password(token=second, password=NEW["password"]) == tom
    assert [act.act for act in Act.objects.order_by("pk")].count("password-link") == 2
    assert Act.objects.filter(act="new-password", subject=tom.pk, account=tom).count() == 1


def test_a_way_in_ends_where_the_account_opens_another_day_too(event: Event) -> None:
    organiser, tom = a_role(event), a_role(event, "door", an_account(email="tom@example.org"))
    elsewhere = an_event()
    token = a_way_in(event, tom, organiser)
    accept(token=an_invitation(elsewhere, "organiser"), **(NEW | {"password": PASSWORD}))
    assert refused(accept_password, token=token, password=NEW["password"]) == (410, "invitation-over")

    founder = a_role(event)
    token = a_way_in(event, founder, organiser)
    hours = {"starts": event.starts, "ends": event.ends, "timezone": "Europe/London"}
    new_event(slug="another", title="Another", organiser=founder, **hours)
    assert refused(accept_password, token=token, password=NEW["password"]) == (410, "invitation-over")


def test_no_way_in_opens_what_it_is_not_for(event: Event) -> None:
    organiser, tom = a_role(event), a_role(event, "door")
    token, role = a_way_in(event, tom, organiser), an_invitation(event)

    assert refused(accept, token=token, **NEW) == (410, "invitation-over")
    assert refused(accept_session, token=token, name="Tom") == (410, "invitation-over")
    assert refused(accept_password, token=role, password=NEW["password"]) == (410, "invitation-over")
    Account.objects.filter(pk=tom.pk).update(is_active=False)
    assert refused(accept_password, token=token, password=NEW["password"]) == (410, "invitation-over")


def test_a_co_moderator_has_one_session_a_name_and_no_password(event: Event) -> None:
    session, organiser = a_session(event), a_role(event)
    with time_machine.travel(clock.now(), tick=False):
        made, url = invite_co_moderator(session=session, account=organiser, name="Bo", hours=2, origin=ORIGIN)
        assert made.until == clock.now() + timedelta(hours=2)

    account = accept_session(token=unb64u(url.partition("#")[2], 32), name="Bo B.")

    assert (account.name, account.email, account.has_usable_password()) == ("Bo B.", None, False)
    assert Role.objects.held(account, event.pk) == set()
    assert Role.objects.held_at(account, session) == {"moderator"}
    assert Role.objects.held_at(account, a_session(event)) == set()
    with time_machine.travel(clock.now() + timedelta(hours=3)):
        assert Role.objects.held_at(account, session) == set()
    assert {act.act for act in Act.objects.all()} == {"invite-co-moderator", "join"}
    assert refused(make_way_in, event=event, account=account, by=organiser, origin=ORIGIN) == (
        409,
        "wrong-state",
    )


def test_revoking_lets_a_co_moderator_out(event: Event) -> None:
    session, organiser = a_session(event), a_role(event)
    made, url = invite_co_moderator(session=session, account=organiser, name="Bo", hours=2, origin=ORIGIN)
    account = accept_session(token=unb64u(url.partition("#")[2], 32), name="Bo")

    revoke(invitation=made, account=organiser)
    revoke(invitation=made, account=organiser)

    assert Role.objects.held_at(account, session) == set()
    assert Account.objects.filter(pk=account.pk).exists()
    assert Act.objects.filter(act="revoke-invitation").count() == 1
