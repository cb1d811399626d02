"""Shapes of a surgeon's table. Nothing here says who waits, since when, or who came first."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from equalterms.bookings.models import Booking
from equalterms.bookings.rules import outward
from equalterms.bookings.serializers.places import STATES
from equalterms.desk.serializers.answers import DeskQuestionSerializer
from equalterms.desk.serializers.care import ColleagueSerializer
from equalterms.desk.surgery.rules import WHEREABOUTS
from equalterms.lib.api.fields import Choice, Flag, Ident, StrictSerializer, Words
from equalterms.programme.serializers import SessionNameSerializer


class WhereSerializer(serializers.Serializer[Any]):
    """Where a surgeon is."""

    state = serializers.ChoiceField(choices=WHEREABOUTS)
    place = serializers.CharField(allow_blank=True)


class TableColleagueSerializer(ColleagueSerializer):
    """Somebody who could take over, and where they are. `people`: somebody can be sent to them now; anybody
    here takes questions, and what calls for care whoever `decides`."""

    state = serializers.ChoiceField(choices=WHEREABOUTS)
    place = serializers.CharField(allow_blank=True)
    people = serializers.BooleanField()
    decides = serializers.BooleanField()


class SayWhereSerializer(StrictSerializer):
    """`place` is where people are to come: "table 3". Whoever is away is nowhere."""

    state = Choice(choices=WHEREABOUTS)
    place = Words(max_length=40, allow_blank=True, default="")


class PersonSerializer(serializers.Serializer[Booking]):
    """Somebody at a table, by the number they carry. Of somebody who was seen to it is given once more, with
    that answer; then it is erased, and null."""

    id = serializers.UUIDField()
    ticket = serializers.IntegerField(allow_null=True)
    state = serializers.SerializerMethodField()
    labels = serializers.ListField(child=serializers.CharField())
    remote = serializers.BooleanField()
    session = SessionNameSerializer()

    @extend_schema_field(serializers.ChoiceField(choices=STATES))
    def get_state(self, booking: Booking) -> str:
        return outward(booking.state)


class WaitingSerializer(serializers.Serializer[Any]):
    """How many want this help; "" stands for those who named none."""

    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # a field of the wire, not DRF's own
    people = serializers.IntegerField(min_value=0)


class NextSerializer(serializers.Serializer[Any]):
    """How many people and questions that fit this surgeon wait now. People fit by the help they want,
    questions by the track of their session; what names none, and the surgeon's own sessions, always fit,
    and everything fits a surgeon without labels."""

    people = serializers.IntegerField(min_value=0)
    questions = serializers.IntegerField(min_value=0)


class TableSerializer(serializers.Serializer[Any]):
    """A surgeon's table: where they are, what help they give, whom and what they have taken, who waits."""

    presence = WhereSerializer()
    labels = serializers.ListField(child=serializers.CharField())
    people = PersonSerializer(many=True)
    questions = DeskQuestionSerializer(many=True)
    waiting = WaitingSerializer(many=True)
    next = NextSerializer()


class TakeSerializer(StrictSerializer):
    """`any`: whoever, or whichever question, is next, also what does not fit the surgeon's labels."""

    what = Choice(choices=("person", "question"))
    any = Flag(default=False)


class TakenSerializer(serializers.Serializer[Any]):
    """What was taken: one of the two."""

    person = PersonSerializer(allow_null=True)
    question = DeskQuestionSerializer(allow_null=True)


class WordSerializer(StrictSerializer):
    """Words that only the phone of whoever was called can open."""

    text = Words(max_length=300)


class HandSerializer(StrictSerializer):
    """The account of a colleague."""

    to = Ident()
