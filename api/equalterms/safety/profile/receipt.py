"""The phone's half of profile 1, for clients written in Python, seeds of the demonstration and tests.

Labels are ASCII, `\\0` is one zero byte, UUIDs are their 16 network-order bytes. HKDF is RFC 5869 with
SHA-256; X25519 is RFC 7748. docs/decisions/0004-anonymity-of-rows.md says why.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from equalterms.lib.ids import b64u, v8

SEED_BYTES = 10


def _hmac(key: bytes, message: bytes) -> bytes:
    mac = HMAC(key, SHA256())
    mac.update(message)
    return mac.finalize()


def mailbox(reply_key: bytes) -> str:
    """The box that notes for this reply key lie in, as base64url of 16 bytes."""
    return b64u(hashlib.sha256(b"equalterms/1/mailbox\0" + reply_key).digest()[:16])


def tag(phone_key: bytes, use: str, subject: UUID) -> bytes:
    """The 16 bytes by which a phone votes, reports, reacts or speaks; `use` is the act's word."""
    return _hmac(phone_key, b"equalterms/1/" + use.encode() + b"\0" + subject.bytes)[:16]


def word_indexes(seed: bytes) -> list[int]:
    """Eight places in the BIP39 English list: 80 bits of seed and 8 of checksum, first bit highest."""
    checked = int.from_bytes(seed + hashlib.sha256(b"equalterms/1/words" + seed).digest()[:1], "big")
    return [(checked >> (11 * place)) & 2047 for place in range(7, -1, -1)]


@dataclass(frozen=True)
class Secret:
    """Everything derived from one 80-bit seed; `kind` is question, comment, booking or followup."""

    seed: bytes
    event: UUID
    kind: str

    def _derive(self, what: str, length: int) -> bytes:
        prk = _hmac(b"equalterms/1/receipt" + self.event.bytes, self.seed)
        info = f"equalterms/1/{self.kind}/{what}".encode()
        return HKDFExpand(SHA256(), length, info).derive(prk)

    @property
    def id(self) -> UUID:
        return v8(self._derive("id", 16))

    @property
    def auth(self) -> bytes:
        return self._derive("auth", 32)

    @property
    def private(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self._derive("reply-key", 32))

    @property
    def reply_key(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def box(self) -> str:
        return mailbox(self.reply_key)
