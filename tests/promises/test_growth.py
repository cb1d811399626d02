"""A day of a thousand sessions, ten thousand questions and 100,000 votes is read as a small one is."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from tests.crowded import FULL, LARGE, SMALL, crowd
from tests.makers import an_event
from tests.promises.addresses import NEVER_THE_SAME, Operation
from tests.staff import Caller

from equalterms.lib.api.access import Door
from equalterms.people.models import Portrait, Surgeon
from equalterms.programme.models import Session
from equalterms.questions.models import Question
from equalterms.threads.models import Comment

pytestmark = pytest.mark.django_db

# Pages hold 50 rows, a snapshot 40 questions and 40 comments, a photo what its surgeon sent.
LONGEST = 96 * 1024
# What prints every session of a day in one piece, and what every phone reads all of, so that no request tells
# whose it is: the bytes that one more session, or one more sealed note, may add.
WHOLE = {
    "/api/v1/events/{event}/": 600,
    "/api/v1/events/{event}/live/": 200,
    "/api/v1/events/{event}/cards.pdf": 4096,
    "/api/v1/sessions/{session}/notes/": 1024,
}
DIGEST = "0" * 16
# The tables that grow with what people send.
GROWING = {"questions_question", "questions_vote", "questions_answer", "threads_comment", "safety_review"}
WHOLE_TABLE = {"sqlite": re.compile(r"SCAN (\w+)"), "postgresql": re.compile(r"Seq Scan on (\w+)")}
# A page of a list is read in the order of an index; SQLite says when it sorts all there is for it.
PAGE_OF = re.compile(r'FROM "(questions_question|threads_comment)".* ORDER BY .* LIMIT \d+')
Asked = tuple[str, Any]


@dataclass(frozen=True)
class Seen:
    """What was asked of the database to answer a read, and how long the answer was."""

    asked: list[Asked]
    size: int


def addresses(session: Session) -> dict[str, str]:
    surgeon = Surgeon.objects.filter(appearances__session=session)[:1].get()
    Surgeon.objects.filter(pk=surgeon.pk).update(public=["photo"])
    Portrait.objects.create(surgeon=surgeon, digest=DIGEST, image=b"a photo")
    return {
        "event": session.event.slug,
        "session": str(session.pk),
        "question": str(Question.objects.shown().for_session(session)[:1].get().pk),
        "comment": str(Comment.objects.shown().for_session(session)[:1].get().pk),
        "surgeon": str(surgeon.pk),
        "digest": DIGEST,
    }


def read(path: str) -> Seen:
    """Reads it as anybody does, and keeps every statement that this took."""
    asked: list[Asked] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        answer = Caller().get(path, Accept="*/*")
    assert answer.status_code == 200, (path, answer.content)
    return Seen(asked, len(answer.content))


def reads_of(described: list[Operation], session: Session) -> dict[str, Seen]:
    """Every public read of the API at this session's day."""
    known = addresses(session)
    public = [one for one in described if (one.method, one.door) == ("get", Door.PUBLIC)]
    wanted = [one.path for one in public if not one.is_stream and one.path not in NEVER_THE_SAME]
    filled = {path: re.sub(r"\{(\w+)\}", lambda found: known[found[1]], path) for path in wanted}
    return {path: read(filled[path].removeprefix("/api/v1/")) for path in wanted}


def tables_read_whole(asked: list[Asked]) -> set[str]:
    """The growing tables that the database has to read or sort from end to end, by its own plan.
    PostgreSQL may choose to where one session has much of a table, so it is asked what it does when it would
    rather not."""
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    found: set[str] = set()
    for sql, params in [one for one in asked if one[0].startswith("SELECT")]:
        with connection.cursor() as cursor:
            cursor.execute(explain + sql, params)
            plan = " ".join(str(row[-1]) for row in cursor.fetchall())
        found |= set(WHOLE_TABLE[connection.vendor].findall(plan))
        if "USE TEMP B-TREE FOR ORDER BY" in plan and PAGE_OF.search(sql):
            found |= set(PAGE_OF.search(sql).groups())
    return found & GROWING


def analyse() -> None:
    """Has the database learn how many rows there are, as it does by itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_every_public_read_of_a_large_day_is_bounded_and_takes_as_many_queries_as_of_one_with_full_pages(
    described: list[Operation],
) -> None:
    small, full = (reads_of(described, crowd(an_event(), size)) for size in (SMALL, FULL))
    session = crowd(an_event(), LARGE)
    analyse()
    large = reads_of(described, session)

    most = {path: LONGEST + WHOLE.get(path, 0) * LARGE.sessions for path in large}

    assert len(full) >= 20
    assert {path: len(seen.asked) for path, seen in large.items()} == {
        path: len(seen.asked) for path, seen in full.items()
    }
    # Where everything there is fits on one page, nothing has to be counted.
    less = {path: len(full[path].asked) - len(small[path].asked) for path in full}
    assert {path: count for path, count in less.items() if count} == {"/api/v1/sessions/{session}/live/": 2}
    assert {path: one.size for path, one in large.items() if one.size > most[path]} == {}
    assert {path: whole for path, one in large.items() if (whole := tables_read_whole(one.asked))} == {}
