"""Opening one sealed note for somebody else, and no other.

A note is sealed by HPKE (RFC 9180) with a shared secret that is made anew for each. Whoever gets that
secret reads this one note: it tells neither the private key it came from nor any other note's secret. Key
and nonce are derived from it here, so nobody can choose them to make other words of a note that is kept.
"""

from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from equalterms.safety.profile.sealing import info_for, unpacked

OPENING = 32
ENC = 32
KEM = b"KEM" + bytes.fromhex("0020")
SUITE = b"HPKE" + bytes.fromhex("002000010001")
BASE = b"\0"


def opened_with(opening: bytes, box: str, sealed: bytes) -> Mapping[str, object] | None:
    """What the note says if `opening` is the shared secret it was sealed with; else None."""
    context = (
        BASE + _extract(SUITE, b"", b"psk_id_hash", b"") + _extract(SUITE, b"", b"info_hash", info_for(box))
    )
    secret = _extract(SUITE, opening, b"secret", b"")
    key, nonce = (
        _expand(SUITE, secret, b"key", context, 16),
        _expand(SUITE, secret, b"base_nonce", context, 12),
    )
    try:
        return unpacked(AESGCM(key).decrypt(nonce, sealed[ENC:], None))
    except InvalidTag:
        return None


def opening_of(private: X25519PrivateKey, sealed: bytes) -> bytes:
    """The phone's half, for Python clients and tests: the shared secret of this one note."""
    enc = sealed[:ENC]
    agreed = private.exchange(X25519PublicKey.from_public_bytes(enc))
    both = enc + private.public_key().public_bytes_raw()
    return _expand(KEM, _extract(KEM, b"", b"eae_prk", agreed), b"shared_secret", both, OPENING)


def _extract(suite: bytes, salt: bytes, label: bytes, keying: bytes) -> bytes:
    """RFC 9180's LabeledExtract."""
    mac = HMAC(salt or bytes(32), SHA256())
    mac.update(b"HPKE-v1" + suite + label + keying)
    return mac.finalize()


def _expand(suite: bytes, prk: bytes, label: bytes, info: bytes, size: int) -> bytes:
    """RFC 9180's LabeledExpand."""
    labelled = size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return HKDFExpand(SHA256(), size, labelled).derive(prk)
