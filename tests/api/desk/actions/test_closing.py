"""A closed day keeps what was said, drops what only the day needed, and takes nothing new."""

import threading
from datetime import timedelta

import pytest
from tests.askers import Phone
from tests.makers import (
    a_day_going_on,
    a_role,
    a_session,
    a_session_going_on,
    a_shown_comment,
    a_shown_question,
    an_event,
)
from tests.racing import together
from tests.sent import a_booked_place, an_asked_question, is_shown, note_to, review_of
from tests.staff import problem

from equalterms.bookings import actions
from equalterms.bookings.models import Booking
from equalterms.desk.actions import Decision, closing, decide
from equalterms.desk.actions.closing import close, close_overdue, tidy_if_wanted
from equalterms.journal.models import Entry, Topic
from equalterms.lib import clock
from equalterms.lib.ids import b64u
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Act
from equalterms.programme.models import Event, Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question, Vote
from equalterms.safety.models import Claim, Receipt, Review

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]


def test_votes_go_and_their_tally_stays() -> None:
    session = a_session()
    question = a_shown_question(session, recap=True)
    for _ in range(3):
        Phone().vote(session, question.pk)

    close(event=session.event)
    questions.publish_tallies()
    questions.publish_tallies([question.pk])

    assert not Vote.objects.exists()
    assert Question.objects.get().votes == 3


@pytest.mark.parametrize("slow", [0, 300])
def test_what_was_approved_leaves_before_the_day_is_closed(slow: int) -> None:
    session = a_session(an_event(mixing="safe"), slow=slow)
    asked = [an_asked_question(session, recap=True) for _ in range(5)]
    Review.objects.update(taken_in=True)
    moderator = a_role(session.event, "moderator")
    for secret in asked:
        decide(review=review_of(secret), account=moderator, decision=Decision("show"))
    assert not any(is_shown(secret) for secret in asked)

    close(event=session.event)

    assert all(is_shown(secret) for secret in asked)
    assert Session.objects.get().slow == slow


def test_what_was_for_the_day_alone_leaves_the_public_pages_and_followers_are_told() -> None:
    session = a_session()
    live, kept = a_shown_question(session, recap=False), a_shown_question(session, recap=True)
    before = Topic.objects.get(pk=session.topic_id).version

    close(event=session.event)

    listed = Phone().send("GET", f"sessions/{session.pk}/questions/").json()["results"]
    one = Phone().send("GET", f"sessions/{session.pk}/questions/{live.pk}/")
    assert [question["id"] for question in listed] == [str(kept.pk)]
    assert one.status_code == 404
    assert Topic.objects.get(pk=session.topic_id).version == before + 1


def test_what_is_shown_after_closing_is_public_only_where_it_was_meant_to_stay() -> None:
    session = a_session()
    live, kept = an_asked_question(session, recap=False), an_asked_question(session, recap=True)
    moderator = a_role(session.event, "moderator")
    close(event=session.event)

    for secret in (live, kept):
        decide(review=review_of(secret), account=moderator, decision=Decision("show"))

    assert (is_shown(live), is_shown(kept)) == (False, True)


@pytest.mark.parametrize("act", ["ask", "say", "edit", "edit-comment", "vote", "react", "report", "book"])
def test_a_closed_day_takes_nothing_new(act: str) -> None:
    session, phone = a_session(), Phone()
    question, comment = a_shown_question(session, recap=True), a_shown_comment(session)
    asked, said = phone.secret(session), phone.secret(session, "comment")
    phone.ask(session, "Words", asked)
    phone.say(session, "Words", said)
    close(event=session.event)
    place, tag = f"sessions/{session.pk}", phone.tag("report", question.pk)
    change = {"text": "Other words", "proof": {"type": "none"}}
    sending = {
        "ask": lambda: phone.ask(session, "More words"),
        "say": lambda: phone.say(session, "More words"),
        "edit": lambda: phone.send("PATCH", f"{place}/questions/{asked.id}/", change, **phone.receipt(asked)),
        "edit-comment": lambda: phone.send(
            "PATCH", f"{place}/comments/{said.id}/", change, **phone.receipt(said)
        ),
        "vote": lambda: phone.vote(session, question.pk),
        "book": lambda: phone.book(session),
        "react": lambda: phone.react(session, comment.pk),
        "report": lambda: phone.send(
            "PUT",
            f"{place}/questions/{question.pk}/reports/{tag}/",
            {"reason": "unkind", "proof": {"type": "none"}},
        ),
    }

    answer = sending[act]()

    assert problem(answer) == (409, "day-is-over")
    assert Receipt.objects.count() == 2
    assert not Vote.objects.exists()


def test_what_was_sent_can_still_be_looked_up_sent_again_and_withdrawn() -> None:
    session, phone = a_session(), Phone()
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    close(event=session.event)

    again = phone.ask(session, "Words", secret)
    place = f"sessions/{session.pk}/questions/{secret.id}/"
    gone = phone.send("DELETE", place, **phone.receipt(secret))
    after = phone.ask(session, "Words", secret)

    assert (again.status_code, again.json()["state"]) == (200, "held")
    assert gone.status_code == 204
    assert problem(after) == (410, "withdrawn")


def test_late_answers_reach_their_asker_sealed_where_the_question_is_not_public_any_more() -> None:
    session = a_session()
    secret = an_asked_question(session, recap=False)
    surgeon = a_role(session.event, "surgeon")
    moderator = a_role(session.event, "moderator")
    decide(review=review_of(secret), account=moderator, decision=Decision("show"))
    close(event=session.event)

    answer = questions.answer(question=secret.id, account=surgeon, text="Write to me.")

    assert note_to(secret) == {"state": "reply", "reason": "", "note": "Write to me."}
    assert (answer.sealed, answer.text) == (True, "")


def test_claims_and_what_could_be_undone_are_forgotten() -> None:
    session = a_session()
    moderator = a_role(session.event, "moderator")
    secret = an_asked_question(session)
    decide(review=review_of(secret), account=moderator, decision=Decision("hide", "other"))
    Claim.objects.create(topic=session.topic, subject=secret.id, account=moderator)
    Act.objects.update(until=1, undo={"state": "held"})

    close(event=session.event, account=moderator)

    assert not Claim.objects.exists()
    assert set(Act.objects.values_list("act", "until", "undo")) == {
        ("hide", None, None),
        ("close-event", None, None),
    }


def test_places_end_and_who_came_is_known_by_receipt_until_the_purge() -> None:
    session = a_session_going_on(a_day_going_on(labels=["Photos"]), capacity=1)
    came, listed = a_booked_place(session, "Photos"), a_booked_place(session)
    actions.come(session=session, ident=came.id, auth=came.auth)
    before = Topic.objects.get(pk=session.event.now_id).version

    close(event=session.event)

    booking = Booking.objects.get()
    assert (booking.pk, booking.state, booking.ticket, booking.labels) == (came.id, "served", None, [])
    found = [
        Phone().send("POST", "receipts/lookup/", {"auth": b64u(secret.auth)}) for secret in (came, listed)
    ]
    assert (found[0].json()["state"], found[0].json()["ticket"]) == ("served", None)
    assert problem(found[1]) == (404, "no-such-receipt")
    told = Entry.objects.filter(topic=session.event.now_id, version__gt=before).order_by("version")
    assert list(told.values_list("kind", flat=True)) == ["line", "event"]


def test_whoever_books_while_the_day_is_closed_is_told_or_let_go_with_the_others() -> None:
    session = a_session_going_on()

    def book() -> str:
        try:
            a_booked_place(session)
        except Refusal as refusal:
            return refusal.code
        return "kept"

    told = together(*[book] * 8, lambda: close(event=session.event))

    assert set(told[:-1]) <= {"kept", "day-is-over"}
    assert told[-1] is None
    assert (Booking.objects.count(), Receipt.objects.count()) == (0, 0)


def test_other_days_are_left_alone() -> None:
    session, other = a_session(), a_session()
    question = a_shown_question(other)
    Phone().vote(other, question.pk)

    close(event=session.event)

    assert Vote.objects.count() == 1
    assert Phone().vote(other, question.pk).status_code == 201
    assert Event.objects.open().get() == other.event


def test_closing_twice_keeps_the_first_date_and_says_nothing_new() -> None:
    session = a_session()
    a_shown_question(session)
    close(event=session.event, now=clock.now() - timedelta(days=3))
    first = Event.objects.get().closed_on
    version = Topic.objects.get(pk=session.event.day_id).version

    close(event=session.event)

    assert Event.objects.get().closed_on == first
    assert Topic.objects.get(pk=session.event.day_id).version == version


def test_whoever_asks_while_the_day_is_closed_is_kept_or_told_and_nobody_slips_in_behind_it() -> None:
    session = a_session(an_event(review="after"))
    gate = threading.Event()

    def ask() -> str:
        gate.wait(10)
        try:
            an_asked_question(session, recap=True)
        except Refusal as refusal:
            return refusal.code
        return "kept"

    def end() -> str:
        gate.set()
        close(event=session.event)
        return "closed"

    told = together(*[ask] * 8, end)

    assert set(told[:-1]) <= {"kept", "day-is-over"}
    assert told[-1] == "closed"
    assert Receipt.objects.count() == Question.objects.count() == told.count("kept")


def test_a_day_nobody_closes_is_closed_two_weeks_after_its_end() -> None:
    ended = clock.now() - timedelta(days=1)
    event = an_event(starts=ended - timedelta(hours=8), ends=ended)
    moved = an_event(starts=ended - timedelta(hours=8), ends=ended, clock_offset=60)

    early = close_overdue(ended + timedelta(days=13, hours=23))
    late = close_overdue(ended + timedelta(days=14))
    again = close_overdue(ended + timedelta(days=15))

    assert (early, late, again) == (0, 1, 0)
    assert Event.objects.get(pk=event.pk).closed_on == (ended + timedelta(days=14)).date()
    assert not Event.objects.get(pk=moved.pk).closed


def test_files_are_rewritten_once_after_a_day_was_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    rewritten: list[object] = []
    monkeypatch.setattr(closing, "rewrite", lambda tables: rewritten.append(tables) or [])
    closing._files_wait.clear()
    tidy_if_wanted()
    assert rewritten == []

    close(event=an_event())
    tidy_if_wanted()
    tidy_if_wanted()

    assert rewritten == [closing.TRACES]
