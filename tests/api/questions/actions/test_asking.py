import threading

import pytest
from django.db import connection
from tests.api.questions.actions.asked import a_question, a_secret, claimed_by
from tests.makers import a_role, a_session, an_event

from equalterms.journal.models import Entry
from equalterms.questions import actions
from equalterms.questions.actions import Asked
from equalterms.questions.models import Question
from equalterms.safety.actions import drop_outdated, turn_down
from equalterms.safety.models import Note, Review, State


@pytest.mark.django_db
def test_asking_leaves_no_trace_in_the_journal() -> None:
    a_question(a_session(), shown=False)

    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_in_review_after_a_question_is_shown_at_once() -> None:
    session = a_session(an_event(review="after"))
    secret = a_secret(session)

    state = actions.ask(session=session, claimed=claimed_by(secret), asked=Asked("Hello"))

    assert state == "shown"
    assert Question.objects.shown().get().pk == secret.id


@pytest.mark.django_db
@pytest.mark.parametrize("mixing", ["safe", "gentle"])
def test_where_things_are_mixed_review_after_shows_nothing_at_once_and_an_edit_neither(mixing: str) -> None:
    session = a_session(an_event(review="after", mixing=mixing))
    secret = a_secret(session)

    states = [actions.ask(session=session, claimed=claimed_by(secret), asked=Asked("Hello"))]
    states.append(actions.edit(session=session, ident=secret.id, auth=secret.auth, text="Good day"))

    assert states == ["held", "held"]
    assert Question.objects.get().shown is None
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twin_requests_store_one_question() -> None:
    session = a_session()
    secret, states, gate = a_secret(session), [], threading.Barrier(5)

    def ask() -> None:
        try:
            gate.wait()
            states.append(actions.ask(session=session, claimed=claimed_by(secret), asked=Asked("Hello")))
        finally:
            connection.close()

    phones = [threading.Thread(target=ask) for _ in range(5)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()

    assert states == ["held"] * 5
    assert (Question.objects.count(), Review.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_an_edit_or_a_withdrawal_takes_the_old_note_back() -> None:
    session = a_session()
    changed, its_secret = a_question(session, shown=False)
    withdrawn, other_secret = a_question(session, shown=False)
    moderator = a_role(session.event, "moderator")
    for question in (changed, withdrawn):
        turn_down(
            review=question.review_id, account=moderator, to=State.RETURNED, reason="unkind", note="Hello"
        )
    assert Note.objects.count() == 2
    heard = Entry.objects.filter(topic=session.topic, kind="notes").count()

    actions.edit(session=session, ident=changed.pk, auth=its_secret.auth, text="Kinder words")
    actions.withdraw(session=session, ident=withdrawn.pk, auth=other_secret.auth)

    assert not Note.objects.exists()
    assert Entry.objects.filter(topic=session.topic, kind="notes").count() == heard + 2


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["edit", "withdraw"])
def test_anon_27_no_public_page_tells_the_moment_at_which_a_private_question_changed(act: str) -> None:
    session = a_session(an_event(mixing="safe"))
    question, secret = a_question(session, shown=False)
    moderator = a_role(session.event, "moderator")
    turn_down(review=question.review_id, account=moderator, to=State.RETURNED, reason="unkind", note="Hello")
    told = list(Entry.objects.values_list("pk", flat=True))
    changed = {"text": "Kinder words"} if act == "edit" else {}

    getattr(actions, act)(session=session, ident=question.pk, auth=secret.auth, **changed)

    assert list(Entry.objects.values_list("pk", flat=True)) == told
    assert [bytes(note.sealed) for note in Note.objects.all()] != []
    assert drop_outdated() == 1
    assert not Note.objects.exists()
