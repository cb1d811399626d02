"""What staff may send about a day: shapes only; whether it can be so is for the actions."""

from typing import Any

from django.core.validators import EmailValidator, RegexValidator, URLValidator
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from equalterms.lib import ids
from equalterms.lib.api.fields import Bytes, Choice, Flag, Ident, Moment, StrictSerializer, WholeNumber, Words
from equalterms.people.serializers import Password
from equalterms.programme.models import EventState, Mixing, ReviewMode, RoleKind, SessionKind, SessionState

NUMBER = RegexValidator(r"^(\+?[0-9][0-9 ]{1,23})?$", "Please give a telephone number in digits and spaces.")
LANGUAGE = RegexValidator(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "Please give a language tag like en-GB.")
SLUG = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$", "Please use small letters, digits and single hyphens."
)


class Line(Words):
    """Words on one line."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return super().run_validation(" ".join(data.split()) if isinstance(data, str) else data)


class WebAddress(Words):
    """An address people may follow: http or https only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=500, validators=[URLValidator(schemes=["http", "https"])], **kwargs)


class Slug(Words):
    """What stands in an address; never in the shape of an id."""

    default_error_messages = {"id": "This looks like an id."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, validators=[SLUG], **kwargs)

    def to_internal_value(self, data: Any) -> str:
        return self.fail("id") if ids.as_uuid(str(data)) else super().to_internal_value(data)


@extend_schema_serializer(component_name="LinkInput")
class LinkInput(StrictSerializer):
    label = Line(max_length=80)  # type: ignore[assignment]
    url = WebAddress()


@extend_schema_serializer(component_name="HelpLineInput")
class HelpLineInput(StrictSerializer):
    """Somebody to turn to: by call, by text or on the web, at least one of them."""

    name = Line(max_length=80)
    note = Line(max_length=300, allow_blank=True, default="")
    tel = Line(validators=[NUMBER], allow_blank=True, default="")
    sms = Line(validators=[NUMBER], allow_blank=True, default="")
    url = WebAddress(allow_blank=True, default="")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not (attrs["tel"] or attrs["sms"] or attrs["url"]):
            raise serializers.ValidationError("Please give a number to call or text, or an address.")
        return attrs


@extend_schema_serializer(component_name="NewEvent")
class NewEventSerializer(StrictSerializer):
    slug = Slug()
    title = Line(max_length=200)
    starts = Moment()
    ends = Moment()
    timezone = Line(max_length=64)
    tagline = Line(max_length=300, allow_blank=True, required=False)
    about = Words(max_length=20_000, allow_blank=True, required=False)
    venue = Line(max_length=300, allow_blank=True, required=False)
    language = Line(max_length=12, validators=[LANGUAGE], required=False)
    review = Choice(choices=ReviewMode.choices, required=False)
    mixing = Choice(choices=Mixing.choices, required=False)
    proof = Flag(required=False)
    join_code = Line(max_length=20, allow_blank=True, required=False)
    help_lines: "serializers.ListSerializer[Any]" = serializers.ListSerializer(
        child=HelpLineInput(), max_length=20, required=False
    )
    help_reviewed = serializers.DateField(allow_null=True, required=False)


@extend_schema_serializer(component_name="EventChange")
class EventChangeSerializer(NewEventSerializer):
    state = Choice(choices=EventState.choices)


@extend_schema_serializer(component_name="RoomInput")
class RoomInputSerializer(StrictSerializer):
    name = Line(max_length=120)
    about = Line(max_length=500, allow_blank=True, required=False)


@extend_schema_serializer(component_name="NewSession")
class NewSessionSerializer(StrictSerializer):
    """`room` and `surgeons` are ids of this event. `review` null: as the event says."""

    kind = Choice(choices=SessionKind.choices)
    title = Line(max_length=300)
    starts = Moment()
    ends = Moment()
    day = serializers.DateField(required=False)
    subtitle = Line(max_length=300, allow_blank=True, required=False)
    track = Line(max_length=120, allow_blank=True, required=False)
    language = Line(max_length=12, validators=[LANGUAGE], allow_blank=True, required=False)
    about = Words(max_length=20_000, allow_blank=True, required=False)
    links: "serializers.ListSerializer[Any]" = serializers.ListSerializer(
        child=LinkInput(), max_length=20, required=False
    )
    room = Ident(allow_null=True, required=False)
    surgeons = serializers.ListField(child=Ident(), max_length=50, required=False)
    capacity = WholeNumber(min_value=1, max_value=100_000, allow_null=True, required=False)
    review = Choice(choices=ReviewMode.choices, allow_null=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {**attrs, "review": attrs["review"] or ""} if "review" in attrs else attrs


@extend_schema_serializer(component_name="SessionChange")
class SessionChangeSerializer(NewSessionSerializer):
    state = Choice(choices=SessionState.choices)


@extend_schema_serializer(component_name="NewListing")
class NewListingSerializer(StrictSerializer):
    """Either `surgeon`, listed at another event of yours, or the `name` of somebody new."""

    surgeon = Ident(required=False)
    name = Line(max_length=120, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError("Please give either a surgeon or a name.")
        return attrs


@extend_schema_serializer(component_name="ProfileChange")
class ProfileChangeSerializer(StrictSerializer):
    """`public` names the fields anybody may read; the name is always one of them."""

    name = Line(max_length=120)
    headline = Line(max_length=140, allow_blank=True)
    pronouns = Line(max_length=40, allow_blank=True)
    about = Words(max_length=4000, allow_blank=True)
    labels = serializers.ListField(child=Line(max_length=40), max_length=8)
    links: "serializers.ListSerializer[Any]" = serializers.ListSerializer(child=LinkInput(), max_length=10)
    public = serializers.ListField(
        child=Choice(choices=["headline", "pronouns", "labels", "about", "links"]), max_length=5
    )
    published = Flag()


@extend_schema_serializer(component_name="MeChange")
class MeChangeSerializer(StrictSerializer):
    """A new `password` needs the `current_password` beside it; it ends every sign-in."""

    name = Line(max_length=80, required=False)
    password = Password(required=False)
    current_password = Password(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "password" in attrs and "current_password" not in attrs:
            raise serializers.ValidationError({"current_password": "Please give your present password too."})
        return attrs


@extend_schema_serializer(component_name="NewInvitation")
class NewInvitationSerializer(StrictSerializer):
    role = Choice(choices=RoleKind.choices)
    name = Line(max_length=80)


@extend_schema_serializer(component_name="InvitationToken")
class InvitationTokenSerializer(StrictSerializer):
    token = Bytes(size=32)


@extend_schema_serializer(component_name="Acceptance")
class AcceptanceSerializer(StrictSerializer):
    token = Bytes(size=32)
    email = Line(max_length=254, validators=[EmailValidator()])
    name = Line(max_length=80)
    password = Password()
