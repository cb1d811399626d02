"""Deleted words leave the files, or it is said where they may be."""

import secrets
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction
from tests.makers import a_session, a_shown_question
from tests.promises.kept import checkpoint, holding
from tests.racing import together

from equalterms.lib.rows import files
from equalterms.lib.rows.files import StillRead, rewrite, settle
from equalterms.questions.models import Question, Vote

pytestmark = pytest.mark.alone

TABLES = (Vote, Question)
postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own files")
sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own files")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_deleted_words_are_in_no_file_afterwards() -> None:
    mark = secrets.token_hex(12)
    question = a_shown_question(a_session(), text=f"My name is {mark}.")
    question.delete()
    checkpoint()
    assert holding(mark) != []

    remains = rewrite(TABLES)

    assert remains == []
    assert holding(mark) == []


@sqlite
@pytest.mark.django_db(transaction=True)
def test_at_a_clean_stop_the_log_of_writes_is_cut_to_nothing() -> None:
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    a_shown_question(a_session())
    assert log.stat().st_size > 0

    settle()

    assert not log.exists() or log.stat().st_size == 0


@postgresql
@pytest.mark.django_db(transaction=True)
def test_the_planners_samples_hold_no_words_afterwards_and_take_no_new_ones() -> None:
    mark = secrets.token_hex(12)
    session = a_session()
    questions = [a_shown_question(session, text=f"{mark} {number}") for number in range(30)]
    run("ALTER TABLE questions_question ALTER COLUMN text SET STATISTICS 100")
    run("ANALYZE questions_question")
    checkpoint()
    before = holding(mark)
    Question.objects.filter(pk__in=[question.pk for question in questions]).delete()
    sampled = "SELECT count(*) FROM pg_stats WHERE tablename = 'questions_question' AND attname = 'text'"
    with connection.cursor() as cursor:
        cursor.execute(sampled)
        assert cursor.fetchone()[0] == 1
    assert len(before) >= 2

    rewrite(TABLES)
    a_shown_question(session)
    run("ANALYZE questions_question")

    assert holding(mark) == []
    with connection.cursor() as cursor:
        cursor.execute(sampled)
        assert cursor.fetchone()[0] == 0


@postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("elsewhere", [False, True], ids=["a reader here", "a writer in another database"])
def test_whoever_still_sees_what_was_deleted_is_waited_for(elsewhere: bool) -> None:
    mark = secrets.token_hex(12)
    question = a_shown_question(a_session(), text=mark)
    other = connection.copy()
    if elsewhere:
        other.settings_dict["NAME"] = "postgres"
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT pg_current_xact_id()" if elsewhere else "SELECT 1 FROM questions_question")
        question.delete()
        with pytest.raises(StillRead):
            rewrite(TABLES, patience=0.3)
    finally:
        other.close()

    rewrite(TABLES)

    assert holding(mark) == []


@postgresql
@pytest.mark.django_db(transaction=True)
def test_a_log_that_is_kept_is_said() -> None:
    run("SELECT pg_create_physical_replication_slot('a_copy_elsewhere')")
    try:
        said = rewrite(TABLES)
    finally:
        run("SELECT pg_drop_replication_slot('a_copy_elsewhere')")

    assert said == [files.OLD_LOG.format("no replication slots")]


@postgresql
@pytest.mark.django_db(transaction=True)
def test_an_account_that_may_make_no_checkpoint_is_told_what_stays() -> None:
    run("CREATE ROLE plain")
    try:
        run("SET ROLE plain")
        said = files._checkpoint()
    finally:
        run("RESET ROLE")
        run("DROP ROLE plain")

    assert said == [files.NO_CHECKPOINT]


@sqlite
@pytest.mark.django_db(transaction=True)
def test_it_waits_for_whoever_reads_and_gives_up_in_the_end() -> None:
    mark = secrets.token_hex(12)
    a_shown_question(a_session(), text=mark)
    reading, done = threading.Event(), threading.Event()

    def read_for_long() -> None:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            cursor.execute("SELECT count(*) FROM questions_question")
            cursor.fetchone()
            reading.set()
            done.wait(60)
            cursor.execute("ROLLBACK")

    def try_it() -> str:
        reading.wait(10)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
        Question.objects.all().delete()
        try:
            rewrite(TABLES, patience=0.3)
        except StillRead:
            return "still read"
        finally:
            done.set()
        return "done"

    assert together(read_for_long, try_it) == [None, "still read"]
    assert holding(mark) != []
    assert rewrite(TABLES) == []
    assert holding(mark) == []


@pytest.mark.django_db(transaction=True)
def test_it_is_refused_inside_a_transaction() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        rewrite(TABLES)
