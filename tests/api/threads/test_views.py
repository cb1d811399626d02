from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from tests.askers import Phone
from tests.makers import a_role, a_session, a_shown_comment, a_surgeon, an_event
from tests.staff import problem, walk

from equalterms.lib.clock import slot, slot_iso
from equalterms.lib.ids import b64u
from equalterms.programme.models import Session
from equalterms.safety.models import Receipt, Review
from equalterms.safety.profile.receipt import Secret
from equalterms.threads import actions
from equalterms.threads.models import Comment, Reaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return a_session(an_event(proof=True))


@pytest.fixture
def phone() -> Phone:
    return Phone()


def path_of(session: Session, comment: UUID) -> str:
    return f"sessions/{session.pk}/comments/{comment}/"


def show(session: Session, secret: Secret) -> None:
    with transaction.atomic():
        Review.objects.filter(subject=secret.id).update(state="shown")
        actions.reveal(session=session, comments=[Comment.objects.get(pk=secret.id)])


def test_a_comment_is_held_until_it_is_shown(session: Session, phone: Phone) -> None:
    secret = phone.secret(session, "comment")

    answer = phone.say(session, "I was afraid too.", secret)

    assert (answer.status_code, answer.json()) == (201, {"id": str(secret.id), "state": "held"})
    nothing = {"next": None, "previous": None, "results": []}
    assert phone.send("GET", f"sessions/{session.pk}/comments/").json() == nothing
    assert problem(phone.send("GET", path_of(session, secret.id))) == (404, "not-found")

    show(session, secret)

    shown = {
        "id": str(secret.id),
        "session": str(session.pk),
        "parent": None,
        "text": "I was afraid too.",
        "slot": slot_iso(slot()),
        "shown": Comment.objects.get().shown,
        "edited": False,
        "folded": False,
        "reported": False,
        "by": {"kind": "person", "name": "Person 1", "surgeon": None},
        "reactions": {"thanks": 0, "same": 0, "strength": 0},
    }
    assert phone.send("GET", f"sessions/{session.pk}/comments/").json()["results"] == [shown]
    assert phone.send("GET", path_of(session, secret.id)).json() == shown


def test_saying_it_again_changes_nothing_and_needs_no_proof(session: Session, phone: Phone) -> None:
    secret = phone.secret(session, "comment")
    body = phone.said(session, secret, "I was afraid too.")

    statuses = [phone.send("PUT", path_of(session, secret.id), body).status_code for _ in range(3)]
    body.pop("proof")
    statuses.append(phone.send("PUT", path_of(session, secret.id), body).status_code)

    assert statuses == [201, 200, 200, 200]
    assert Comment.objects.count() == Review.objects.count() == Receipt.objects.count() == 1


def test_the_same_id_with_other_content_is_refused(session: Session, phone: Phone) -> None:
    secret, other, parent = (
        phone.secret(session, "comment"),
        a_session(session.event),
        a_shown_comment(session),
    )
    phone.say(session, "One", secret)

    assert problem(phone.say(session, "Two", secret)) == (409, "already-asked")
    assert problem(phone.say(session, "One", secret, parent=str(parent.pk))) == (409, "already-asked")
    assert problem(phone.say(session, "One", secret, voice=b64u(bytes(16)))) == (409, "already-asked")
    assert problem(phone.say(other, "One", secret)) == (409, "already-asked")
    assert problem(phone.say(session, "One", secret, auth=b64u(bytes(32)))) == (409, "id-taken")
    assert Comment.objects.get(pk=secret.id).text == "One"


def test_a_question_and_a_comment_never_share_an_id(session: Session, phone: Phone) -> None:
    secret = phone.secret(session, "comment")
    phone.ask(session, "Mine", secret)

    assert problem(phone.say(session, "Mine", secret)) == (409, "id-taken")
    assert not Comment.objects.exists()


def test_a_proof_is_needed_and_is_given_back_when_it_fails(session: Session, phone: Phone) -> None:
    secret, deepest = phone.secret(session, "comment"), a_shown_comment(session, depth=3)
    body = phone.said(session, secret, "Hello")

    none = phone.send("PUT", path_of(session, secret.id), body | {"proof": {"type": "none"}})
    foreign = phone.say(session, "Hello", secret, proof=phone.proof("ask", session))
    deep = phone.send("PUT", path_of(session, secret.id), body | {"parent": str(deepest.pk)})
    lost = phone.send("PUT", path_of(session, secret.id), body | {"parent": str(uuid4())})

    assert [problem(none), problem(foreign)] == [(403, "proof-needed")] * 2
    assert [problem(deep), problem(lost)] == [(409, "thread-too-deep"), (409, "parent-gone")]
    assert not Receipt.objects.filter(pk=secret.id).exists()
    assert phone.send("PUT", path_of(session, secret.id), body).status_code == 201


def test_a_reply_stands_under_what_it_answers(session: Session, phone: Phone) -> None:
    parent, secret = a_shown_comment(session), phone.secret(session, "comment")

    assert phone.say(session, "Me too.", secret, parent=str(parent.pk)).status_code == 201

    reply = Comment.objects.get(pk=secret.id)
    assert (reply.parent, reply.depth) == (parent.pk, 2)


@pytest.mark.parametrize(
    ("change", "attr"),
    [
        ({"text": ""}, "text"),
        ({"text": " \u200b"}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"text": ["x"]}, "text"),
        ({"text": "a\u0000b"}, "text"),
        ({"auth": "short"}, "auth"),
        ({"reply_key": b64u(bytes(32))}, "reply_key"),
        ({"parent": "first"}, "parent"),
        ({"parent": 7}, "parent"),
        ({"parent": {}}, "parent"),
        ({"parent": "4" * 32}, "parent"),
        ({"voice": None}, "voice"),
        ({"voice": b64u(bytes(15))}, "voice"),
        ({"voice": "A" * 21 + "B"}, "voice"),
        ({"voice": 3}, "voice"),
        ({"proof": "pow"}, "proof.body"),
        ({"audience": "everyone"}, "body"),
        ({"name": "Jo"}, "body"),
    ],
)
def test_bad_fields_are_refused_by_name_and_nothing_is_stored(
    session: Session, phone: Phone, change: dict[str, object], attr: str
) -> None:
    answer = phone.say(session, "Hello", **change)

    assert answer.status_code == 400, answer.content
    assert [error["attr"] for error in answer.json()["errors"]] == [attr]
    assert not Comment.objects.exists()
    assert not Receipt.objects.exists()


def test_ids_must_be_made_by_the_phone_and_calls_be_anonymous(session: Session, phone: Phone) -> None:
    secret = phone.secret(session, "comment")
    body = phone.said(session, secret, "Hello")

    assert phone.send("PUT", path_of(session, uuid4()), body).json()["errors"][0]["attr"] == "id"
    for headers in ({"Authorization": "Bearer nonsense"}, {"Cookie": "a=b"}):
        answer = phone.send("PUT", path_of(session, secret.id), body, **headers)
        assert problem(answer) == (400, "not-anonymous")
    assert not Comment.objects.exists()


def test_own_words_are_edited_up_to_five_times(session: Session, phone: Phone) -> None:
    secret = phone.secret(session, "comment")
    phone.say(session, "Words", secret)
    show(session, secret)

    def change(text: str) -> Any:
        body = {"text": text, "proof": phone.proof("say", session)}
        return phone.send("PATCH", path_of(session, secret.id), body, **phone.receipt(secret))

    answers = [change(f"Words {number}") for number in range(5)]

    assert [answer.json() for answer in answers] == [{"id": str(secret.id), "state": "held"}] * 5
    assert problem(change("Once more")) == (409, "too-many-edits")
    assert Comment.objects.get().text == "Words 4"
    assert phone.send("GET", path_of(session, secret.id)).status_code == 404


def test_only_the_right_receipt_edits_or_withdraws(session: Session, phone: Phone) -> None:
    comment, stranger = a_shown_comment(session), phone.secret(session, "comment")
    paths = [path_of(session, comment.pk), path_of(session, stranger.id)]

    removed = [phone.send("DELETE", path, **phone.receipt(stranger)) for path in paths]
    edited = [phone.send("PATCH", path, {"text": "x"}, **phone.receipt(stranger)) for path in paths]

    assert [problem(answer) for answer in (*removed, *edited)] == [(404, "no-such-receipt")] * 4
    assert removed[0].content == removed[1].content
    assert problem(phone.send("DELETE", paths[0])) == (401, "not-signed-in")
    assert Comment.objects.get() == comment


def test_a_receipt_of_another_session_opens_nothing(session: Session, phone: Phone) -> None:
    secret, other = phone.secret(session, "comment"), a_session(session.event)
    phone.say(session, "Words", secret)

    answer = phone.send("DELETE", path_of(other, secret.id), **phone.receipt(secret))

    assert problem(answer) == (404, "no-such-receipt")
    assert Comment.objects.count() == 1


def test_withdrawn_words_are_gone_and_a_late_replay_is_told_so(session: Session, phone: Phone) -> None:
    secret = phone.secret(session, "comment")
    body = phone.said(session, secret, "My words")
    phone.send("PUT", path_of(session, secret.id), body)
    show(session, secret)

    assert phone.send("DELETE", path_of(session, secret.id), **phone.receipt(secret)).status_code == 204

    assert problem(phone.send("PUT", path_of(session, secret.id), body)) == (410, "withdrawn")
    assert problem(phone.send("DELETE", path_of(session, secret.id), **phone.receipt(secret))) == (
        410,
        "withdrawn",
    )
    assert phone.send("GET", f"sessions/{session.pk}/comments/").json()["results"] == []


def test_a_reaction_counts_once_a_phone_and_kind(session: Session, phone: Phone) -> None:
    comment = a_shown_comment(session)
    path = path_of(session, comment.pk) + f"reactions/thanks/{phone.tag('reaction', comment.pk)}/"

    answers = [phone.react(session, comment.pk) for _ in range(2)]
    replay = phone.send("PUT", path, {})
    other = phone.react(session, comment.pk, "strength")

    assert [answer.status_code for answer in (*answers, replay, other)] == [201, 200, 200, 201]
    assert replay.json() == {"id": str(comment.pk), "counted": True}
    assert actions.publish_tallies() == 1
    shown = phone.send("GET", path_of(session, comment.pk)).json()
    assert shown["reactions"] == {"thanks": 1, "same": 0, "strength": 1}

    assert [phone.send("DELETE", path).status_code for _ in range(2)] == [204, 204]
    assert Reaction.objects.get().kind == "strength"


def test_reactions_need_a_proof_of_their_own_tag_and_a_shown_comment(session: Session, phone: Phone) -> None:
    comment, held = a_shown_comment(session), phone.secret(session, "comment")
    phone.say(session, "Held", held)
    mark, other = (b64u(bytes([number]) * 16) for number in range(2))
    path = path_of(session, comment.pk) + "reactions/thanks/"

    wrong = phone.send("PUT", path + f"{mark}/", {"proof": phone.proof("vote", session, other)})

    assert problem(wrong) == (403, "proof-needed")
    assert problem(phone.react(session, held.id)) == (404, "not-found")
    assert problem(phone.react(session, comment.pk, "love")) == (404, "not-found")
    assert problem(phone.send("PUT", path + "A" * 21 + "B/", {})) == (400, "invalid")
    assert problem(phone.send("PUT", path + f"{mark}/", {}, Cookie="a=b")) == (400, "not-anonymous")
    assert not Reaction.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_one_and_for_three(
    session: Session, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        a_shown_comment(session)
        account = a_role(session.event, "surgeon")
        a_surgeon(account=account)
        actions.speak(session=session, account=account, roles={"surgeon"}, text="Come by.")

    with django_assert_num_queries(2):
        answer = Phone().send("GET", f"sessions/{session.pk}/comments/")

    assert len(answer.json()["results"]) == 2 * rows


@pytest.mark.parametrize(("sort", "order"), [("oldest", 1), ("newest", -1)])
def test_pages_run_in_the_order_of_showing_and_miss_nothing(session: Session, sort: str, order: int) -> None:
    made = [str(a_shown_comment(session).pk) for _ in range(5)]

    pages = walk(Phone(), f"sessions/{session.pk}/comments/?sort={sort}&page_size=2")

    assert [len(page) for page in pages] == [2, 2, 1]
    assert [comment["id"] for page in pages for comment in page] == made[::order]


@pytest.mark.parametrize("query", ["sort=best", "sort=", "page_size=0", "page_size=x", "cursor=5b.aa"])
def test_bad_queries_are_refused(session: Session, query: str) -> None:
    assert problem(Phone().send("GET", f"sessions/{session.pk}/comments/?{query}")) == (400, "invalid")


def test_reads_are_the_same_for_everybody_whatever_they_bring(session: Session, phone: Phone) -> None:
    a_shown_comment(session)
    path = f"sessions/{session.pk}/comments/"

    plain = phone.send("GET", path)
    told = phone.send("GET", path, Authorization="Bearer nonsense", Cookie="a=b")

    assert plain.content == told.content
    assert not plain.cookies


def test_threads_of_unpublished_days_are_not_there(phone: Phone) -> None:
    draft = a_session(an_event(state="draft"))
    comment = a_shown_comment(draft)

    for path in (f"sessions/{draft.pk}/comments/", path_of(draft, comment.pk)):
        assert problem(phone.send("GET", path)) == (404, "not-found")
    elsewhere = path_of(a_session(), comment.pk)
    assert problem(phone.send("GET", elsewhere)) == (404, "not-found")


def test_two_threads_of_one_phone_share_no_value_anybody_can_see(phone: Phone) -> None:
    event = an_event()
    seen = []
    for session in (a_session(event), a_session(event)):
        a_shown_comment(session)
        secret = phone.secret(session, "comment")
        phone.say(session, "The very same words", secret)
        show(session, secret)
        comment = phone.send("GET", path_of(session, secret.id)).json()
        seen.append({str(value) for name, value in comment.items() if name not in {"text", "slot"}})
        row = Comment.objects.select_related("voice", "review").get(pk=secret.id)
        receipt = Receipt.objects.get(pk=secret.id)
        assert row.voice is not None
        stored = (row.voice.pk, bytes(row.voice.mark), row.review_id, bytes(receipt.verifier), row.shuffle)
        seen[-1] |= {str(value) for value in stored}

    common = seen[0] & seen[1]
    assert common == {"None", "False", str({"kind": "person", "name": "Person 2", "surgeon": None})} | {
        str({"thanks": 0, "same": 0, "strength": 0})
    }


def test_care_10_three_reports_fold_a_comment_and_what_was_let_stand_takes_none(
    session: Session, phone: Phone
) -> None:
    comment = a_shown_comment(session)

    statuses = [phone.report(session, "comment", comment.pk).status_code for _ in range(2)]
    statuses += [Phone().report(session, "comment", comment.pk).status_code for _ in range(2)]

    assert statuses == [201, 200, 201, 201]
    listed = phone.send("GET", f"sessions/{session.pk}/comments/").json()["results"]
    assert [(item["folded"], item["reported"]) for item in listed] == [(True, True)]
    assert phone.send("DELETE", phone.report_path(session, "comment", comment.pk)).status_code == 204
    alone = phone.send("GET", path_of(session, comment.pk)).json()
    assert (alone["folded"], alone["reported"]) == (False, False)
    Review.objects.update(kept=True)
    last = Phone().report(session, "comment", comment.pk)
    assert (last.status_code, last.json()["counted"]) == (200, False)


def test_what_staff_say_under_their_name_cannot_be_reported(session: Session, phone: Phone) -> None:
    said = actions.speak(session=session, account=a_role(session.event), roles=set(), text="Welcome.")

    assert problem(phone.report(session, "comment", said.pk)) == (409, "cannot-report")
    path = phone.report_path(session, "comment", said.pk)
    assert problem(phone.send("DELETE", path)) == (409, "cannot-report")
    assert problem(phone.report(session, "comment", uuid4())) == (404, "not-found")
    alone = phone.send("GET", path_of(session, said.pk)).json()
    assert (alone["folded"], alone["reported"]) == (False, False)


@pytest.mark.parametrize(("sent", "placed"), [({"code": "blue"}, True), ({}, False)])
def test_the_code_of_the_day_finds_words_a_place_too(
    phone: Phone, sent: dict[str, str], placed: bool
) -> None:
    session = a_session(an_event(join_code="blue"))
    Review.objects.bulk_create(
        Review(topic=session.topic, kind="comment", subject=uuid4(), slot=0, taken_in=True)
        for _ in range(100)
    )
    secret = phone.secret(session, "comment")

    assert problem(phone.say(session, "Me too.", secret, code="red")) == (400, "wrong-join-code")
    assert phone.say(session, "Me too.", secret, **sent).status_code == 201
    assert Review.objects.get(subject=secret.id).taken_in is placed
