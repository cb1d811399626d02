import pytest
from tests.api.questions.actions.asked import a_question
from tests.makers import a_session

from equalterms.journal.models import Entry
from equalterms.questions import actions
from equalterms.safety.models import Review


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
