"""Notes sealed to a phone: HPKE base mode (RFC 9180), one size for every note."""

import json
import struct
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from equalterms.lib.ids import unb64u
from equalterms.safety.profile.receipt import mailbox

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
PLAIN = 512
SEALED = 560


def info_for(box: str) -> bytes:
    return b"equalterms/1/note\0" + unb64u(box, 16)


def is_usable(reply_key: bytes) -> bool:
    """False for the few public keys whose shared secret is always zero."""
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(reply_key))
    except ValueError:
        return False
    return True


def fits(note: Mapping[str, object]) -> bool:
    """True if `note` can be sealed: at most 510 bytes of JSON."""
    return len(_json(note)) <= PLAIN - 2


def _json(note: Mapping[str, object]) -> bytes:
    return json.dumps(note, ensure_ascii=False, separators=(",", ":")).encode()


def seal(reply_key: bytes, note: Mapping[str, object]) -> bytes:
    """560 bytes that only the holder of the private key opens: enc 32, ciphertext 512, tag 16."""
    body = _json(note)
    plain = struct.pack(">H", len(body)) + body
    if len(plain) > PLAIN:
        raise ValueError("too long to seal")
    public = X25519PublicKey.from_public_bytes(reply_key)
    return SUITE.encrypt(plain.ljust(PLAIN, b"\0"), public, info=info_for(mailbox(reply_key)))


def unseal(private: X25519PrivateKey, box: str, sealed: bytes) -> dict[str, object]:
    """The phone's half, for Python clients and tests."""
    return unpacked(SUITE.decrypt(sealed, private, info=info_for(box)))


def unpacked(plain: bytes) -> dict[str, object]:
    """What the 512 bytes say that were sealed."""
    (length,) = struct.unpack(">H", plain[:2])
    note: dict[str, object] = json.loads(plain[2 : 2 + length])
    return note
