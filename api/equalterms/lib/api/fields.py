"""Strict bodies and fields: JSON types are what they say, unknown fields are refused, text is cleaned."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from drf_spectacular.drainage import set_override
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from equalterms.lib import clock, ids
from equalterms.lib.refusal import Refusal
from equalterms.lib.text import clean, has_controls

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)


class ShallowJSONParser(JSONParser):
    """Refuses JSON that is nested deeper than can be read, as it refuses what is no JSON."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as deep:
            raise ParseError("JSON parse error - nested too deep") from deep


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields it does not know, so that no client sends more than is asked for.

    In a partial update only the outermost object may leave fields out; what lies within is whole.
    """

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = set(data) - {name for name, field in self.fields.items() if not field.read_only}
            if unknown:
                raise serializers.ValidationError(
                    {"body": serializers.ErrorDetail("There is a field we do not know.", "unknown-field")}
                )
            self._demand_whole(data)
        return super().to_internal_value(data)

    def _demand_whole(self, data: Mapping[str, Any]) -> None:
        if self is self.root or not getattr(self.root, "partial", False):
            return
        missing = [name for name, field in self.fields.items() if field.required and name not in data]
        if missing:
            required = serializers.ErrorDetail("This field is required.", "required")
            raise serializers.ValidationError({name: [required] for name in missing})


class WholeSerializer(StrictSerializer):
    """The body of a PATCH that must be whole, and is described so."""

    @property
    def partial(self) -> bool:  # DRF and drf-spectacular set it on every PATCH
        return False

    @partial.setter
    def partial(self, value: bool) -> None:
        pass


class Words(serializers.CharField):
    """Text of people: a JSON string, cleaned by lib.text before it is measured or compared."""

    default_error_messages = {"controls": "This holds control characters."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, **kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is not serializers.empty and data is not None:
            if not isinstance(data, str):
                self.fail("invalid")
            if has_controls(data):
                self.fail("controls")
            try:
                data.encode()
            except UnicodeEncodeError:
                self.fail("controls")
            data = clean(data)
        return super().run_validation(data)


class Flag(serializers.BooleanField):
    """true or false, not "yes" or 1."""

    default_error_messages = {"invalid": "Please give true or false."}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid")
        return data


class WholeNumber(serializers.IntegerField):
    """A JSON integer, not a string or a fraction."""

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class Bytes(serializers.Field[bytes, str, str, Any]):
    """Bytes of one exact length in canonical url-safe base64 without padding."""

    default_error_messages = {"invalid": "This is not url-safe base64 of the right length."}

    def __init__(self, *, size: int, **kwargs: Any) -> None:
        self.size = size
        letters = -(-size * 8 // 6)
        set_override(self, "field", {"type": "string", "pattern": f"^[A-Za-z0-9_-]{{{letters}}}$"})
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> bytes:
        try:
            return ids.unb64u(data, self.size) if isinstance(data, str) else self.fail("invalid")
        except (ValueError, UnicodeEncodeError):
            self.fail("invalid")

    def to_representation(self, value: bytes) -> str:
        return ids.b64u(bytes(value))


class Ident(serializers.UUIDField):
    """A UUID as a JSON string in its one usual spelling, not a number or without hyphens."""

    def to_internal_value(self, data: Any) -> UUID:
        ident = ids.as_uuid(data) if isinstance(data, str) else None
        return ident if ident is not None else self.fail("invalid", value=type(data).__name__)


@extend_schema_field(OpenApiTypes.DATETIME)
class Slot(serializers.Field[int, str, str, Any]):
    """A quarter of an hour, out only, as RFC 3339 in UTC."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: int) -> str:
        return clock.slot_iso(value)


class Moment(serializers.DateTimeField):
    """A moment: RFC 3339 with an offset in, UTC out, between the years 2000 and 2100."""

    default_error_messages = {"range": "Please give a time between the years 2000 and 2100."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, input_formats=["iso-8601"], **kwargs)

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str) or not RFC_3339.fullmatch(value):
            self.fail("invalid", format="2026-11-22T14:30:00Z")
        moment = super().to_internal_value(value)
        if not 2000 <= moment.year <= 2100:
            self.fail("range")
        return moment

    def to_representation(self, value: datetime) -> str:
        return clock.iso(value)


class Choice(serializers.ChoiceField):
    """One of a few words; anything but a string is refused rather than looked up, and never echoed."""

    default_error_messages = {"invalid_choice": "This is not one of the words it can be."}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice")
        return super().to_internal_value(data)


def refuse_field(attr: str, detail: str) -> Refusal:
    """The refusal of one field or query parameter, as a validation problem."""
    return Refusal(
        "invalid",
        "Some of this could not be accepted. See the list.",
        status=400,
        errors=[{"attr": attr, "code": "invalid", "detail": detail}],
    )


def valid(serializer: serializers.BaseSerializer[Any]) -> dict[str, Any]:
    """What was sent, checked; refuses the rest field by field."""
    serializer.is_valid(raise_exception=True)
    data: dict[str, Any] = serializer.validated_data
    return data


def client_made(ident: UUID) -> UUID:
    """Refuses any id but a UUIDv8: others may tell a time or a machine."""
    if not ids.is_v8(ident):
        raise refuse_field("id", "Ids are UUIDs of version 8, made from the receipt.")
    return ident


def read_tag(tag: str) -> UUID:
    """The 16 bytes of a tag; refuses any but their canonical spelling."""
    try:
        return UUID(bytes=ids.unb64u(tag, 16))
    except ValueError as wrong:
        raise refuse_field("tag", "A tag is 16 bytes in url-safe base64.") from wrong
