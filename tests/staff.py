"""Somebody signed in, as a client in Python. Without an account: anybody."""

import json
from typing import Any

from django.test import Client

from equalterms.people.actions import tokens_for
from equalterms.people.models import Account


class Caller:
    """Calls the API with JSON bodies and, for an account, its token. Keeps no cookie."""

    def __init__(self, account: Account | None = None, network: str = "192.0.2.0") -> None:
        self.client = Client(raise_request_exception=False, REMOTE_ADDR=network)
        self.token = tokens_for(account)["access"] if account else ""

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """`headers` with low lines for hyphens: If_Match='"…"'."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            named.setdefault("Authorization", f"Bearer {self.token}")
        content = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        return self.client.generic(
            method, f"/api/v1/{path}", content, content_type="application/json", headers=named
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: object = None, **headers: str) -> Any:
        return self.send("POST", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: object, **headers: str) -> Any:
        return self.send("PATCH", path, body, **headers)

    def change(self, path: str, body: object, read: str = "") -> Any:
        """Reads the present ETag (at `read`, else at `path`) and changes what it belongs to."""
        return self.patch(path, body, If_Match=self.get(read or path)["ETag"])


def problem(answer: Any) -> tuple[int, str]:
    """The status and code of a refusal, after what every refusal promises."""
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["type"] == "urn:equalterms:problem:" + body["code"]
    return answer.status_code, body["code"]


def fields(answer: Any) -> set[str]:
    """The fields a validation problem names."""
    assert problem(answer) == (400, "invalid")
    return {error["attr"] for error in answer.json()["errors"]}


def values(found: Any) -> set[Any]:
    """Every value in something read as JSON, whole: no number is found in it that lies by chance in an id."""
    if isinstance(found, dict | list):
        return set().union(*map(values, found.values() if isinstance(found, dict) else found))
    return {found}


def walk(reader: Any, path: str) -> list[list[dict[str, Any]]]:
    """The results of every page from `path` on, as `reader` (a Caller or a Phone) gets them."""
    pages = []
    while path:
        answer = reader.send("GET", path).json()
        pages.append(answer["results"])
        path = (answer["next"] or "").partition("/api/v1/")[2]
    return pages
