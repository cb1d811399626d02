"""What the demonstration day says: safe, kind in form, and within what the product accepts."""

import json
import re
from collections import Counter
from dataclasses import asdict
from itertools import combinations

import pytest

from equalterms.config.demo.content import MODERATOR, ORGANISER, Comment, Day, leeds
from equalterms.people import models as people
from equalterms.programme import models as programme
from equalterms.questions import models as questions
from equalterms.safety.models import Reason, State
from equalterms.threads import models as threads

DAY = leeds()
SESSIONS = {session.key: session for session in DAY.sessions}
SURGEONS = {surgeon.key for surgeon in DAY.surgeons}
NAMED = {comment.key: comment for comment in DAY.comments if comment.key}


def the_words(day: Day) -> list[str]:
    """Every piece of text of the day."""
    found: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for each in value.values():
                collect(each)
        elif isinstance(value, list):
            for each in value:
                collect(each)

    collect(asdict(day))
    return found


def depth(comment: Comment) -> int:
    return 1 + (depth(NAMED[comment.to]) if comment.to else 0)


def test_the_day_has_what_a_surgery_day_has() -> None:
    kinds = Counter(session.kind for session in DAY.sessions)
    assert (len(DAY.rooms), len(DAY.surgeons), len(DAY.sessions)) == (6, 10, 19)
    assert kinds == {"surgery": 8, "workshop": 3, "open-space": 5, "talk": 3}
    assert [s.capacity for s in DAY.sessions if s.kind == "workshop"] == [16, 12, 14]
    assert {s.capacity for s in DAY.sessions if s.kind == "surgery"} == {24}
    assert {s.capacity for s in DAY.sessions if s.kind in ("talk", "open-space")} == {None}


def test_places_are_where_they_can_be() -> None:
    offered = {label for surgeon in DAY.surgeons for label in surgeon.labels} | set(DAY.labels)
    seated = Counter[str]()
    for place in DAY.places:
        seated[place.session] += place.count * (place.state not in ("listed", "left"))

    assert {label for place in DAY.places for label in place.labels} <= offered
    assert {place.by for place in DAY.places if place.state == "taken"} <= {t.surgeon for t in DAY.tables}
    assert DAY.signs_in not in {table.surgeon for table in DAY.tables}
    assert [key for key, number in seated.items() if number > (SESSIONS[key].capacity or number)] == []
    assert [place.session for place in DAY.places if place.state == "listed"] == ["safe"]
    assert seated["safe"] == SESSIONS["safe"].capacity


def test_every_session_has_plain_words_and_a_question() -> None:
    assert [s.key for s in DAY.sessions if len(s.about) < 100] == []
    assert {q.session for q in DAY.questions} == SESSIONS.keys()


def test_questions_stand_in_every_state() -> None:
    states = Counter(question.state for question in DAY.questions)
    assert states.keys() == set(State.values) - {State.MERGED}  # moderators try joining by hand
    spoken = [answer for question in DAY.questions for answer in question.answers if answer.spoken]
    written = [answer for question in DAY.questions for answer in question.answers if not answer.spoken]
    unanswered = [q for q in DAY.questions if q.state == "shown" and not q.answers]
    surgeons_only = [q for q in DAY.questions if q.audience == "surgeons"]
    assert min(len(spoken), len(written), len(unanswered), len(surgeons_only)) >= 2


def test_only_what_is_shown_has_votes_and_answers() -> None:
    assert [q.text for q in DAY.questions if q.state != "shown" and (q.votes or q.answers)] == []
    assert [q.text for q in DAY.questions if q.audience == "surgeons" and q.votes] == []


def test_what_is_returned_says_why_kindly() -> None:
    returned = [item for item in (*DAY.questions, *DAY.comments) if item.state == "returned"]
    assert [item.text for item in returned if item.reason not in Reason.values or len(item.note) < 60] == []


def test_nothing_is_answered_aloud_before_its_session_begins() -> None:
    by_ten_past_eleven = {s.key for s in DAY.sessions if (s.starts.hour, s.starts.minute) <= (11, 10)}
    aloud = {q.session for q in DAY.questions for answer in q.answers if answer.spoken}
    assert aloud <= by_ten_past_eleven


def test_every_name_used_is_known() -> None:
    speakers = {answer.by for question in DAY.questions for answer in question.answers}
    speakers |= {comment.by for comment in DAY.comments if not comment.by_voice}
    assert speakers == SURGEONS | {ORGANISER, MODERATOR}
    assert {key for session in DAY.sessions for key in session.surgeons} == SURGEONS
    assert {session.room for session in DAY.sessions} == {room.key for room in DAY.rooms}
    assert {comment.session for comment in DAY.comments} < SESSIONS.keys()


def test_keys_differ() -> None:
    keys = [comment.key for comment in DAY.comments if comment.key]
    assert len(keys) == len(NAMED)
    assert len(SESSIONS) == len(DAY.sessions)
    assert len(SURGEONS) == len(DAY.surgeons)


def test_threads_are_three_deep_and_stay_in_their_session() -> None:
    assert {depth(comment) for comment in DAY.comments} == {1, 2, 3}
    strayed = [c.text for c in DAY.comments if c.to and NAMED[c.to].session != c.session]
    assert strayed == []


def test_a_reply_stands_after_what_it_replies_to() -> None:
    place = {comment.key: number for number, comment in enumerate(DAY.comments) if comment.key}
    assert [c.text for number, c in enumerate(DAY.comments) if c.to and place[c.to] > number] == []


def test_nobody_and_no_room_is_needed_twice_at_once() -> None:
    clashes = [
        (one.key, other.key)
        for one, other in combinations(DAY.sessions, 2)
        if one.starts < other.ends
        and other.starts < one.ends
        and (one.room == other.room or set(one.surgeons) & set(other.surgeons))
    ]
    assert clashes == []


def test_the_day_runs_from_ten_to_half_past_four_in_parallel() -> None:
    assert min(s.starts for s in DAY.sessions).isoformat() == "10:00:00"
    assert max(s.ends for s in DAY.sessions).isoformat() == "16:30:00"
    on = [s.key for s in DAY.sessions if s.starts.isoformat() <= "11:10:00" < s.ends.isoformat()]
    assert on == ["photos", "first-account", "blogging", "safe", "quiet-hour"]


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a loud mark", r"!"),
        ("an e-mail address or handle", r"@"),
        ("a telephone number", r"\d[\d ]{4,}\d"),
        ("a postcode", r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
        ("markup", r"[<>]|&\w+;"),
        ("an address on the web other than an example", r"https?://(?!example\.org/)"),
        ("an American spelling", r"(?i)\b(color|organiz|apologiz|favorite|center)\w*"),
        ("a blaming word", r"(?i)\b(crazy|insane|psycho|nutter|attention.seek\w*|commit(ted)? suicide)\b"),
    ],
)
def test_no_words_of_the_day_hold(what: str, pattern: str) -> None:
    assert [text for text in the_words(DAY) if re.search(pattern, text)] == [], what


def test_surgeons_go_by_a_first_name_and_a_letter() -> None:
    assert [s.name for s in DAY.surgeons if not re.fullmatch(r"[A-Z][a-z]+ [A-Z]\.", s.name)] == []


def test_labels_are_few_and_short() -> None:
    assert [s.key for s in DAY.surgeons if not 2 <= len(s.labels) <= 4] == []
    assert [label for s in DAY.surgeons for label in s.labels if len(label) > 24] == []


def test_a_surgeon_fills_every_field_of_a_profile() -> None:
    assert [s.key for s in DAY.surgeons if not (s.pronouns and s.headline and len(s.about) > 100)] == []


def fits(model: type, field: str, texts: list[str]) -> list[str]:
    limit = model._meta.get_field(field).max_length  # type: ignore[attr-defined]
    return [text for text in texts if len(text) > limit]


def test_everything_is_short_enough_for_its_row() -> None:
    answers = [answer for question in DAY.questions for answer in question.answers]
    too_long = [
        *fits(programme.Event, "tagline", [DAY.tagline]),
        *fits(programme.Event, "venue", [DAY.venue]),
        *fits(programme.Room, "about", [room.about for room in DAY.rooms]),
        *fits(programme.Session, "title", [session.title for session in DAY.sessions]),
        *fits(people.Surgeon, "headline", [surgeon.headline for surgeon in DAY.surgeons]),
        *fits(people.Surgeon, "about", [surgeon.about for surgeon in DAY.surgeons]),
        *fits(questions.Question, "text", [question.text for question in DAY.questions]),
        *fits(questions.Question, "warning", [question.warning for question in DAY.questions]),
        *fits(questions.Answer, "text", [answer.text for answer in answers]),
        *fits(threads.Comment, "text", [comment.text for comment in DAY.comments]),
    ]
    assert too_long == []


def test_private_words_fit_a_sealed_note() -> None:
    notes = [item.note for item in (*DAY.questions, *DAY.comments)]
    notes += [a.text for q in DAY.questions if q.audience == "surgeons" for a in q.answers]
    assert [note for note in notes if len(json.dumps(note, ensure_ascii=False).encode()) > 400] == []


def test_the_help_lines_were_looked_at_lately() -> None:
    assert DAY.help_reviewed.isoformat() == "2026-11-22"


def test_hard_topics_carry_a_warning_and_point_to_help() -> None:
    hard = [q for q in DAY.questions if re.search(r"self-harm|not want to be here", q.text)]
    assert len(hard) == 2
    assert [q.text for q in hard if not q.warning] == []
    assert [q.text for q in hard if "help lines" not in q.answers[0].text] == []
