"""The product as a process of its own, on a free port and a home of its own: for tests that need it whole."""

import json
import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPMessage
from pathlib import Path
from typing import Any, NamedTuple

from tests.services import ended, free_port

API = Path(__file__).resolve().parents[1] / "api"
SECONDS_TO_START = 90


class Answer(NamedTuple):
    status: int
    headers: HTTPMessage
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Served:
    """A running server. `home` holds its database, keys and demonstration accounts."""

    def __init__(
        self, url: str, home: Path, process: "subprocess.Popen[bytes]", trust: ssl.SSLContext | None = None
    ) -> None:
        self.url, self.home, self.process, self.trust = url, home, process, trust

    def call(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        content = None if body is None else json.dumps(body).encode()
        asked = urllib.request.Request(self.url + path, content, dict(headers or {}), method=method)
        if content is not None:
            asked.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(asked, timeout=30, context=self.trust) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as answer:
            with answer:
                return Answer(answer.code, answer.headers, answer.read())

    def get(self, path: str, **headers: str) -> Answer:
        return self.call("GET", path, headers=headers)

    def token(self, role: str) -> str:
        """An access token of the demonstration day's first account with this role."""
        accounts = json.loads((self.home / "demo-accounts.json").read_text())
        account = next(one for one in accounts if one["role"] == role)
        given = {"email": account["email"], "password": account["password"]}
        return str(self.call("POST", "/api/v1/token/", given).json()["access"])


def environment(home: Path, **more: str) -> dict[str, str]:
    """This process's own, without settings of any other installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EQUALTERMS_")}
    for name in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "HOST", "PORT"):
        kept.pop(name, None)
    return {**kept, "EQUALTERMS_HOME": str(home), "PYTHONPATH": str(API), **more}


@contextmanager
def served(
    home: Path,
    *options: str,
    port: int = 0,
    command: Sequence[str] = (sys.executable, "-m", "equalterms"),
    **more: str,
) -> Iterator[Served]:
    """Runs `serve` with `options` and further environment until the block ends. Its log is home/log."""
    home.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "serve", "--port", str(port), *options],
            env=environment(home, **more),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    with ended(process):
        trust = trusting(options)
        server = Served(f"{'https' if trust else 'http'}://127.0.0.1:{port}", home, process, trust)
        wait_until_ready(server)
        yield server


def trusting(options: Sequence[str]) -> ssl.SSLContext | None:
    """Trusts the certificate the server was given; None where it speaks plain http."""
    if "--tls-cert" not in options:
        return None
    return ssl.create_default_context(cafile=options[options.index("--tls-cert") + 1])


def wait_until_ready(server: Served) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        if server.process.poll() is not None:
            break
        try:
            if server.get("/readyz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start: {(server.home / 'log').read_text()[-2000:]}")


def stop(server: Served) -> int:
    """Ends it as an operator would, and gives its exit status."""
    server.process.send_signal(signal.SIGTERM)
    return server.process.wait(20)
