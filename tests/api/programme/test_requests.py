from typing import Any

import pytest
from rest_framework.exceptions import ValidationError

from equalterms.lib.api.fields import valid
from equalterms.programme.requests import (
    EventChangeSerializer,
    HelpLineInput,
    Ident,
    Line,
    NewSessionSerializer,
    Slug,
    WebAddress,
)
from equalterms.programme.rules import UK_HELP_LINES


def refuses(field: Any, value: Any) -> bool:
    try:
        field.run_validation(value)
    except ValidationError:
        return True
    return False


def test_a_line_has_one_line() -> None:
    assert Line().run_validation(" one \n two\t three ") == "one two three"
    assert refuses(Line(), "\n")
    assert refuses(Line(), 7)


@pytest.mark.parametrize(
    "value", ["javascript:alert(1)", "//x.org", "x.org", "data:,x", "https://", "http://a b", 7]
)
def test_a_web_address_is_http(value: Any) -> None:
    assert refuses(WebAddress(), value)
    assert WebAddress().run_validation("https://example.org/a?b#c") == "https://example.org/a?b#c"


@pytest.mark.parametrize(
    "value", ["Leeds", "a_b", "-a", "a-", "", "é", "0f0e0d0c-0b0a-4908-8706-050403020100", 7]
)
def test_a_slug_stands_in_an_address(value: Any) -> None:
    assert refuses(Slug(), value)
    assert Slug().run_validation("leeds-2026") == "leeds-2026"


@pytest.mark.parametrize("value", [7, -1, "", "x", "0F0E0D0C-0B0A-4908-8706-050403020100", "0" * 32, ["a"]])
def test_an_id_has_one_spelling(value: Any) -> None:
    assert refuses(Ident(), value)


def test_the_help_lines_we_start_with_may_be_sent_back() -> None:
    assert [valid(HelpLineInput(data=line)) for line in UK_HELP_LINES] == list(UK_HELP_LINES)


def test_a_session_reviewed_as_its_event_says_so_with_nothing() -> None:
    new = {"kind": "talk", "title": "x", "starts": "2027-03-01T09:00:00Z", "ends": "2027-03-01T10:00:00Z"}

    assert valid(NewSessionSerializer(data=new | {"review": None}))["review"] == ""
    assert "review" not in valid(NewSessionSerializer(data=new))


def test_a_change_names_only_what_changes() -> None:
    assert valid(EventChangeSerializer(data={"state": "published"}, partial=True)) == {"state": "published"}
    assert valid(EventChangeSerializer(data={}, partial=True)) == {}


def test_labels_are_given_once_each_whatever_their_case() -> None:
    def sent(*labels: Any) -> EventChangeSerializer:
        return EventChangeSerializer(data={"labels": list(labels)}, partial=True)

    assert valid(sent("Photos", " Old  phones ")) == {"labels": ["Photos", "Old phones"]}
    assert valid(sent()) == {"labels": []}
    for wrong in (["Photos", "photos"], [""], ["x" * 41], [7], [f"label {number}" for number in range(31)]):
        assert not sent(*wrong).is_valid()


@pytest.mark.parametrize("minutes", [4, 121, "15", None, True])
def test_one_person_takes_between_five_minutes_and_two_hours(minutes: Any) -> None:
    assert not EventChangeSerializer(data={"minutes": minutes}, partial=True).is_valid()
