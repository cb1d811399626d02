import pytest
from tests.api.desk.waiting import asked
from tests.journalled import telling
from tests.makers import a_role, a_session
from tests.sent import an_asked_question
from tests.staff import Caller, fields, problem

from equalterms.people.models import Act
from equalterms.programme.models import Session
from equalterms.safety.models import Note, Review

pytestmark = pytest.mark.django_db


def flow_of(session: Session) -> str:
    return f"desk/sessions/{session.code}/flow/"


def similar_to(review: Review) -> str:
    return f"desk/reviews/{review.pk}/similar/"


def acts() -> list[str]:
    return sorted(Act.objects.values_list("act", flat=True))


def test_a_moderator_reads_how_a_session_flows(session: Session, moderator: Caller) -> None:
    answer = moderator.get(flow_of(session))

    assert answer.json() == {"paused": False, "slow": 0, "review": "before", "waiting": 0}


def test_pausing_slowing_and_reviewing_after_are_lines_of_the_audit_list(
    session: Session, moderator: Caller
) -> None:
    moderator.patch(flow_of(session), {"paused": True})
    moderator.patch(flow_of(session), {"paused": False, "slow": 120})
    answer = moderator.patch(flow_of(session), {"review": "after"})

    assert answer.json() == {"paused": False, "slow": 120, "review": "after", "waiting": 0}
    assert acts() == ["pause", "resume", "review-mode", "slow"]
    assert set(Act.objects.values_list("kind", "subject")) == {("session", session.pk)}


def test_the_sessions_own_topic_is_told_and_the_printed_day_is_not(
    session: Session, moderator: Caller
) -> None:
    with telling() as told:
        moderator.patch(flow_of(session), {"paused": True, "slow": 60})

    assert told == {(session.topic_id, "session", session.pk): 1}


def test_saying_what_is_so_already_changes_nothing(session: Session, moderator: Caller) -> None:
    with telling() as told:
        answer = moderator.patch(flow_of(session), {"paused": False, "slow": 0})

    assert (answer.status_code, told, acts()) == (200, {}, [])


def test_a_session_goes_back_to_the_events_way_of_review(session: Session, moderator: Caller) -> None:
    moderator.patch(flow_of(session), {"review": "closed"})
    answer = moderator.patch(flow_of(session), {"review": None})

    assert answer.json()["review"] == "before"
    assert Session.objects.get(pk=session.pk).review == ""


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"slow": 59}, "slow"), ({"slow": "60"}, "slow"), ({"slow": True}, "slow"), ({"paused": 1}, "paused"),
        ({"review": "never"}, "review"), ({"quick": 1}, "body"),
    ],
)  # fmt: skip
def test_anything_else_is_refused(
    session: Session, moderator: Caller, body: dict[str, object], field: str
) -> None:
    assert fields(moderator.patch(flow_of(session), body)) == {field}


def test_surgeons_and_staff_of_other_days_have_no_hand_in_it(session: Session, surgeon: Caller) -> None:
    other = Caller(a_role(a_session().event))
    review = asked(session)

    for caller in (surgeon, other):
        assert problem(caller.get(flow_of(session))) == (403, "not-yours")
        assert problem(caller.patch(flow_of(session), {"paused": True})) == (403, "not-yours")
    assert problem(surgeon.get(similar_to(review))) == (403, "not-yours")
    assert problem(other.get(similar_to(review))) == (404, "not-found")


def test_everybody_reads_that_a_session_is_paused(session: Session, moderator: Caller) -> None:
    moderator.patch(flow_of(session), {"paused": True, "slow": 300})

    page = Caller().get(f"sessions/{session.pk}/").json()

    assert (page["paused"], page["slow"]) == (True, 300)
    assert "paused" not in Caller().get(f"events/{session.event_id}/").json()["sessions"][0]


def test_alike_things_are_counted_and_shown_before_they_are_returned(
    session: Session, moderator: Caller
) -> None:
    junk = asked(session, "Buy 1000 followers now")
    for number in range(7):
        an_asked_question(session, f"Buy {number} followers now {'today' * (number % 2)}")
    asked(session, "How do I block somebody?")

    looked = moderator.get(similar_to(junk)).json()
    done = moderator.post(similar_to(junk), {"act": "return", "reason": "off-topic", "note": "Kindly."})

    assert looked["count"] == 8
    assert len(looked["examples"]) == 5
    assert all("followers" in example for example in looked["examples"])
    assert done.json() == {"done": 8}
    assert Note.objects.count() == 8
    assert acts() == ["return-similar"]
    assert list(Review.objects.filter(state="held").values_list("question__text", flat=True)) == [
        "How do I block somebody?"
    ]


def test_alike_things_of_other_sessions_stay(session: Session, moderator: Caller) -> None:
    elsewhere = a_session(session.event)
    junk = asked(session, "Buy followers now")
    asked(elsewhere, "Buy followers now")

    assert moderator.post(similar_to(junk), {"act": "hide", "reason": "unkind"}).json() == {"done": 1}
    assert moderator.post(similar_to(junk), {"act": "hide", "reason": "unkind"}).json() == {"done": 0}
    assert acts() == ["hide-similar"]


@pytest.mark.parametrize(
    ("body", "field"),
    [({"act": "show", "reason": "other"}, "act"), ({"act": "hide"}, "reason")],
)
def test_a_bulk_decision_is_a_return_or_a_hiding_with_a_reason(
    session: Session, moderator: Caller, body: dict[str, str], field: str
) -> None:
    assert fields(moderator.post(similar_to(asked(session)), body)) == {field}


def test_of_two_who_change_the_flow_the_later_reads_it_again(session: Session, moderator: Caller) -> None:
    seen = moderator.get(flow_of(session))["ETag"]
    an_asked_question(session)
    assert moderator.get(flow_of(session))["ETag"] == seen

    first = moderator.patch(flow_of(session), {"slow": 60}, If_Match=seen)
    late = moderator.patch(flow_of(session), {"slow": 300}, If_Match=seen)
    read = moderator.get(flow_of(session))

    assert (first.status_code, problem(late)) == (200, (412, "changed-meanwhile"))
    assert (read.json()["slow"], read["ETag"]) == (60, first["ETag"])
    assert moderator.patch(flow_of(session), {"slow": 300}, If_Match=read["ETag"]).status_code == 200
