"""What waits or was turned down is nowhere in public; no decision is made that its state does not allow."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from tests.askers import Phone
from tests.makers import a_role, a_session, a_shown_question, an_event
from tests.merging import joined, shown
from tests.sent import a_said_comment, an_asked_question, note_to, review_of
from tests.serving import Site
from tests.staff import Caller, problem

from equalterms.desk.actions import Decision, decide
from equalterms.lib.ids import b64u
from equalterms.people.models import Act
from equalterms.programme.models import Mixing, Session
from equalterms.questions import actions as questions
from equalterms.safety.models import Review, State
from equalterms.safety.profile.receipt import Secret

LEGAL = {
    State.HELD: {"show", "return", "hide", "merge"},
    State.APPROVED: {"return", "hide", "merge"},
    State.SHOWN: {"return", "hide", "merge"},
    State.RETURNED: {"show"},
    State.HIDDEN: {"show"},
    State.MERGED: {"unmerge"},
}
ACTS = ("show", "return", "hide", "merge", "unmerge")
UNSHOWN = [state for state in State.values if state != State.SHOWN]


def in_state(session: Session, state: str, make: Callable[[Session], Secret]) -> Secret:
    """Something sent that came into this state by the decisions of a moderator."""
    moderator, secret = a_role(session.event, "moderator"), make(session)
    if state == State.MERGED:
        joined(session, secret, shown(session, "The question that stays"))
    elif state == State.APPROVED:
        mixing, session.event.mixing = session.event.mixing, Mixing.GENTLE
        session.event.save()
        decide(review=review_of(secret), account=moderator, decision=Decision("show"))
        session.event.mixing = mixing
        session.event.save()
    elif state != State.HELD:
        act = {"shown": "show", "returned": "return", "hidden": "hide"}[state]
        reason = "" if act == "show" else "unkind"
        decide(review=review_of(secret), account=moderator, decision=Decision(act, reason))
    assert Review.objects.get(subject=secret.id).state == state
    return secret


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "state"),
    [
        *((an_asked_question, state) for state in State.values),
        *((a_said_comment, state) for state in State.values if state != State.MERGED),
    ],
)
def test_care_07_every_decision_the_states_do_not_allow_is_refused_and_changes_nothing(
    make: Callable[[Session], Secret], state: str
) -> None:
    session = a_session()
    desk, into = Caller(a_role(session.event, "moderator")), str(review_of(shown(session)))
    bodies = {"merge": {"into": into}, "return": {"reason": "other"}, "hide": {"reason": "other"}}
    legal = LEGAL[State(state)] - ({"merge"} if make is a_said_comment else set())

    for act in ACTS:
        secret = in_state(session, state, make)
        before, acts = Review.objects.filter(subject=secret.id).values().get(), Act.objects.count()
        answer = desk.post(f"desk/reviews/{review_of(secret)}/{act}/", bodies.get(act, {}))

        if act in legal:
            assert answer.status_code == 200, act
            assert answer.json()["state"] != state, act
        else:
            assert problem(answer) in {(409, "review-superseded"), (409, "cannot-merge")}, act
            assert Review.objects.filter(subject=secret.id).values().get() == before, act
            assert Act.objects.count() == acts, act


def public(session: Session) -> dict[str, tuple[int, str, bytes]]:
    """Every public answer about a session, with its status and ETag."""
    here, day = f"sessions/{session.pk}/", f"events/{session.event.slug}/"
    paths = [here, here + "live/", here + "questions/", here + "questions/?sort=newest", here + "comments/"]
    paths += [here + "questions/?sort=unanswered", here + "tally/", day, day + "live/", day + "sessions/"]
    answers = {path: Phone().send("GET", path) for path in paths}
    return {path: (one.status_code, one.get("ETag", ""), one.content) for path, one in answers.items()}


@pytest.mark.django_db
@pytest.mark.parametrize("make", [an_asked_question, a_said_comment], ids=["question", "comment"])
def test_care_07_what_is_held_moves_no_public_byte_no_etag_no_count_and_no_tally(
    make: Callable[[Session], Secret],
) -> None:
    session = a_session(an_event(mixing="safe"))
    a_shown_question(session)
    before = public(session)
    assert {status for status, _, _ in before.values()} == {200}

    secret = make(session)
    assert public(session) == before
    Review.objects.update(taken_in=True)
    decide(review=review_of(secret), account=a_role(session.event), decision=Decision("show"))
    assert Review.objects.get(subject=secret.id).state == State.APPROVED
    assert public(session) == before

    session.event.mixing = Mixing.OFF  # positive control: shown, it moves every one of them but the day's
    session.event.save()
    decide(review=review_of(secret), account=a_role(session.event), decision=Decision("hide", "other"))
    decide(review=review_of(secret), account=a_role(session.event), decision=Decision("show"))
    moved = {path for path, answer in public(session).items() if answer != before[path]}
    assert {f"sessions/{session.pk}/live/", f"events/{session.event.slug}/live/"} <= moved


@pytest.mark.django_db
@pytest.mark.parametrize("state", UNSHOWN)
def test_care_07_what_is_not_shown_is_in_no_public_answer(state: str) -> None:
    session = a_session()
    words = "Quetzalwort is a word of mine"
    secret = in_state(session, state, lambda session: an_asked_question(session, words))
    path = f"sessions/{session.pk}/questions/{secret.id}/"

    said = b"".join(content for _, _, content in public(session).values())
    notes = Phone().send("GET", f"sessions/{session.pk}/notes/").content

    assert b"Quetzalwort" not in said + notes
    assert str(secret.id).encode() not in said + notes
    assert problem(Phone().send("GET", path)) == (404, "not-found")
    assert problem(Phone().vote(session, secret.id)) == (404, "not-found")


def test_care_07_followers_hear_nothing_of_what_waits(site: Site) -> None:
    session = a_session(an_event())
    lines = [f"/api/v1/sessions/{session.pk}/stream", f"/api/v1/events/{session.event.slug}/stream"]
    with site.follow(lines[0]) as talk, site.follow(lines[1]) as day:
        start = [line.next().event for line in (talk, day)]
        waiting = an_asked_question(session, "Quetzalwort is a word of mine")
        a_said_comment(session, "Quetzalwort is a word of mine")
        turned = in_state(session, State.RETURNED, an_asked_question)
        seen = a_shown_question(session)
        heard = [talk.next()]
        while str(seen.pk) not in heard[-1].raw.decode():
            heard.append(talk.next())
        counted = day.next()

    assert start == ["hello", "hello"]
    told = b"".join(frame.raw for frame in heard) + counted.raw
    assert b"Quetzalwort" not in told
    assert str(waiting.id).encode() not in told
    assert str(turned.id).encode() not in told
    counts = [change["item"] for change in counted.data["changes"] if change["kind"] == "counts"]
    assert [(count["questions"], count["comments"]) for count in counts] == [(1, 0)]


@pytest.mark.django_db
def test_care_07_the_note_on_what_was_returned_opens_by_its_receipt_alone() -> None:
    session = a_session()
    desk, phone = Caller(a_role(session.event, "moderator")), Phone()
    mine, others = phone.secret(session), Phone().secret(session)
    for secret in (mine, others):
        Phone().ask(session, "Words", secret)
    sent = {"reason": "unkind", "note": "Quetzalwort, softly."}
    assert desk.post(f"desk/reviews/{review_of(mine)}/return/", sent).status_code == 200

    assert note_to(mine) == {"state": "returned", "reason": "unkind", "note": "Quetzalwort, softly."}
    notes = Phone().send("GET", f"sessions/{session.pk}/notes/")
    assert len(notes.json()["notes"]) == 1
    staff = [f"desk/events/{session.event_id}/{path}" for path in ("reviews/?state=returned", "acts/")]
    read = [notes.content, *(desk.get(path).content for path in staff)]
    read += [Phone().send("POST", "receipts/lookup/", {"auth": b64u(mine.auth)}).content]
    read += [content for _, _, content in public(session).values()]
    assert [content for content in read if b"Quetzalwort" in content] == []
    wrong = Phone().send("POST", "receipts/lookup/", {"auth": b64u(uuid4().bytes * 2)})
    assert problem(wrong) == (404, "no-such-receipt")


@pytest.mark.django_db
def test_care_07_a_receipt_says_into_what_its_question_was_merged() -> None:
    session = a_session()
    target, child = shown(session), shown(session)
    looked = {"auth": b64u(child.auth)}
    apart = Phone().send("POST", "receipts/lookup/", looked).json()
    joined(session, child, target)

    merged = Phone().send("POST", "receipts/lookup/", looked).json()

    assert (apart["state"], apart["into"]) == ("shown", None)
    assert (merged["state"], merged["into"]) == ("merged", str(target.id))
    questions.withdraw(session=session, ident=target.id, auth=target.auth)
    again = Phone().send("POST", "receipts/lookup/", looked).json()
    assert (again["state"], again["into"]) == ("shown", None)
