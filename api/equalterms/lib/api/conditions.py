"""Conditional requests: read again only what changed, change only what was read (RFC 9110, 13.1)."""

from collections.abc import Callable
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.etags import etag, is_current, is_known
from equalterms.lib.refusal import Refusal


def tagged(body: Any, version: int, status: int = 200) -> Response:
    """An answer that says which version it is."""
    return Response(body, status=status, headers={"ETag": etag(version)})


def unless_known(request: Request, version: int, body: Callable[[], Any]) -> Response:
    """304 where If-None-Match names `version`, else `body()`, made only then."""
    known = is_known(request.headers.get("If-None-Match", ""), etag(version))
    return tagged(None, version, 304) if known else tagged(body(), version)


def if_match(request: Request) -> str:
    """What If-Match says; refuses `precondition-required` (428) where it says nothing.

    A proxy that compresses weakens tags on their way out; they are taken back as they were.
    """
    given = request.headers.get("If-Match", "").replace("W/", "").strip()
    if not given:
        raise Refusal(
            "precondition-required",
            "Please say which version you are changing: send the ETag you read as If-Match.",
            status=428,
        )
    return given


def if_match_said(request: Request) -> str | None:
    """What If-Match says; None where it says nothing, and whoever was last is right."""
    return if_match(request) if request.headers.get("If-Match", "").strip() else None


def insist(given: str, version: int) -> None:
    """Refuses `changed-meanwhile` (412), naming the present ETag, unless `given` is of `version`."""
    if not is_current(given, version):
        raise Refusal(
            "changed-meanwhile",
            "Somebody changed this in the meantime. Please look at it again.",
            status=412,
            errors=[{"attr": "If-Match", "code": "current", "detail": etag(version)}],
        )
