"""Phones that send without a pause, and a ledger of all that was acknowledged to them."""

import http.client
import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple
from uuid import UUID, uuid4

from equalterms.lib.ids import b64u
from equalterms.safety.profile.receipt import Secret

TAKEN = frozenset({200, 201, 204})
PATIENCE = 5.0
NO_PROOF = {"proof": {"type": "none"}}
READ = """
from collections import Counter
from equalterms.questions.models import Question, Vote
questions = list(Question.objects.values_list("pk", "text", "votes"))
votes = list(Vote.objects.values_list("question", "tag"))
print(json.dumps({
    "texts": {str(pk): text for pk, text, _ in questions},
    "tallies": {str(pk): votes for pk, _, votes in questions},
    "votes": [f"{question} {tag}" for question, tag in votes],
}))
"""


class Kept(NamedTuple):
    """What the database holds."""

    texts: Mapping[str, str]
    tallies: Mapping[str, int]
    votes: list[str]

    def off(self) -> list[str]:
        """Questions whose published tally is not the count of their votes."""
        counted = Counter(vote.split()[0] for vote in self.votes)
        return [ident for ident, tally in self.tallies.items() if tally != counted[ident]]


class Ledger:
    """What was sent, and what of it was acknowledged and when."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.sent: set[str] = set()
        self.texts: dict[str, str] = {}
        self.votes: set[str] = set()
        self.refused = 0
        self.moments: list[float] = []

    def acknowledged(self) -> int:
        return len(self.texts) + len(self.votes)

    def note(self, ident: str, text: str | None) -> None:
        with self.lock:
            self.moments.append(time.monotonic())
            if text is None:
                self.votes.add(ident)
            else:
                self.texts[ident] = text

    def gap_after(self, moment: float) -> float:
        """How long nobody was acknowledged anything, from then on."""
        with self.lock:
            return min((at for at in self.moments if at > moment), default=float("inf")) - moment

    def lost(self, kept: Kept) -> list[str]:
        texts = [ident for ident, text in self.texts.items() if kept.texts.get(ident) != text]
        return texts + sorted(self.votes - set(kept.votes))

    def twice(self, kept: Kept) -> list[str]:
        """Stored more than once, or never sent."""
        texts = list(kept.texts.values())
        known = set(kept.votes) | set(kept.texts)
        repeated = [text for text in set(texts) if texts.count(text) > 1]
        return repeated + sorted(known - self.sent) + ["votes"] * (len(kept.votes) - len(set(kept.votes)))


class Phone(threading.Thread):
    """Asks, votes, and sends each again under the same id until it is acknowledged."""

    def __init__(self, ledger: Ledger, port: int, event: UUID, session: UUID) -> None:
        super().__init__(daemon=True)
        self.ledger, self.port = ledger, port
        self.event, self.session = event, session
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.02):
            question = self._ask()
            if question is not None:
                for _ in range(2):
                    self._vote(question)

    def _ask(self) -> str | None:
        secret = Secret(secrets.token_bytes(10), self.event, "question")
        ident, text = str(secret.id), f"Question {uuid4().hex}?"
        keys = {"auth": b64u(secret.auth), "reply_key": b64u(secret.reply_key)}
        body = {"text": text, "audience": "everyone", "recap": True, **keys, **NO_PROOF}
        return ident if self._send(f"questions/{ident}/", body, ident, text) else None

    def _vote(self, question: str) -> None:
        tag = uuid4()
        self._send(f"questions/{question}/votes/{b64u(tag.bytes)}/", NO_PROOF, f"{question} {tag}", None)

    def _send(self, path: str, body: object, ident: str, text: str | None) -> bool:
        with self.ledger.lock:
            self.ledger.sent.add(ident)
        while not self.over.is_set():
            status = self._put(f"/api/v1/sessions/{self.session}/{path}", json.dumps(body))
            if status in TAKEN:
                self.ledger.note(ident, text)
                return True
            assert status in {0, 500, 502, 503}, f"{status} to {path}"
            self.ledger.refused += 1
            self.over.wait(0.1)
        return False

    def _put(self, path: str, body: str) -> int:
        """The status, or 0 where no answer came."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with suppress(OSError, http.client.HTTPException):
            try:
                line.request("PUT", path, body, {"Content-Type": "application/json"})
                return line.getresponse().status
            finally:
                line.close()
        return 0
