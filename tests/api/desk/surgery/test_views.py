from typing import Any
from uuid import uuid4

import pytest
from tests.booked import a_booking
from tests.makers import a_role, a_session, a_shown_question, a_surgeon, an_account
from tests.sent import note_to
from tests.staff import Caller, fields, problem
from tests.tables import a_surgery, at_table, called, in_line

from equalterms.bookings.models import Booking, Place, Presence
from equalterms.people.models import Surgeon
from equalterms.programme.models import Event, Session
from equalterms.safety.models import Claim, Review
from equalterms.safety.profile.receipt import Secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return a_surgery()


@pytest.fixture
def event(session: Session) -> Event:
    return session.event


@pytest.fixture
def ama(event: Event) -> Surgeon:
    return at_table(event, name="Ama", labels=["Privacy"])


@pytest.fixture
def table(ama: Surgeon) -> Caller:
    return Caller(ama.account)


def put(caller: Caller, event: Event, state: str, place: str = "") -> Any:
    return caller.send("PUT", f"desk/events/{event.slug}/presence/", {"state": state, "place": place})


def take(caller: Caller, event: Event, what: str = "person", **more: Any) -> Any:
    return caller.post(f"desk/events/{event.slug}/take/", {"what": what} | more)


def card(session: Session, secret: Secret, ticket: int | None, state: str, **more: Any) -> dict[str, Any]:
    """Somebody as the table prints them."""
    names = {"id": str(session.pk), "code": session.code, "title": session.title}
    given = {"id": str(secret.id), "ticket": ticket, "state": state, "labels": [], "remote": False}
    return given | {"session": names} | more


def test_a_surgeon_says_where_they_are(event: Event) -> None:
    account = a_role(event, "surgeon")
    surgeon = a_surgeon(event, account=account)
    caller = Caller(account)
    steps = [("here", "table 3"), ("busy", "the stage"), ("away", "")]

    for state, place in steps:
        answer = put(caller, event, state, place)
        assert (answer.status_code, answer.json()) == (200, {"state": state, "place": place})
        assert caller.get(f"desk/events/{event.slug}/table/").json()["presence"] == answer.json()

    assert put(caller, event, "away", "nowhere").json() == {"state": "away", "place": ""}
    assert not Presence.objects.filter(surgeon=surgeon).exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param({"state": "gone"}, "state", id="no-such-state"),
        pytest.param({}, "state", id="nothing"),
        pytest.param({"state": "here", "place": "x" * 41}, "place", id="too-long-a-place"),
        pytest.param({"state": "here", "since": "9:00"}, "body", id="something-more"),
    ],
)
def test_what_is_no_place_is_refused_by_name(event: Event, table: Caller, body: Any, field: str) -> None:
    assert fields(table.send("PUT", f"desk/events/{event.slug}/presence/", body)) == {field}


def test_a_day_that_has_ended_has_no_tables(event: Event, table: Caller) -> None:
    Event.objects.update(ends=event.starts.replace(year=2000), starts=event.starts.replace(year=1999))

    assert problem(put(table, event, "here")) == (409, "day-is-over")
    assert put(table, event, "away").status_code == 200


def test_the_table_shows_whom_and_what_one_has_taken_and_who_waits(
    session: Session, event: Event, ama: Surgeon, table: Caller
) -> None:
    mine = [in_line(session, slot=0, ticket=number, labels=["Privacy"]) for number in (912, 412)]
    for _ in mine:
        called(ama, event)
    in_line(session, labels=["Photos", "privacy"])
    in_line(session)
    question = a_shown_question(session, text="How do I block someone?")
    a_shown_question(session)
    assert table.get(f"desk/events/{event.slug}/table/").json()["questions"] == []
    Claim.objects.create(topic=session.topic, subject=question.pk, account=ama.account)

    found = table.get(f"desk/events/{event.slug}/table/")

    names = {"id": str(session.pk), "code": session.code, "title": session.title}
    assert (found.status_code, found.json()) == (
        200,
        {
            "presence": {"state": "here", "place": "table 3"},
            "labels": ["Privacy"],
            "people": [
                card(session, mine[1], 412, "called", labels=["Privacy"]),
                card(session, mine[0], 912, "called", labels=["Privacy"]),
            ],
            "questions": [
                {
                    "id": str(question.pk),
                    "session": names,
                    "text": "How do I block someone?",
                    "warning": "",
                    "audience": "everyone",
                    "votes": 0,
                    "answers": [],
                    "taken_by": ama.account.name,  # type: ignore[union-attr]
                }
            ],
            "waiting": [
                {"label": "", "people": 1},
                {"label": "Photos", "people": 1},
                {"label": "privacy", "people": 1},
            ],
            "next": {"people": 2, "questions": 1},
        },
    )


def test_whoever_is_next_comes_to_the_table_once(session: Session, event: Event, table: Caller) -> None:
    secret = in_line(session, ticket=412)

    first, second = take(table, event), take(table, event)

    assert (first.status_code, first.json()) == (
        200, {"person": card(session, secret, 412, "called"), "question": None},
    )  # fmt: skip
    assert problem(second) == (404, "nothing-waits")
    assert note_to(secret)["note"] == "table 3"


def test_the_board_shows_who_is_called_to_where_and_no_longer_than_that(
    session: Session, event: Event, table: Caller
) -> None:
    secret = in_line(session, ticket=412)
    path = f"events/{event.slug}/live/"

    def board() -> list[Any]:
        read = Caller().get(path).json()
        (line,) = read["lines"]
        return [line["called"], [(one["state"], one["place"]) for one in read["here"]]]

    before = board()
    take(table, event)
    called_there = board()
    put(table, event, "busy", "the stage")
    moved = board()
    table.post(f"desk/bookings/{secret.id}/served/")

    assert before == [[], [("here", "table 3")]]
    assert called_there == [[{"ticket": 412, "place": "table 3"}], [("here", "table 3")]]
    assert moved == [[{"ticket": 412, "place": "the stage"}], [("busy", "the stage")]]
    assert board() == [[], [("busy", "the stage")]]
    put(table, event, "away")
    assert board() == [[], []]


def test_anybody_is_called_where_nobody_fits(session: Session, event: Event, table: Caller) -> None:
    in_line(session, labels=["Photos"])

    assert problem(take(table, event)) == (404, "nothing-waits")
    assert take(table, event, any=True).status_code == 200


def test_any_question_is_taken_where_none_fits(event: Event, table: Caller) -> None:
    a_shown_question(a_session(event, track="Something else"))

    taken = [take(table, event, what="question", any=anything) for anything in (False, True)]

    assert [answer.status_code for answer in taken] == [404, 200]


def test_whoever_is_away_is_asked_where_they_are(session: Session, event: Event, table: Caller) -> None:
    in_line(session)
    put(table, event, "away")

    assert problem(take(table, event)) == (409, "not-here")


def test_the_next_question_is_taken_once_and_waits_again_when_let_go(
    session: Session, event: Event, ama: Surgeon, table: Caller
) -> None:
    question = a_shown_question(session)
    name = ama.account.name  # type: ignore[union-attr]

    taken = take(table, event, "question")
    again = take(table, event, "question")
    let_go = table.post(f"desk/questions/{question.pk}/let-go/")

    assert (taken.status_code, taken.json()["person"]) == (200, None)
    assert (taken.json()["question"]["id"], taken.json()["question"]["taken_by"]) == (str(question.pk), name)
    assert problem(again) == (404, "nothing-waits")
    assert (let_go.status_code, let_go.json()["taken_by"]) == (200, None)
    assert take(table, event, "question").json()["question"]["id"] == str(question.pk)


def test_answering_is_having_seen_to_it(session: Session, event: Event, table: Caller) -> None:
    question = a_shown_question(session)
    take(table, event, "question")

    table.post(f"desk/questions/{question.pk}/answers/", {"text": "Like this."})

    assert not Claim.objects.exists()
    assert table.get(f"desk/events/{event.slug}/table/").json()["questions"] == []


@pytest.mark.parametrize("body", [{}, {"what": "all"}, {"what": 1}, {"what": "person", "any": 1}])
def test_what_cannot_be_taken_is_refused_by_name(event: Event, table: Caller, body: Any) -> None:
    assert fields(table.post(f"desk/events/{event.slug}/take/", body)) <= {"what", "any"}


@pytest.mark.parametrize("end", ["served", "left", "back"])
def test_people_are_seen_off_with_the_number_they_had(
    session: Session, event: Event, table: Caller, end: str
) -> None:
    secret = in_line(session, ticket=412)
    take(table, event)
    path = f"desk/bookings/{secret.id}/{end}/"

    first, again = table.post(path), table.post(path)

    state, kept = ("here", 412) if end == "back" else (end, None)
    assert (first.status_code, first.json()) == (200, card(session, secret, 412, state))
    assert (again.status_code, again.json()) == (200, card(session, secret, kept, state))
    assert fields(table.post(path, {"why": "late"})) == {"body"}


def test_a_word_reaches_the_phone_and_nobody_else(session: Session, event: Event, table: Caller) -> None:
    secret, walk_in = in_line(session, slot=0), a_booking(session, Place.HERE)
    for _ in range(2):
        take(table, event)
    word = {"text": "Back in five minutes."}

    answer = table.post(f"desk/bookings/{secret.id}/word/", word)

    assert (answer.status_code, answer.json()["id"]) == (200, str(secret.id))
    assert b"five" not in answer.content
    assert note_to(secret) == {"state": "called", "reason": "", "note": "Back in five minutes."}
    assert problem(table.post(f"desk/bookings/{walk_in.pk}/word/", word)) == (409, "no-reply-key")
    for wrong in ({}, {"text": ""}, {"text": "x" * 301}):
        assert fields(table.post(f"desk/bookings/{secret.id}/word/", wrong)) == {"text"}


def test_a_colleague_who_is_here_takes_over(session: Session, event: Event, table: Caller) -> None:
    secret, bea = in_line(session), at_table(event, "table 5", name="Bea")
    take(table, event)
    (there,) = table.get(f"desk/events/{event.slug}/table/colleagues/").json()
    assert (there["id"], there["people"], "email" in there) == (str(bea.account_id), True, False)
    path = f"desk/bookings/{secret.id}/hand/"

    answer = table.post(path, {"to": str(bea.account_id)})

    assert (answer.status_code, answer.json()["state"]) == (200, "called")
    assert note_to(secret)["note"] == "table 5"
    late = table.post(path, {"to": str(bea.account_id)})
    assert late.status_code == 200
    assert problem(table.post(f"desk/bookings/{secret.id}/served/")) == (409, "already-taken")
    assert Caller(bea.account).post(f"desk/bookings/{secret.id}/served/").status_code == 200


def test_people_are_handed_to_somebody_who_helps_there(session: Session, event: Event, table: Caller) -> None:
    secret = in_line(session)
    take(table, event)
    moderator, elsewhere = a_role(event, "moderator"), at_table(a_surgery().event)
    unlisted = a_role(event, "surgeon")
    gone = at_table(event, account=an_account(is_active=False))
    away = a_surgeon(event, account=a_role(event, "surgeon"))

    for to in (moderator.pk, elsewhere.account_id, unlisted.pk, gone.account_id, away.account_id, uuid4()):
        assert fields(table.post(f"desk/bookings/{secret.id}/hand/", {"to": str(to)})) == {"to"}, to


def test_a_question_is_handed_to_somebody_who_answers(session: Session, event: Event, table: Caller) -> None:
    question, bea = a_shown_question(session), a_role(event, "surgeon")
    take(table, event, "question")
    path = f"desk/questions/{question.pk}/hand/"

    answer = table.post(path, {"to": str(bea.pk)})

    assert (answer.status_code, answer.json()["taken_by"]) == (200, bea.name)
    assert problem(table.post(f"desk/questions/{question.pk}/let-go/")) == (409, "already-taken")
    for to in (a_role(event, "door").pk, uuid4()):
        assert fields(Caller(bea).post(path, {"to": str(to)})) == {"to"}


PEOPLE = ("served", "back", "left", "word", "hand")
BODIES = {"word": {"text": "Come back."}, "hand": {"to": str(uuid4())}}


@pytest.mark.parametrize(
    ("role", "may"),
    [
        pytest.param("moderator", set(), id="moderator"),
        pytest.param("door", {"back", "left"}, id="door"),
        pytest.param("organiser", {"served", "back", "left", "word"}, id="organiser"),
    ],
)
def test_who_else_may_do_what_with_people(
    session: Session, event: Event, table: Caller, role: str, may: set[str]
) -> None:
    other = Caller(a_role(event, role))

    done = set()
    for act in PEOPLE:
        secret = in_line(session)
        assert take(table, event, any=True).status_code == 200
        answer = other.post(f"desk/bookings/{secret.id}/{act}/", BODIES.get(act))
        if answer.status_code == 200:
            done.add(act)
        elif role != "organiser":
            assert problem(answer) == (403, "not-yours")
        put(table, event, "away")
        put(table, event, "here", "table 3")
        Booking.objects.filter(pk=secret.id).delete()

    assert done == may


@pytest.mark.parametrize("act", PEOPLE)
def test_people_of_other_days_are_not_there(table: Caller, event: Event, act: str) -> None:
    theirs = a_booking(a_surgery(), Place.TAKEN)
    spare = Booking.objects.create(event=event, state=Place.SPARE, ticket=99)

    for ident in (theirs.pk, spare.pk, uuid4()):
        answer = table.post(f"desk/bookings/{ident}/{act}/", BODIES.get(act))
        assert problem(answer) == (404, "not-found")


@pytest.mark.parametrize("role", ["moderator", "door", "organiser", "surgeon"])
def test_only_who_is_listed_and_helps_has_a_table(event: Event, role: str) -> None:
    unlisted = a_role(event, role)
    a_surgeon(account=unlisted)
    listed = at_table(event, account=an_account()) if role in {"surgeon", "organiser"} else None

    for method, path, body in (
        ("GET", "table/", None),
        ("PUT", "presence/", {"state": "here"}),
        ("POST", "take/", {"what": "person"}),
    ):
        answer = Caller(unlisted).send(method, f"desk/events/{event.slug}/{path}", body)
        assert problem(answer) == (403, "not-yours")
    if listed is not None:
        assert Caller(listed.account).get(f"desk/events/{event.slug}/table/").status_code == 200


def test_an_organiser_who_is_listed_has_a_table_too(event: Event) -> None:
    account = a_role(event, "organiser")
    a_surgeon(event, account=account)

    assert put(Caller(account), event, "here", "the desk").status_code == 200


def test_what_calls_for_care_is_taken_by_those_who_decide(
    session: Session, event: Event, table: Caller
) -> None:
    question = a_shown_question(session)
    Review.objects.update(care=True)
    organiser = a_role(event, "organiser")
    a_surgeon(event, account=organiser)

    assert problem(take(table, event, "question")) == (404, "nothing-waits")
    assert table.get(f"desk/events/{event.slug}/table/").json()["next"]["questions"] == 0
    assert take(Caller(organiser), event, "question").json()["question"]["id"] == str(question.pk)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_table_takes_the_same_queries_for_one_and_for_three(
    session: Session, event: Event, ama: Surgeon, table: Caller, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        in_line(session)
        called(ama, event)
        in_line(a_surgery(event), labels=["Photos"])
        question = a_shown_question(a_session(event))
        Claim.objects.create(topic=session.topic, subject=question.pk, account=ama.account)
        a_shown_question(session)

    with django_assert_num_queries(16):
        found = table.get(f"desk/events/{event.slug}/table/").json()
    assert [len(found[name]) for name in ("people", "questions")] == [rows, rows]
