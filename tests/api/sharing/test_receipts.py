from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from tests.askers import Phone
from tests.booked import a_surgeon_here
from tests.makers import a_day_going_on, a_role, a_session, a_session_going_on, an_account, an_event
from tests.sent import SHOW, an_asked_question, review_of
from tests.staff import Caller

from equalterms.bookings.models import Booking, Presence
from equalterms.desk.actions import decide, merge
from equalterms.lib.ids import b64u
from equalterms.people.models import Account
from equalterms.programme.models import Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question
from equalterms.safety.actions import approve, leave_note, turn_down
from equalterms.safety.models import Claim, Note, OpenedNote, Review, State
from equalterms.safety.profile.opening import opening_of
from equalterms.safety.profile.receipt import Secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone() -> Phone:
    return Phone()


def lookup(phone: Phone, auth: bytes) -> Any:
    return phone.send("POST", "receipts/lookup/", {"auth": b64u(auth)})


def a_returned_question(session: Session, phone: Phone, note: str) -> Any:
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    review = Question.objects.get(pk=secret.id).review_id
    with transaction.atomic():
        turn_down(
            review=review, account=a_role(session.event), to=State.RETURNED, reason="off-topic", note=note
        )
    return secret


def test_typed_words_open_the_state_on_a_second_phone(phone: Phone) -> None:
    session = a_session(an_event(proof=True))
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    held = lookup(Phone(), secret.auth).json()
    with transaction.atomic():
        approve(review=Review.objects.get().pk, account=a_role(session.event))

    assert (held["state"], held["id"], held["session"]) == ("held", str(secret.id), str(session.pk))
    assert lookup(Phone(), secret.auth).json()["state"] == "shown"


def test_what_is_approved_but_has_not_left_is_still_waiting(phone: Phone) -> None:
    session = a_session(an_event(proof=True, mixing="safe"))
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    with transaction.atomic():
        approve(review=Review.objects.get().pk, account=a_role(session.event))

    assert Review.objects.get().state == State.APPROVED
    assert lookup(phone, secret.auth).json()["state"] == "held"


def test_a_lookup_tells_the_reason_but_never_the_note(phone: Phone) -> None:
    session = a_session(an_event(proof=True))
    secret = a_returned_question(session, phone, "A private sentence.")

    answer = lookup(Phone(), secret.auth)

    assert (answer.json()["state"], answer.json()["reason"]) == ("returned", "off-topic")
    assert b"private" not in answer.content


def test_a_wrong_receipt_gets_one_answer_and_locks_nobody_out(phone: Phone) -> None:
    session = a_session(an_event(proof=True))
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)

    wrong = [lookup(phone, uuid4().bytes * 2) for _ in range(50)]

    assert {(answer.status_code, answer.content) for answer in wrong} == {(404, wrong[0].content)}
    assert lookup(phone, secret.auth).status_code == 200


def test_a_lookup_must_be_anonymous(phone: Phone) -> None:
    answer = phone.send("POST", "receipts/lookup/", {"auth": b64u(bytes(32))}, Authorization="Bearer x")

    assert (answer.status_code, answer.json()["code"]) == (400, "not-anonymous")


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("held", "held"),
        ("listed", "waiting"),
        ("here", "here"),
        ("taken", "called"),
        ("served", "served"),
        ("left", "left"),
    ],
)
def test_a_booking_tells_how_it_stands_and_its_number_while_it_is_open(
    phone: Phone, state: str, told: str
) -> None:
    session = a_session_going_on()
    secret = phone.secret(session, "booking")
    ticket = phone.book(session, secret).json()["ticket"]
    over = {"ticket": None} if told in ("served", "left") else {}
    Booking.objects.update(state=state, **over)

    assert lookup(Phone(), secret.auth).json() == {
        "kind": "booking",
        "id": str(secret.id),
        "session": str(session.pk),
        "event": str(session.event_id),
        "state": told,
        "reason": "",
        "into": None,
        "ticket": None if over else ticket,
        "place": "",
        "audience": None,
        "recap": None,
    }


def test_whoever_is_called_reads_where_to_go_code_of_the_day_or_not(phone: Phone) -> None:
    session = a_session_going_on(a_day_going_on(join_code="tea"), kind="surgery")
    surgeon = a_surgeon_here(session.event, "table 3")
    a_surgeon_here(session.event, "table 4")
    secret = phone.secret(session, "booking")
    phone.book(session, secret)
    Booking.objects.update(state="taken")
    Claim.objects.create(topic=session.topic, subject=secret.id, account=surgeon.account)

    assert lookup(phone, secret.auth).json()["place"] == "table 3"
    Presence.objects.all().delete()
    assert lookup(phone, secret.auth).json()["place"] == ""


def test_a_question_has_no_number_and_no_place(phone: Phone) -> None:
    session = a_session()
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)

    found = lookup(phone, secret.auth).json()

    assert (found["kind"], found["ticket"], found["place"], found["into"]) == ("question", None, "", None)


@pytest.mark.parametrize(("audience", "recap"), [("surgeons", False), ("everyone", True)])
def test_a_second_phone_learns_who_sees_a_question(phone: Phone, audience: str, recap: bool) -> None:
    session = a_session()
    secret = phone.secret(session)
    phone.ask(session, "Words", secret, audience=audience, recap=recap)

    found = lookup(Phone(), secret.auth).json()

    assert (found["audience"], found["recap"]) == (audience, recap)


def test_a_comment_is_for_everybody_and_says_no_audience(phone: Phone) -> None:
    session = a_session()
    secret = phone.secret(session, "comment")
    phone.say(session, "Words", secret)

    found = lookup(Phone(), secret.auth).json()

    assert (found["kind"], found["audience"], found["recap"]) == ("comment", None, None)


def test_a_merged_question_says_what_it_was_merged_into(phone: Phone) -> None:
    session = a_session()
    target, child = an_asked_question(session), an_asked_question(session)
    merge(review=review_of(child), into=review_of(target), account=a_role(session.event))

    assert lookup(phone, child.auth).json()["into"] == str(target.id)


def shown(secret: Secret, opening: bytes, **sent: str) -> Any:
    given = Phone().receipt(secret)
    return Phone().send("POST", "receipts/show-note/", {"opening": b64u(opening)} | sent, **given)


def opening(secret: Secret) -> bytes:
    return opening_of(secret.private, bytes(Note.objects.get(box=secret.box).sealed))


def lane_of(account: Account, session: Session) -> list[dict[str, Any]]:
    rows = Caller(account).get(f"desk/events/{session.event_id}/reviews/?lane=care").json()["results"]
    return [{name: row[name] for name in ("id", "care", "owner", "opened")} for row in rows]


def test_the_safety_lead_reads_a_reply_that_its_asker_shows_and_who_wrote_it(phone: Phone) -> None:
    session = a_session()
    lead, moderator = a_role(session.event), a_role(session.event, "moderator")
    ama = a_role(session.event, "surgeon", an_account(name="Ama"))
    secret = an_asked_question(session, audience="surgeons")
    decide(review=review_of(secret), account=moderator, decision=SHOW)
    questions.answer(question=secret.id, account=ama, text="What a silly question.")

    answers = [shown(secret, opening(secret)) for _ in range(2)]

    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 2
    said = {"state": "reply", "text": "What a silly question.", "by": "Ama"}
    owner = {"id": str(lead.pk), "name": lead.name}
    row = {"id": str(review_of(secret)), "care": True, "owner": owner, "opened": said}
    assert lane_of(moderator, session) == [row]


def test_a_note_that_came_with_a_returned_question_can_be_shown_too(phone: Phone) -> None:
    session = a_session()
    secret = a_returned_question(session, phone, "Go away.")
    (moderator,) = Account.objects.all()

    assert shown(secret, opening(secret)).status_code == 204

    (row,) = lane_of(moderator, session)
    assert row["opened"] == {"state": "returned", "text": "Go away.", "by": moderator.name}


def test_of_two_who_replied_nobody_is_named(phone: Phone) -> None:
    session = a_session()
    secret = an_asked_question(session, audience="surgeons")
    decide(review=review_of(secret), account=a_role(session.event, "moderator"), decision=SHOW)
    for _ in range(2):
        questions.answer(question=secret.id, account=a_role(session.event, "surgeon"), text="Hm.")

    shown(secret, opening(secret))

    assert OpenedNote.objects.get().by is None


def test_whoever_was_merged_into_another_question_shows_the_reply_they_got(phone: Phone) -> None:
    session, ama = a_session(), an_account()
    target, child = (
        an_asked_question(session, audience="surgeons"),
        an_asked_question(session, audience="surgeons"),
    )
    moderator = a_role(session.event, "moderator")
    decide(review=review_of(target), account=moderator, decision=SHOW)
    merge(review=review_of(child), into=review_of(target), account=moderator)
    questions.answer(
        question=target.id, account=a_role(session.event, "surgeon", ama), text="Both of you: no."
    )

    assert shown(child, opening(child)).status_code == 204
    assert (OpenedNote.objects.get().subject, OpenedNote.objects.get().by) == (child.id, ama.pk)
    assert [row["id"] for row in lane_of(moderator, session)] == [str(review_of(child))]


def test_nothing_else_is_taken_for_it(phone: Phone) -> None:
    session = a_session()
    secret, other = (a_returned_question(session, phone, "Go away.") for _ in range(2))
    found = opening(secret)
    stranger = phone.secret(session)

    for receipt, tried, status, code in (
        (secret, opening(other), 409, "cannot-open-note"),
        (secret, secret.private.private_bytes_raw(), 409, "cannot-open-note"),
        (stranger, found, 404, "no-such-receipt"),
    ):
        answer = shown(receipt, tried)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert shown(secret, found, text="Made up").status_code == 400
    assert phone.send("POST", "receipts/show-note/", {"opening": b64u(found)}).status_code == 401
    assert not OpenedNote.objects.exists()


def test_a_booking_shows_nothing(phone: Phone) -> None:
    session = a_session_going_on()
    secret = phone.secret(session, "booking")
    phone.book(session, secret)
    leave_note(session=session, subject=secret.id, state="called", words="Be quick.")

    assert shown(secret, opening(secret)).json()["code"] == "cannot-open-note"


def test_a_receipt_whose_booking_is_gone_opens_nothing(phone: Phone) -> None:
    session = a_session_going_on()
    secret = phone.secret(session, "booking")
    phone.book(session, secret)
    Booking.objects.all().delete()

    assert lookup(phone, secret.auth).content == lookup(phone, uuid4().bytes * 2).content
