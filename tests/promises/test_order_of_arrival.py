"""Nothing that is kept tells who came first: not where rows lie, not the transactions they came with."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import combinations
from uuid import UUID

import pytest
import time_machine
from django.apps import apps
from django.db import connection, models
from tests.askers import Phone
from tests.makers import a_session, an_event
from tests.sent import an_asked_question

from equalterms.desk.actions import release_due
from equalterms.desk.actions.closing import close, tidy_files, traces_of
from equalterms.journal.models import Entry
from equalterms.lib import clock
from equalterms.people.models import Act
from equalterms.programme.models import Session
from equalterms.questions.models import Question, Vote
from equalterms.safety.actions import TICK
from equalterms.safety.models import Note, Receipt, Report, Review
from equalterms.safety.rules import LONGEST_WAIT
from equalterms.threads.models import Comment, Reaction, Voice

pytestmark = pytest.mark.alone
MANY = 600
postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL numbers rows so")


def dumped(model: type[models.Model], column: str) -> list[object]:
    """A column in the order in which a dump prints the table: whole rows, as they lie."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608
        place = [described[0] for described in cursor.description].index(column)
        values = [row[place] for row in cursor.fetchall()]
    return [UUID(value) if isinstance(value, str) else value for value in values]


def hurry() -> None:
    """Nothing here has to outlive the machine, and the disk is slow."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")


def likeness(arrived: Sequence[object], found: Sequence[object]) -> float:
    """Spearman's rank correlation of two orders of the same things."""
    place = {what: number for number, what in enumerate(arrived)}
    ranks = [place[what] for what in found if what in place]
    assert len(ranks) == len(arrived) >= 200
    apart = sum((rank - number) ** 2 for number, rank in enumerate(ranks))
    return 1 - 6 * apart / (len(ranks) * (len(ranks) ** 2 - 1))


def transactions(rows: "models.QuerySet[models.Model]") -> set[str]:
    """The numbers PostgreSQL gave the transactions that wrote these rows."""
    table, key = rows.model._meta.db_table, rows.model._meta.pk.column
    chosen, values = rows.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT xmin::text FROM {table} WHERE {key} IN ({chosen})", values)  # noqa: S608
        return {number for (number,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_anon_10_after_closing_neither_file_nor_dump_tells_who_asked_first() -> None:
    hurry()
    session = a_session(an_event(review="after"))
    asked = [an_asked_question(session, f"Question {number}?", recap=True).id for number in range(MANY)]
    versions = list(Entry.objects.filter(topic=session.topic_id).order_by("version").values_list("version"))
    columns = [(Question, "id", asked), (Review, "subject", asked), (Receipt, "subject", asked)]
    columns.append((Entry, "version", [version for (version,) in versions]))
    if connection.vendor == "postgresql":  # what there is to hide
        assert all(likeness(order, dumped(model, column)) > 0.9 for model, column, order in columns[:3])

    close(event=session.event)
    tidy_files()

    told = {model.__name__: likeness(order, dumped(model, column)) for model, column, order in columns}
    assert {name: rho for name, rho in told.items() if abs(rho) >= 0.2} == {}


def shown_at_ticks(session: Session, ticks: int, together: int) -> list[list[int]]:
    """Sends so many questions in each of so many ticks, where nobody looks at them first, and gives the
    places of arrival of what each tick brought to the page, in the order of its versions."""
    start = clock.now().replace(minute=0, second=5, microsecond=0)
    arrived: list[UUID] = []
    left: list[list[int]] = []
    for number in range(ticks + LONGEST_WAIT):
        with time_machine.travel(start + timedelta(seconds=TICK * number), tick=False):
            release_due()
            shown = Question.objects.filter(session=session, shown__isnull=False).order_by("shown")
            before = sum(map(len, left))
            left.append([arrived.index(ident) for ident in shown.values_list("pk", flat=True)[before:]])
            for _ in range(together if number < ticks else 0):
                arrived.append(an_asked_question(session, "Words", recap=True).id)
                assert shown.count() == sum(map(len, left))
    return left


@pytest.mark.django_db
@pytest.mark.parametrize(("mixing", "together"), [("safe", 5), ("gentle", 5)])
def test_anon_27_what_is_looked_at_afterwards_is_published_in_groups_whose_order_tells_nothing(
    mixing: str, together: int
) -> None:
    left = shown_at_ticks(a_session(an_event(review="after", mixing=mixing)), 40, together)

    assert [len(group) for group in left] == [0, *[together] * 40, *[0] * (LONGEST_WAIT - 1)]
    pairs = [one < other for group in left for one, other in combinations(group, 2)]
    assert 0.3 < sum(pairs) / len(pairs) < 0.7


@pytest.mark.django_db
def test_anon_27_whoever_asks_alone_does_not_tell_by_the_ten_minutes_when_that_was() -> None:
    waits = set()
    for _ in range(12):
        left = shown_at_ticks(a_session(an_event(review="after", mixing="safe")), 1, 1)
        waits |= {number for number, group in enumerate(left) if group}

    assert len(waits) > 1
    assert (min(waits) >= LONGEST_WAIT // 2, max(waits) <= LONGEST_WAIT) == (True, True)


@postgresql
@pytest.mark.django_db(transaction=True)
def test_anon_10_after_closing_all_rows_of_a_table_came_with_one_transaction() -> None:
    session = a_session(an_event(review="after"))
    busy_day(session)
    before = {rows.model: len(transactions(rows)) for rows in traces_of(session.event)}
    assert all(before[model] > 3 for model in (Question, Review, Receipt, Comment, Voice, Entry))

    close(event=session.event)

    after = {rows.model: transactions(rows) for rows in traces_of(session.event)}
    assert {model.__name__: found for model, found in after.items() if len(found) > 1} == {}
    assert len(set().union(*after.values())) == 1


@pytest.mark.django_db(transaction=True)
def test_anon_10_after_closing_votes_reactions_reports_and_what_could_be_undone_are_gone() -> None:
    session = a_session(an_event(review="after"))
    busy_day(session)
    assert all(model.objects.exists() for model in (Vote, Reaction, Report))

    close(event=session.event)

    assert [model.__name__ for model in (Vote, Reaction, Report) if model.objects.exists()] == []
    assert not Act.objects.exclude(until=None, undo=None).exists()
    assert set(Question.objects.shown().values_list("votes", flat=True)) == {1}


@postgresql
@pytest.mark.django_db(transaction=True)
def test_anon_11_no_two_things_that_were_sent_share_a_transaction() -> None:
    session, phone = a_session(an_event(review="after", proof=True)), Phone()
    asked = [phone.secret(session) for _ in range(3)]
    said = [phone.secret(session, "comment") for _ in range(2)]
    for secret in asked:
        assert phone.ask(session, "Words", secret).status_code == 201
    for secret in said:
        assert phone.say(session, "Words", secret).status_code == 201
    for secret in asked:
        assert phone.vote(session, secret.id).status_code == 201
        assert report(phone, session, "questions", secret.id).status_code == 201
    for secret in said:
        assert phone.react(session, secret.id).status_code == 201

    things = [transactions_of(secret.id) for secret in (*asked, *said)]
    things += [transactions(model.objects.filter(pk=row)) for model in (Vote, Report, Reaction)
               for row in model.objects.values_list("pk", flat=True)]  # fmt: skip

    assert len(things) == 5 + 3 + 3 + 2
    assert all(things)
    assert [(one, other) for one, other in combinations(things, 2) if one & other] == []


def transactions_of(subject: UUID) -> set[str]:
    """Those of every row that is kept of one question or comment."""
    rows = [
        Question.objects.filter(pk=subject), Comment.objects.filter(pk=subject),
        Review.objects.filter(subject=subject), Receipt.objects.filter(pk=subject),
    ]  # fmt: skip
    return set().union(*(transactions(found) for found in rows))


def report(phone: Phone, session: models.Model, noun: str, subject: UUID) -> object:
    tag = phone.tag("report", subject)
    body = {"reason": "unkind", "proof": phone.proof("report", session, tag)}
    return phone.send("PUT", f"sessions/{session.pk}/{noun}/{subject}/reports/{tag}/", body)


def busy_day(session: models.Model) -> None:
    """Everything that anybody can send, several times."""
    for _ in range(5):
        phone = Phone()
        asked, said = phone.secret(session), phone.secret(session, "comment")
        phone.ask(session, "Words", asked)
        phone.say(session, "Words", said)
        phone.vote(session, asked.id)
        phone.react(session, said.id)
        report(phone, session, "questions", asked.id)
        gone = phone.secret(session)
        phone.ask(session, "Words", gone)
        phone.send("DELETE", f"sessions/{session.pk}/questions/{gone.id}/", **phone.receipt(gone))


@pytest.mark.django_db
def test_anon_10_every_table_that_askers_fill_is_among_those_that_are_rewritten() -> None:
    named = {"questions.Answer", "journal.Lease", "journal.Topic"}
    dropped = {"questions.Vote", "threads.Reaction", "safety.Report", "safety.Claim", "questions.Spotlight"}
    folders = ("journal", "safety", "questions", "threads")
    filled = {model._meta.label for folder in folders for model in apps.get_app_config(folder).get_models()}

    rewritten = {rows.model._meta.label for rows in traces_of(an_event())}

    assert filled - named - dropped <= rewritten
    assert Note._meta.label in rewritten
