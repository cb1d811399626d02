import pytest
from tests.api.programme.imports.files import OURS, changed, planned, refused

from equalterms.programme.imports.dialects.raw import Broken, RawSchedule
from equalterms.programme.imports.settling import Settling, plain


def a_settling() -> Settling:
    return Settling(RawSchedule({"zone": "Europe/London"}, {}), None)


def test_a_file_without_a_zone_is_refused_with_the_way_out() -> None:
    assert refused((OURS / "fosdem.xml").read_text()) == [
        "the file names no time zone: please add one, like --timezone Europe/London"
    ]


def test_an_unknown_zone_is_refused_by_its_place() -> None:
    text = changed("frab.json", ('"Europe/Berlin"', '"MESZ"'))

    assert refused(text, "a.json") == [
        (
            "schedule.conference.time_zone_name: “MESZ” is not a zone we know: "
            "please add one, like --timezone Europe/London"
        )
    ]


def test_the_zone_asked_for_wins_and_is_noted() -> None:
    plan = planned((OURS / "hub.json").read_text(), "a.json", timezone="Europe/London")

    assert plan.timezone == "Europe/London"
    assert "the file says the zone is Europe/Berlin; Europe/London was taken as asked" in plan.warnings


def test_an_unknown_zone_asked_for_is_refused() -> None:
    assert refused((OURS / "frab.json").read_text(), "a.json", timezone="Berlin") == [
        "--timezone: “Berlin” is not a zone we know (like Europe/London)"
    ]


def test_a_change_of_day_that_is_no_hour_is_refused_by_its_line() -> None:
    text = changed("fosdem.xml", ("09:00:00</day_change>", "morning</day_change>"))

    assert refused(text, timezone="Europe/Brussels") == ["line 11: day_change “morning” is not a time of day"]


def test_words_beyond_the_models_bounds_are_cut_at_a_word_and_noted() -> None:
    settling = a_settling()

    assert settling.text("plain words " * 3, 20, "line 3", "title") == "plain words plain…"
    assert settling.warnings == ["line 3: title has 35 characters and was cut to 20"]


def test_a_line_has_no_breaks_and_prose_has_paragraphs() -> None:
    settling = a_settling()

    assert settling.text(" one\n  two\t", 20, "", "title") == "one two"
    assert settling.prose("<p>one</p><p>two</p>", 20, "", "about") == "one\n\ntwo"


def test_what_no_database_takes_is_left_out() -> None:
    assert plain("a\ud800b\x00c\x1bd") == "abcd"


def test_after_ten_problems_the_rest_is_not_read() -> None:
    settling = a_settling()

    for number in range(9):
        settling.refuse(f"line {number}", "no")
    with pytest.raises(Broken) as wrong:
        settling.refuse("line 9", "no")

    assert len(wrong.value.problems) == 10
