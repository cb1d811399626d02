"""Saying in time that an operation will go: the Deprecation (RFC 9745) and Sunset (RFC 8594) headers.

    @deprecated(since=date(2027, 1, 1), sunset=date(2027, 7, 1), link="https://…/changes")
    def get(self, request): …

Put it outermost. It marks the operation in the API's description too, so SDKs warn as well.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import wraps
from typing import Any

from django.utils.http import http_date
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

Method = Callable[..., Response]


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())


def deprecated(*, since: date, sunset: date | None = None, link: str = "") -> Callable[[Method], Method]:
    """Marks a view method deprecated `since` a day, gone from `sunset` on, explained at `link`."""

    def mark(method: Method) -> Method:
        @wraps(method)
        def answer(*args: Any, **kwargs: Any) -> Response:
            said = method(*args, **kwargs)
            said["Deprecation"] = f"@{_seconds(since)}"
            if sunset:
                said["Sunset"] = http_date(_seconds(sunset))
            if link:
                links = [said["Link"]] if said.has_header("Link") else []
                said["Link"] = ", ".join([*links, f'<{link}>; rel="deprecation"; type="text/html"'])
            return said

        marked: Method = extend_schema(deprecated=True)(answer)
        return marked

    return mark
