from typing import Any

import pytest
from tests.booked import a_booking, a_surgeon_here
from tests.makers import a_role, a_session, a_shown_question, an_account
from tests.sent import an_asked_question
from tests.tables import a_day_now, a_surgery, at_table, in_line

from equalterms.bookings.models import Place, Presence
from equalterms.desk.surgery.rules import (
    Seat,
    questions_to_take,
    seat_for,
    table_of,
    waiting_by_label,
    who_can_take_over,
)
from equalterms.people.models import Account
from equalterms.programme.models import Appearance, Event
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.models import Claim, Review

pytestmark = pytest.mark.django_db


def a_seat(event: Event, role: str = "", **fields: Any) -> Seat:
    surgeon = at_table(event, **fields)
    assert surgeon.account is not None
    if role:
        a_role(event, role, surgeon.account)
    return seat_for(surgeon.account, event.slug)


def waiting(seat: Seat) -> list[Question]:
    return list(questions_to_take(seat))


def test_ones_own_sessions_come_first_then_votes_then_lots() -> None:
    event = a_day_now()
    seat, mine, other = a_seat(event), a_session(event), a_session(event)
    Appearance.objects.create(session=mine, surgeon=seat.surgeon)
    found = [
        a_shown_question(session, votes=votes)
        for session, votes in ((mine, 2), (mine, 1), (mine, 1), (other, 9), (other, 3))
    ]
    for question, lot in ((found[1], 5), (found[2], 8)):
        Question.objects.filter(pk=question.pk).update(shuffle=lot)

    assert waiting(seat) == found


def test_questions_fit_by_the_track_of_their_session_and_always_at_ones_own() -> None:
    event = a_day_now()
    seat = a_seat(event, labels=["photos"])
    tracks = ("Photos", "", "Scams", "Scams")
    photos, plain, scams, own = (a_session(event, track=track) for track in tracks)
    Appearance.objects.create(session=own, surgeon=seat.surgeon)
    asked = {session.pk: a_shown_question(session) for session in (photos, plain, scams, own)}
    fitting = {asked[session.pk] for session in (photos, plain, own)}

    assert set(waiting(seat)) == fitting
    assert set(questions_to_take(seat, anything=True)) == set(asked.values())
    assert table_of(seat)["next"] == {"people": 0, "questions": 3}
    assert set(waiting(a_seat(event, labels=[]))) == set(asked.values())


def test_who_can_take_over_is_told_with_whoever_is_here_first_and_organisers_who_help() -> None:
    event = a_day_now()
    seat = a_seat(event)
    bea, cyn = at_table(event, "table 5", name="Bea"), at_table(event, "table 6", name="Cyn")
    Presence.objects.filter(surgeon=cyn).update(state="busy")
    ash = a_surgeon_here(event, "the desk", account=a_role(event, "organiser", an_account(name="Ash")))
    away = a_role(event, "surgeon", an_account(name="Abe"))
    a_role(event, "door")
    for surgeon in (bea, cyn):
        Account.objects.filter(pk=surgeon.account_id).update(name=surgeon.name)

    found = who_can_take_over(seat)

    told = [(one["id"], one["state"], one["place"], one["people"], one["decides"]) for one in found]
    assert told == [
        (ash.account_id, "here", "the desk", True, True),
        (bea.account_id, "here", "table 5", True, False),
        (cyn.account_id, "busy", "table 6", False, False),
        (away.pk, "away", "", False, False),
    ]


def test_what_is_not_for_this_surgeon_to_answer_is_not_among_them() -> None:
    event = a_day_now()
    session, seat = a_session(event), a_seat(event)
    for_surgeons = a_shown_question(session, audience="surgeons")
    answered, taken, care, hidden = (a_shown_question(session) for _ in range(4))
    questions.answer(question=answered.pk, account=seat.account, text="Like this.")
    Claim.objects.create(topic=session.topic, subject=taken.pk, account=an_account())
    Review.objects.filter(subject=care.pk).update(care=True)
    Review.objects.filter(subject=hidden.pk).update(state="hidden")
    an_asked_question(session)
    a_shown_question(a_session())

    assert waiting(seat) == [for_surgeons]
    assert set(waiting(a_seat(event, "moderator"))) == {for_surgeons, care}


def test_what_somebody_has_who_was_shut_out_waits_again() -> None:
    session = a_session(a_day_now())
    question, gone = a_shown_question(session), an_account()
    Claim.objects.create(topic=session.topic, subject=question.pk, account=gone)

    assert waiting(a_seat(session.event)) == []
    Account.objects.filter(pk=gone.pk).update(is_active=False)
    assert waiting(a_seat(session.event)) == [question]


def test_wishes_are_counted_whatever_their_spelling_and_only_of_those_in_line() -> None:
    event = a_day_now()
    session, other = a_surgery(event), a_surgery(event)
    for labels in (["Privacy"], ["privacy", "Photos"], [], []):
        in_line(session, labels=labels)
    in_line(other, labels=["Photos"])
    for state in set(Place) - {Place.HERE, Place.SPARE}:
        a_booking(session, state, labels=["Spam"])
    a_booking(a_surgery(), Place.HERE, labels=["Elsewhere"])
    a_booking(a_session(event, kind="talk"), Place.HERE, labels=["Talk"])

    assert waiting_by_label(event) == [
        {"label": "", "people": 2},
        {"label": "Photos", "people": 2},
        {"label": "Privacy", "people": 2},
    ]
