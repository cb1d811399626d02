"""Shapes of proofs, notes and receipts."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema_serializer, inline_serializer
from rest_framework import serializers

from equalterms.lib.api.fields import Bytes, Choice, StrictSerializer, WholeSerializer, Words
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.lib.ids import b64u
from equalterms.people.serializers import Password
from equalterms.safety.models import Note, ReportReason, State
from equalterms.safety.profile.sealing import is_usable


class ReplyKey(Bytes):
    """An X25519 public key; the few whose secret is always zero are refused."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(size=32, **kwargs)

    def to_internal_value(self, data: Any) -> bytes:
        key = super().to_internal_value(data)
        if not is_usable(key):
            self.fail("invalid")
        return key


class ProofSerializer(StrictSerializer):
    """Polymorphic by `type`, so that other kinds of proof can come later."""

    type = Choice(choices=["pow", "none"])
    payload = Words(required=False, max_length=4096, help_text="Base64 of ALTCHA's {challenge, solution}.")


@extend_schema_serializer(component_name="SignIn")
class SignInSerializer(StrictSerializer):
    """`proof` is wanted after `slow-down` only, of `token/challenge/`."""

    email = Words(max_length=254)
    password = Password()
    proof = ProofSerializer(required=False)


# ALTCHA's own spelling, so the names are keys here and not attributes.
CHALLENGE_PARAMETERS = inline_serializer(
    "ChallengeParameters",
    fields={
        "algorithm": serializers.CharField(),
        "nonce": serializers.CharField(),
        "salt": serializers.CharField(),
        "cost": serializers.IntegerField(),
        "keyLength": serializers.IntegerField(),
        "keyPrefix": serializers.CharField(),
        "keySignature": serializers.CharField(required=False),
        "expiresAt": serializers.IntegerField(),
        "data": serializers.DictField(),
    },
    required=False,
)


class ChallengeSerializer(serializers.Serializer[Any]):
    """An ALTCHA v2 challenge, or `{"type": "none"}` where the event asks for no proof."""

    type = serializers.CharField(required=False)
    parameters = CHALLENGE_PARAMETERS
    signature = serializers.CharField(required=False)


class NoteSerializer(serializers.ModelSerializer[Note]):
    sealed = serializers.SerializerMethodField()

    class Meta:
        model = Note
        fields = ["box", "sealed"]

    def get_sealed(self, note: Note) -> str:
        return b64u(bytes(note.sealed))


class NotesSerializer(serializers.Serializer[Any]):
    """Every sealed note of a session, the same for everybody."""

    version = serializers.IntegerField()
    notes = NoteSerializer(many=True)


class EditSerializer(WholeSerializer):
    """New words for one's own question or comment."""

    text = Words(min_length=1, max_length=1000)
    proof = ProofSerializer(required=False)


class CastSerializer(StrictSerializer):
    """What is sent to vote or react."""

    proof = ProofSerializer(required=False)


class ReportSerializer(CastSerializer):
    """What is sent to report something. "Worried" asks staff to see to it, and folds nothing."""

    reason = Choice(choices=ReportReason.choices)


class ReceivedSerializer(serializers.Serializer[Any]):
    """It is stored. What was approved but has not left yet is still called held."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=State.choices)


class CountedSerializer(serializers.Serializer[Any]):
    """`counted` is false for a report of something that a moderator let stand."""

    id = serializers.UUIDField()
    counted = serializers.BooleanField()


# What anonymous writes may be refused with, for the contract.
GONE = OpenApiResponse(ProblemSerializer, "Withdrawn.")
TAKEN = OpenApiResponse(ProblemSerializer, "Another one, or other words, under this id; or closed.")
OVER = OpenApiResponse(ProblemSerializer, "`day-is-over`.")
NOT_TO_REPORT = OpenApiResponse(ProblemSerializer, "`cannot-report` for what staff said, or `day-is-over`.")
NEEDS_PROOF = OpenApiResponse(ProblemSerializer, "No proof, or one that is used or too old.")
