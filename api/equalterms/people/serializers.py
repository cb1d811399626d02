"""Profiles as they are printed, and what the sign-in addresses take and give."""

import unicodedata
from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from equalterms.lib.api.fields import StrictSerializer, Words
from equalterms.people.models import Surgeon


class LinkSerializer(serializers.Serializer[Any]):
    """Where else to look."""

    label = serializers.CharField(read_only=True, default="")  # type: ignore[assignment]  # a field of the wire, not DRF's own
    url = serializers.CharField(read_only=True)


@extend_schema_serializer(component_name="SurgeonCard")
class SurgeonCardSerializer(serializers.Serializer[Surgeon]):
    """A helper in short. What its owner keeps private is blank. Read the rows `with_photos`."""

    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(read_only=True)
    headline = serializers.CharField(read_only=True)
    labels = serializers.ListField(child=serializers.CharField(), read_only=True)
    photo = serializers.SerializerMethodField()

    @extend_schema_field({"type": ["string", "null"], "format": "uri-reference"})
    def get_photo(self, surgeon: Surgeon) -> str | None:
        return surgeon.photo

    def to_representation(self, surgeon: Surgeon) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(surgeon)
        for field in Surgeon.CHOOSABLE:
            if field in shown and not surgeon.shows(field):
                shown[field] = None if field == "photo" else type(shown[field])()
        return shown


class ProfileSerializer(SurgeonCardSerializer):
    """All of a profile that the people of a day may read."""

    pronouns = serializers.CharField(read_only=True)
    about = serializers.CharField(read_only=True)
    links = LinkSerializer(many=True, read_only=True)


class Password(serializers.CharField):
    """A JSON string kept as it is but for Unicode composition, which differs between keyboards."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, max_length=200, write_only=True, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return unicodedata.normalize("NFC", data)


@extend_schema_serializer(component_name="Refresh")
class RefreshSerializer(StrictSerializer):
    refresh = Words(max_length=2000)


@extend_schema_serializer(component_name="Tokens")
class TokensSerializer(serializers.Serializer[Any]):
    """`access` goes into `Authorization: Bearer`; `refresh` for one exchange (again within a minute)."""

    access = serializers.CharField(read_only=True)
    refresh = serializers.CharField(read_only=True)


@extend_schema_serializer(component_name="Nothing")
class NothingSerializer(StrictSerializer):
    """Nothing is sent: `{}`, or no body."""
