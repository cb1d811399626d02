"""Putting a copy back."""

from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from tests.askers import Phone
from tests.booked import a_booking, a_spare
from tests.makers import a_role, a_session, a_session_going_on, a_shown_question, an_event
from tests.sent import a_booked_place, an_asked_question, review_of
from tests.staff import problem

from equalterms.bookings.models import Booking
from equalterms.config.backups import actions, files
from equalterms.desk.actions import Decision, decide, merge
from equalterms.desk.actions.closing import close
from equalterms.desk.actions.purging import purge
from equalterms.journal.models import Entry, Topic
from equalterms.lib.ids import b64u
from equalterms.lib.refusal import Refusal
from equalterms.live import render
from equalterms.live.snapshots import Place
from equalterms.people.models import Account
from equalterms.programme.models import Event, Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Question, Spotlight, Vote
from equalterms.safety.models import Note, Receipt, Review, State, Tombstone
from equalterms.threads.models import Comment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy"


def lookup(phone: Phone, secret: object) -> object:
    return phone.send("POST", "receipts/lookup/", {"auth": b64u(secret.auth)})


def test_everything_is_as_it_was(copy: Path) -> None:
    session = a_session(an_event(title="As it was"))
    question = a_shown_question(session, recap=True)
    Phone().vote(session, question.pk)
    actions.back_up(path=copy)
    Event.objects.update(title="Changed since")
    a_shown_question(session)
    Vote.objects.all().delete()

    actions.restore(path=copy)

    assert Event.objects.get().title == "As it was"
    assert Question.objects.get() == question
    assert Vote.objects.count() == 1
    assert Session.objects.get() == session


def test_an_empty_installation_becomes_what_the_copy_holds(copy: Path) -> None:
    session = a_session()
    account = a_role(session.event)
    phone = Phone()
    secret = phone.secret(session)
    phone.ask(session, "Words", secret)
    actions.back_up(path=copy)
    with transaction.atomic():
        for model in (Tombstone, Entry, *reversed(actions.rows.copied())):
            model.objects.all()._raw_delete("default")
    assert not Event.objects.exists()

    actions.restore(path=copy)

    assert Account.objects.get().check_password("a-quiet-place-42")
    assert Account.objects.get() == account
    assert lookup(phone, secret).json()["state"] == "held"


def test_anon_38_what_was_withdrawn_after_the_copy_stays_withdrawn(copy: Path) -> None:
    session, phone = a_session(an_event(review="after")), Phone()
    gone, kept, said = phone.secret(session), phone.secret(session), phone.secret(session, "comment")
    for secret in (gone, kept):
        phone.ask(session, "Words", secret)
    phone.say(session, "Words", said)
    moderator = a_role(session.event, "moderator")
    decide(review=review_of(gone), account=moderator, decision=Decision("return", "other"))
    assert Note.objects.exists()
    actions.back_up(path=copy)
    place = f"sessions/{session.pk}"
    assert phone.send("DELETE", f"{place}/questions/{gone.id}/", **phone.receipt(gone)).status_code == 204
    assert phone.send("DELETE", f"{place}/comments/{said.id}/", **phone.receipt(said)).status_code == 204

    actions.restore(path=copy)

    assert problem(phone.ask(session, "Words", gone)) == (410, "withdrawn")
    assert problem(phone.say(session, "Words", said)) == (410, "withdrawn")
    assert problem(lookup(phone, gone)) == (404, "no-such-receipt")
    assert lookup(phone, kept).json()["state"] == "shown"
    assert list(Question.objects.values_list("pk", flat=True)) == [kept.id]
    assert list(Review.objects.values_list("subject", flat=True)) == [kept.id]
    assert not Note.objects.exists()
    assert Tombstone.objects.count() == 2


def test_what_was_edited_or_hidden_after_the_copy_goes_back_to_review(copy: Path) -> None:
    session, phone = a_session(an_event(review="after")), Phone()
    edited, hidden, same = (phone.secret(session) for _ in range(3))
    said = phone.secret(session, "comment")
    for secret in (edited, hidden, same):
        phone.ask(session, "Words", secret)
    phone.say(session, "Words", said)
    actions.back_up(path=copy)
    moderator = a_role(session.event, "moderator")
    questions.edit(session=session, ident=edited.id, auth=edited.auth, text="Other words")
    for secret in (hidden, said):
        decide(review=review_of(secret), account=moderator, decision=Decision("hide", "other"))

    actions.restore(path=copy)

    assert [row.pk for row in Question.objects.shown()] == [same.id]
    assert not Comment.objects.shown().exists()
    waiting = Review.objects.filter(state=State.HELD, taken_in=True, due=None)
    assert set(waiting.values_list("subject", flat=True)) == {edited.id, hidden.id, said.id}


def test_where_the_database_was_lost_everything_is_looked_at_again_but_a_purged_day(copy: Path) -> None:
    open_, over = a_session(), a_session()
    at, left = a_shown_question(open_), a_shown_question(over, recap=True)
    Spotlight.objects.create(session=open_, question=at)
    Event.objects.filter(pk=over.event_id).update(purged=True)
    actions.back_up(path=copy)
    with transaction.atomic():
        for model in (Tombstone, Entry, *reversed(actions.rows.copied())):
            model.objects.all()._raw_delete("default")

    actions.restore(path=copy)

    assert [row.pk for row in Question.objects.shown()] == [left.pk]
    assert Review.objects.get(subject=at.pk).state == State.HELD
    assert not Spotlight.objects.exists()


def test_anon_38_a_place_cancelled_after_the_copy_stays_cancelled(copy: Path) -> None:
    session, phone = a_session_going_on(), Phone()
    gone, kept = phone.secret(session, "booking"), phone.secret(session, "booking")
    for secret in (gone, kept):
        phone.book(session, secret)
    ticket = Booking.objects.get(pk=kept.id).ticket
    actions.back_up(path=copy)
    place = f"sessions/{session.pk}/bookings/{gone.id}/"
    assert phone.send("DELETE", place, **phone.receipt(gone)).status_code == 204
    spare = a_spare(session.event)

    actions.restore(path=copy)

    assert problem(phone.book(session, gone)) == (410, "withdrawn")
    assert problem(lookup(phone, gone)) == (404, "no-such-receipt")
    assert lookup(phone, kept).json()["ticket"] == ticket
    assert list(Booking.objects.values_list("pk", flat=True)) == [kept.id]
    assert not Booking.objects.filter(pk=spare.pk).exists()


def test_places_of_a_day_closed_since_stay_over(copy: Path) -> None:
    session = a_session_going_on(kind="surgery")
    a_booked_place(session)
    a_booking(session, "here")
    actions.back_up(path=copy)
    close(event=session.event)

    actions.restore(path=copy)

    assert list(Booking.objects.values_list("state", "ticket")) == [("left", None)]


def test_what_was_merged_into_something_withdrawn_since_is_looked_at_again(copy: Path) -> None:
    session = a_session()
    target, child = an_asked_question(session), an_asked_question(session)
    merge(review=review_of(child), into=review_of(target), account=a_role(session.event))
    actions.back_up(path=copy)
    questions.withdraw(session=session, ident=target.id, auth=target.auth)

    actions.restore(path=copy)

    assert [(row.pk, row.review.state) for row in Question.objects.all()] == [(child.id, "held")]


def test_versions_leap_and_whoever_follows_reads_anew(copy: Path) -> None:
    session = a_session()
    a_shown_question(session)
    actions.back_up(path=copy)
    a_shown_question(session)
    before = dict(Topic.objects.values_list("pk", "version"))

    actions.restore(path=copy)

    place = Place("session", session.topic_id, session.pk)
    now = Topic.objects.get(pk=session.topic_id).version
    assert {
        ident: version - before[ident] for ident, version in Topic.objects.values_list("pk", "version")
    } == (dict.fromkeys(before, actions.STEP))
    assert not Entry.objects.exists()
    assert render.news(place, before[session.topic_id]).frame == render.reset(now)


def test_a_day_closed_since_stays_closed(copy: Path) -> None:
    session = a_session()
    question = a_shown_question(session, recap=True)
    a_shown_question(session, recap=False)
    Phone().vote(session, question.pk)
    actions.back_up(path=copy)
    close(event=session.event)
    closed_on = Event.objects.get().closed_on

    actions.restore(path=copy)

    assert Event.objects.get().closed_on == closed_on
    assert not Vote.objects.exists()
    assert list(Question.objects.shown()) == [question]
    assert problem(Phone().ask(session, "Words")) == (409, "day-is-over")


def test_a_day_purged_since_stays_purged(copy: Path) -> None:
    session = a_session()
    an_asked_question(session)
    actions.back_up(path=copy)
    close(event=session.event)
    purge(event=session.event)

    actions.restore(path=copy)

    assert Event.objects.get().purged is True
    assert not Receipt.objects.exists()
    assert not Question.objects.exists()


@pytest.mark.parametrize("wrong", ["key", "damaged", "version"])
def test_a_copy_that_does_not_fit_leaves_everything_as_it_was(
    copy: Path, wrong: str, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = a_session()
    actions.back_up(path=copy)
    question = a_shown_question(session)
    versions = dict(Topic.objects.values_list("pk", "version"))
    if wrong == "key":
        monkeypatch.setattr(files, "key", lambda: bytes(32))
    elif wrong == "damaged":
        copy.write_bytes(copy.read_bytes()[:-1])
    else:
        monkeypatch.setattr(actions.rows, "schema", lambda: ["programme.0009_later"])

    with pytest.raises(Refusal) as refusal:
        actions.restore(path=copy)

    assert refusal.value.detail.startswith("This copy ")
    assert Question.objects.get() == question
    assert dict(Topic.objects.values_list("pk", "version")) == versions


def test_a_copy_whose_rows_contradict_each_other_is_undone_as_a_whole(copy: Path) -> None:
    session = a_session()
    a_shown_question(session)
    actions.back_up(path=copy)
    lines = files.read(copy).decode().split("\n")
    head = lines[0].replace(f'"rows": {len(lines) - 1}', f'"rows": {len(lines) - 2}')
    kept = [line for line in lines[1:] if '"programme.session"' not in line]
    files.write(copy, "\n".join([head, *kept]).encode())

    with pytest.raises(DatabaseError):
        actions.restore(path=copy)

    assert Session.objects.count() == Question.objects.count() == 1
