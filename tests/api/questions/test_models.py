import pytest
from tests.api.questions.showing import a_shown_question
from tests.askers import Phone
from tests.makers import a_role, a_session, a_surgeon, an_event

from equalterms.questions import actions
from equalterms.questions.models import Answer, Question
from equalterms.safety.models import Review, State

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", [state for state in State.values if state != State.SHOWN])
def test_only_what_review_shows_is_shown(state: str) -> None:
    question = a_shown_question(a_session())
    assert Question.objects.shown().get() == question

    Review.objects.update(state=state)

    assert not Question.objects.shown().exists()


def test_words_for_surgeons_pass_the_desks_door_and_not_the_publics() -> None:
    session, phone = a_session(an_event(review="after")), Phone()
    phone.ask(session, "For surgeons", phone.secret(session), audience="surgeons")

    assert not Question.objects.shown().exists()
    assert Question.objects.for_desk().count() == 1


def test_queryset_words_chain() -> None:
    session = a_session()
    one, two = a_shown_question(session), a_shown_question(session)
    a_shown_question(a_session())
    actions.answer(question=one.pk, account=a_role(session.event, "surgeon"), text="Like this.")

    here = Question.objects.shown().for_session(session)
    assert list(here.unanswered()) == [two]
    assert list(here.answered()) == [one]


def test_an_answer_stands_under_the_name_its_author_shows() -> None:
    session = a_session()
    question = a_shown_question(session)
    published, hidden = a_surgeon(name="Priya"), a_surgeon(name="Sam", published=False)

    bylines = [
        Answer(question=question, surgeon=surgeon, text="x", slot=0).byline
        for surgeon in (published, hidden, None)
    ]

    assert bylines == ["Priya", "a surgeon", "the organisers"]
