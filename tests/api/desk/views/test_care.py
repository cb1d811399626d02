from typing import Any

import pytest
from tests.api.desk.waiting import asked
from tests.askers import Phone
from tests.makers import a_role, a_session, a_shown_question, a_surgeon, an_account
from tests.staff import Caller, fields, problem

from equalterms.bookings.models import Presence
from equalterms.people.models import Act
from equalterms.programme.models import Event, Session
from equalterms.safety.models import Claim, Review

pytestmark = pytest.mark.django_db


def test_care_is_asked_for_and_seen_to(session: Session, moderator: Caller) -> None:
    review = asked(session)
    path = f"desk/reviews/{review.pk}/care/"

    answers = [moderator.post(path, {"care": care}) for care in (True, False)]

    assert [(answer.status_code, answer.json()["id"], answer.json()["care"]) for answer in answers] == [
        (200, str(review.pk), True),
        (200, str(review.pk), False),
    ]
    assert fields(moderator.post(path, {"care": "yes"})) == {"care"}
    assert fields(moderator.post(path, {})) == {"care"}


def test_surgeons_ask_for_the_safety_lead_and_read_who_that_is(session: Session, surgeon: Caller) -> None:
    question = a_shown_question(session)
    path = f"desk/questions/{question.pk}/care/"
    organiser = a_role(session.event)

    answer = surgeon.post(path, {"care": True})

    owner = {"id": str(organiser.pk), "name": organiser.name}
    assert (answer.status_code, answer.json()) == (
        200, {"id": str(question.pk), "care": True, "owner": owner},
    )  # fmt: skip
    assert Review.objects.get().care
    taken = a_role(session.event, "moderator")
    Caller(taken).post(f"desk/reviews/{question.review_id}/claim/", {"to": str(taken.pk)})
    assert surgeon.post(path, {"care": True}).json()["owner"]["id"] == str(taken.pk)


def test_surgeons_do_not_say_that_it_was_seen_to(session: Session, surgeon: Caller) -> None:
    question = a_shown_question(session)
    Review.objects.update(care=True)

    assert fields(surgeon.post(f"desk/questions/{question.pk}/care/", {"care": False})) == {"care"}
    assert problem(surgeon.post(f"desk/reviews/{question.review_id}/care/", {"care": False}))[0] == 403
    assert problem(surgeon.post(f"desk/reviews/{question.review_id}/claim/", {"to": None}))[0] == 403
    door = Caller(a_role(session.event, "door"))
    assert problem(door.post(f"desk/questions/{question.pk}/care/", {"care": True})) == (403, "not-yours")
    assert Review.objects.get().care


def test_taking_it_tells_who_has_it(session: Session, moderator: Caller) -> None:
    review = asked(session)
    path = f"desk/reviews/{review.pk}/claim/"
    first, second = (a_role(session.event, "moderator") for _ in range(2))

    answer = Caller(first).post(path, {"to": str(first.pk)})
    late = Caller(second).post(path, {"to": str(second.pk)})

    assert (answer.status_code, answer.json()["owner"]) == (200, {"id": str(first.pk), "name": first.name})
    assert problem(late) == (409, "already-taken")
    assert late.json()["detail"] == f"{first.name} sees to this already."
    assert late.json()["errors"] == [{"attr": "to", "code": "already-taken", "detail": first.name}]
    assert Caller(first).post(path, {"to": None}).status_code == 200
    assert sorted(Act.objects.values_list("act", flat=True)) == ["claim", "hand-over"]


def test_an_organiser_takes_it_from_whom_they_read_it_was_with(session: Session) -> None:
    review, organiser, first = asked(session), a_role(session.event), a_role(session.event, "moderator")
    path = f"desk/reviews/{review.pk}/claim/"
    Caller(first).post(path, {"to": str(first.pk)})

    refused = Caller(organiser).post(path, {"to": str(organiser.pk)})
    taken = Caller(organiser).post(path, {"to": str(organiser.pk), "seen": str(first.pk)})

    assert problem(refused) == (409, "already-taken")
    assert taken.status_code == 200
    assert Claim.objects.get().account == organiser


def test_nothing_that_is_open_in_the_care_lane_is_without_an_owner(
    session: Session, moderator: Caller
) -> None:
    lead, taken = a_role(session.event), a_role(session.event, "moderator")
    lane = f"desk/events/{session.event_id}/reviews/?lane=care"
    shown, *rest = [a_shown_question(session).review, *(asked(session, f"Number {n}") for n in range(3))]
    Review.objects.update(taken_in=True)
    for review in rest[:2]:
        moderator.post(f"desk/reviews/{review.pk}/care/", {"care": True})
    Phone().report(session, "question", shown.subject, "worried")
    Caller(taken).post(f"desk/reviews/{rest[0].pk}/claim/", {"to": str(taken.pk)})

    def owners() -> dict[str, str]:
        listed = moderator.get(lane).json()["results"]
        return {item["id"]: item["owner"]["name"] for item in listed}

    assert owners() == {str(shown.pk): lead.name, str(rest[0].pk): taken.name, str(rest[1].pk): lead.name}
    Caller(lead).change(
        f"events/{session.event.slug}/", {"safety_lead": str(a_role(session.event, "moderator").pk)}
    )
    named = Event.objects.get(pk=session.event_id).safety_lead
    assert named is not None
    assert owners() == {str(shown.pk): named.name, str(rest[0].pk): taken.name, str(rest[1].pk): named.name}
    taken.delete()
    assert set(owners().values()) == {named.name}
    named.delete()
    assert set(owners().values()) == {lead.name}
    Caller(lead).post(f"desk/questions/{shown.subject}/answers/", {"text": "You are not alone."})
    moderator.post(f"desk/reviews/{rest[0].pk}/return/", {"reason": "needs-care"})
    assert owners() == {str(rest[1].pk): lead.name}


@pytest.mark.parametrize("to", ["nobody", 7, "surgeon"])
def test_it_is_handed_to_somebody_who_decides_there(session: Session, moderator: Caller, to: Any) -> None:
    review = asked(session)
    named = str(a_role(session.event, "surgeon").pk) if to == "surgeon" else to

    assert fields(moderator.post(f"desk/reviews/{review.pk}/claim/", {"to": named})) == {"to"}
    assert fields(moderator.post(f"desk/reviews/{review.pk}/claim/", {})) == {"to"}


def test_care_10_letting_it_stand_unfolds_it_for_everybody(session: Session, moderator: Caller) -> None:
    question = a_shown_question(session)
    Review.objects.update(taken_in=True)
    for _ in range(3):
        Phone().report(session, "question", question.pk)
    lane = f"desk/events/{session.event_id}/reviews/?lane=reported"
    (listed,) = moderator.get(lane).json()["results"]
    assert (listed["folded"], listed["reports"]) == (True, [{"reason": "unkind", "count": 3}])

    answer = moderator.post(f"desk/reviews/{question.review_id}/keep/")

    body = answer.json()
    assert (answer.status_code, body["kept"], body["folded"], body["reports"]) == (200, True, False, [])
    assert body["act"] == str(Act.objects.get().pk)
    assert moderator.get(lane).json()["results"] == []
    public = Phone().send("GET", f"sessions/{session.pk}/questions/{question.pk}/").json()
    assert (public["folded"], public["reported"]) == (False, False)
    assert Phone().report(session, "question", question.pk).json()["counted"] is False
    surgeon = Caller(a_role(session.event, "surgeon"))
    assert problem(surgeon.post(f"desk/reviews/{question.review_id}/keep/")) == (403, "not-yours")


def test_colleagues_are_names_and_roles_and_no_addresses(session: Session) -> None:
    event = session.event
    ama = a_role(event, "surgeon", an_account(name="Ama", email="ama@example.org"))
    both = a_role(event, "moderator", a_role(event, "organiser", an_account(name="Bea")))
    a_role(event, "organiser", an_account(name="Left", is_active=False))
    a_role(a_session().event, "organiser", an_account(name="Elsewhere"))
    Presence.objects.create(event=event, surgeon=a_surgeon(event, account=ama), state="busy", place="table 3")

    answer = Caller(ama).get(f"desk/events/{event.slug}/colleagues/")

    assert answer.json() == [
        {"id": str(ama.pk), "name": "Ama", "roles": ["surgeon"], "lead": False, "at": "table 3"},
        {"id": str(both.pk), "name": "Bea", "roles": ["moderator", "organiser"], "lead": True, "at": None},
    ]
    assert b"@" not in answer.content


@pytest.mark.parametrize("rows", [1, 3])
def test_colleagues_take_the_same_queries_for_one_and_for_three(
    session: Session, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        account = a_role(session.event, "organiser")
        a_role(session.event, "moderator", account)
    caller = Caller(account)

    with django_assert_num_queries(7):
        assert len(caller.get(f"desk/events/{session.event.slug}/colleagues/").json()) == rows
