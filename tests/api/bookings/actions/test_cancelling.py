from typing import Any

import pytest
from tests.booked import a_booking, a_called_booking, a_spare, a_surgeon_here, standing
from tests.makers import a_role, a_session
from tests.tables import a_surgery, called, in_line

from equalterms.bookings.actions import Wanted, end_cancelled_all
from equalterms.bookings.actions.doors import arrive, give_out
from equalterms.bookings.models import Booking
from equalterms.journal.models import Entry
from equalterms.lib.refusal import Refusal
from equalterms.programme.actions import change_event, change_session
from equalterms.programme.models import Session
from equalterms.safety.models import Claim, Note
from equalterms.safety.profile.sealing import unseal

pytestmark = pytest.mark.django_db


def cancel(session: Session, state: str = "cancelled") -> None:
    change_session(account=a_role(session.event), session=session, changes={"state": state})


def note_for(secret: Any) -> dict[str, Any]:
    return dict(unseal(secret.private, secret.box, bytes(Note.objects.get(box=secret.box).sealed)))


def refused(work: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        work(*args, **kwargs)
    return refusal.value.code


def test_all_that_is_open_of_a_cancelled_session_is_over_at_the_next_tick() -> None:
    surgery = a_surgery()
    other = a_session(surgery.event, kind="surgery")
    for state in ("held", "listed", "here"):
        a_booking(surgery, state, labels=["Photos"])
    a_called_booking(surgery, a_surgeon_here(surgery.event))
    kept = [a_booking(surgery, "served"), a_booking(other), a_spare(surgery.event)]
    cancel(surgery)

    assert end_cancelled_all() == 4
    assert end_cancelled_all() == 0

    ended = Booking.objects.of(surgery).exclude(state="served")
    assert set(ended.values_list("state", "ticket", "slot")) == {("left", None, 0)}
    assert [labels for labels in ended.values_list("labels", flat=True) if labels] == []
    assert Claim.objects.count() == 0
    assert [Booking.objects.get(pk=one.pk).state for one in kept] == ["served", "held", "spare"]


def test_each_phone_is_told_why_by_a_sealed_note() -> None:
    surgery = a_surgery()
    phones = [in_line(surgery, state) for state in ("held", "here")]
    cancel(surgery)

    end_cancelled_all()

    told = [(note["state"], note["reason"]) for note in map(note_for, phones)]
    assert told == [("left", "cancelled")] * 2


def test_a_number_on_the_board_goes_with_its_session_and_one_that_was_not_called_is_not_told_of() -> None:
    surgery, quiet = a_surgery(), a_surgery()
    a_called_booking(surgery, a_surgeon_here(surgery.event))
    a_booking(quiet, "held")
    for session in (surgery, quiet):
        cancel(session)
    Entry.objects.all().delete()

    end_cancelled_all()

    assert set(Entry.objects.filter(kind="line").values_list("subject", flat=True)) == {surgery.pk}


def test_a_cancelled_day_ends_the_places_of_all_its_sessions() -> None:
    surgery = a_surgery()
    workshop = a_session(surgery.event, kind="workshop")
    places = [a_booking(surgery, "here"), a_booking(workshop, "held")]
    change_event(account=a_role(surgery.event), event=surgery.event, changes={"state": "cancelled"})

    assert end_cancelled_all() == 2
    assert standing() == {place.pk: "left" for place in places}


def test_what_takes_place_after_all_keeps_its_places_before_the_tick_and_none_after_it() -> None:
    surgery = a_surgery()
    first = a_booking(surgery, "held")
    cancel(surgery)
    cancel(surgery, "planned")
    assert end_cancelled_all() == 0
    assert standing() == {first.pk: "held"}

    cancel(surgery)
    end_cancelled_all()
    cancel(surgery, "planned")

    assert standing() == {first.pk: "left"}
    assert end_cancelled_all() == 0


def test_between_cancelling_and_the_tick_nobody_comes_is_called_or_given_a_number() -> None:
    surgery = a_surgery()
    surgeon = a_surgeon_here(surgery.event)
    waiting, held = a_booking(surgery, "here"), a_booking(surgery, "held")
    spare = a_spare(surgery.event)
    cancel(surgery)

    assert called(surgeon, surgery.event) is None
    assert held.ticket is not None
    assert [one.outcome for one in arrive(event=surgery.event, tickets=[held.ticket])] == ["over"]
    given = {"event": surgery.event, "spare": spare.pk, "session": surgery.pk, "wanted": Wanted()}
    assert refused(give_out, **given) == "bookings-closed"
    assert standing() == {waiting.pk: "here", held.pk: "held", spare.pk: "spare"}
