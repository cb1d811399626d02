"""What staff may send about a day: shapes only; whether it can be so is for the actions."""

from datetime import date
from typing import Any

from django.core.validators import EmailValidator, RegexValidator, URLValidator
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from equalterms.lib import ids
from equalterms.lib.api.fields import Bytes, Choice, Flag, Ident, Moment, StrictSerializer, WholeNumber, Words
from equalterms.people.models import Surgeon
from equalterms.people.serializers import Password
from equalterms.programme.models import EventState, Mixing, ReviewMode, RoleKind, SessionKind, SessionState

NUMBER = RegexValidator(r"^(\+?[0-9][0-9 ]{1,23})?$", "Please give a telephone number in digits and spaces.")
LANGUAGE = RegexValidator(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "Please give a language tag like en-GB.")
SLUG = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$", "Please use small letters, digits and single hyphens."
)
WHEN_REVIEWED = (
    "`before` anything is shown, `after`, or `closed`. With `after`, and mixing not off, things still leave"
    " in groups at ticks, though nobody looked yet; with mixing off they are shown the moment they come."
)


class Line(Words):
    """Words on one line."""

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return super().run_validation(" ".join(data.split()) if isinstance(data, str) else data)


class Labels(serializers.ListField):
    """Words to choose from, each once, whatever its case."""

    default_error_messages = {"twice": "Please give each label once."}

    def run_child_validation(self, data: Any) -> list[Any]:
        labels: list[str] = super().run_child_validation(data)
        if len({label.casefold() for label in labels}) < len(labels):
            self.fail("twice")
        return labels


class WebAddress(Words):
    """An address people may follow: http or https only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=500, validators=[URLValidator(schemes=["http", "https"])], **kwargs)


class LocalDay(serializers.DateField):
    """A date of this century, as a calendar at the venue shows it."""

    default_error_messages = {"range": "Please give a date between 2000 and 2100."}

    def to_internal_value(self, value: Any) -> date:
        day: date = super().to_internal_value(value)
        if not 2000 <= day.year <= 2100:
            self.fail("range")
        return day


class Slug(Words):
    """What stands in an address; never in the shape of an id."""

    default_error_messages = {"id": "This looks like an id."}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, validators=[SLUG], **kwargs)

    def to_internal_value(self, data: Any) -> str:
        return self.fail("id") if ids.as_uuid(str(data)) else super().to_internal_value(data)


@extend_schema_serializer(component_name="LinkInput")
class LinkInput(StrictSerializer):
    label = Line(max_length=80)  # type: ignore[assignment]  # a field of the wire, not DRF's own
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
        whole = {"note": "", "tel": "", "sms": "", "url": ""} | attrs  # in a PATCH no default is filled in
        if not (whole["tel"] or whole["sms"] or whole["url"]):
            raise serializers.ValidationError("Please give a number to call or text, or an address.")
        return whole


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
    review = Choice(choices=ReviewMode.choices, required=False, help_text=WHEN_REVIEWED)
    mixing = Choice(choices=Mixing.choices, required=False)
    proof = Flag(required=False)
    join_code = Line(max_length=20, allow_blank=True, required=False)
    help_lines: "serializers.ListSerializer[Any]" = serializers.ListSerializer(
        child=HelpLineInput(), max_length=20, required=False
    )
    help_reviewed = serializers.DateField(allow_null=True, required=False)


@extend_schema_serializer(component_name="EventChange")
class EventChangeSerializer(NewEventSerializer):
    """`safety_lead`: an account that decides there, who sees to what needs care; null for the first
    organiser. `keep_days` after it was closed, a day keeps only what is public. `labels`: the kinds of help
    one can ask for beside those that surgeons name; `minutes` one person at a table takes."""

    state = Choice(choices=EventState.choices)
    safety_lead = Ident(allow_null=True)
    keep_days = WholeNumber(min_value=1, max_value=365)
    labels = Labels(child=Line(max_length=40), max_length=30)
    minutes = WholeNumber(min_value=5, max_value=120)


@extend_schema_serializer(component_name="Clone")
class CloneSerializer(StrictSerializer):
    """`starts` is the date of the new day's first session, at the venue."""

    title = Line(max_length=200)
    slug = Slug()
    starts = LocalDay()


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
    review = Choice(choices=ReviewMode.choices, allow_null=True, required=False, help_text=WHEN_REVIEWED)

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
        child=Choice(choices=list(Surgeon.CHOOSABLE)), max_length=len(Surgeon.CHOOSABLE)
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


@extend_schema_serializer(component_name="NewCoModerator")
class NewCoModeratorSerializer(StrictSerializer):
    """`hours` from now on."""

    name = Line(max_length=80)
    hours = WholeNumber(min_value=1, max_value=72)


@extend_schema_serializer(component_name="NewPasswordLink")
class NewPasswordLinkSerializer(StrictSerializer):
    account = Ident()


@extend_schema_serializer(component_name="Acceptance")
class AcceptanceSerializer(StrictSerializer):
    """Takes up a role."""

    token = Bytes(size=32)
    email = Line(max_length=254, validators=[EmailValidator()])
    name = Line(max_length=80)
    password = Password()


@extend_schema_serializer(component_name="PasswordAcceptance")
class PasswordAcceptanceSerializer(StrictSerializer):
    """Chooses a new password."""

    token = Bytes(size=32)
    password = Password()


@extend_schema_serializer(component_name="SessionAcceptance")
class SessionAcceptanceSerializer(StrictSerializer):
    """Moderates one session for a while, under this name."""

    token = Bytes(size=32)
    name = Line(max_length=80)


class AnyAcceptanceSerializer(StrictSerializer):
    """What may come to take up an invitation, before its token tells which of the three it has to be."""

    token = Bytes(size=32)
    email = Line(required=False, max_length=254, validators=[EmailValidator()])
    name = Line(required=False, max_length=80)
    password = Password(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if set(attrs) - {"token"} not in ({"email", "name", "password"}, {"password"}, {"name"}):
            missing = next(name for name in ("password", "name", "email") if name not in attrs)
            raise serializers.ValidationError({missing: ["Please fill this in."]})
        return attrs
