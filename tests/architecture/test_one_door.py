"""The app sends through one file, its worker through another: what is looked at there holds for all."""

import re

from tests.architecture.tree import APP

# Whatever a browser sends something with; `fetch` of somebody's own, behind a dot, is none.
SENDS = re.compile(
    r"(?<![\w.])fetch\(|(?:globalThis|window|self)\.fetch|\b(?:XMLHttpRequest|RTCPeerConnection|importScripts)\b"
    r"|\.sendBeacon\b|new (?:WebSocket|WebTransport|EventSource|Image)\b"
)
DOORS = {"lib/http.ts", "sw/strategies.ts"}


def test_anon_16_only_the_one_door_and_the_worker_send_requests() -> None:
    files = [path for path in APP.rglob("*.ts*") if not path.name.endswith(".d.ts")]

    assert {path.relative_to(APP).as_posix() for path in files if SENDS.search(path.read_text())} == DOORS
