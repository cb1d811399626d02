"""The WSGI environment of a request, which tells Django less about the client than ASGI does."""

import sys
from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import unquote_to_bytes

from equalterms.config.gateway.bodies import Kept
from equalterms.lib.api.asgi import Scope

# Whatever a proxy says of a phone ends here: Django is told a network, never an address.
UNTOLD = {
    b"cf-connecting-ip",
    b"client-ip",
    b"forwarded",
    b"true-client-ip",
    b"x-forwarded-for",
    b"x-real-ip",
}


def environ_of(scope: Scope, body: Kept, *, behind_proxy: bool = False) -> dict[str, Any]:
    """The WSGI environment of an HTTP scope, as PEP 3333 wants it: bytes spelt as latin-1."""
    root: str = scope.get("root_path", "")
    raw = scope.get("raw_path") or scope["path"].encode()
    path = unquote_to_bytes(raw).decode("latin-1")
    server = scope.get("server") or ("localhost", 80)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": root.encode().decode("latin-1"),
        "PATH_INFO": path.removeprefix(root.encode().decode("latin-1")),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": "HTTP/" + scope["http_version"],
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 80),
        "REMOTE_ADDR": network(client_of(scope, behind_proxy=behind_proxy)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body.open(),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    add_headers(environ, scope["headers"])
    if body.size or "CONTENT_LENGTH" in environ:
        environ["CONTENT_LENGTH"] = str(body.size)
    return environ


def add_headers(environ: dict[str, Any], headers: Iterable[tuple[bytes, bytes]]) -> None:
    """A name with an underscore could pass for another header and is left out."""
    for name, value in headers:
        if name in UNTOLD or b"_" in name or name == b"transfer-encoding":
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            key = "HTTP_" + key
        text = value.decode("latin-1")
        glue = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = environ[key] + glue + text if key in environ else text


def client_of(scope: Scope, *, behind_proxy: bool) -> str:
    """The address of the client: the last one a proxy of ours added, else the connection's own."""
    if behind_proxy:
        said = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
        return said[-1].decode("latin-1").rpartition(",")[2].strip() if said else ""
    return scope["client"][0] if scope.get("client") else ""


def network(host: str) -> str:
    """The /24 or /56 an address is in: all that is ever known of a client, and only in memory."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    bits = 56 if address.version == 6 else 24
    return str(ip_network((address, bits), strict=False).network_address)
