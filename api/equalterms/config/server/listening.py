"""A socket to listen on, and sentences for whoever starts a server."""

import errno
import socket

BACKLOG = 4096


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections already; they wait until the server is ready. Raises OSError."""
    family, _, _, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address)
        sock.listen(BACKLOG)
        sock.set_inheritable(False)
    except OSError:
        sock.close()
        raise
    return sock


def why_not(failed: OSError, host: str, port: int) -> str:
    """One sentence for a person whose server did not start."""
    if failed.errno == errno.EADDRINUSE:
        return f"Port {port} is taken. Stop what uses it, or choose another: PORT={port + 1}"
    if failed.errno == errno.EACCES:
        return f"Port {port} may not be used by this account. Choose one above 1023: PORT=8000"
    return f"This machine cannot listen on {host}, port {port}: {failed.strerror or failed}."


def address_of(host: str, port: int, *, tls: bool) -> str:
    """What to type into a browser on this machine."""
    # Both mean every address; neither is listened on here.
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"{'https' if tls else 'http'}://{name}:{port}"
