"""What a day came to."""

from dataclasses import astuple
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.api.sharing.reporting.days import a_day, an_answered_question, heads, places
from tests.makers import a_role, a_session, a_shown_question, a_surgeon, an_event

from equalterms.bookings.models import Booking, HelpGiven
from equalterms.desk.actions.closing import close
from equalterms.desk.actions.purging import purge
from equalterms.programme.models import Event
from equalterms.questions import actions as questions
from equalterms.questions.models import Answer, Question
from equalterms.safety.models import Review
from equalterms.sharing.reporting.rules import Numbers, Report, report_of

pytestmark = pytest.mark.django_db


def numbers(report: Report) -> dict[str, Numbers]:
    return {one.session.title: one.numbers for one in report.sessions}


def test_who_was_helped_is_counted_session_by_session_and_in_all() -> None:
    report = report_of(a_day())

    assert numbers(report) == {
        "Surgery": Numbers(served=3, here=3, left=1, heads=11, shown=1, answered=1),
        "Talk": Numbers(served=4, shown=1, comments=1),
    }
    assert report.total == Numbers(served=7, here=3, left=1, heads=11, shown=2, answered=1, comments=1)


def test_a_day_of_which_nothing_came_is_all_noughts() -> None:
    report = report_of(an_event())

    assert (report.total, report.sessions, report.themes, report.answered) == (Numbers(), [], [], [])


def test_spare_tickets_and_other_days_do_not_count() -> None:
    event, other = an_event(), a_session()
    Booking.objects.create(event=event, state="spare", ticket=100)
    places(other, served=1)
    heads(other, 3)
    a_shown_question(other)

    assert report_of(event).total == Numbers()


def test_themes_are_the_tracks_the_most_asked_about_first() -> None:
    event = an_event()
    for title, track in (("a", "Safety"), ("b", "Privacy"), ("c", "Privacy"), ("d", "")):
        session = a_session(event, title=title, track=track)
        for _ in range(2 if track == "Privacy" else 1):
            a_shown_question(session)
    a_session(event, track="Privacy", state="cancelled")

    themes = report_of(event).themes

    assert [(theme.theme, theme.sessions, theme.numbers.shown) for theme in themes] == [
        ("Privacy", 2, 4),
        ("Safety", 1, 1),
    ]


def test_labels_are_what_surgeons_say_in_public() -> None:
    event = an_event()
    a_surgeon(event, labels=["Passwords", "Privacy"])
    a_surgeon(event, labels=["passwords"])
    a_surgeon(event, labels=["Grief"], published=False)
    a_surgeon(event, labels=["Debt"], public=[])

    told = report_of(event).labels
    event.labels = ["PASSWORDS", "Scams"]

    assert told == [("Passwords", 2), ("Privacy", 1)]
    assert report_of(event).labels == [("PASSWORDS", 2), ("Privacy", 1)]


def test_only_answered_questions_that_may_be_handed_on_are_told() -> None:
    session = a_session()
    kept = an_answered_question(session)
    an_answered_question(session, recap=False)
    private = an_answered_question(session)
    Question.objects.filter(pk=private.pk).update(audience="surgeons")
    a_shown_question(session, recap=True)
    reported = an_answered_question(session)
    Review.objects.filter(pk=reported.review_id).update(folded=True)
    hidden = an_answered_question(session)
    Review.objects.filter(pk=hidden.review_id).update(state="hidden")

    assert [question.pk for question in report_of(session.event).answered] == [kept.pk]


def test_an_answer_for_the_asker_alone_is_not_handed_on() -> None:
    session = a_session()
    question = an_answered_question(session)
    Answer.objects.filter(question=question).update(sealed=True)

    assert report_of(session.event).answered == []


def test_answers_come_session_by_session_the_most_wanted_first() -> None:
    event = an_event()
    early, late = a_session(event, title="A"), a_session(event, title="B")
    asked = [
        an_answered_question(session, votes=votes) for session, votes in ((late, 9), (early, 1), (early, 2))
    ]

    told = [question.pk for question in report_of(event).answered]

    assert told == [asked[2].pk, asked[1].pk, asked[0].pk]


def test_ten_of_everything_take_as_many_queries_as_one() -> None:
    counted = []
    for number in (1, 10):
        event = an_event()
        for _ in range(number):
            session = a_session(event, track="Safety")
            places(session, served=1)
            heads(session, 1)
            question = an_answered_question(session)
            questions.answer(question=question.pk, account=a_role(event), text="And so.")
        with CaptureQueriesContext(connection) as asked:
            report_of(event)
        counted.append(len(asked))

    assert counted[0] == counted[1] <= 9


@pytest.mark.django_db(transaction=True)
@pytest.mark.alone
def test_it_is_there_before_and_after_closing_and_after_purging(settings: Any) -> None:
    event = a_day()
    session = event.sessions.get(title="Talk")
    an_answered_question(session, recap=False)
    before = report_of(event)

    close(event=event)
    closed = report_of(Event.objects.get())
    purge(event=event)
    purged = report_of(Event.objects.get())

    assert before.total.served == 7
    # At closing, those with a surgeon count as served, and those who waited as left.
    assert astuple(closed.total) == (8, 0, 3, 11, 3, 2, 1)
    assert (purged.total.served, purged.total.heads, purged.total.shown) == (8, 11, 1)
    assert [one.text for one in before.answered] == ["How do I block someone?"]
    assert [one.pk for one in closed.answered] == [one.pk for one in purged.answered]
    assert len(purged.answered) == 1


def test_what_people_were_helped_with_is_told_with_the_highest_step_first() -> None:
    event = an_event()
    for label, people in (("Scams", 6), ("Photos", 9), ("Wills", 4), ("Never", 0)):
        HelpGiven.objects.create(event=event, label=label, people=people)
    HelpGiven.objects.create(event=an_event(), label="Elsewhere", people=50)

    assert report_of(event).helped == [("Photos", 9), ("Scams", 6), ("Wills", 4)]
