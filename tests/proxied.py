"""Debian's nginx on the very file that the containers use, on ports and in a folder of this machine."""

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.architecture.tree import ROOT
from tests.services import ended, found, free_port, wait_for

FILE = ROOT / "docker" / "nginx.conf"


class Proxy(NamedTuple):
    """A running nginx: its port, and the folder that holds all it keeps."""

    port: int
    folder: Path
    pid: int


def configured(port: int, folder: Path, servers: Sequence[int]) -> str:
    """The file with nothing changed but where it listens, whom it asks and where it keeps what it keeps."""
    text = FILE.read_text()
    changes = {
        "listen 8080": f"listen 127.0.0.1:{port}",
        "server app:8000;": " ".join(f"server 127.0.0.1:{server};" for server in servers),
        "/tmp/nginx": f"{folder}/nginx",  # noqa: S108 - what stands in the file
        "worker_rlimit_nofile 65536;": "",
        "worker_connections 32768;": "worker_connections 16384;",
    }
    for was, now in changes.items():
        if was not in text:
            raise AssertionError(f"docker/nginx.conf says no longer: {was}")
        text = text.replace(was, now)
    return text


@contextmanager
def proxied(*servers: int, command: Sequence[str] = ()) -> Iterator[Proxy]:
    """nginx before these ports of this machine. Raises `services.Missing` where it is not installed."""
    program, port = found("nginx"), free_port()
    with tempfile.TemporaryDirectory(prefix="equalterms-nginx-") as top:
        file = Path(top, "nginx.conf")
        file.write_text(configured(port, Path(top), servers))
        account = "user root;" if os.geteuid() == 0 else ""
        words = ["-e", "/dev/null", "-c", str(file), "-g", f"daemon off; {account}"]
        with (Path(top) / "said").open("wb") as said:
            process = subprocess.Popen([*command, program, *words], stdout=said, stderr=said)
        with ended(process):
            wait_for(port)
            yield Proxy(port, Path(top), process.pid)
