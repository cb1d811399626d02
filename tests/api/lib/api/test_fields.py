from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.exceptions import ParseError
from rest_framework.serializers import ValidationError

from equalterms.lib.api.fields import (
    Bytes,
    Choice,
    Flag,
    Moment,
    ShallowJSONParser,
    Slot,
    StrictSerializer,
    WholeNumber,
    Words,
    client_made,
    read_tag,
    refuse_field,
    valid,
)
from equalterms.lib.ids import b64u, v8
from equalterms.lib.refusal import Refusal


class Note(StrictSerializer):
    text = Words(max_length=5)
    loud = Flag(required=False)


def test_a_body_is_read_and_its_text_cleaned_before_it_is_measured() -> None:
    assert valid(Note(data={"text": " \u200bhello\r\n ", "loud": True})) == {"text": "hello", "loud": True}


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({"text": "hello", "mood": "x"}, {"body": "unknown-field"}),
        ({"text": "hello there"}, {"text": "max_length"}),
        ({"text": " \u200b "}, {"text": "blank"}),
        ({"text": "a\x00b"}, {"text": "controls"}),
        ({"text": "\ud800"}, {"text": "controls"}),
        ({"text": None}, {"text": "null"}),
        ({"text": 1}, {"text": "invalid"}),
        ({"text": ["a"]}, {"text": "invalid"}),
        ({}, {"text": "required"}),
        ({"text": "a", "loud": "true"}, {"loud": "invalid"}),
        ({"text": "a", "loud": 1}, {"loud": "invalid"}),
    ],
)
def test_a_body_of_another_shape_is_refused_field_by_field(
    body: dict[str, Any], codes: dict[str, str]
) -> None:
    with pytest.raises(ValidationError) as refusal:
        valid(Note(data=body))

    found = dict(refusal.value.get_codes())
    assert {attr: code if isinstance(code, str) else code[0] for attr, code in found.items()} == codes


def refuses(field: Any, value: Any) -> bool:
    try:
        field.run_validation(value)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("value", ["1", 1.0, 1.5, True, None, [1], 6, -1])
def test_a_whole_number_is_a_json_integer_within_bounds(value: Any) -> None:
    field = WholeNumber(min_value=0, max_value=5)

    assert refuses(field, value)
    assert field.run_validation(5) == 5


@pytest.mark.parametrize("value", ["AAE=", "AAE", "A", "é", "AB", 1, None, "\ud800"])
def test_bytes_are_canonical_base64url_of_one_length(value: Any) -> None:
    field = Bytes(size=1)

    assert refuses(field, value)
    assert (field.run_validation("_w"), field.to_representation(b"\xff")) == (b"\xff", "_w")


@pytest.mark.parametrize(
    "value",
    [
        "1999-12-31T23:59:59Z",
        "2101-01-01T00:00:00Z",
        "2026-11-22",
        "2026-11-22T14:30:00",
        "2026-W47-7T14:30Z",
        "now",
        1700000000,
        None,
        "",
        "9" * 99,
    ],
)
def test_a_moment_is_rfc_3339_in_our_century(value: Any) -> None:
    field = Moment()

    assert refuses(field, value)
    assert field.run_validation("2026-11-22T15:30:00+01:00") == datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
    assert (
        field.to_representation(datetime(2026, 11, 22, 14, 30, 9, 999, tzinfo=UTC)) == "2026-11-22T14:30:09Z"
    )


@pytest.mark.parametrize("value", ["c", 1, None, ["a"], {"a": 1}])
def test_a_choice_is_one_of_a_few_words(value: Any) -> None:
    field = Choice(choices=["a", "b"])

    assert refuses(field, value)
    assert field.run_validation("a") == "a"


def test_a_slot_is_said_as_its_quarter_of_an_hour() -> None:
    assert Slot().to_representation(900) == "1970-01-01T00:15:00Z"


def test_one_field_is_refused_as_a_validation_problem() -> None:
    refusal = refuse_field("day", "There is no such day.")

    assert (refusal.status, refusal.code) == (400, "invalid")
    assert refusal.errors == [{"attr": "day", "code": "invalid", "detail": "There is no such day."}]


def test_ids_of_clients_are_uuids_of_version_8_and_tags_16_bytes() -> None:
    made = v8(bytes(16))

    assert client_made(made) == made
    assert read_tag(b64u(made.bytes)) == made
    for wrong in (lambda: client_made(uuid4()), lambda: read_tag("A" * 21 + "B")):
        with pytest.raises(Refusal):
            wrong()


def test_json_that_is_nested_too_deep_is_refused_as_no_json_is() -> None:
    for nonsense in (b"[" * 100_000, b"{"):
        with pytest.raises(ParseError):
            ShallowJSONParser().parse(BytesIO(nonsense), "application/json", {})
