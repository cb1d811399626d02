"""What a surgeon, the door and the room's board see of whoever waits: a number, a wish, and nothing else."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.booked import a_booking
from tests.makers import a_role, a_shown_question, a_surgeon
from tests.sent import an_asked_question
from tests.staff import Caller
from tests.tables import a_day_now, a_surgery, at_table, in_line

from equalterms.bookings.models import Booking, Place
from equalterms.bookings.serializers.door import TicketSerializer
from equalterms.desk.surgery.serializers import PersonSerializer, TableSerializer
from equalterms.lib import clock
from equalterms.lib.ids import b64u
from equalterms.people.models import Account
from equalterms.programme.models import Event
from equalterms.safety.models import Claim, Note, Receipt, Review

pytestmark = pytest.mark.django_db
OF_A_PERSON = {"id", "ticket", "state", "labels", "remote", "session"}


def test_anon_29_of_a_person_staff_read_a_number_a_wish_and_where_they_wait() -> None:
    assert set(PersonSerializer().fields) == set(TicketSerializer().fields) == OF_A_PERSON
    assert set(TableSerializer().fields) == {"presence", "labels", "people", "questions", "waiting", "next"}


def everything(account: Account, event: Event) -> list[Any]:
    """What all that a table does answers to an organiser who helps at it."""
    caller, root = Caller(account), f"desk/events/{event.slug}/"
    colleague = at_table(event, "table 5")
    found = [caller.send("PUT", root + "presence/", {"state": "here", "place": "table 3"})]
    takes = [{"what": what, "any": True} for what in [*["person"] * 4, *["question"] * 2]]
    found += [caller.post(root + "take/", take) for take in takes]
    taken = [one.json()["person"]["id"] for one in found[1:5]]
    asked = [one.json()["question"]["id"] for one in found[5:]]
    found.append(caller.get(root + "table/"))
    to = {"to": str(colleague.account_id)}
    acts = ("word", {"text": "Soon."}), ("hand", to), ("back", {}), ("served", {})
    found += [
        caller.post(f"desk/bookings/{ident}/{act}/", body)
        for ident, (act, body) in zip(taken, acts, strict=True)
    ]
    found.append(caller.post(f"desk/bookings/{taken[0]}/left/"))
    found.append(caller.post(f"desk/questions/{asked[0]}/hand/", to))
    found.append(caller.post(f"desk/questions/{asked[1]}/let-go/"))
    number = Booking.objects.filter(state=Place.HERE).values_list("ticket", flat=True)[0]
    reads = (
        "table/",
        "board/",
        "door/",
        "questions/",
        "questions/?mine=true",
        "acts/",
        f"tickets/?ticket={number}",
    )
    found += [caller.get(root + path) for path in reads]
    assert [(one.request["PATH_INFO"], one.status_code) for one in found if one.status_code != 200] == []
    return [one.json() for one in found]


def test_anon_29_no_answer_of_a_table_holds_what_a_receipt_is_checked_or_sealed_with() -> None:
    event = a_day_now()
    session, account = a_surgery(event), a_role(event, "organiser")
    a_surgeon(event, account=account)
    people = [in_line(session, slot=900 * number, labels=["Privacy"]) for number in range(1, 9)]
    asked = [an_asked_question(session, f"Number {number}") for number in range(3)]
    for secret in asked:
        Review.objects.filter(subject=secret.id).update(state="shown", taken_in=True)
    a_shown_question(session)

    said = json.dumps(everything(account, event))

    planted = {str(secret.id) for secret in people}
    assert len([ident for ident in planted if ident in said]) >= 4  # so there was something to look at
    unsaid = [str(kept) for one in Booking.objects.all() for kept in (one.shuffle, one.slot) if kept > 9_999]
    unsaid += [clock.slot_iso(900 * number) for number in range(1, 9)]
    for secret in [*people, *asked]:
        receipt = Receipt.objects.get(pk=secret.id)
        unsaid += [b64u(secret.auth), b64u(secret.reply_key), secret.box, b64u(bytes(receipt.verifier))]
        unsaid += [bytes(receipt.verifier).hex(), secret.reply_key.hex()]
    unsaid += [b64u(bytes(sealed)) for sealed in Note.objects.values_list("sealed", flat=True)]
    assert Note.objects.exists()
    assert [one for one in unsaid if one in said] == []


def ranked(arrived: list[str], found: list[str]) -> float:
    """Spearman's rank correlation of two orders of the same things."""
    ranks, count = [arrived.index(one) for one in found], len(arrived)
    assert sorted(ranks) == list(range(count))
    return 1 - 6 * sum((rank - place) ** 2 for place, rank in enumerate(ranks)) / (count * (count**2 - 1))


def taken_one_by_one(caller: Caller, event: Event) -> list[str]:
    root = f"desk/events/{event.slug}/take/"
    return [caller.post(root, {"what": "person"}).json()["person"]["id"] for _ in range(60)]


def listed_at_the_table(caller: Caller, event: Event) -> list[str]:
    for booking in Booking.objects.filter(event=event):
        account = Account.objects.get(surgeon__presences__event=event)
        Claim.objects.create(topic=booking.session.topic, subject=booking.pk, account=account)  # type: ignore[union-attr]
    Booking.objects.filter(event=event).update(state=Place.TAKEN)
    people = caller.get(f"desk/events/{event.slug}/table/").json()["people"]
    assert [one["ticket"] for one in people] == sorted(one["ticket"] for one in people)
    return [one["id"] for one in people]


@pytest.mark.parametrize("order", [taken_one_by_one, listed_at_the_table])
def test_care_14_nobody_is_called_or_listed_in_the_order_in_which_they_came(
    order: Callable[[Caller, Event], list[str]],
) -> None:
    """Whoever waits longest is called first, to the quarter of an hour; within it lots are drawn."""
    event = a_day_now()
    session, surgeon = a_surgery(event), at_table(event)
    numbers = [(number * 37) % 900 + 100 for number in range(60)]  # as random ones are
    arrived = [
        str(a_booking(session, Place.HERE, slot=900, ticket=number, home=number % 2 == 0).pk)
        for number in numbers
    ]
    assert ranked(arrived, arrived) == 1

    assert abs(ranked(arrived, order(Caller(surgeon.account), event))) < 0.6
