import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from tests.askers import Phone
from tests.makers import a_role, a_session, an_account, an_event

from equalterms.config import clock
from equalterms.config.clock import DUTIES, Clock, Duty
from equalterms.people.actions import note_act
from equalterms.people.models import Act
from equalterms.questions import actions
from equalterms.questions.models import Question
from equalterms.safety.actions import approve
from equalterms.safety.models import Review, State


def do(name: str) -> None:
    """One duty of the real list, as its tick would do it."""
    next(duty for duty in DUTIES if duty.name == name).work()


@pytest.mark.django_db(transaction=True)
def test_what_is_due_is_done_again_and_again_until_the_clock_stops() -> None:
    done, twice = [], threading.Event()

    def work() -> None:
        done.append(1)
        if len(done) == 2:
            twice.set()

    running = Clock([Duty("work", 1, work, shared=False)])
    running.start()
    assert twice.wait(10)
    running.stop()
    count = len(done)

    assert not any(thread.name == "clock" for thread in threading.enumerate())
    assert len(done) == count


@pytest.mark.django_db(transaction=True)
def test_a_duty_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Event()

    def fail() -> None:
        raise ValueError("words of people")

    def wait() -> None:
        raise DatabaseError("words of people")

    running = Clock(
        [Duty("fails", 1, fail, False), Duty("waits", 1, wait, False), Duty("works", 1, done.set, False)]
    )
    running.start()
    assert done.wait(10)
    running.stop()

    assert "fails failed: ValueError" in caplog.messages
    assert "waits waits for the database: DatabaseError" in caplog.messages


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("shared", "expected"), [(True, 1), (False, 2)])
def test_a_shared_duty_runs_in_one_process_only(shared: bool, expected: int) -> None:
    done: list[int] = []

    def note(number: int) -> Callable[[], None]:
        return lambda: done.append(number)

    name = f"once-{uuid4().hex[:8]}"
    one, other = (Clock([Duty(name, 1, note(number), shared)]) for number in (1, 2))
    for each in (one, other):
        each._do(each._duties[0])

    assert len(done) == expected


@pytest.mark.django_db(transaction=True)
def test_ticks_carry_a_question_from_the_phone_to_the_public() -> None:
    event = an_event(mixing="safe")
    session, phone = a_session(event), Phone()
    secrets = [phone.secret(session) for _ in range(3)]
    for secret in secrets:
        assert phone.ask(session, "Words", secret).status_code == 201
    assert not Review.objects.taken_in().exists()

    do("intake")
    moderator = a_role(event, "moderator")
    for review in Review.objects.taken_in():
        with transaction.atomic():
            approve(review=review.pk, account=moderator)
    assert not Question.objects.shown().exists()

    do("release")
    assert Question.objects.shown().count() == 3
    assert set(Review.objects.values_list("state", "due")) == {(State.SHOWN, None)}


@pytest.mark.django_db(transaction=True)
def test_votes_reach_the_tally_by_the_hint_and_without_it() -> None:
    session, phone = a_session(an_event(review="after")), Phone()
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)

    phone.vote(session, secret.id)
    do("touched-tallies")
    assert Question.objects.get().votes == 1

    Phone().vote(session, secret.id)
    actions.tallies.take()
    do("touched-tallies")
    assert Question.objects.get().votes == 1
    do("recount")
    assert Question.objects.get().votes == 2


@pytest.mark.django_db
@pytest.mark.parametrize("name", [duty.name for duty in DUTIES])
def test_every_duty_is_harmless_when_there_is_nothing_to_do(name: str) -> None:
    do(name)
    do(name)

    assert clock.DUTIES[0].name == "touched-tallies"


@pytest.mark.django_db
def test_the_clock_erases_what_undoing_takes_once_its_ten_minutes_are_over() -> None:
    account, event = an_account(), uuid4()
    for subject in (uuid4(), uuid4()):
        note_act(account=account, event=event, act="hide", kind="question", subject=subject, undo={"to": "x"})
    over = Act.objects.order_by("pk")[0]
    Act.objects.filter(pk=over.pk).update(until=0)

    do("undo")

    assert [act.until for act in Act.objects.filter(pk=over.pk)] == [None]
    assert [act.undo for act in Act.objects.order_by("pk")] == [None, {"to": "x"}]
