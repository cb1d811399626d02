"""An asker's phone, as a client in Python: makes receipts, solves proofs, sends what a phone sends."""

import base64
import hashlib
import json
import secrets
from typing import Any
from uuid import UUID

from django.test import Client

from equalterms.lib.ids import b64u
from equalterms.programme.models import Session
from equalterms.safety.profile.receipt import Secret, tag
from equalterms.safety.proofs.making import COUNTERS


def solve(challenge: dict[str, Any]) -> dict[str, Any]:
    """What a phone does with a challenge: tries counters until the key has the prefix."""
    if challenge.get("type") == "none":
        return {"type": "none"}
    parameters = challenge["parameters"]
    nonce, salt = bytes.fromhex(parameters["nonce"]), bytes.fromhex(parameters["salt"])
    for counter in range(COUNTERS.stop):
        password = nonce + counter.to_bytes(4, "big")
        key = hashlib.pbkdf2_hmac("sha256", password, salt, parameters["cost"], parameters["keyLength"])
        if key.hex().startswith(parameters["keyPrefix"]):
            solved = {"challenge": challenge, "solution": {"counter": counter, "derivedKey": key.hex()}}
            return {"type": "pow", "payload": base64.b64encode(json.dumps(solved).encode()).decode()}
    raise AssertionError("no counter we issue solves this challenge")


class Phone:
    """One phone with its key for votes and voices. Sends no cookie and no token."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=False)
        self.key = secrets.token_bytes(32)

    def secret(self, session: Session, kind: str = "question") -> Secret:
        return Secret(secrets.token_bytes(10), session.event_id, kind)

    def proof(self, act: str, session: Session, vote: str = "") -> dict[str, Any]:
        query = {"act": act, "session": str(session.pk)} | ({"tag": vote} if vote else {})
        return solve(self.client.get("/api/v1/proofs/", query).json())

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        return self.client.generic(
            method,
            f"/api/v1/{path}",
            json.dumps(body) if body is not None else b"",
            content_type="application/json",
            headers=headers or None,
        )

    def body(self, session: Session, secret: Secret, text: str, /, **extra: Any) -> dict[str, Any]:
        """A whole question as it goes over the wire, with a fresh proof."""
        return {
            "text": text,
            "auth": b64u(secret.auth),
            "reply_key": b64u(secret.reply_key),
            "audience": "everyone",
            "recap": True,
            "proof": self.proof("ask", session),
        } | extra

    def ask(self, session: Session, text: str, secret: Secret | None = None, /, **extra: Any) -> Any:
        secret = secret or self.secret(session)
        return self.send(
            "PUT", f"sessions/{session.pk}/questions/{secret.id}/", self.body(session, secret, text, **extra)
        )

    def tag(self, use: str, subject: UUID) -> str:
        return b64u(tag(self.key, use, subject))

    def vote(self, session: Session, question: UUID) -> Any:
        mark = self.tag("vote", question)
        return self.send(
            "PUT",
            f"sessions/{session.pk}/questions/{question}/votes/{mark}/",
            {"proof": self.proof("vote", session, mark)},
        )

    def receipt(self, secret: Secret) -> dict[str, str]:
        return {"Authorization": f"Receipt {b64u(secret.auth)}"}

    def said(self, session: Session, secret: Secret, text: str, /, **extra: Any) -> dict[str, Any]:
        """A whole comment as it goes over the wire, with a fresh proof."""
        return {
            "text": text,
            "auth": b64u(secret.auth),
            "reply_key": b64u(secret.reply_key),
            "parent": None,
            "voice": self.tag("voice", session.pk),
            "proof": self.proof("say", session),
        } | extra

    def say(self, session: Session, text: str, secret: Secret | None = None, /, **extra: Any) -> Any:
        secret = secret or self.secret(session, "comment")
        return self.send(
            "PUT", f"sessions/{session.pk}/comments/{secret.id}/", self.said(session, secret, text, **extra)
        )

    def booked(self, session: Session, secret: Secret, /, **extra: Any) -> dict[str, Any]:
        """A whole booking as it goes over the wire, with a fresh proof."""
        return {
            "auth": b64u(secret.auth),
            "reply_key": b64u(secret.reply_key),
            "labels": [],
            "remote": False,
            "proof": self.proof("book", session),
        } | extra

    def book(self, session: Session, secret: Secret | None = None, /, **extra: Any) -> Any:
        secret = secret or self.secret(session, "booking")
        return self.send(
            "PUT", f"sessions/{session.pk}/bookings/{secret.id}/", self.booked(session, secret, **extra)
        )

    def react(self, session: Session, comment: UUID, kind: str = "thanks") -> Any:
        mark = self.tag("reaction", comment)
        return self.send(
            "PUT",
            f"sessions/{session.pk}/comments/{comment}/reactions/{kind}/{mark}/",
            {"proof": self.proof("vote", session, mark)},
        )

    def report_path(self, session: Session, kind: str, subject: UUID) -> str:
        return f"sessions/{session.pk}/{kind}s/{subject}/reports/{self.tag('report', subject)}/"

    def report(self, session: Session, kind: str, subject: UUID, reason: str = "unkind") -> Any:
        """Reports a question or comment, with a fresh proof."""
        proof = self.proof("report", session, self.tag("report", subject))
        sent = {"reason": reason, "proof": proof}
        return self.send("PUT", self.report_path(session, kind, subject), sent)
