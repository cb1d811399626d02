import secrets
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from tests.makers import a_role, a_session, a_shown_comment, a_surgeon, an_event
from tests.racing import together

from equalterms.desk.actions import release_due
from equalterms.journal.models import Entry
from equalterms.lib import clock
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Act
from equalterms.programme.models import Session
from equalterms.safety.models import Receipt, Review, State, SubjectKind, Tombstone
from equalterms.safety.profile.pepper import voice_mark
from equalterms.safety.profile.receipt import Secret, tag
from equalterms.safety.receipts import Claimed
from equalterms.threads import actions
from equalterms.threads.models import Comment, Reaction, Voice

pytestmark = pytest.mark.django_db


def a_secret(session: Session) -> Secret:
    return Secret(secrets.token_bytes(10), session.event_id, "comment")


def said_by(session: Session, secret: Secret, voice: bytes, parent: UUID | None = None) -> str:
    claimed = Claimed(SubjectKind.COMMENT, secret.id, secret.auth, secret.reply_key)
    said = actions.Said("I was afraid too.", parent, voice)
    return actions.say(session=session, claimed=claimed, said=said)


def a_held_comment(session: Session, voice: bytes | None = None) -> Comment:
    secret = a_secret(session)
    said_by(session, secret, voice or secrets.token_bytes(16))
    return Comment.objects.get(pk=secret.id)


def show(session: Session, *comments: Comment) -> None:
    with transaction.atomic():
        Review.objects.filter(subject__in=[comment.pk for comment in comments]).update(state=State.SHOWN)
        actions.reveal(session=session, comments=comments)


def number_of(comment: Comment) -> int | None:
    voice = Comment.objects.select_related("voice").get(pk=comment.pk).voice
    return voice.number if voice else None


def changes(session: Session) -> list[tuple[str, UUID]]:
    rows = Entry.objects.filter(topic=session.topic_id).order_by("version")
    return list(rows.values_list("kind", "subject"))


def test_a_comment_is_held_and_tells_nobody_until_it_is_shown() -> None:
    session = a_session()

    comment = a_held_comment(session)

    assert (comment.shown, number_of(comment), changes(session)) == (None, None, [])
    show(session, comment)
    session.topic.refresh_from_db()
    shown = Comment.objects.get()
    assert (shown.shown, number_of(shown)) == (session.topic.version, 1)
    assert changes(session) == [("comment", comment.pk)]
    counted = Entry.objects.get(topic=session.event.now_id)
    assert (counted.kind, counted.subject) == ("counts", session.pk)


def test_a_voice_is_kept_only_as_a_keyed_hash() -> None:
    session, voice = a_session(), secrets.token_bytes(16)

    a_held_comment(session, voice)

    row = Voice.objects.get()
    assert bytes(row.mark) == voice_mark(session.event_id, voice)
    assert voice not in bytes(row.mark)


def test_one_phone_is_one_person_in_a_thread_and_another_in_the_next() -> None:
    event, key = an_event(), secrets.token_bytes(32)
    one, two = a_session(event), a_session(event)
    first = [a_held_comment(one, tag(key, "voice", one.pk)) for _ in range(2)]
    second = a_held_comment(two, tag(key, "voice", two.pk))
    show(two, a_shown_comment(two), second)
    show(one, *first)

    assert [number_of(comment) for comment in (*first, second)] == [1, 1, 2]
    values = [
        {bytes(value) for value in (row.mark, row.pk.bytes)}
        for row in Voice.objects.filter(comments__in=[first[0], second]).distinct()
    ]
    assert len(values) == 2
    assert values[0] & values[1] == set()


def test_numbers_are_given_in_random_order_within_a_batch() -> None:
    orders = set()
    for _ in range(30):
        session = a_session()
        comments = [a_held_comment(session) for _ in range(3)]
        show(session, *comments)
        orders.add(tuple(number_of(comment) for comment in comments))

    assert len(orders) > 2
    assert {tuple(sorted(number or 0 for number in order)) for order in orders} == {(1, 2, 3)}


def test_a_number_is_never_given_again_after_its_person_has_gone() -> None:
    session, voice, secret = a_session(), secrets.token_bytes(16), a_secret(a_session())
    said_by(session, secret, voice)
    show(session, Comment.objects.get())
    assert number_of(Comment.objects.get()) == 1

    actions.withdraw(session=session, ident=secret.id, auth=secret.auth)
    again, other = a_held_comment(session, voice), a_held_comment(session)
    show(session, again)
    show(session, other)

    assert (number_of(again), number_of(other)) == (2, 3)


def test_a_voice_that_was_never_heard_leaves_nothing_behind() -> None:
    session, secret = a_session(), a_secret(a_session())
    said_by(session, secret, secrets.token_bytes(16))

    actions.withdraw(session=session, ident=secret.id, auth=secret.auth)

    for model in (Comment, Review, Receipt, Voice):
        assert not model.objects.exists()
    assert Tombstone.objects.count() == 1
    assert changes(session) == []


def test_withdrawn_means_gone_but_replies_stay() -> None:
    session, secret = a_session(), a_secret(a_session())
    said_by(session, secret, secrets.token_bytes(16))
    parent = Comment.objects.get()
    show(session, parent)
    reply = a_shown_comment(session, parent=parent.pk, depth=2)
    actions.react(comment=parent, kind="thanks", tag=uuid4())

    actions.withdraw(session=session, ident=secret.id, auth=secret.auth)

    assert Comment.objects.shown().get() == reply
    assert Comment.objects.get().parent == parent.pk
    assert not Reaction.objects.exists()
    assert changes(session)[-1] == ("comment", parent.pk)
    with pytest.raises(Refusal) as refusal:
        said_by(session, secret, secrets.token_bytes(16))
    assert (refusal.value.code, refusal.value.status) == ("withdrawn", 410)


def test_an_edit_takes_it_off_the_thread_under_a_new_review() -> None:
    session, secret = a_session(), a_secret(a_session())
    said_by(session, secret, secrets.token_bytes(16))
    show(session, Comment.objects.get())
    actions.react(comment=Comment.objects.get(), kind="same", tag=uuid4())
    actions.publish_tallies()
    before = Comment.objects.get()

    state = actions.edit(session=session, ident=secret.id, auth=secret.auth, text="I was shy.")

    after = Comment.objects.get()
    assert (state, after.text, after.edited, after.shown, after.same) == ("held", "I was shy.", True, None, 0)
    assert after.review_id != before.review_id
    assert not Review.objects.filter(pk=before.review_id).exists()
    assert not Reaction.objects.exists()
    assert changes(session)[-1] == ("comment", secret.id)
    assert not Comment.objects.shown().exists()


def test_where_comments_are_reviewed_after_they_show_at_once_and_so_do_edits() -> None:
    session = a_session(review="after")
    secret = a_secret(session)

    assert said_by(session, secret, secrets.token_bytes(16)) == "shown"
    first = Comment.objects.shown().get()
    assert actions.edit(session=session, ident=secret.id, auth=secret.auth, text="Better so.") == "shown"

    second = Comment.objects.shown().get()
    assert (second.text, number_of(second)) == ("Better so.", number_of(first))
    assert (second.shown or 0) > (first.shown or 0)


def test_where_things_are_mixed_comments_reviewed_after_leave_at_the_next_tick() -> None:
    session = a_session(an_event(mixing="safe"), review="after")
    secret = a_secret(session)

    assert said_by(session, secret, secrets.token_bytes(16)) == "held"
    assert not Comment.objects.shown().exists()
    release_due(clock.now() + timedelta(seconds=30))
    assert Comment.objects.shown().get().pk == secret.id


def test_a_closed_session_takes_no_comment_and_keeps_nothing_of_it() -> None:
    session = a_session(review="closed")

    with pytest.raises(Refusal) as refusal:
        a_held_comment(session)

    assert refusal.value.code == "questions-closed"
    for model in (Comment, Review, Receipt, Voice):
        assert not model.objects.exists()


def test_concealing_takes_a_comment_off_the_thread_once() -> None:
    session = a_session()
    comment = a_shown_comment(session)
    before = len(changes(session))

    for _ in range(2):
        with transaction.atomic():
            actions.conceal(comment=Comment.objects.get(pk=comment.pk))

    assert Comment.objects.get().shown is None
    assert len(changes(session)) == before + 1


def test_staff_speak_at_once_by_name_or_as_the_organisers() -> None:
    session = a_session()
    surgeon, moderator = a_role(session.event, "surgeon"), a_role(session.event, "moderator")
    profile = a_surgeon(account=surgeon)

    by_name = actions.speak(session=session, account=surgeon, roles={"surgeon"}, text="Come by.")
    as_one = actions.speak(session=session, account=moderator, roles={"moderator"}, text="Welcome.")

    assert list(Comment.objects.shown().order_by("shown")) == [by_name, as_one]
    assert (by_name.surgeon, as_one.surgeon, as_one.byline) == (profile, None, "the organisers")
    assert not Voice.objects.exists()
    acts = Act.objects.filter(act="speak").order_by("account__email")
    assert {(act.account, act.subject) for act in acts} == {(surgeon, by_name.pk), (moderator, as_one.pk)}


def test_the_organisers_change_and_remove_what_one_of_them_said() -> None:
    session = a_session()
    one, other = a_role(session.event, "moderator"), a_role(session.event, "organiser")
    surgeon = a_role(session.event, "surgeon")
    comment = actions.speak(session=session, account=one, roles={"moderator"}, text="Lunch is at one.")

    with pytest.raises(Refusal) as refusal:
        actions.change_words(comment=comment, account=surgeon, roles={"surgeon"}, text="No lunch.")
    with pytest.raises(Refusal):
        actions.take_back(comment=comment, account=surgeon, roles={"surgeon"})
    assert (refusal.value.code, refusal.value.status) == ("not-yours", 403)
    changed = actions.change_words(
        comment=comment, account=other, roles={"organiser"}, text="Lunch is at two."
    )
    assert (changed.text, changed.edited) == ("Lunch is at two.", True)
    actions.take_back(comment=comment, account=other, roles={"organiser"})

    assert not Comment.objects.exists()
    assert [kind for kind, _ in changes(session)] == ["comment"] * 3
    assert sorted(Act.objects.values_list("act", flat=True)) == ["change", "remove", "speak"]


def test_tallies_count_each_kind_and_move_one_version() -> None:
    session = a_session()
    comment, quiet = a_shown_comment(session), a_shown_comment(session)
    for kind, times in (("thanks", 3), ("strength", 1)):
        for _ in range(times):
            actions.react(comment=comment, kind=kind, tag=uuid4())
    session.topic.refresh_from_db()
    before = session.topic.version

    assert actions.publish_tallies([quiet.pk]) == 0
    assert actions.publish_tallies(actions.tallies.take()) == 1
    assert actions.publish_tallies() == 0

    comment.refresh_from_db()
    session.topic.refresh_from_db()
    assert (comment.thanks, comment.same, comment.strength) == (3, 0, 1)
    assert session.topic.version == before + 1


def test_a_reaction_counts_once_and_can_be_taken_back() -> None:
    comment, mark = a_shown_comment(a_session()), uuid4()
    for _ in range(2):
        actions.react(comment=comment, kind="thanks", tag=mark)
        actions.react(comment=comment, kind="same", tag=mark)
    assert Reaction.objects.count() == 2

    for _ in range(2):
        actions.unreact(comment=comment, kind="thanks", tag=mark)

    assert Reaction.objects.get().kind == "same"


@pytest.mark.django_db(transaction=True)
def test_a_reaction_to_what_is_withdrawn_in_that_moment_finds_nothing() -> None:
    session = a_session()
    secret = a_secret(session)
    said_by(session, secret, secrets.token_bytes(16))
    comment = Comment.objects.get()
    actions.withdraw(session=session, ident=comment.pk, auth=secret.auth)

    with pytest.raises(Refusal, match="not-found"):
        actions.react(comment=comment, kind="thanks", tag=uuid4())

    assert not Reaction.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_moderators_showing_at_once_give_no_number_twice() -> None:
    session = a_session()
    comments = [a_held_comment(session) for _ in range(12)]

    found = together(*(lambda part=comments[n::4]: show(session, *part) for n in range(4)))  # type: ignore[misc]

    assert found == [None] * 4
    numbers = [number_of(comment) for comment in comments]
    assert sorted(number or 0 for number in numbers) == list(range(1, 13))


@pytest.mark.django_db(transaction=True)
def test_the_same_comment_sent_five_times_at_once_is_kept_once() -> None:
    session, voice = a_session(), secrets.token_bytes(16)
    secret = a_secret(session)

    found = together(*(lambda: said_by(session, secret, voice) for _ in range(5)))

    assert found == ["held"] * 5
    for model in (Comment, Review, Receipt, Voice):
        assert model.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_voice_that_speaks_while_its_last_words_are_withdrawn_is_kept() -> None:
    session, voice = a_session(), secrets.token_bytes(16)
    for _ in range(5):
        old, new = a_secret(session), a_secret(session)
        said_by(session, old, voice)

        found = together(
            lambda old=old: actions.withdraw(session=session, ident=old.id, auth=old.auth),  # type: ignore[misc]
            lambda new=new: said_by(session, new, voice),  # type: ignore[misc]
        )

        assert found == [None, "held"]
        kept = Comment.objects.select_related("voice").get()
        assert kept.voice is not None
        assert bytes(kept.voice.mark) == voice_mark(session.event_id, voice)
        actions.withdraw(session=session, ident=new.id, auth=new.auth)
