"""A co-moderator sees and decides in one session, for a while, and nothing else of the staff's is theirs."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
import yaml
from tests.api.desk.waiting import asked
from tests.architecture.tree import ROOT
from tests.makers import a_role, a_room, a_session, a_shown_question, a_surgeon, an_account, an_event
from tests.staff import Caller, problem

from equalterms.bookings.models import Booking
from equalterms.lib import clock
from equalterms.people.models import Account, Act
from equalterms.programme.models import Invitation, Role, Session
from equalterms.questions import actions as questions
from equalterms.questions.models import Answer
from equalterms.safety.actions import claimant, give
from equalterms.safety.models import Review
from equalterms.threads import actions as threads

pytestmark = pytest.mark.django_db

DESCRIPTION = yaml.safe_load((ROOT / "docs" / "openapi" / "openapi.yaml").read_text())
VERBS = ("get", "put", "post", "patch", "delete")
STAFF = sorted(
    f"{verb} {path.removeprefix('/api/v1/')}"
    for path, operations in DESCRIPTION["paths"].items()
    for verb, operation in operations.items()
    if verb in VERBS and {"jwtAuth": []} in operation.get("security", [])
)
SENT: dict[str, Any] = {
    "post desk/reviews/{review}/return/": {"reason": "other"},
    "post desk/reviews/{review}/hide/": {"reason": "other"},
    "post desk/reviews/{review}/care/": {"care": True},
    "post desk/reviews/{review}/claim/": {"to": None},
    "post desk/reviews/{review}/similar/": {"act": "hide", "reason": "other"},
    "patch desk/sessions/{session}/flow/": {"slow": 60},
}
# What anybody who is signed in may do with what is their own.
OWN = {"get me/": 200, "patch me/": 200, "post me/sign-out-everywhere/": 204}
# What opens in the session itself. A 409 or a 400 comes after the door: it is theirs to do, just not so.
OPEN = OWN | {
    "get desk/events/{event}/acts/": 200,
    "get desk/events/{event}/colleagues/": 200,
    "get desk/events/{event}/reviews/": 200,
    "post desk/events/{event}/reviews/bulk/": 400,
    "post desk/acts/{act}/undo/": 409,
    "get desk/reviews/{review}/similar/": 200,
    "post desk/reviews/{review}/similar/": 200,
    "post desk/reviews/{review}/care/": 200,
    "post desk/reviews/{review}/claim/": 200,
    "post desk/reviews/{review}/hide/": 200,
    "post desk/reviews/{review}/keep/": 409,
    "post desk/reviews/{review}/merge/": 400,
    "post desk/reviews/{review}/return/": 200,
    "post desk/reviews/{review}/show/": 200,
    "post desk/reviews/{review}/unmerge/": 409,
    "get desk/sessions/{session}/flow/": 200,
    "patch desk/sessions/{session}/flow/": 200,
    "get desk/sessions/{session}/current/": 200,
    "put desk/sessions/{session}/current/": 400,
}
# Of the event they come from the lists open still, with nothing of another session in them.
ELSEWHERE = OWN | {name: status for name, status in OPEN.items() if "{event}" in name}


def co_moderator(session: Session, hours: int = 2) -> Account:
    account = an_account(email=None, name="Bo")
    Role.objects.create(
        account=account,
        event=session.event,
        session=session,
        role="moderator",
        until=clock.now() + timedelta(hours=hours),
    )
    return account


@pytest.fixture
def session() -> Session:
    return a_session(title="Theirs")


def things(session: Session) -> dict[str, Any]:
    """Something that is there for each parameter of an address, in this session."""
    event = session.event
    organiser = a_role(event)
    surgeon = a_surgeon(event, session, account=a_role(event, "surgeon"))
    review, shown = asked(session), a_shown_question(session)
    answer = questions.answer(question=shown.pk, account=surgeon.account, text="Like this.")
    made = Invitation.objects.create(
        event=event,
        role="door",
        name="Ann",
        digest=uuid4().bytes * 2,
        expires=clock.now() + timedelta(hours=1),
    )
    said = threads.speak(session=session, account=organiser, roles={"organiser"}, text="Hello", parent=None)
    act = Act.objects.create(
        account=organiser, event=event.pk, act="show", kind="question", subject=review.subject, slot=0
    )
    return {
        "event": event.slug,
        "session": session.code,
        "review": review.pk,
        "question": shown.pk,
        "answer": answer.pk,
        "comment": said.pk,
        "act": act.pk,
        "role": Role.objects.get(account=organiser).pk,
        "invitation": made.pk,
        "surgeon": surgeon.pk,
        "room": a_room(event).pk,
        "booking": Booking.objects.create(event=event, session=session, state="here", ticket=412).pk,
        "spare": Booking.objects.create(event=event, state="spare", ticket=413).pk,
        "counter": uuid4(),
    }


def answer_to(caller: Caller, operation: str, there: dict[str, Any]) -> Any:
    verb, _, path = operation.partition(" ")
    address = re.sub(r"\{(\w+)\}", lambda name: str(there.get(name[1], uuid4())), path)
    return caller.send(verb.upper(), address, SENT.get(operation, {}) if verb != "get" else None)


def test_the_walk_knows_every_kind_of_thing_staff_address(session: Session) -> None:
    named = {name for operation in STAFF for name in re.findall(r"\{(\w+)\}", operation)}

    assert len(STAFF) > 50
    assert named - set(things(session)) == set()


@pytest.mark.parametrize("operation", STAFF)
def test_what_a_co_moderator_may_do_in_their_session(session: Session, operation: str) -> None:
    there = things(session)

    answer = answer_to(Caller(co_moderator(session)), operation, there)

    assert answer.status_code in ({OPEN[operation]} if operation in OPEN else {403, 404})


@pytest.mark.parametrize("operation", STAFF)
def test_what_a_co_moderator_may_do_in_the_session_beside(session: Session, operation: str) -> None:
    there = things(a_session(session.event))

    answer = answer_to(Caller(co_moderator(session)), operation, there)

    assert answer.status_code in ({ELSEWHERE[operation]} if operation in ELSEWHERE else {403, 404})


@pytest.mark.parametrize("operation", sorted(OPEN.keys() - OWN.keys()))
def test_the_very_next_call_after_their_time_is_refused(session: Session, operation: str) -> None:
    there, account = things(session), co_moderator(session)
    with time_machine.travel(clock.now() + timedelta(hours=2, seconds=1)):
        caller = Caller(account)

        assert answer_to(caller, operation, there).status_code in {403, 404}


def test_the_lists_hold_their_session_and_nothing_of_another(session: Session) -> None:
    other, caller = a_session(session.event), Caller(co_moderator(session))
    mine, theirs = asked(session, "Mine?"), asked(other, "Theirs?")
    moderator = Caller(a_role(session.event, "moderator"))
    for review in (mine, theirs):
        assert moderator.post(f"desk/reviews/{review.pk}/return/", {"reason": "other"}).status_code == 200
    event = f"desk/events/{session.event.slug}"

    reviews = caller.get(f"{event}/reviews/?state=returned").json()["results"]
    beside = caller.get(f"{event}/reviews/?state=returned&session={other.code}").json()["results"]
    acts = caller.get(f"{event}/acts/").json()["results"]

    assert [row["id"] for row in reviews] == [str(mine.pk)]
    assert beside == []
    assert [row["subject"] for row in acts] == [str(mine.subject)]
    body = {"act": "show", "reviews": [str(mine.pk), str(theirs.pk)]}
    done = caller.post(f"{event}/reviews/bulk/", body).json()
    assert (done["done"], done["refused"]) == ([str(mine.pk)], [{"id": str(theirs.pk), "code": "not-found"}])


def test_they_decide_undo_and_stand_in_the_audit_list_by_name(session: Session) -> None:
    review, caller = asked(session), Caller(co_moderator(session))

    act = caller.post(f"desk/reviews/{review.pk}/hide/", {"reason": "other"}).json()["act"]

    assert caller.post(f"desk/acts/{act}/undo/").json()["state"] == "held"
    acts = caller.get(f"desk/events/{session.event.slug}/acts/").json()["results"]
    assert {(row["act"], row["by"]) for row in acts} == {("hide", "Bo"), ("undo", "Bo")}


def test_their_colleagues_are_those_who_decide_there(session: Session) -> None:
    organiser, account = a_role(session.event), co_moderator(session)
    a_role(session.event, "door")
    a_role(session.event, "surgeon")
    co_moderator(a_session(session.event))

    found = Caller(account).get(f"desk/events/{session.event.slug}/colleagues/").json()

    assert {person["id"] for person in found} == {str(organiser.pk), str(account.pk)}
    everybody = Caller(organiser).get(f"desk/events/{session.event.slug}/colleagues/").json()
    assert str(account.pk) not in {person["id"] for person in everybody}
    assert len(everybody) == 3


def test_they_are_handed_things_of_their_session_alone_and_lead_nothing(session: Session) -> None:
    organiser, account = a_role(session.event), co_moderator(session)
    mine, beside = asked(session), asked(a_session(session.event))
    body = {"to": str(account.pk)}

    assert Caller(organiser).post(f"desk/reviews/{mine.pk}/claim/", body).status_code == 200
    refused = Caller(organiser).post(f"desk/reviews/{beside.pk}/claim/", body)
    assert problem(refused) == (400, "invalid")
    session.event.safety_lead = account
    session.event.save()
    care = Caller(account).post(f"desk/reviews/{asked(session, 'Again?').pk}/care/", {"care": True})
    assert care.json()["owner"]["id"] == str(organiser.pk)


@pytest.mark.parametrize("care", [False, True])
def test_whoever_was_removed_owns_nothing(session: Session, care: bool) -> None:
    organiser, tom, review = a_role(session.event), a_role(session.event, "moderator"), asked(session)
    Review.objects.update(care=care)
    review.refresh_from_db()
    give(review=review, to=tom.pk)
    assert claimant(review) == tom

    Role.objects.filter(account=tom).delete()

    assert claimant(review) is None
    reviews = Caller(organiser).get(f"desk/events/{session.event.slug}/reviews/").json()["results"]
    assert [row["owner"] and row["owner"]["id"] for row in reviews] == [str(organiser.pk) if care else None]
    taken = Caller(organiser).post(f"desk/reviews/{review.pk}/claim/", {"to": str(organiser.pk)})
    assert taken.json()["owner"]["id"] == str(organiser.pk)


def test_a_draft_is_open_to_its_co_moderator_and_to_no_other(session: Session) -> None:
    draft = a_session(an_event(state="draft"))

    mine = Caller(co_moderator(draft)).get(f"desk/events/{draft.event.slug}/reviews/")
    theirs = Caller(co_moderator(session)).get(f"desk/events/{draft.event.slug}/reviews/")

    assert mine.status_code == 200
    assert problem(theirs) == (404, "not-found")
    assert not Answer.objects.exists()
