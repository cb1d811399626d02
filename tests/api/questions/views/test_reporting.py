from typing import Any
from uuid import uuid4

import pytest
from tests.api.questions.showing import a_shown_question, problem
from tests.askers import Phone
from tests.makers import a_role, a_session, an_event
from tests.staff import Caller, fields

from equalterms.live import render, snapshots
from equalterms.programme.models import Session
from equalterms.questions.models import Question
from equalterms.safety.models import Report, ReportReason, Review

pytestmark = pytest.mark.django_db


def public(session: Session, question: Question) -> list[dict[str, Any]]:
    """The question as each public read prints it: alone, in a list, in the snapshot, in the stream."""
    alone = Phone().send("GET", f"sessions/{session.pk}/questions/{question.pk}/").json()
    (listed,) = Phone().send("GET", f"sessions/{session.pk}/questions/").json()["results"]
    snapshot = snapshots.session_live(session.pk)
    place = snapshots.find("session", str(session.pk))
    assert snapshot is not None
    assert place is not None
    (streamed,) = render.items(place, [("question", question.pk)])
    return [alone, listed, *snapshot.payload["questions"], streamed["item"]]


def test_care_10_a_report_counts_once_a_phone(session: Session, phone: Phone) -> None:
    question = a_shown_question(session)

    answers = [phone.report(session, "question", question.pk) for _ in range(3)]
    replay = phone.send("PUT", phone.report_path(session, "question", question.pk), {"reason": "unkind"})

    counted = {"id": str(question.pk), "counted": True}
    assert [(answer.status_code, answer.json()) for answer in [*answers, replay]] == [
        (201, counted), (200, counted), (200, counted), (200, counted),
    ]  # fmt: skip
    assert Report.objects.count() == 1


def test_care_10_three_phones_fold_it_for_everybody_and_nobody_takes_it_away(
    session: Session, phone: Phone
) -> None:
    question = a_shown_question(session)
    said = [(item["folded"], item["reported"]) for item in public(session, question)]
    for _ in range(2):
        Phone().report(session, "question", question.pk)
    two = [(item["folded"], item["reported"]) for item in public(session, question)]

    phone.report(session, "question", question.pk)

    assert said == two == [(False, False)] * 4
    assert [(item["folded"], item["reported"]) for item in public(session, question)] == [(True, True)] * 4
    assert [item["text"] for item in public(session, question)] == [question.text] * 4


def test_care_10_a_report_holds_nothing_of_who_reports(session: Session, phone: Phone) -> None:
    question, other = a_shown_question(session), a_shown_question(session)

    for shown in (question, other):
        for reason in ("worried", "unkind"):
            assert Phone().report(session, "question", shown.pk, reason).status_code == 201
        assert phone.report(session, "question", shown.pk).status_code == 201

    assert {field.name for field in Report._meta.concrete_fields} == {"id", "review", "tag", "reason"}
    tags = list(Report.objects.values_list("tag", flat=True))
    assert len(set(tags)) == 6
    with_token = {"Authorization": "Bearer x"}
    path, sent = phone.report_path(session, "question", question.pk), {"reason": "unkind"}
    assert problem(phone.send("PUT", path, sent, **with_token)) == (400, "not-anonymous")
    assert problem(phone.send("DELETE", path, None, **with_token)) == (400, "not-anonymous")


def test_a_report_can_be_taken_back(session: Session, phone: Phone) -> None:
    question = a_shown_question(session)
    phone.report(session, "question", question.pk)
    path = phone.report_path(session, "question", question.pk)

    assert [phone.send("DELETE", path).status_code for _ in range(2)] == [204, 204]
    assert not Report.objects.exists()


def test_care_10_what_was_let_stand_takes_no_report_and_asks_for_no_proof(
    session: Session, phone: Phone
) -> None:
    question = a_shown_question(session)
    Review.objects.update(kept=True)

    answer = phone.send("PUT", phone.report_path(session, "question", question.pk), {"reason": "unkind"})

    assert (answer.status_code, answer.json()) == (200, {"id": str(question.pk), "counted": False})
    assert not Report.objects.exists()


def test_whoever_is_worried_is_heard_by_staff_and_nobody_else(session: Session, phone: Phone) -> None:
    question = a_shown_question(session)
    before = public(session, question)

    assert phone.report(session, "question", question.pk, "worried").status_code == 201

    assert public(session, question) == before
    assert Review.objects.get().care


def test_whoever_is_worried_is_heard_about_what_was_let_stand_too(session: Session, phone: Phone) -> None:
    question = a_shown_question(session)
    Review.objects.update(kept=True)

    answer = phone.report(session, "question", question.pk, "worried")

    assert (answer.status_code, answer.json()["counted"]) == (201, True)
    assert Review.objects.get().care
    assert not Report.objects.exists()


def test_whoever_reported_it_before_and_is_worried_now_is_heard(session: Session, phone: Phone) -> None:
    question = a_shown_question(session)
    phone.report(session, "question", question.pk, "unkind")

    answer = phone.report(session, "question", question.pk, "worried")

    assert (answer.status_code, answer.json()["counted"]) == (201, True)
    assert Review.objects.get().care
    assert Report.objects.get().reason == "worried"


def test_a_report_costs_a_proof_made_for_it(session: Session, phone: Phone) -> None:
    question = a_shown_question(session)
    path = phone.report_path(session, "question", question.pk)
    other = phone.proof("report", session, Phone().tag("report", question.pk))
    vote = phone.proof("vote", session, phone.tag("report", question.pk))

    for proof in ({}, {"proof": other}, {"proof": vote}):
        refused = phone.send("PUT", path, {"reason": "unkind"} | proof)
        assert problem(refused) == (403, "proof-needed")
    assert not Report.objects.exists()


def test_only_what_is_shown_there_can_be_reported(session: Session, phone: Phone) -> None:
    shown, held = a_shown_question(session), phone.secret(session)
    phone.ask(session, "Held", held)
    elsewhere = a_session(session.event)

    for place, subject in ((session, held.id), (session, uuid4()), (elsewhere, shown.pk)):
        assert problem(phone.report(place, "question", subject)) == (404, "not-found")
        path = phone.report_path(place, "question", subject)
        assert problem(phone.send("DELETE", path)) == (404, "not-found")


def test_a_report_gives_one_of_five_reasons(phone: Phone) -> None:
    session = a_session(an_event(proof=False))
    question = a_shown_question(session)

    for reason in ReportReason.values:
        assert Phone().report(session, "question", question.pk, reason).status_code == 201
    path = phone.report_path(session, "question", question.pk)
    for sent in ({}, {"reason": "boring"}, {"reason": 1}, {"reason": "other", "name": "x"}):
        assert fields(phone.send("PUT", path, sent)) == ({"body"} if "name" in sent else {"reason"})
    assert Report.objects.count() == 5


@pytest.mark.parametrize("rows", [1, 3])
def test_telling_what_is_reported_takes_no_query_more(
    session: Session, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        question = a_shown_question(session)
        Review.objects.filter(pk=question.review_id).update(folded=True)
    staff = Caller(a_role(session.event, "surgeon"))

    with django_assert_num_queries(3):
        listed = Phone().send("GET", f"sessions/{session.pk}/questions/").json()["results"]
    assert [item["reported"] for item in listed] == [True] * rows
    with django_assert_num_queries(6):
        assert len(staff.get(f"desk/events/{session.event_id}/questions/").json()["results"]) == rows
