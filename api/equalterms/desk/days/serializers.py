"""What is asked of whoever rehearses a day."""

from typing import Any

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from equalterms.lib.api.fields import Flag, StrictSerializer


@extend_schema_serializer(component_name="RehearsalChange")
class RehearsalChangeSerializer(StrictSerializer):
    """`on` false ends it, and deletes all that was sent in it."""

    on = Flag()


@extend_schema_serializer(component_name="Rehearsal")
class RehearsalSerializer(serializers.Serializer[Any]):
    rehearsal = serializers.BooleanField(read_only=True)
