import threading
from uuid import uuid4

import pytest
from django.db import connection, transaction
from tests.makers import a_role, a_session, a_surgeon, an_event

from equalterms.journal.models import Entry
from equalterms.lib.refusal import Refusal
from equalterms.programme.models import Session
from equalterms.questions import actions
from equalterms.questions.actions import Asked
from equalterms.questions.models import Answer, Question, Vote
from equalterms.safety.actions import approve, turn_down
from equalterms.safety.models import Note, Review, State, SubjectKind
from equalterms.safety.profile.receipt import Secret
from equalterms.safety.profile.sealing import unseal
from equalterms.safety.receipts import Claimed


def a_secret(session: Session) -> Secret:
    return Secret(uuid4().bytes[:10], session.event_id, "question")


def claimed_by(secret: Secret, *, reply: bool = True) -> Claimed:
    return Claimed(SubjectKind.QUESTION, secret.id, secret.auth, secret.reply_key if reply else None)


def a_question(
    session: Session, *, shown: bool = True, reply: bool = True, **content: object
) -> tuple[Question, Secret]:
    secret = a_secret(session)
    asked = Asked(**({"text": "How do I block someone?"} | content))  # type: ignore[arg-type]
    actions.ask(session=session, claimed=claimed_by(secret, reply=reply), asked=asked)
    question = Question.objects.select_related("review").get(pk=secret.id)
    if shown:
        with transaction.atomic():
            approve(review=question.review_id, account=a_role(session.event, "moderator"))
            actions.reveal(session=session, questions=[question])
    return question, secret


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


@pytest.mark.django_db(transaction=True)
def test_twenty_phones_voting_at_once_count_twenty() -> None:
    question, _ = a_question(a_session())
    tags = [uuid4() for _ in range(10)] * 2

    def vote(tag: object) -> None:
        try:
            actions.vote(question=question, tag=tag)  # type: ignore[arg-type]
        finally:
            connection.close()

    phones = [threading.Thread(target=vote, args=(tag,)) for tag in tags]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()

    assert Vote.objects.count() == 10
    assert actions.publish_tallies() == 1
    assert Question.objects.get().votes == 10


@pytest.mark.django_db
def test_shown_questions_carry_the_version_that_showed_them_in_the_order_given() -> None:
    session = a_session()
    made = [a_question(session, shown=False)[0] for _ in range(3)]
    before = session.topic.version
    Review.objects.update(state="shown")

    actions.reveal(session=session, questions=[made[2], made[0], made[1]])

    assert [question.shown for question in made] == [before + 2, before + 3, before + 1]


@pytest.mark.django_db
def test_a_question_hidden_after_showing_leaves_the_list_and_followers_hear() -> None:
    session = a_session()
    question, _ = a_question(session)
    heard = Entry.objects.filter(topic=session.topic, kind="question").count()

    actions.conceal(question=question)
    actions.conceal(question=question)

    assert question.shown is None
    assert Entry.objects.filter(topic=session.topic, kind="question").count() == heard + 1


@pytest.mark.django_db
def test_a_surgeon_answers_under_the_published_name() -> None:
    session = a_session()
    question, _ = a_question(session)
    account = a_role(session.event, "surgeon")
    surgeon = a_surgeon(account=account, name="Priya")

    made = actions.answer(question=question.pk, account=account, text="Mute first.")
    assert Answer.objects.get(pk=made.pk).byline == "Priya"

    surgeon.published = False
    surgeon.save()
    assert Answer.objects.get(pk=made.pk).byline == "a surgeon"


@pytest.mark.django_db
def test_a_private_question_is_answered_by_a_sealed_note_alone() -> None:
    session = a_session()
    question, secret = a_question(session, audience="surgeons")

    actions.answer(question=question.pk, account=a_role(session.event, "surgeon"), text="Only for you.")

    kept = Answer.objects.get()
    assert (kept.text, kept.sealed) == ("", True)
    opened = unseal(secret.private, secret.box, bytes(Note.objects.get().sealed))
    assert (opened["state"], opened["note"]) == ("reply", "Only for you.")


@pytest.mark.django_db
def test_a_private_question_without_a_key_or_with_a_long_answer_is_refused() -> None:
    session = a_session()
    surgeon = a_role(session.event, "surgeon")
    mute, _ = a_question(session, audience="surgeons", reply=False)
    open_, _ = a_question(session, audience="surgeons")

    for question, text, code in ((mute, "Hello", "no-reply-key"), (open_, "x" * 600, "reply-too-long")):
        with pytest.raises(Refusal) as refusal:
            actions.answer(question=question.pk, account=surgeon, text=text)
        assert refusal.value.code == code
    assert not Answer.objects.exists()


@pytest.mark.django_db
def test_what_is_not_shown_cannot_be_answered() -> None:
    session = a_session()
    question, _ = a_question(session, shown=False)

    with pytest.raises(Refusal) as refusal:
        actions.answer(question=question.pk, account=a_role(session.event, "surgeon"), text="Hello")

    assert refusal.value.code == "not-found"


@pytest.mark.django_db
def test_an_edited_answer_says_so_and_a_removed_one_is_gone() -> None:
    session = a_session()
    question, _ = a_question(session)
    made = actions.answer(question=question.pk, account=a_role(session.event, "surgeon"), text="Mute first.")

    actions.change_answer(answer=made, text="Mute, then block.")
    assert list(Answer.objects.values_list("text", "edited")) == [("Mute, then block.", True)]

    actions.remove_answer(answer=made)
    assert not Answer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_acknowledged_vote_reaches_the_tally_even_if_this_process_forgot_it() -> None:
    question, _ = a_question(a_session())
    actions.vote(question=question, tag=uuid4())
    actions.tallies.take()

    assert actions.publish_tallies(actions.tallies.take()) == 0
    assert actions.publish_tallies() == 1
    assert Question.objects.get().votes == 1


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
