"""The ways in which something that must not be kept could be kept all the same."""

import hashlib
from ipaddress import ip_address


def spell(address: str) -> list[bytes]:
    """An IPv4 address and the network it is in: as text, as bytes, and as a hash without a key."""
    network = address.rpartition(".")[0] + "."
    names = [address, network + "0"]
    raw = [name.encode() for name in names] + [ip_address(name).packed for name in names]
    hashes = [hashlib.new(kind, one) for one in raw for kind in ("md5", "sha1", "sha256")]
    plain = [address.encode(), network.encode()]
    return plain + [found for made in hashes for found in (made.digest(), made.hexdigest().encode())]
