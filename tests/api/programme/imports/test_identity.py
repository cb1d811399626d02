from datetime import date

import pytest
from tests.api.programme.imports.files import OURS, changed, planned, refused, reshaped

from equalterms.programme.imports import identity


def test_an_event_is_known_by_its_acronym_and_year() -> None:
    assert identity.event("FOSDEM", "FOSDEM 2025", date(2025, 2, 1)) == "acronym:fosdem 2025"


def test_an_event_without_an_acronym_is_known_by_its_title_and_first_day() -> None:
    assert identity.event("", "FOSDEM 2024", date(2024, 2, 3)) == "title:fosdem-2024 2024-02-03"


def test_a_session_is_known_by_its_guid_else_its_id() -> None:
    by_guid = planned((OURS / "frab.json").read_text(), "a.json").sessions
    by_id = planned((OURS / "fosdem.xml").read_text(), timezone="Europe/Brussels").sessions

    assert [session.source for session in by_guid] == [
        "guid:a0a0fcfe-b7fb-46e3-84b6-97a5406016b4",
        "guid:c9edea6f-1da1-4772-a0a9-6dd4e33f11bb",
    ]
    assert [session.source for session in by_id] == ["id:101", "id:102", "id:103"]


def test_a_session_without_any_mark_is_refused() -> None:
    text = changed("fosdem.xml", ('<event id="103">', "<event>"))

    assert refused(text, timezone="Europe/Brussels") == [
        "line 66: the session has no guid or id that a later file could name it by"
    ]


def test_two_sessions_with_one_guid_are_refused() -> None:
    text = changed(
        "frab.json", ("c9edea6f-1da1-4772-a0a9-6dd4e33f11bb", "a0a0fcfe-b7fb-46e3-84b6-97a5406016b4")
    )

    first = 'schedule.conference.days[0].rooms["Big tent"][0]'
    (said,) = refused(text, "a.json")
    assert said == (
        'schedule.conference.days[0].rooms["Big tent"][1].guid: '
        f"the guid “a0a0fcfe-b7fb-46e3-84b6-97a5406016b4” is taken by the session at {first}"
    )


def test_a_session_that_stands_twice_in_the_file_is_refused() -> None:
    def twice(conference: dict[str, dict[int, dict[str, dict[str, list[object]]]]]) -> None:
        sessions = conference["days"][0]["rooms"]["Big tent"]
        sessions.append(sessions[0])

    assert len(refused(reshaped("frab.json", twice), "a.json")) == 1


def test_a_workshop_held_twice_under_one_mark_is_two_sessions() -> None:
    text = changed(
        "fosdem.xml", ('id="102"', 'id="101"'), ("A late walk &amp; talk", "Letters people can read")
    )

    plan = planned(text, timezone="Europe/Brussels")

    assert [session.source for session in plan.sessions] == ["id:101#2", "id:101", "id:103"]
    assert "the id “101” comes again; read as a repeat" in plan.warnings[0]


def test_a_person_is_one_however_often_they_come_and_however_their_number_is_spelt() -> None:
    plan = planned((OURS / "frab.json").read_text(), "a.json")

    assert [(person.source, person.name) for person in plan.people] == [("id:1", "jinx"), ("id:2", "Ada B.")]
    assert [session.people for session in plan.sessions] == [("id:1", "id:2"), ("id:1",)]


def test_a_person_without_a_number_is_known_by_name() -> None:
    plan = planned((OURS / "fosdem.xml").read_text(), timezone="Europe/Brussels")

    assert plan.sessions[2].people == ("name:sam reed",)


def test_a_number_that_several_people_share_tells_nobody() -> None:
    text = changed(
        "fosdem.xml", ('<person id="7">', '<person id="0">'), ('<person id="8">', '<person id="0">')
    )

    plan = planned(text, timezone="Europe/Brussels")

    assert {person.source for person in plan.people} == {"name:zoë okafor", "name:ravi shah", "name:sam reed"}


def test_a_person_without_a_name_is_left_out_with_a_note() -> None:
    plan = planned(changed("fosdem.xml", ("Sam Reed", " ")), timezone="Europe/Brussels")

    assert plan.sessions[2].people == ()
    assert "line 75: a person without a name was left out" in plan.warnings


def test_a_person_whose_number_and_code_are_both_spoilt_is_refused_by_path() -> None:
    text = (OURS / "broken/marks.json").read_text()

    person = 'schedule.conference.days[0].rooms["The \\"red\\" room"][0].persons[0]'
    assert refused(text, "a.json") == [
        f"{person}.id: id “xyz” is not a number or a UUID",
        f"{person}.code: code “ÄÖ” is not made of the letters A to Z and digits",
    ]


@pytest.mark.parametrize(
    "marks",
    [
        '"id": "xyz"',
        '"id": "divoc-17"',
        '"id": 0',
        '"id": null, "code": null',
        '"code": "NQTF8Y"',
        '"id": "xyz", "code": "NQTF8Y"',
        '"guid": "0c16ffaa-709d-599f-959f-9a38b911361a", "code": "ÄÖ"',
    ],
)
def test_the_marks_real_makers_give_their_people_are_taken(marks: str) -> None:
    text = changed("broken/marks.json", ('"id": "xyz", "code": "ÄÖ"', marks))

    assert [person.name for person in planned(text, "a.json").people] == ["Mo"]
