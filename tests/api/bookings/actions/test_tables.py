from typing import Any
from uuid import uuid4

import pytest
from tests.booked import a_booking, a_spare, standing
from tests.journalled import telling
from tests.makers import a_role, a_shown_question, a_surgeon, an_account
from tests.racing import together
from tests.sent import note_to
from tests.tables import a_day_now, a_surgery, at_table, called, in_line

from equalterms.bookings.actions import tables
from equalterms.bookings.models import Booking, Place, Presence
from equalterms.desk.actions.closing import close
from equalterms.lib.refusal import Refusal
from equalterms.people.models import Account, Surgeon
from equalterms.programme.models import Appearance, Session
from equalterms.safety.actions import claimant_of
from equalterms.safety.models import Claim, Note, Review
from equalterms.safety.profile.receipt import Secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    return a_surgery()


@pytest.fixture
def surgeon(session: Session) -> Surgeon:
    return at_table(session.event)


@pytest.fixture
def account(surgeon: Surgeon) -> Account:
    assert surgeon.account is not None
    return surgeon.account


def refused(action: Any, **given: Any) -> str:
    with pytest.raises(Refusal) as found:
        action(**given)
    return found.value.code


def state(secret: Secret) -> str:
    return Booking.objects.get(pk=secret.id).state


def there() -> list[tuple[str, str]]:
    return sorted(Presence.objects.values_list("state", "place"))


def test_a_surgeon_says_where_they_are_and_followers_hear_of_every_change_once(session: Session) -> None:
    event = session.event
    surgeon = a_surgeon(event, account=a_role(event, "surgeon"))
    changed = {(event.now_id, "presence", surgeon.pk): 1}
    steps = [("here", "table 3"), ("here", "table 3"), ("busy", "table 3"), ("busy", "the stage")]

    heard = []
    for state, place in steps:
        with telling() as told:
            tables.say_where(event=event, surgeon=surgeon, state=state, place=place)
        heard.append(dict(told))

    assert heard == [changed, {}, changed, changed]
    assert there() == [("busy", "the stage")]
    for expected in (changed, {}):
        with telling() as told:
            tables.go_away(event=event, surgeon=surgeon)
        assert told == expected
    assert there() == []


def test_nobody_is_at_a_table_once_the_day_has_ended(session: Session, surgeon: Surgeon) -> None:
    event = session.event
    event.ends = event.starts
    here = {"event": event, "surgeon": surgeon, "state": "busy", "place": ""}

    assert refused(tables.say_where, **here) == "day-is-over"
    assert there() == [("here", "table 3")]
    tables.go_away(event=event, surgeon=surgeon)
    assert there() == []


@pytest.mark.django_db(transaction=True)
def test_nobody_comes_or_is_called_once_the_day_is_closed() -> None:
    session = a_surgery()
    surgeon = at_table(session.event)
    in_line(session)
    close(event=session.event)
    Booking.objects.update(state=Place.HERE, ticket=412)  # as if it were still in the line
    Presence.objects.get_or_create(event=session.event, surgeon=surgeon, state="here")

    here = {"event": session.event, "surgeon": surgeon, "state": "busy", "place": ""}
    assert refused(tables.say_where, **here) == "day-is-over"
    assert refused(called, surgeon=surgeon, event=session.event) == "day-is-over"
    assert set(standing().values()) == {"here"}


def test_somebody_is_called_by_a_note_and_on_the_board(session: Session, surgeon: Surgeon) -> None:
    secret = in_line(session)

    with telling() as told:
        found = called(surgeon, session.event)

    assert found is not None
    assert (found.pk, found.state, claimant_of(found.pk)) == (secret.id, "taken", surgeon.account)
    assert note_to(secret) == {"state": "called", "reason": "", "note": "table 3"}
    assert told == {
        (session.event.now_id, "line", session.pk): 1,
        (session.topic_id, "notes", session.pk): 1,
    }


def test_whoever_is_away_calls_nobody(session: Session) -> None:
    surgeon = a_surgeon(session.event, account=a_role(session.event, "surgeon"))
    secret = in_line(session)

    assert refused(called, surgeon=surgeon, event=session.event) == "not-here"
    assert state(secret) == "here"


def test_nobody_is_called_out_of_an_empty_line(session: Session, surgeon: Surgeon) -> None:
    for other in set(Place) - {Place.HERE, Place.SPARE}:
        a_booking(session, other)
    a_booking(a_surgery(), Place.HERE)  # of another day
    a_booking(a_talk(session), Place.HERE)

    with telling() as told:
        assert called(surgeon, session.event) is None
    assert told == {}


def a_talk(session: Session) -> Session:
    talk = a_surgery(session.event)
    Session.objects.filter(pk=talk.pk).update(kind="talk")
    return talk


def test_a_stale_claim_does_not_keep_anybody_in_the_line(session: Session, surgeon: Surgeon) -> None:
    secret = in_line(session)
    Claim.objects.create(topic=session.topic, subject=secret.id, account=an_account())

    assert called(surgeon, session.event) is not None
    assert claimant_of(secret.id) == surgeon.account


@pytest.mark.django_db(transaction=True)
def test_of_many_who_call_at_once_no_two_get_the_same_and_the_late_get_nobody() -> None:
    session = a_surgery()
    surgeons = [at_table(session.event, f"table {number}") for number in range(8)]
    waiting = {in_line(session).id for _ in range(5)}

    found = together(*[lambda one=one: called(one, session.event) for one in surgeons])

    got = [one.pk for one in found if one is not None]
    assert sorted(got) == sorted(waiting)
    assert set(standing().values()) == {"taken"}
    holders = {claim.subject: claim.account_id for claim in Claim.objects.all()}
    assert holders == {
        booking.pk: surgeon.account_id for surgeon, booking in zip(surgeons, found, strict=True) if booking
    }


def test_whoever_goes_away_leaves_nobody_behind(session: Session, surgeon: Surgeon) -> None:
    event, other = session.event, at_table(session.event, "table 5")
    mine, theirs = in_line(session, slot=900), in_line(session, slot=1800)
    assert [called(one, event).pk for one in (surgeon, other)] == [mine.id, theirs.id]  # type: ignore[union-attr]
    question = a_shown_question(session).review
    held = Review.objects.get(pk=a_shown_question(session).review_id)
    for review in (question, held):
        Claim.objects.create(topic=session.topic, subject=review.subject, account=surgeon.account)
    Review.objects.filter(pk=held.pk).update(state="held")

    with telling() as told:
        tables.go_away(event=event, surgeon=surgeon)

    assert (state(mine), state(theirs)) == ("here", "taken")
    assert Booking.objects.get(pk=mine.id).slot == 900
    assert note_to(mine)["state"] == "here"
    assert set(Claim.objects.values_list("subject", flat=True)) == {theirs.id, held.subject}
    assert told == {
        (event.now_id, "line", session.pk): 1,
        (event.now_id, "presence", surgeon.pk): 1,
        (session.topic_id, "notes", session.pk): 1,
    }


def test_another_table_is_told_to_whoever_was_called(session: Session, surgeon: Surgeon) -> None:
    secret = in_line(session)
    called(surgeon, session.event)

    with telling() as told:
        tables.say_where(event=session.event, surgeon=surgeon, state="busy", place="the stage")

    assert note_to(secret) == {"state": "called", "reason": "", "note": "the stage"}
    assert told[session.event.now_id, "line", session.pk] == 1


ENDS = {"served": tables.serve, "left": tables.let_leave}


@pytest.mark.parametrize("how", ENDS)
def test_a_booking_that_is_over_keeps_neither_number_nor_wish_and_again_changes_nothing(
    session: Session, surgeon: Surgeon, account: Account, how: str
) -> None:
    secret = in_line(session, labels=["Privacy"], ticket=412)
    called(surgeon, session.event, anybody=True)

    with telling() as told:
        found = ENDS[how](booking=secret.id, account=account)

    assert (found.ticket, found.labels, found.state) == (412, ["Privacy"], how)
    kept = Booking.objects.get()
    assert (kept.ticket, kept.labels, kept.slot, kept.state) == (None, [], 0, how)
    assert note_to(secret)["state"] == how
    assert not Claim.objects.exists()
    assert told[session.event.now_id, "line", session.pk] == 1
    with telling() as told:
        assert ENDS[how](booking=secret.id, account=account).ticket is None
    assert told == {}


def test_put_back_they_wait_where_they_were(session: Session, surgeon: Surgeon, account: Account) -> None:
    secret = in_line(session, slot=900, shuffle=7)
    called(surgeon, session.event)

    with telling() as told:
        found = tables.put_back(booking=secret.id, account=account)

    assert (found.state, found.slot, found.shuffle) == ("here", 900, 7)
    assert state(secret) == "here"
    assert note_to(secret)["state"] == "here"
    assert not Claim.objects.exists()
    assert told[session.event.now_id, "line", session.pk] == 1
    with telling() as told:
        tables.put_back(booking=secret.id, account=account)
    assert told == {}


def test_a_word_goes_to_the_phone_alone(session: Session, surgeon: Surgeon, account: Account) -> None:
    secret, walk_in = in_line(session, slot=900), a_booking(session, Place.HERE, slot=1800)
    for _ in range(2):
        called(surgeon, session.event)

    with telling() as told:
        tables.send_word(booking=secret.id, account=account, text="Back in five minutes.")

    assert note_to(secret) == {"state": "called", "reason": "", "note": "Back in five minutes."}
    assert told == {(session.topic_id, "notes", session.pk): 1}
    assert not Note.objects.filter(sealed__contains=b"five").exists()
    word = {"account": account, "text": "Back in five minutes."}
    assert refused(tables.send_word, booking=walk_in.pk, **word) == "no-reply-key"
    assert refused(tables.send_word, booking=secret.id, account=account, text="ü" * 300) == "note-too-long"


def test_a_colleague_who_is_here_can_take_over(session: Session, surgeon: Surgeon, account: Account) -> None:
    secret, other = in_line(session), at_table(session.event, "table 5")
    called(surgeon, session.event)

    for told_lines in (1, 0):
        with telling() as told:
            tables.hand_person(booking=secret.id, account=account, to=other)
        assert told[session.event.now_id, "line", session.pk] == told_lines

    assert (state(secret), claimant_of(secret.id)) == ("taken", other.account)
    assert note_to(secret)["note"] == "table 5"
    away = a_surgeon(session.event, account=a_role(session.event, "surgeon"))
    assert refused(tables.hand_person, booking=secret.id, account=other.account, to=away) == "invalid"
    assert claimant_of(secret.id) == other.account
    Presence.objects.filter(surgeon=surgeon).update(state="busy")
    assert refused(tables.hand_person, booking=secret.id, account=other.account, to=surgeon) == "invalid"


ACTS = {
    "serve": tables.serve,
    "leave": tables.let_leave,
    "put back": tables.put_back,
    "word": lambda **given: tables.send_word(text="Come back.", **given),
    "hand": lambda **given: tables.hand_person(
        to=at_table(Booking.objects.get(pk=given["booking"]).event), **given
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_whom_somebody_else_has_called_is_theirs_unless_one_may_do_it_freely(
    session: Session, surgeon: Surgeon, act: str
) -> None:
    secret, stranger = in_line(session), an_account()
    called(surgeon, session.event)

    assert refused(ACTS[act], booking=secret.id, account=stranger) == "already-taken"
    assert (state(secret), claimant_of(secret.id)) == ("taken", surgeon.account)
    ACTS[act](booking=secret.id, account=stranger, freely=True)


@pytest.mark.parametrize("act", ACTS)
def test_only_who_was_called_can_be_seen_to(session: Session, account: Account, act: str) -> None:
    done = {"serve": "served", "leave": "left", "put back": "here"}.get(act)
    others = set(Place) - {Place.TAKEN, Place.SPARE, done}

    found = {refused(ACTS[act], booking=a_booking(session, other).pk, account=account) for other in others}

    assert found == {"wrong-state"}


@pytest.mark.parametrize("act", [tables.serve, tables.let_leave, tables.put_back])
def test_what_was_cancelled_or_never_given_out_is_not_seen_to(
    session: Session, account: Account, act: Any
) -> None:
    for ident in (uuid4(), a_spare(session.event).pk):
        assert refused(act, booking=ident, account=account) == "wrong-state"
        assert refused(act, booking=ident, account=account, freely=True) == "wrong-state"


@pytest.mark.parametrize("before", [Place.HELD, Place.LISTED, Place.HERE])
def test_the_door_lets_go_of_whoever_left_before_they_were_called(
    session: Session, account: Account, before: str
) -> None:
    secret = in_line(session, before)

    with telling() as told:
        tables.let_leave(booking=secret.id, account=account, freely=True)

    assert (state(secret), note_to(secret)["state"]) == ("left", "left")
    assert told == {(session.topic_id, "notes", session.pk): 1}  # figures move at ticks alone


def test_whoever_was_called_by_somebody_who_left_for_good_waits_again(session: Session) -> None:
    event = session.event
    stays, leaves, shut = (at_table(event, f"table {number}") for number in range(3))
    secrets = [in_line(session, slot=900 * number) for number in range(1, 4)]
    for surgeon in (stays, leaves, shut):
        called(surgeon, event)
    Account.objects.filter(pk=shut.account_id).update(is_active=False)
    Account.objects.filter(pk=leaves.account_id).delete()

    back = tables.put_back_left(event=event)

    assert back == 2
    assert [state(secret) for secret in secrets] == ["taken", "here", "here"]
    assert [note_to(secret)["state"] for secret in secrets] == ["called", "here", "here"]
    assert set(Claim.objects.values_list("account", flat=True)) == {stays.account_id}
    assert tables.put_back_left(event=event) == 0


def test_a_presence_that_is_dropped_leaves_people_with_whom_they_are(
    session: Session, surgeon: Surgeon
) -> None:
    secret = in_line(session)
    called(surgeon, session.event)
    presence = Presence.objects.get()

    for told_times in (1, 0):
        with telling() as told:
            tables.drop_presence(presence=presence)
        assert told == ({(session.event.now_id, "presence", surgeon.pk): 1} if told_times else {})

    assert (there(), state(secret)) == ([], "taken")


def test_people_of_the_surgeons_own_sessions_come_first_then_whoever_waits_longest() -> None:
    event = a_day_now()
    mine, other = a_surgery(event), a_surgery(event)
    surgeon = at_table(event)
    Appearance.objects.create(session=mine, surgeon=surgeon)
    late, early = in_line(mine, slot=1800, shuffle=1), in_line(other, slot=900, shuffle=9)
    first = in_line(mine, slot=900, shuffle=3)
    lucky = in_line(other, slot=900, shuffle=2)

    assert [called(surgeon, event).pk for _ in range(4)] == [  # type: ignore[union-attr]
        first.id, late.id, lucky.id, early.id,
    ]  # fmt: skip
    assert called(surgeon, event) is None


@pytest.mark.parametrize(
    ("labels", "wanted", "fits"),
    [
        pytest.param(["Privacy"], [], True, id="no-wish"),
        pytest.param(["Privacy"], ["privacy", "Photos"], True, id="one-in-common-whatever-its-case"),
        pytest.param(["Privacy"], ["Photos"], False, id="none-in-common"),
        pytest.param([], ["Photos"], True, id="no-label-of-their-own"),
    ],
)
def test_a_surgeon_calls_whom_they_can_help_and_anybody_if_they_say_so(
    session: Session, labels: list[str], wanted: list[str], fits: bool
) -> None:
    surgeon = at_table(session.event, labels=labels)
    secret = in_line(session, labels=wanted)

    found = called(surgeon, session.event)

    assert (found is not None) == fits
    if not fits:
        assert called(surgeon, session.event, anybody=True) is not None
    assert state(secret) == "taken"
