from typing import Any

import pytest
from rest_framework.renderers import JSONRenderer
from rest_framework.serializers import ModelSerializer
from tests.makers import a_role, a_session, a_shown_question, a_surgeon

from equalterms.lib.ids import b64u
from equalterms.people.models import Surgeon
from equalterms.questions import actions
from equalterms.questions.models import Answer, Question
from equalterms.questions.serializers import AnswerSerializer, AskSerializer, QuestionSerializer
from equalterms.safety.models import Review

pytestmark = pytest.mark.django_db


def test_an_ask_needs_words_and_a_secret_and_defaults_the_rest() -> None:
    ask = AskSerializer(data={"text": "Hello", "auth": b64u(bytes(32))})

    assert ask.is_valid()
    assert ask.validated_data == {
        "text": "Hello", "auth": bytes(32), "reply_key": None, "audience": "everyone",
        "recap": False, "warning": "",
    }  # fmt: skip


def test_a_question_with_a_warning_comes_folded() -> None:
    plain, warned, told_of = (a_shown_question(a_session()) for _ in range(3))
    Question.objects.filter(pk=warned.pk).update(warning="self-harm")
    Review.objects.filter(pk=told_of.review_id).update(folded=True)

    rows = {row.pk: QuestionSerializer(row).data for row in Question.objects.with_answers()}

    said = [(rows[one.pk]["folded"], rows[one.pk]["reported"]) for one in (plain, warned, told_of)]
    assert said == [(False, False), (True, False), (True, True)]


def test_an_answer_names_a_published_profile_by_id_and_no_other() -> None:
    session = a_session()
    question = a_shown_question(session)
    account = a_role(session.event, "surgeon")
    surgeon = a_surgeon(account=account, name="Priya")
    answer = actions.answer(question=question.pk, account=account, text="Like this.")

    assert AnswerSerializer(answer).data["by"] == {"id": str(surgeon.pk), "name": "Priya"}
    Surgeon.objects.update(published=False)
    assert AnswerSerializer(Answer.objects.get()).data["by"] == {"id": None, "name": "a surgeon"}


def test_a_printed_question_is_what_its_fields_say() -> None:
    """The fields are the contract; what is printed does without them, for speed."""
    session = a_session()
    account = a_role(session.event, "surgeon")
    a_surgeon(account=account, name="Priya")
    answered = a_shown_question(session)
    a_shown_question(session, warning="loud")
    actions.answer(question=answered.pk, account=account, text="Like this.")
    actions.answer(
        question=answered.pk, account=a_role(session.event, "organiser"), text="Aloud.", spoken=True
    )
    questions = list(Question.objects.with_answers())
    for row in (*questions, *(answer for question in questions for answer in question.told)):
        serializer: Any = QuestionSerializer(row) if isinstance(row, Question) else AnswerSerializer(row)
        by_fields = ModelSerializer.to_representation(serializer, row)

        assert JSONRenderer().render(serializer.data) == JSONRenderer().render(by_fields)
        assert list(serializer.data) == list(serializer.fields)
