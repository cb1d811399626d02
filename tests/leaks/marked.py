"""Phones whose every trait is a marked value, over real sockets from addresses of their own."""

import http.client
import json
import secrets
import socket
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from tests.askers import solve

from equalterms.lib.ids import b64u
from equalterms.safety.profile.receipt import Secret, tag, word_indexes

NETWORK, SAID_NETWORK = "127.77.203", "198.51.100"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Traits:
    """What tells one make of phone, person and place from another; every value occurs nowhere else."""

    def __init__(self, number: int) -> None:
        def mark(what: str) -> str:
            return f"{what}{number}{secrets.token_hex(8)}"

        self.address = f"{NETWORK}.{100 + number}"
        self.forwarded = f"{SAID_NETWORK}.{100 + number}"
        self.forwarded6 = f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::{number + 1:x}"
        # As libraries take the header of a proxy for one address.
        self.together = f"{self.forwarded6},{self.forwarded}"
        self.agent = f"Telephone/9.9 ({mark('agent')})"
        self.referer = f"https://groups.example/{mark('ward')}"
        self.cookie, self.bearer, self.device = mark("cookie"), mark("bearer"), mark("device")
        self.idempotency, self.query, self.language = mark("idem"), mark("query"), f"cy-x-{mark('l')}"

    def headers(self) -> dict[str, str]:
        """What a careless client, browser or proxy sends along."""
        return {
            "X-Forwarded-For": f"{self.forwarded6}, {self.forwarded}",
            "X-Real-IP": self.forwarded,
            "Forwarded": f"for={self.forwarded}",
            "User-Agent": self.agent,
            "Referer": self.referer,
            "X-Device-Id": self.device,
            "Idempotency-Key": self.idempotency,
            "Accept-Language": self.language,
            "X-Request-Id": self.idempotency,
        }

    def signed_in(self) -> dict[str, str]:
        """What an anonymous call must not carry."""
        return {"Cookie": f"sessionid={self.cookie}", "Authorization": f"Bearer {self.bearer}"}


class MarkedPhone:
    """One phone: its traits, its key, and what it holds receipts for."""

    def __init__(self, url: str, event: UUID, traits: Traits) -> None:
        self.event, self.traits = event, traits
        self.key = secrets.token_bytes(32)
        self.secrets: list[Secret] = []
        self.voices: list[bytes] = []
        self.answers: list[tuple[str, Answer]] = []
        self.host, self.port = str(urlsplit(url).hostname), int(urlsplit(url).port or 80)
        self.line = self.connect()

    def connect(self) -> http.client.HTTPConnection:
        source = (self.traits.address, 0)
        return http.client.HTTPConnection(self.host, self.port, timeout=30, source_address=source)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """A call with every trait on it; `headers` with low lines for hyphens. Bytes go out as they are."""
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named = {"Content-Type": "application/json", **self.traits.headers(), **named}
        address = path if path.startswith("/") else f"/api/v1/{path}"
        glue = "&" if "?" in address else "?"
        asked = (method, f"{address}{glue}utm={self.traits.query}", content or None, named)
        try:
            answer = self.exchange(*asked)
        except (
            ConnectionError
        ):  # the server closes lines that are silent for long: try a new one, as phones do
            self.line.close()
            answer = self.exchange(*asked)
        self.answers.append((f"{method} {path}", answer))
        return answer

    def exchange(self, method: str, address: str, content: bytes | None, headers: dict[str, str]) -> Answer:
        self.line.request(method, address, content, headers)
        with self.line.getresponse() as got:
            names = {name.lower(): value for name, value in got.getheaders()}
            return Answer(got.status, names, got.read())

    def follow(self, path: str) -> socket.socket:
        """Opens a stream on a line of its own."""
        line = socket.create_connection((self.host, self.port), 30, source_address=(self.traits.address, 0))
        head = "".join(f"{name}: {value}\r\n" for name, value in self.traits.headers().items())
        line.sendall(f"GET /api/v1/{path}?utm={self.traits.query} HTTP/1.1\r\nHost: x\r\n{head}\r\n".encode())
        return line

    def secret(self, kind: str = "question") -> Secret:
        made = Secret(secrets.token_bytes(10), self.event, kind)
        self.secrets.append(made)
        return made

    def proof(self, act: str, session: UUID, mark: str = "") -> dict[str, Any]:
        bound = f"&tag={mark}" if mark else ""
        return solve(self.send("GET", f"proofs/?act={act}&session={session}{bound}").json())

    def question(self, secret: Secret, text: str, /, **extra: Any) -> dict[str, Any]:
        """A question as it goes over the wire, without a proof."""
        given = {"text": text, "auth": b64u(secret.auth), "reply_key": b64u(secret.reply_key)}
        return given | {"audience": "everyone", "recap": True} | extra

    def comment(self, session: UUID, secret: Secret, text: str, /, **extra: Any) -> dict[str, Any]:
        voice = tag(self.key, "voice", session)
        self.voices.append(voice)
        given = {"text": text, "auth": b64u(secret.auth), "reply_key": b64u(secret.reply_key)}
        return given | {"parent": None, "voice": b64u(voice)} | extra

    def tag(self, use: str, subject: UUID) -> str:
        return b64u(tag(self.key, use, subject))

    @staticmethod
    def receipt(secret: Secret) -> str:
        return f"Receipt {b64u(secret.auth)}"


def words(secret: Secret) -> str:
    """Eight words for somebody to write down. Four letters stand for each word of the phone's list."""
    consonants = "bcdfghjklmnprstv"
    return " ".join(
        consonants[index >> 7] + "aeio"[index >> 5 & 3] + consonants[index >> 1 & 15] + "ay"[index & 1]
        for index in word_indexes(secret.seed)
    )


def marks_of(phones: list[MarkedPhone]) -> dict[str, str | bytes]:
    """Every marked value by name: what must not be found anywhere."""
    found: dict[str, str | bytes] = {"network": f"{NETWORK}.0", "network said": f"{SAID_NETWORK}.0"}
    for traits in {phone.traits for phone in phones}:
        for name, value in vars(traits).items():
            found[f"{name} of {traits.address}"] = value
    for number, phone in enumerate(phones):
        found[f"key of phone {number}"] = phone.key
        found |= {f"voice {place} of phone {number}": voice for place, voice in enumerate(phone.voices)}
        for place, secret in enumerate(phone.secrets):
            name = f"receipt {place} of phone {number}"
            found |= {f"{name}: seed": secret.seed, f"{name}: auth": secret.auth}
            found |= {f"{name}: words": words(secret)}
            found[f"{name}: reply key, private"] = secret.private.private_bytes_raw()
    return found
