"""Days with as many rows as wanted, made in bulk: for what must not depend on how many there are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db.models import Model
from tests.makers import a_session, a_surgeon

from equalterms.journal.models import Topic
from equalterms.programme.models import Event, Session
from equalterms.questions.models import Answer, Question, Vote
from equalterms.safety.models import Note, Review, State, SubjectKind
from equalterms.threads.models import Comment, Voice

TEXT = "How do I find out who can read what I wrote to my family last year, and can I still change that?"
BATCH = 2000
# Versions that showed something, from here on.
FIRST = 1 << 39


@dataclass(frozen=True)
class Crowd:
    """How many of each there are: `sessions` beside the one that is looked at; `questions`, a fifth of them
    in that one, every second with an answer; `votes`, half of them on ten questions; and in that one session
    `comments`, `notes`, and `held` questions and comments that are not shown."""

    sessions: int = 1
    questions: int = 4
    comments: int = 4
    held: int = 2
    votes: int = 4
    notes: int = 1
    surgeons: int = 6
    text: str = TEXT


SMALL = Crowd()
# Every page that is read by pages is full, and another follows.
FULL = Crowd(questions=120, comments=60)
LARGE = Crowd(sessions=1000, questions=10_000, comments=5000, held=1000, votes=100_000, notes=500)


def keep(kind: type[Model], rows: Sequence[Any]) -> None:
    kind._default_manager.bulk_create(rows, batch_size=BATCH)


def crowd(event: Event, wanted: Crowd = SMALL) -> Session:
    """Fills `event`; gives the session to look at."""
    main = a_session(event, title="The full one", about=TEXT * 3)
    for _ in range(wanted.surgeons):
        a_surgeon(event, main, about=TEXT)
    sessions = [main, *_sessions(event, wanted.sessions)]
    _questions(sessions, wanted)
    _comments(main, wanted)
    held = [_review(main, SubjectKind.COMMENT, State.HELD) for _ in range(wanted.held)]
    keep(Review, held)
    keep(Note, [Note(box=uuid4().hex[:22], topic=main.topic, sealed=b"x" * 560) for _ in range(wanted.notes)])
    return main


def _sessions(event: Event, count: int) -> list[Session]:
    topics = [Topic() for _ in range(count)]
    keep(Topic, topics)
    hour = timedelta(hours=1)
    rows = [
        Session(
            event=event, topic=topic, title=f"Another, number {number}", day=event.starts.date(),
            starts=event.starts + number % 8 * hour, ends=event.starts + (number % 8 + 1) * hour,
            code=f"n{uuid4().hex[:10]}",
        )
        for number, topic in enumerate(topics)
    ]  # fmt: skip
    keep(Session, rows)
    return rows


def _review(session: Session, kind: str, state: str) -> Review:
    return Review(topic=session.topic, kind=kind, subject=uuid4(), state=state, slot=0)


def _questions(sessions: Sequence[Session], wanted: Crowd) -> None:
    """The shown ones, then those that are held: these have no version that showed them, and no votes."""
    counted = _voted(wanted)
    reviews, rows = [], []
    for number in range(wanted.questions + wanted.held):
        session = sessions[number % len(sessions)] if number % 5 else sessions[0]
        shown = number < wanted.questions
        reviews.append(_review(session, SubjectKind.QUESTION, State.SHOWN if shown else State.HELD))
        rows.append(
            Question(
                pk=reviews[-1].subject, session=session, review=reviews[-1], text=wanted.text, slot=0,
                shown=FIRST + number if shown else None, votes=counted[number],
            )
        )  # fmt: skip
    keep(Review, reviews)
    keep(Question, rows)
    keep(Answer, [Answer(question=row, text=wanted.text, slot=0) for row in rows[: wanted.questions : 2]])
    keep(Vote, [Vote(question=row, tag=uuid4()) for row in rows for _ in range(row.votes)])


def _voted(wanted: Crowd) -> Counter[int]:
    """How many votes each question has: half of them are on the first ten."""
    loved = min(10, wanted.questions)
    return Counter(
        number // 2 % (loved if number % 2 else wanted.questions) for number in range(wanted.votes)
    )


def _comments(session: Session, wanted: Crowd) -> None:
    voices = [
        Voice(session=session, mark=uuid4().bytes * 2, number=number + 1)
        for number in range(max(1, wanted.comments // 10))
    ]
    keep(Voice, voices)
    reviews, rows = [], []
    for number in range(wanted.comments + wanted.held):
        shown = number < wanted.comments
        review = _review(session, SubjectKind.COMMENT, State.SHOWN if shown else State.HELD)
        rows.append(
            Comment(
                pk=review.subject, session=session, review=review, text=wanted.text, slot=0,
                voice=voices[number % len(voices)], shown=FIRST + number if shown else None,
            )
        )  # fmt: skip
        reviews.append(review)
    keep(Review, reviews)
    keep(Comment, rows)
