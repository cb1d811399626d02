"""The day as a newcomer finds it: everything in it came by the ways of a real day."""

from collections import Counter
from datetime import timedelta

from tests.api.config.demo.conftest import SetUp

from equalterms.bookings.models import Booking, HeadCount, Line, Presence
from equalterms.config.demo import content
from equalterms.desk.actions import release_due
from equalterms.lib import clock
from equalterms.lib.ids import is_v8
from equalterms.people.models import Act, Surgeon
from equalterms.programme.models import Role, Session
from equalterms.programme.rules import UK_HELP_LINES
from equalterms.questions.models import Answer, Question, Vote
from equalterms.safety.models import Claim, Note, Receipt, Review, State, Tombstone
from equalterms.threads.models import Comment, Reaction, Voice

DAY = content.leeds()


def test_the_day_is_published_and_takes_questions_everywhere(leeds: SetUp) -> None:
    event = leeds.event
    assert (event.state, event.review, event.mixing, event.proof) == ("published", "before", "off", True)
    assert (event.slug, event.join_code, event.timezone) == ("leeds", "", "Europe/London")
    assert {session.review_mode for session in event.sessions.select_related("event")} == {"before"}


def test_the_help_lines_are_those_of_every_day_here(leeds: SetUp) -> None:
    assert leeds.event.help_lines == [dict(line) for line in UK_HELP_LINES]
    assert leeds.event.help_reviewed == DAY.help_reviewed


def test_the_programme_is_the_one_in_the_files(leeds: SetUp) -> None:
    printed = [
        (s.kind, s.title, s.capacity, s.room.name if s.room else "", len(s.appearances.all()))
        for s in Session.objects.filter(event=leeds.event).with_people().order_by("starts", "title")
    ]
    rooms = {room.key: room.name for room in DAY.rooms}
    wanted = [
        (s.kind, s.title, s.capacity, rooms[s.room], len(s.surgeons))
        for s in sorted(DAY.sessions, key=lambda session: (session.starts, session.title))
    ]
    assert printed == wanted


def test_ten_surgeons_show_all_they_wrote(leeds: SetUp) -> None:
    listed = Surgeon.objects.listed().filter(listings__event=leeds.event)
    assert {s.name for s in listed} == {surgeon.name for surgeon in DAY.surgeons}
    assert [s.name for s in listed if not all(s.shows(field) for field in Surgeon.CHOOSABLE)] == []


def test_one_organiser_one_moderator_and_ten_surgeons(leeds: SetUp) -> None:
    roles = Counter(Role.objects.filter(event=leeds.event).values_list("role", flat=True))
    assert roles == {"organiser": 1, "moderator": 1, "surgeon": 10}


def test_questions_stand_as_the_files_say(leeds: SetUp) -> None:
    found = {q.text: q for q in Question.objects.select_related("review").all()}
    assert {text: (q.review.state, q.audience, q.votes) for text, q in found.items()} == {
        q.text: (q.state, q.audience, q.votes) for q in DAY.questions
    }
    assert [q.text for q in found.values() if not is_v8(q.id)] == []


def test_the_tallies_are_votes_that_were_cast(leeds: SetUp) -> None:
    assert Vote.objects.count() == sum(question.votes for question in DAY.questions)
    assert Reaction.objects.count() == sum(sum(c.reactions.values()) for c in DAY.comments)


def test_surgeons_answer_by_name_and_in_order(leeds: SetUp) -> None:
    names = {surgeon.key: surgeon.name for surgeon in DAY.surgeons} | {content.ORGANISER: "the organisers"}
    for question in DAY.questions:
        if question.audience == "everyone":
            row = Question.objects.with_answers().get(text=question.text)
            printed = [(a.byline, a.text, a.spoken) for a in row.told]
            assert printed == [(names[a.by], a.text, a.spoken) for a in question.answers]


def test_what_is_for_surgeons_only_is_answered_under_seal(leeds: SetUp) -> None:
    private = Answer.objects.filter(question__audience="surgeons")
    assert [(answer.text, answer.sealed) for answer in private] == [("", True), ("", True)]
    returned_or_hidden = Review.objects.filter(state__in=[State.RETURNED, State.HIDDEN]).count()
    assert Note.objects.count() == len(private) + returned_or_hidden


def test_every_decision_is_one_a_moderator_took(leeds: SetUp) -> None:
    moderators = Role.objects.filter(event=leeds.event, role="moderator").values("account")
    acts = Act.objects.filter(event=leeds.event.pk, account__in=moderators).exclude(act="speak")
    asked = [*DAY.questions, *(comment for comment in DAY.comments if comment.by_voice)]
    states = Counter(item.state for item in asked)
    assert Counter(acts.values_list("act", flat=True)) == {
        "show": states["shown"] + states["approved"],
        "return": states["returned"],
        "hide": states["hidden"],
    }


def test_what_waits_to_leave_leaves_with_the_next_tick(a_try: SetUp) -> None:
    waiting = Question.objects.get(review__state=State.APPROVED)

    assert release_due(clock.now() + timedelta(seconds=60)) == 1

    assert Question.objects.shown().filter(pk=waiting.pk).exists()


def test_threads_are_three_deep_with_named_and_numbered_voices(leeds: SetUp) -> None:
    shown = Comment.objects.shown().with_names()
    assert {comment.depth for comment in shown} == {1, 2, 3}
    assert {comment.speaker for comment in shown} == {"person", "surgeon", "staff"}
    heard = Voice.objects.filter(comments__in=shown).distinct()
    for session in Session.objects.filter(voices__in=heard).distinct():
        numbers = sorted(heard.filter(session=session).values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


def test_replies_hang_where_the_files_hang_them(leeds: SetUp) -> None:
    words = {comment.pk: comment.text for comment in Comment.objects.all()}
    named = {comment.key: comment.text for comment in DAY.comments if comment.key}
    assert {c.text: words.get(c.parent) if c.parent else None for c in Comment.objects.all()} == {
        c.text: named[c.to] if c.to else None for c in DAY.comments
    }


def test_every_asker_has_a_receipt_of_their_own_and_nothing_was_withdrawn(leeds: SetUp) -> None:
    by_askers = len(DAY.questions) + sum(comment.by_voice for comment in DAY.comments)
    at_home = sum(place.count for place in DAY.places if place.home)
    assert Receipt.objects.exclude(kind="booking").count() == by_askers == Review.objects.count()
    assert Receipt.objects.filter(kind="booking").count() == at_home
    assert Tombstone.objects.count() == 0


def test_people_have_places_and_wait_at_tables_as_the_files_say(leeds: SetUp) -> None:
    names = {session.key: session.title for session in DAY.sessions}
    found = Counter(Booking.objects.values_list("session__title", "state", "remote"))
    wanted = Counter[tuple[str, str, bool]]()
    for place in DAY.places:
        wanted[names[place.session], place.state, place.remote] += place.count

    assert found == wanted
    assert Presence.objects.count() == len(DAY.tables)
    taken = Booking.objects.filter(state="taken").values("pk")
    assert Claim.objects.filter(subject__in=taken).count() == len(taken) == 2
    assert sum(HeadCount.objects.values_list("heads", flat=True)) == sum(one.count for one in DAY.heads)


def test_the_board_has_something_to_show_from_the_first_moment(leeds: SetUp) -> None:
    photos, safe = (Line.objects.get(session__title__contains=word) for word in ("photos", "staying safe"))

    # Nobody who is here and free helps with that: how long it takes is said once somebody who does is here.
    assert (photos.seats, photos.waiting, photos.wait) == ("free", 6, None)
    assert photos.missing == ["photos", "settings", "Urdu spoken"]
    assert (safe.seats, safe.waiting, safe.wait, safe.missing) == ("full", 2, None, [])
