"""How a phone gets here: an address it can reach, as words and as a QR code."""

import ipaddress
import socket
import sys

import segno
from django.conf import settings

# Where the app is when nothing else is said.
HERE = "http://127.0.0.1:8000"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def reachable(host: str) -> str:
    """The address phones in the same network can use for a server listening on `host`."""
    if host not in ("0.0.0.0", "::"):  # noqa: S104 (compared with, not listened on)
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Asks the routing table only: nothing is sent. The address is one reserved for documentation.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def invite(host: str, port: int, *, tls: bool) -> None:
    """Prints the address and its QR code, unless only this machine can reach it."""
    if is_loopback(host):
        return
    address = settings.ORIGIN or f"{'https' if tls else 'http'}://{reachable(host)}:{port}"
    print(f"Phones: {address}")
    segno.make(address, error="m").terminal(out=sys.stdout, compact=True)
    if address.startswith("http:"):
        print("Over plain http phones can read but not ask: browsers keep cryptography for https.")
        print("Give --tls-cert and --tls-key, or put a proxy in front (docs/running.md).")
    sys.stdout.flush()
