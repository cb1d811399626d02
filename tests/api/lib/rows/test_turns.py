"""Being the only writer for a while."""

import threading

import pytest
from django.db import connection, transaction
from tests.makers import a_session, a_shown_question
from tests.racing import together

from equalterms.lib.refusal import Refusal
from equalterms.lib.rows.turns import alone
from equalterms.questions.models import Question, Vote

TABLES = (Vote, Question)


@pytest.mark.django_db(transaction=True)
def test_it_gives_what_the_work_gives() -> None:
    assert alone(TABLES, lambda: 42) == 42


@pytest.mark.django_db(transaction=True)
def test_what_fails_inside_is_undone_as_a_whole() -> None:
    question = a_shown_question(a_session())

    def fail() -> None:
        Question.objects.filter(pk=question.pk).update(votes=7)
        raise Refusal("no", "No.")

    with pytest.raises(Refusal):
        alone(TABLES, fail)

    assert Question.objects.get().votes == 0


@pytest.mark.django_db(transaction=True)
def test_nobody_else_writes_meanwhile_and_everybody_reads() -> None:
    question = a_shown_question(a_session())
    inside, seen = threading.Event(), []

    def read_then_write() -> None:
        inside.wait(10)
        seen.append(Question.objects.get(pk=question.pk).votes)
        Question.objects.filter(pk=question.pk).update(votes=2)
        seen.append("written")

    def work() -> list[object]:
        Question.objects.filter(pk=question.pk).update(votes=1)
        inside.set()
        threading.Event().wait(0.5)
        return list(seen)

    told = together(lambda: alone(TABLES, work), read_then_write)

    assert told == [[0], None]
    assert seen == [0, "written"]
    assert Question.objects.get(pk=question.pk).votes == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time anyway")
def test_it_steps_back_where_others_never_end() -> None:
    question = a_shown_question(a_session())
    writing, done = threading.Event(), threading.Event()

    def write_for_long() -> None:
        with transaction.atomic():
            Question.objects.filter(pk=question.pk).update(votes=3)
            writing.set()
            done.wait(20)

    def try_it() -> str:
        writing.wait(10)
        try:
            return str(alone(TABLES, lambda: "alone", patience=0.5))
        except Refusal as refusal:
            return refusal.code
        finally:
            done.set()

    assert together(write_for_long, try_it) == [None, "busy"]
    assert Question.objects.get(pk=question.pk).votes == 3
    assert alone(TABLES, lambda: connection.in_atomic_block) is True
