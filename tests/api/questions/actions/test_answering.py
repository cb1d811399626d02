import pytest
from tests.api.questions.actions.asked import a_question
from tests.makers import a_role, a_session, a_surgeon

from equalterms.lib.refusal import Refusal
from equalterms.questions import actions
from equalterms.questions.models import Answer
from equalterms.safety.models import Note
from equalterms.safety.profile.sealing import unseal


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
