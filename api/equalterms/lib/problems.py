"""Every refusal as RFC 9457 problem+json, from DRF, from Django and from a `Refusal`."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from rest_framework import exceptions
from rest_framework.response import Response

from equalterms.lib.refusal import Refusal

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:equalterms:problem:"
DETAILS = {
    400: ("bad-request", "This request could not be understood."),
    401: ("not-signed-in", "Please sign in first."),
    403: ("not-yours", "You are signed in, but this is not yours to do."),
    404: ("not-found", "There is nothing at this address."),
    405: ("wrong-method", "This address does not take that method."),
    406: ("not-acceptable", "This address answers in JSON only."),
    408: ("too-slow", "The request took too long to arrive. Nothing was stored. Please send it again."),
    413: ("too-large", "This is larger than we can take. Nothing was stored."),
    415: ("wrong-media-type", "Please send JSON."),
    429: ("slow-down", "Please wait a little and try again."),
    500: ("server-error", "Something went wrong on our side. Nothing was stored."),
    503: ("busy", "We are very busy just now. Nothing was stored. Please try again in a moment."),
}


def problem(
    status: int, code: str = "", detail: str = "", errors: Sequence[Mapping[str, str]] | None = None
) -> dict[str, Any]:
    """The body of a problem answer; code and detail default to those of the status."""
    plain_code, plain_detail = DETAILS.get(status, ("refused", "This was refused."))
    body: dict[str, Any] = {
        "type": TYPE + (code or plain_code),
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code or plain_code,
        "detail": detail or plain_detail,
    }
    if errors:
        body["errors"] = [dict(error) for error in errors]
    return body


def problem_bytes(status: int, code: str = "", detail: str = "") -> bytes:
    """The same as JSON bytes, for answers made outside Django."""
    return json.dumps(problem(status, code, detail)).encode()


def problem_response(status: int, code: str = "", detail: str = "") -> HttpResponse:
    answer = HttpResponse(problem_bytes(status, code, detail), content_type=MEDIA_TYPE, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


class Refused(exceptions.APIException):
    """A `Refusal` on its way through DRF."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.detail, refusal.code)
        self.refusal = refusal
        self.status_code = refusal.status
        self.wait = refusal.retry_after


def busy() -> Refused:
    return Refused(Refusal("busy", DETAILS[503][1], status=503, retry_after=2))


class Handler(ExceptionHandler):
    """Turns what views raise into problems. A database that cannot answer now is a 503, not a 500."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, Refusal):
            return Refused(exc)
        if isinstance(exc, OperationalError) or type(exc) is DatabaseError:
            return busy()
        if isinstance(exc, SuspiciousOperation):  # a Host header that names no host, for one
            return Refused(Refusal("bad-request", DETAILS[400][1], status=400))
        known: Exception = super().convert_known_exceptions(exc)
        return known

    def get_response(self, exc: exceptions.APIException, data: dict[str, Any]) -> Response:
        answer: Response = super().get_response(exc, data)
        answer.content_type = MEDIA_TYPE
        answer["Cache-Control"] = "no-store"
        return answer


class Formatter(ExceptionFormatter):
    def run(self) -> dict[str, Any]:
        if isinstance(self.exc, Refused):
            refusal = self.exc.refusal
            return problem(refusal.status, refusal.code, refusal.detail, refusal.errors)
        if isinstance(self.exc, exceptions.ValidationError):
            errors = [
                {
                    "attr": (error.attr or "body").replace("non_field_errors", "body"),
                    "code": error.code,
                    "detail": error.detail,
                }
                for error in self.get_errors()
            ]
            return problem(400, "invalid", "Some of this could not be accepted. See the list.", errors)
        return problem(self.exc.status_code, self._code())

    def _code(self) -> str:
        """Our own code where DRF's says something more than the status."""
        return "not-json" if isinstance(self.exc, exceptions.ParseError) else ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem_response(400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem_response(403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem_response(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return problem_response(500)
