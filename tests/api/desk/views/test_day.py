from typing import Any
from uuid import uuid4

import pytest
from tests.api.desk.waiting import asked
from tests.makers import a_role, a_session, a_shown_comment, a_shown_question, an_account, an_event
from tests.staff import Caller, problem

from equalterms.people.actions import note_act
from equalterms.people.models import Act
from equalterms.programme.models import Session
from equalterms.questions.models import Answer
from equalterms.safety.models import Review, State
from equalterms.threads.models import Comment

pytestmark = pytest.mark.django_db


def addresses(session: Session) -> list[tuple[str, str, object]]:
    """Every address of the desk, for a day that has something of everything."""
    question, review = a_shown_question(session), asked(session)
    answer = Answer.objects.create(question=question, text="Like this.", slot=0)
    comment = Comment.objects.create(session=session, text="Welcome.", staff=True, slot=0, shown=1)
    undo = {"review": str(question.review_id), "state": "held", "to": "shown"}
    act = note_act(
        account=an_account(),
        event=session.event_id,
        act="show",
        kind="question",
        subject=question.pk,
        undo=undo,
    )
    event = f"desk/events/{session.event_id}/"
    return [
        ("GET", event, None),
        ("GET", event + "reviews/", None),
        ("GET", event + "questions/", None),
        ("GET", event + "acts/", None),
        ("GET", event + "colleagues/", None),
        ("POST", f"desk/reviews/{review.pk}/care/", {"care": True}),
        ("POST", f"desk/reviews/{review.pk}/claim/", {"to": None}),
        ("POST", f"desk/reviews/{review.pk}/keep/", {}),
        ("POST", f"desk/questions/{question.pk}/care/", {"care": True}),
        ("POST", event + "reviews/bulk/", {"act": "show", "reviews": [str(review.pk)]}),
        ("POST", f"desk/reviews/{review.pk}/show/", {}),
        ("POST", f"desk/reviews/{review.pk}/return/", {"reason": "other", "note": ""}),
        ("POST", f"desk/reviews/{review.pk}/hide/", {"reason": "other"}),
        ("POST", f"desk/reviews/{review.pk}/merge/", {"into": str(question.review_id)}),
        ("POST", f"desk/reviews/{review.pk}/unmerge/", {}),
        ("POST", f"desk/acts/{act.pk}/undo/", {}),
        ("POST", f"desk/questions/{question.pk}/answers/", {"text": "Like that."}),
        ("PATCH", f"desk/answers/{answer.pk}/", {"text": "Like that."}),
        ("DELETE", f"desk/answers/{answer.pk}/", None),
        ("POST", f"desk/sessions/{session.pk}/comments/", {"text": "Hello."}),
        ("PATCH", f"desk/comments/{comment.pk}/", {"text": "Hello."}),
        ("DELETE", f"desk/comments/{comment.pk}/", None),
    ]


def test_without_a_token_the_desk_is_shut(session: Session) -> None:
    for method, path, body in addresses(session):
        assert problem(Caller().send(method, path, body)) == (401, "not-signed-in"), path
        refused = Caller().send(method, path, body, Authorization="Bearer nonsense")
        assert problem(refused)[0] == 401, path


@pytest.mark.parametrize("who", ["nobody", "another day's organiser"])
def test_others_staff_get_nothing_at_any_address(session: Session, who: str) -> None:
    caller = Caller(an_account() if who == "nobody" else a_role(an_event(), "organiser"))

    for method, path, body in addresses(session):
        refused = problem(caller.send(method, path, body))
        by_event = path.startswith(("desk/events/", "desk/sessions/"))
        assert refused == ((403, "not-yours") if by_event else (404, "not-found")), path
    assert Review.objects.exclude(state=State.SHOWN).get().state == State.HELD
    assert Act.objects.get().undoable


@pytest.mark.parametrize(
    ("role", "shut"),
    [
        ("door", {"reviews", "questions", "acts", "answers", "comments", "sessions"}),
        ("surgeon", {"reviews", "acts"}),
        ("moderator", set()),
        ("organiser", set()),
    ],
)
def test_each_role_opens_its_own_doors(session: Session, role: str, shut: set[str]) -> None:
    caller = Caller(a_role(session.event, role))
    event = f"desk/events/{session.event_id}/"
    paths = {
        "desk": ("GET", event, None),
        "reviews": ("GET", event + "reviews/", None),
        "questions": ("GET", event + "questions/", None),
        "acts": ("GET", event + "acts/", None),
    }
    question = a_shown_question(session)
    paths["answers"] = ("POST", f"desk/questions/{question.pk}/answers/", {"text": "Like this."})
    paths["comments"] = ("POST", f"desk/sessions/{session.pk}/comments/", {"text": "Hello."})

    answers = {name: caller.send(*call) for name, call in paths.items()}

    assert {name for name, answer in answers.items() if answer.status_code == 403} == shut - {"sessions"}
    assert all(answer.status_code in {200, 201, 403} for answer in answers.values())


def test_the_desk_tells_how_the_day_stands(session: Session, moderator: Caller) -> None:
    a_shown_comment(session)
    asked(session)

    desk = moderator.get(f"desk/events/{session.event.slug}/").json()

    assert set(desk) == {"event", "roles", "counts", "sessions", "safety_lead", "keep_days", "labels"}
    assert (desk["safety_lead"], desk["keep_days"], desk["labels"]) == (None, 30, [])
    assert (desk["event"]["id"], desk["roles"]) == (str(session.event_id), ["moderator"])
    assert desk["counts"] == {"held": 1, "approved": 0}
    assert desk["sessions"] == [
        {
            "id": str(session.pk),
            "code": session.code,
            "title": session.title,
            "review": "before",
            "held": 1,
            "shown": 1,
        }
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_every_list_takes_the_same_queries_for_one_and_for_three(
    session: Session, moderator: Caller, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        question = a_shown_question(session)
        moderator.post(f"desk/questions/{question.pk}/answers/", {"text": "Like this."})
        a_shown_question(session)
        comment = a_shown_comment(session)
        Review.objects.filter(subject=comment.pk).update(state="held", taken_in=True)
        turned = asked(a_session(session.event), f"Number {number}")
        moderator.post(f"desk/reviews/{turned.pk}/hide/", {"reason": "other"})
        asked(a_session(session.event), f"Number {number}")
    event = f"desk/events/{session.event_id}/"
    most = {"": 6, "reviews/": 9, "questions/": 6, "questions/?state=answered": 6, "acts/": 7}

    for path, number in most.items():
        with django_assert_num_queries(number):
            answer = moderator.get(event + path)
        assert answer.status_code == 200, path


def test_the_audit_list_names_who_did_what_and_never_the_words(session: Session, moderator: Caller) -> None:
    review = asked(session, "Words nobody repeats")
    moderator.post(f"desk/reviews/{review.pk}/hide/", {"reason": "unkind"})
    Act.objects.create(event=uuid4(), act="show", kind="question", subject=uuid4(), slot=0)

    listed = moderator.get(f"desk/events/{session.event_id}/acts/")

    (act,) = listed.json()["results"]
    name = session.event.roles.get(role="moderator").account.name
    assert (act["act"], act["kind"], act["subject"], act["reason"], act["by"]) == (
        "hide",
        "question",
        str(review.subject),
        "unkind",
        name,
    )
    assert "Words" not in listed.content.decode()


def test_the_audit_list_says_where_and_what_can_be_undone(session: Session, moderator: Caller) -> None:
    reviews = {act: asked(session, act) for act in ("show", "hide")}
    for act, review in reviews.items():
        moderator.post(f"desk/reviews/{review.pk}/{act}/", {"reason": "other"} if act == "hide" else {})
    shown = Act.objects.get(act="show")
    staff = moderator.post(f"desk/sessions/{session.pk}/comments/", {"text": "Welcome."}).json()["id"]
    note_act(account=an_account(), event=session.event_id, act="pause", kind="session", subject=session.pk)
    gone = uuid4()
    note_act(account=an_account(), event=session.event_id, act="show", kind="question", subject=gone)
    Act.objects.filter(act="hide").update(until=0)

    listed = moderator.get(f"desk/events/{session.event_id}/acts/").json()["results"]

    here = {"id": str(session.pk), "code": session.code, "title": session.title}
    assert {(act["act"], act["subject"]): (act["undoable"], act["session"]) for act in listed} == {
        ("show", str(reviews["show"].subject)): (True, here),
        ("hide", str(reviews["hide"].subject)): (False, here),
        ("speak", staff): (False, here),
        ("pause", str(session.pk)): (False, here),
        ("show", str(gone)): (False, None),
    }
    assert "until" not in listed[0]
    assert shown.until is not None  # positive control: there was something to tell


def test_any_moderator_of_the_day_undoes_what_another_one_did(session: Session, moderator: Caller) -> None:
    review = asked(session)
    act = moderator.post(f"desk/reviews/{review.pk}/hide/", {"reason": "unkind"}).json()["act"]
    other = Caller(a_role(session.event, "organiser"))

    answer = other.post(f"desk/acts/{act}/undo/")

    assert (answer.status_code, answer.json()["id"], answer.json()["state"]) == (200, str(review.pk), "held")
    assert problem(other.post(f"desk/acts/{act}/undo/")) == (409, "review-superseded")
    Act.objects.update(until=None, undo=None)
    assert problem(other.post(f"desk/acts/{act}/undo/")) == (409, "too-late-to-undo")
    assert problem(other.post(f"desk/acts/{uuid4()}/undo/")) == (404, "not-found")
    assert problem(Caller(a_role(session.event, "surgeon")).post(f"desk/acts/{act}/undo/"))[0] == 403
