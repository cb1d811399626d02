from datetime import timedelta
from typing import Any

import pytest
from tests.journalled import telling
from tests.makers import a_role, a_session, a_shown_question, an_account
from tests.racing import together
from tests.sent import note_to
from tests.tables import a_day_now, a_surgery, at_table, called, in_line

from equalterms.bookings.models import Booking, Presence
from equalterms.desk.actions.closing import close
from equalterms.desk.surgery.actions import hand_question, let_go_question, take_question, tidy_tables
from equalterms.desk.surgery.rules import Seat, seat_for
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Act, Surgeon
from equalterms.programme.models import Event, Listing, Role, Session
from equalterms.questions import actions as questions
from equalterms.safety.actions import claimant
from equalterms.safety.models import Claim, Review

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return a_session(a_day_now())


def a_seat(event: Event, role: str = "") -> Seat:
    surgeon = at_table(event)
    assert surgeon.account is not None
    if role:
        a_role(event, role, surgeon.account)
    return seat_for(surgeon.account, event.slug)


def refused(action: Any, **given: Any) -> str:
    with pytest.raises(Refusal) as found:
        action(**given)
    return found.value.code


def test_a_question_is_taken_once_and_tells_nobody(session: Session) -> None:
    question, first, second = a_shown_question(session), a_seat(session.event), a_seat(session.event)

    with telling() as told:
        found = [take_question(seat=seat) for seat in (first, first, second)]

    assert found == [question.pk, None, None]
    assert claimant(question.review) == first.account
    assert told == {}
    assert not Act.objects.exists()


def test_more_are_found_behind_those_that_others_took(session: Session) -> None:
    waiting = {a_shown_question(session).pk for _ in range(3)}
    seats = [a_seat(session.event) for _ in range(3)]

    assert {take_question(seat=seat) for seat in seats} == waiting


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_at_once_no_two_get_the_same_question() -> None:
    session = a_session(a_day_now())
    waiting = {a_shown_question(session).pk for _ in range(5)}
    seats = [a_seat(session.event) for _ in range(8)]

    found = together(*[lambda seat=seat: take_question(seat=seat) for seat in seats])

    assert sorted(one for one in found if one) == sorted(waiting)
    assert {claim.subject: claim.account for claim in Claim.objects.all()} == {
        question: seat.account for seat, question in zip(seats, found, strict=True) if question
    }


@pytest.mark.django_db(transaction=True)
def test_taking_while_somebody_answers_leaves_no_claim_on_what_is_answered() -> None:
    session = a_session(a_day_now())
    for _ in range(4):
        Claim.objects.all().delete()
        question, seat, other = a_shown_question(session), a_seat(session.event), a_seat(session.event)
        together(
            lambda seat=seat: take_question(seat=seat),
            lambda other=other, question=question: questions.answer(
                question=question.pk, account=other.account, text="Like this."
            ),
        )

        assert not Claim.objects.filter(subject=question.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_closed_day_has_nothing_to_take() -> None:
    session = a_session(a_day_now())
    question = a_shown_question(session, recap=True)
    seat = a_seat(session.event)
    close(event=session.event)

    assert refused(take_question, seat=seat) == "day-is-over"
    assert not Claim.objects.filter(subject=question.pk).exists()


def test_what_calls_for_care_leaves_a_line_each_time_it_finds_somebody_else(session: Session) -> None:
    question, seat = a_shown_question(session), a_seat(session.event, "moderator")
    Review.objects.update(care=True)
    question.review.refresh_from_db()
    lead = a_role(session.event)

    assert take_question(seat=seat) == question.pk
    hand_question(question=question, account=seat.account, to=lead.pk)
    let_go_question(question=question, account=lead)

    assert sorted(Act.objects.values_list("act", flat=True)) == ["claim", "hand-over", "hand-over"]


def test_what_one_has_taken_is_let_go_and_handed_over_by_oneself(session: Session) -> None:
    question, mine, other = a_shown_question(session), a_seat(session.event), a_seat(session.event)
    take_question(seat=mine)

    given = {"question": question, "account": other.account}
    assert refused(let_go_question, **given) == "already-taken"
    assert refused(hand_question, **given, to=a_role(session.event, "surgeon").pk) == "already-taken"
    for _ in range(2):
        hand_question(question=question, account=mine.account, to=other.account.pk)
        assert claimant(question.review) == other.account
    for _ in range(2):
        let_go_question(question=question, account=other.account)
        assert claimant(question.review) is None
    take_question(seat=mine)
    let_go_question(question=question, account=a_role(session.event, "organiser"))
    assert not Claim.objects.exists()


def test_what_calls_for_care_is_handed_to_those_who_decide_alone(session: Session) -> None:
    question, seat = a_shown_question(session), a_seat(session.event, "moderator")
    Review.objects.update(care=True)
    take_question(seat=seat)

    surgeon = a_role(session.event, "surgeon")
    assert refused(hand_question, question=question, account=seat.account, to=surgeon.pk) == "invalid"
    moderator = a_role(session.event, "moderator")
    hand_question(question=question, account=seat.account, to=moderator.pk)
    assert claimant(question.review) == moderator


@pytest.mark.parametrize("state", ["hidden", "returned", "merged"])
def test_what_was_decided_against_meanwhile_is_nobodys_to_hand_on(session: Session, state: str) -> None:
    question, seat = a_shown_question(session), a_seat(session.event)
    take_question(seat=seat)
    Review.objects.update(state=state)

    given = {"question": question, "account": seat.account}
    assert refused(let_go_question, **given) == "review-superseded"
    assert refused(hand_question, **given, to=seat.account.pk) == "review-superseded"


def shut_out(surgeon: Surgeon) -> None:
    Account.objects.filter(pk=surgeon.account_id).update(is_active=False)


LEAVING = {
    "shut out": shut_out,
    "no role any more": lambda surgeon: Role.objects.filter(account=surgeon.account_id).delete(),
    "not listed any more": lambda surgeon: Listing.objects.filter(surgeon=surgeon).delete(),
    "no account any more": lambda surgeon: Account.objects.get(pk=surgeon.account_id).delete(),
}


@pytest.mark.parametrize("how", LEAVING)
def test_whatever_somebody_had_who_left_for_good_finds_somebody_else(session: Session, how: str) -> None:
    event = session.event
    surgery, leaves = a_surgery(event), at_table(event)
    waiting, question = in_line(surgery), a_shown_question(session)
    assert called(leaves, event) is not None
    Claim.objects.create(topic=session.topic, subject=question.pk, account=leaves.account)
    stays = at_table(event, "table 5")
    other = in_line(surgery)
    assert called(stays, event) is not None

    LEAVING[how](leaves)
    with telling() as told:
        gone = [tidy_tables() for _ in range(2)]

    assert gone == [1, 0]
    assert told[event.now_id, "presence", leaves.pk] == 1
    assert [presence.surgeon for presence in Presence.objects.all()] == [stays]
    assert [Booking.objects.get(pk=secret.id).state for secret in (waiting, other)] == ["here", "taken"]
    assert note_to(waiting)["state"] == "here"
    assert claimant(question.review) is None
    assert called(stays, event) is not None


def test_nobody_is_at_a_table_of_a_day_that_has_ended_and_their_to_do_list_stays() -> None:
    now_on, ended, ending = a_day_now(), a_day_now(), a_day_now()
    for event in (now_on, ended, ending):
        at_table(event)
    surgeon = Surgeon.objects.get(listings__event=ending)
    surgery = a_surgery(ending)
    in_line(surgery)
    called(surgeon, ending)
    question = a_shown_question(surgery)
    Claim.objects.create(topic=surgery.topic, subject=question.pk, account=surgeon.account)
    Event.objects.filter(pk=ended.pk).update(closed_on=ended.ends.date())

    ends = ending.ends + timedelta(seconds=1)
    Event.objects.filter(pk=now_on.pk).update(ends=ends + timedelta(hours=1))
    assert tidy_tables() == 1
    assert tidy_tables(now=ends) == 1

    assert [presence.event for presence in Presence.objects.all()] == [now_on]
    assert Booking.objects.get().state == "taken"
    assert claimant(question.review) == surgeon.account


def test_the_demonstration_day_goes_by_its_own_clock() -> None:
    event = a_day_now()
    shift = timedelta(days=400)
    Event.objects.update(
        starts=event.starts - shift, ends=event.ends - shift, clock_offset=-int(shift.total_seconds())
    )
    at_table(event)

    assert tidy_tables() == 0


def test_claims_of_those_who_work_there_stay(session: Session) -> None:
    review = a_shown_question(session).review
    helper = an_account()
    Role.objects.create(account=helper, event=session.event, role="moderator", session=session)
    Claim.objects.create(topic=session.topic, subject=review.subject, account=helper)

    tidy_tables()
    assert claimant(review) == helper
    Role.objects.update(until=session.event.starts - timedelta(days=1))
    tidy_tables()
    assert claimant(review) is None
