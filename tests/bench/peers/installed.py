"""Peers that other people wrote, where they are installed; else None."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.architecture.tree import ROOT
from tests.bench.wire.processes import running
from tests.services import Missing, found, free_port

NCHAN = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
OWN = ROOT / ".venv" / "peers"
WANTED = ROOT / "requirements-peers.txt"

NGINX = """
load_module {module};
daemon off; worker_processes 1; pid {top}/pid; error_log /dev/null crit; worker_rlimit_nofile {files};
{user}
events {{ worker_connections {files}; }}
http {{
  access_log off; keepalive_timeout 75; client_body_temp_path {top}/a; proxy_temp_path {top}/b;
  fastcgi_temp_path {top}/c; uwsgi_temp_path {top}/d; scgi_temp_path {top}/e;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /follow {{
      nchan_subscriber eventsource; nchan_channel_id day; nchan_eventsource_ping_interval 0;
    }}
    location = /publish {{ nchan_publisher; nchan_channel_id day; nchan_message_buffer_length 1; }}
  }}
}}
"""

ISSO = """
[general]
dbpath = {top}/comments.db
host = http://127.0.0.1:{port}/
[guard]
enabled = false
[moderation]
enabled = false
"""


@contextmanager
def nchan(top: Path, files: int) -> Iterator[tuple[int, int] | None]:
    """Port and process of Debian's nginx with nchan: /follow, /publish."""
    try:
        program = found("nginx")
    except Missing:
        program = ""
    if not program or not NCHAN.exists():
        yield None
        return
    port, user = free_port(), "user root;" if os.geteuid() == 0 else ""
    top.mkdir()
    text = NGINX.format(module=NCHAN, top=top, port=port, files=files, user=user)
    (top / "nginx.conf").write_text(text)
    with running([program, "-c", str(top / "nginx.conf"), "-e", "/dev/null"], port) as pid:
        yield port, pid


def install() -> None:
    """Makes the peers' own environment, from their hashed list."""
    subprocess.run([sys.executable, "-m", "venv", str(OWN)], check=True)
    pip = [OWN / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*pip, "-r", WANTED], check=True)


@contextmanager
def isso(top: Path) -> Iterator[tuple[int, int] | None]:
    """Port and process of isso, a server of comments, on one process of gunicorn with four threads."""
    gunicorn = OWN / "bin" / "gunicorn"
    if not gunicorn.exists():
        yield None
        return
    port = free_port()
    top.mkdir()
    (top / "isso.cfg").write_text(ISSO.format(top=top, port=port))
    options = [
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
        "--log-level",
        "critical",
        "--keep-alive",
        "60",
    ]
    with running([str(gunicorn), *options, "isso.run"], port, ISSO_SETTINGS=str(top / "isso.cfg")) as pid:
        yield port, pid


def about() -> str:
    """Which there are, in a few words."""
    names = {"nchan": NCHAN.exists() and shutil.which("nginx"), "isso": (OWN / "bin" / "gunicorn").exists()}
    return ", ".join(f"{name} {'is' if there else 'is not'} installed" for name, there in names.items())
