"""The staff of a served day, by the API: for what a journey needs done and what it must find."""

import json
import time
from typing import Any

from tests.served import Answer, Served

PATIENCE = 20
"""Seconds within which a phone has sent what it was told to send."""


class Desk:
    """Signs in as whoever an act takes, from the demonstration day's own accounts."""

    def __init__(self, day: Served, event: str = "leeds") -> None:
        self.day, self.event = day, event
        self.tokens: dict[str, str] = {}

    def call(
        self, role: str, method: str, path: str, body: object = None, match: str | None = None
    ) -> Answer:
        if role not in self.tokens:
            self.tokens[role] = self.day.token(role)
        headers = {"Authorization": f"Bearer {self.tokens[role]}"} | ({"If-Match": match} if match else {})
        answer = self.day.call(method, f"/api/v1/{path}", body, headers)
        assert answer.status < 300, answer.body
        return answer

    def account(self, role: str) -> dict[str, str]:
        """E-mail and password of the first account with this role."""
        accounts: list[dict[str, str]] = json.loads((self.day.home / "demo-accounts.json").read_text())
        return next(one for one in accounts if one["role"] == role)

    def sessions(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.day.get(f"/api/v1/events/{self.event}/").json()["sessions"]
        return found

    def session(self, title: str) -> dict[str, Any]:
        """The session whose title holds `title`."""
        return next(one for one in self.sessions() if title in one["title"])

    def change_session(self, session: str, body: dict[str, Any]) -> None:
        """As a colleague does it, over what stands there now."""
        tag = self.call("organiser", "GET", f"desk/sessions/{session}/").headers["ETag"]
        self.call("organiser", "PATCH", f"sessions/{session}/", body, match=tag)

    def reviews(self, text: str, state: str = "held") -> list[dict[str, Any]]:
        """What stands in the review queue in this state with these very words."""
        path = f"desk/events/{self.event}/reviews/?state={state}&page_size=200"
        rows: list[dict[str, Any]] = self.call("moderator", "GET", path).json()["results"]
        return [row for row in rows if row["text"] == text]

    def review(self, text: str, state: str = "held") -> dict[str, Any]:
        """The one that stands there with these words: waits for it, as receipts come before sending."""
        last = time.monotonic() + PATIENCE
        while not (found := self.reviews(text, state)) and time.monotonic() < last:
            time.sleep(0.1)
        (review,) = found
        return review

    def show(self, text: str) -> str:
        """Shows the one held item with this text; answers its subject."""
        review = self.review(text)
        self.call("moderator", "POST", f"desk/reviews/{review['id']}/show/", {})
        return str(review["subject"])

    def answer(self, question: str, text: str) -> None:
        self.call("surgeon", "POST", f"desk/questions/{question}/answers/", {"text": text})
