"""A member of staff at work: signs in and sends what the desk sends."""

import json
from typing import Any

from django.test import Client

from equalterms.people.actions import tokens_for
from equalterms.people.models import Account


class Desk:
    """One account with its token."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {tokens_for(account)['access']}"}

    def send(self, method: str, path: str, body: object = None) -> Any:
        content = json.dumps(body) if body is not None else b""
        return self.client.generic(
            method, f"/api/v1/{path}", content, content_type="application/json", headers=self.headers
        )

    def get(self, path: str) -> Any:
        return self.send("GET", path)

    def post(self, path: str, body: object = None) -> Any:
        return self.send("POST", path, {} if body is None else body)


def problem(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal, which is a problem that nobody stores."""
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    return answer.status_code, answer.json()["code"]


def walk(desk: Any, path: str) -> list[list[dict[str, Any]]]:
    """The results of every page from `path` on."""
    pages = []
    while path:
        answer = desk.send("GET", path).json()
        pages.append(answer["results"])
        path = (answer["next"] or "").partition("/api/v1/")[2]
    return pages
