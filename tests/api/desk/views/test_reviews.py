from uuid import uuid4

import pytest
from tests.api.desk.waiting import asked, queue_of
from tests.askers import Phone
from tests.makers import a_role, a_session, a_shown_comment, a_shown_question
from tests.staff import Caller, fields, problem, walk

from equalterms.people.models import Act
from equalterms.programme.models import Session
from equalterms.questions.actions import publish_tallies
from equalterms.safety.actions import report
from equalterms.safety.models import Note, Review, State
from equalterms.safety.profile.sealing import unseal

pytestmark = pytest.mark.django_db


def test_the_queue_prints_the_words_and_nothing_of_who_sent_them(session: Session, moderator: Caller) -> None:
    review = asked(session, "For surgeons, please", audience="surgeons", warning="self-harm")

    (printed,) = moderator.get(queue_of(session)).json()["results"]

    assert printed == {
        "id": str(review.pk),
        "kind": "question",
        "subject": str(review.subject),
        "text": "For surgeons, please",
        "warning": "self-harm",
        "audience": "surgeons",
        "session": {"id": str(session.pk), "code": session.code, "title": session.title},
        "state": "held",
        "reason": "",
        "care": False,
        "owner": None,
        "reports": [],
        "opened": None,
        "folded": False,
        "kept": False,
        "into": None,
        "merged": 0,
        "votes": 0,
    }


def test_what_calls_for_care_comes_first_on_every_page(session: Session, moderator: Caller) -> None:
    for number in range(7):
        asked(session, f"Number {number}")
    care = set(Review.objects.values_list("pk", flat=True)[:3])
    Review.objects.filter(pk__in=care).update(care=True)

    pages = walk(moderator, queue_of(session) + "?page_size=2")
    rows = [row for page in pages for row in page]

    assert [len(page) for page in pages] == [2, 2, 2, 1]
    assert [row["care"] for row in rows] == [True] * 3 + [False] * 4
    assert len({row["id"] for row in rows}) == 7
    last = moderator.get(queue_of(session) + "?page_size=5").json()["next"].partition("/api/v1/")[2]
    back = moderator.get(last).json()["previous"].partition("/api/v1/")[2]
    assert [row["id"] for row in moderator.get(back).json()["results"]] == [row["id"] for row in rows[:5]]


def test_the_queue_does_not_run_in_the_order_of_arrival(session: Session, moderator: Caller) -> None:
    arrived = [str(asked(session, f"Number {number}").pk) for number in range(8)]

    listed = [row["id"] for row in moderator.get(queue_of(session)).json()["results"]]

    assert sorted(listed) == sorted(arrived)
    assert listed != arrived


def test_the_desk_sees_nothing_before_an_intake_tick(session: Session, moderator: Caller) -> None:
    asked(session)
    Review.objects.update(taken_in=False)

    assert moderator.get(queue_of(session)).json()["results"] == []


@pytest.mark.parametrize(
    ("act", "body"),
    [("show", {}), ("return", {"reason": "other"}), ("hide", {"reason": "other"}), ("care", {"care": True})],
)
def test_what_no_desk_may_see_yet_is_not_decided_on_either(
    session: Session, moderator: Caller, act: str, body: dict[str, object]
) -> None:
    review = asked(session)
    Review.objects.update(taken_in=False)
    before = Review.objects.values().get()

    answer = moderator.post(f"desk/reviews/{review.pk}/{act}/", body)

    assert problem(answer) == (409, "review-superseded")
    assert Review.objects.values().get() == before
    assert not Act.objects.exists()


def test_what_no_desk_may_see_yet_is_neither_merged_nor_taken_out(
    session: Session, moderator: Caller
) -> None:
    first, second = a_shown_question(session), a_shown_question(session)
    Review.objects.update(taken_in=False)
    merging = {"into": str(second.review_id)}

    early = moderator.post(f"desk/reviews/{first.review_id}/merge/", merging)
    assert problem(early) == (409, "review-superseded")
    assert not Review.objects.filter(state=State.MERGED).exists()
    Review.objects.update(taken_in=True)
    assert moderator.post(f"desk/reviews/{first.review_id}/merge/", merging).status_code == 200
    Review.objects.update(taken_in=False)

    assert problem(moderator.post(f"desk/reviews/{first.review_id}/unmerge/")) == (409, "review-superseded")
    assert Review.objects.get(pk=first.review_id).state == State.MERGED


def test_showing_answers_the_review_and_followers_read_it(session: Session, moderator: Caller) -> None:
    review = asked(session)

    answer = moderator.post(f"desk/reviews/{review.pk}/show/")

    assert (answer.status_code, answer.json()["state"]) == (200, "shown")
    public = Phone().send("GET", f"sessions/{session.pk}/questions/").json()["results"]
    assert [question["id"] for question in public] == [str(review.subject)]


def test_returning_and_hiding_need_a_reason_and_reach_the_asker_sealed(
    session: Session, moderator: Caller
) -> None:
    phone = Phone()
    secret = phone.secret(session)
    phone.ask(session, "Mine", secret)
    review = Review.objects.get()

    for act in ("return", "hide"):
        assert fields(moderator.post(f"desk/reviews/{review.pk}/{act}/", {})) == {"reason"}
    answer = moderator.post(
        f"desk/reviews/{review.pk}/return/", {"reason": "names-somebody", "note": "Leave the name out."}
    )

    assert (answer.json()["state"], answer.json()["reason"]) == ("returned", "names-somebody")
    notes = phone.send("GET", f"sessions/{session.pk}/notes/").json()["notes"]
    assert [note["box"] for note in notes] == [secret.box]
    opened = unseal(secret.private, secret.box, bytes(Note.objects.get().sealed))
    assert (opened["reason"], opened["note"]) == ("names-somebody", "Leave the name out.")


@pytest.mark.parametrize(
    ("act", "body", "field"),
    [
        ("show", {"why": "x"}, "body"),
        ("show", {"seen": "gone"}, "seen"),
        ("show", [], "body"),
        ("return", {"reason": "boring"}, "reason"),
        ("return", {"reason": ["other"]}, "reason"),
        ("return", {"reason": "other", "note": "x" * 401}, "note"),
        ("return", {"reason": "other", "note": None}, "note"),
        ("hide", {"reason": "other", "note": "x"}, "body"),
        ("bulk", {"act": "delete", "reviews": [str(uuid4())]}, "act"),
        ("bulk", {"act": "show", "reviews": []}, "reviews"),
        ("bulk", {"act": "show", "reviews": ["x"]}, "reviews.0"),
        ("bulk", {"act": "show", "reviews": "x"}, "reviews"),
        ("bulk", {"act": "hide", "reviews": [str(uuid4())]}, "reason"),
    ],
)
def test_bad_decisions_are_refused_by_name_and_decide_nothing(
    session: Session, moderator: Caller, act: str, body: object, field: str
) -> None:
    review = asked(session)
    path = queue_of(session) + "bulk/" if act == "bulk" else f"desk/reviews/{review.pk}/{act}/"

    assert field in fields(moderator.post(path, body))
    assert Review.objects.get().state == State.HELD
    assert not Act.objects.exists()


def test_a_note_longer_than_its_envelope_is_refused(session: Session, moderator: Caller) -> None:
    review = asked(session)

    answer = moderator.post(f"desk/reviews/{review.pk}/return/", {"reason": "other", "note": "Ω" * 400})

    assert problem(answer) == (400, "note-too-long")
    assert Review.objects.get().state == State.HELD


def test_after_an_edit_the_old_review_answers_409(session: Session, moderator: Caller) -> None:
    phone = Phone()
    secret = phone.secret(session)
    phone.ask(session, "Old", secret)
    read = Review.objects.get().pk
    path = f"sessions/{session.pk}/questions/{secret.id}/"
    assert phone.send("PATCH", path, {"text": "New"}, **phone.receipt(secret)).status_code == 200

    for act, body in (("show", {}), ("return", {"reason": "other"}), ("hide", {"reason": "other"})):
        assert problem(moderator.post(f"desk/reviews/{read}/{act}/", body)) == (409, "review-superseded")
    assert [row["text"] for row in moderator.get(queue_of(session)).json()["results"]] == ["New"]


def test_a_second_moderator_is_told_to_look_again(session: Session, moderator: Caller) -> None:
    path = f"desk/reviews/{asked(session).pk}/show/"
    other = Caller(a_role(session.event, "organiser"))

    assert moderator.post(path, {"seen": "held"}).status_code == 200
    assert problem(other.post(path)) == (409, "review-superseded")
    assert problem(other.post(path, {"seen": "held"})) == (409, "review-superseded")


def test_many_at_once_answer_what_was_done_and_what_was_not(session: Session, moderator: Caller) -> None:
    reviews, unknown = [str(asked(session, f"Number {n}").pk) for n in range(3)], str(uuid4())
    moderator.post(f"desk/reviews/{reviews[0]}/show/")

    answer = moderator.post(
        queue_of(session) + "bulk/",
        {"act": "return", "reason": "asked-already", "note": "", "reviews": [*reviews[1:], unknown]},
    )

    assert answer.json() == {
        "done": reviews[1:],
        "refused": [{"id": unknown, "code": "review-superseded"}],
    }
    assert Review.objects.filter(state=State.RETURNED).count() == 2


def test_a_session_reviewed_after_shows_at_once_and_can_still_be_hidden(moderator: Caller) -> None:
    session = a_session(Session.objects.get().event, review="after")
    secret = Phone().secret(session)
    assert Phone().ask(session, "At once", secret).json()["state"] == "shown"

    (listed,) = moderator.get(queue_of(session) + "?state=shown").json()["results"]
    assert moderator.post(f"desk/reviews/{listed['id']}/hide/", {"reason": "unkind"}).status_code == 200

    assert Phone().send("GET", f"sessions/{session.pk}/questions/").json()["results"] == []


def test_questions_that_ask_the_same_are_merged_and_taken_apart(session: Session, moderator: Caller) -> None:
    target, child = asked(session, "How do I block someone?"), asked(session, "How can I block someone?")
    for review in (target, child):
        moderator.post(f"desk/reviews/{review.pk}/show/")
    Phone().vote(session, child.subject)
    publish_tallies()

    merged = moderator.post(
        f"desk/reviews/{child.pk}/merge/", {"into": str(target.pk), "seen": "shown"}
    ).json()

    assert (merged["state"], merged["into"], merged["merged"], merged["votes"]) == (
        "merged", str(target.pk), 0, 1,
    )  # fmt: skip
    (stays,) = moderator.get(queue_of(session) + "?state=shown").json()["results"]
    assert (stays["id"], stays["into"], stays["merged"], stays["votes"]) == (str(target.pk), None, 1, 1)
    public = Phone().send("GET", f"sessions/{session.pk}/questions/").json()["results"]
    assert [(question["id"], question["votes"]) for question in public] == [(str(target.subject), 1)]
    assert [row["id"] for row in moderator.get(queue_of(session) + "?state=merged").json()["results"]] == [
        str(child.pk)
    ]

    apart = moderator.post(f"desk/reviews/{child.pk}/unmerge/").json()

    assert (apart["state"], apart["into"]) == ("shown", None)
    assert problem(moderator.post(f"desk/reviews/{child.pk}/unmerge/")) == (409, "review-superseded")


@pytest.mark.parametrize(("body", "field"), [({}, "into"), ({"into": "x"}, "into"), ({"into": None}, "into")])
def test_merging_needs_the_question_that_stays(
    session: Session, moderator: Caller, body: object, field: str
) -> None:
    review = asked(session)

    assert fields(moderator.post(f"desk/reviews/{review.pk}/merge/", body)) == {field}
    itself = {"into": str(review.pk)}
    assert problem(moderator.post(f"desk/reviews/{review.pk}/merge/", itself)) == (409, "cannot-merge")
    unknown = {"into": str(uuid4())}
    assert problem(moderator.post(f"desk/reviews/{review.pk}/merge/", unknown)) == (409, "review-superseded")


def test_every_decision_names_the_act_under_which_it_can_be_undone(
    session: Session, moderator: Caller
) -> None:
    target, child = asked(session), asked(session)
    path, sent = f"desk/reviews/{child.pk}/", {"reason": "other"}

    done = [
        moderator.post(path + "show/"),
        moderator.post(path + "merge/", {"into": str(target.pk)}),
        moderator.post(path + "unmerge/"),
        moderator.post(path + "return/", sent),
        moderator.post(path + "show/"),
        moderator.post(path + "hide/", sent),
    ]

    acts = [Act.objects.get(pk=answer.json()["act"]).act for answer in done]
    assert acts == ["show", "merge", "unmerge", "return", "show", "hide"]


def test_the_care_lane_holds_whatever_calls_for_care_and_names_who_sees_to_it(
    session: Session, moderator: Caller
) -> None:
    lead = a_role(session.event, "organiser")
    held, shown, hidden, done = (asked(session, f"Number {number}") for number in range(4))
    for review, act in ((shown, "show"), (hidden, "hide")):
        moderator.post(f"desk/reviews/{review.pk}/{act}/", {"reason": "other"} if act == "hide" else {})
    Review.objects.exclude(pk=done.pk).update(care=True)
    a_comment = a_shown_comment(session)
    Review.objects.filter(subject=a_comment.pk).update(care=True, taken_in=True)

    lane = moderator.get(queue_of(session) + "?lane=care").json()["results"]

    assert {row["id"] for row in lane} == {
        str(held.pk), str(shown.pk), str(Review.objects.get(subject=a_comment.pk).pk),
    }  # fmt: skip
    assert [row["owner"] for row in lane] == [{"id": str(lead.pk), "name": lead.name}] * 3
    assert [row["owner"] for row in moderator.get(queue_of(session)).json()["results"]] == [
        {"id": str(lead.pk), "name": lead.name},
        None,
    ]
    assert fields(moderator.get(queue_of(session) + "?lane=urgent")) == {"lane"}


def test_the_lane_of_reports_holds_what_nobody_let_stand_folded_first(
    session: Session, moderator: Caller
) -> None:
    items = [a_shown_question(session) for _ in range(5)]
    Review.objects.update(taken_in=True)
    folded, once, kept, worried, hidden = (Review.objects.get(subject=item.pk) for item in items)
    for review, reasons in (
        (folded, ["unkind", "unkind", "advert"]), (once, ["other"]), (kept, ["other"]),
        (worried, ["worried"]), (hidden, ["unkind"]),
    ):  # fmt: skip
        for reason in reasons:
            report(review=review.pk, tag=uuid4(), reason=reason)
    Review.objects.filter(pk=kept.pk).update(kept=True)
    moderator.post(f"desk/reviews/{hidden.pk}/hide/", {"reason": "unkind"})

    lane = moderator.get(queue_of(session) + "?lane=reported").json()["results"]

    assert [(row["id"], row["folded"]) for row in lane] == [(str(folded.pk), True), (str(once.pk), False)]
    assert lane[0]["reports"] == [{"reason": "advert", "count": 1}, {"reason": "unkind", "count": 2}]
