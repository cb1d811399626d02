"""The OpenAPI document: one problem component for every refusal, doors as security schemes."""

from typing import Any

from drf_spectacular.contrib.rest_framework_simplejwt import SimpleJWTScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import inline_serializer
from drf_standardized_errors.openapi import AutoSchema
from rest_framework import serializers

from equalterms.lib.problems import MEDIA_TYPE


class ProblemErrorSerializer(serializers.Serializer[Any]):
    """One field that could not be accepted."""

    attr = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()


# RFC 9457. `code` is stable and listed in docs/openapi/problems.md; `detail` is for people.
# Not a class, because a serializer has an attribute `errors` of its own.
ProblemSerializer = inline_serializer(
    "Problem",
    fields={
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "code": serializers.CharField(),
        "detail": serializers.CharField(),
        "errors": ProblemErrorSerializer(many=True, required=False),
    },
)


class StaffScheme(SimpleJWTScheme):
    target_class = "equalterms.lib.api.access.StaffAuthentication"
    name = "jwtAuth"


class ReceiptScheme(OpenApiAuthenticationExtension):
    target_class = "equalterms.lib.api.access.ReceiptAuthentication"
    name = "receipt"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Receipt {auth}`: 32 bytes in base64url that only the asker's phone holds.",
        }


class Schema(AutoSchema):
    """Every refusal answers application/problem+json; no examples of another shape."""

    def _get_response_for_code(
        self, serializer: Any, status_code: Any, media_types: Any = None, direction: str = "response"
    ) -> Any:
        if str(status_code)[:1] in "45":
            media_types = [MEDIA_TYPE]
        return super()._get_response_for_code(serializer, status_code, media_types, direction)

    def _get_error_response_examples(self) -> list[Any]:
        return []

    def _should_add_http403_error_response(self) -> bool:
        return bool(super()._should_add_http401_error_response())

    def _should_add_validation_error_response(self) -> bool:
        """Query parameters are checked too."""
        return bool(super()._should_add_validation_error_response()) or bool(
            [parameter for parameter in self._get_parameters() if parameter["in"] == "query"]
        )


# Answers that may leave fields out: a problem without a list, a challenge where no proof is asked for.
PARTIAL = {"Problem", "Challenge", "ChallengeParameters"}


def finish(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Anonymous operations say `security: []`, a receipt is never optional; request objects take no
    other fields, and answers leave none out."""
    for path in result["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict) and "security" in operation:
                operation["security"] = [door for door in operation["security"] if door]
    for name, component in result.get("components", {}).get("schemas", {}).items():
        if component.get("type") != "object":
            continue
        if name.endswith("Request"):
            component["additionalProperties"] = False
        elif name not in PARTIAL:
            component["required"] = sorted(component.get("properties", ()))
    return result
