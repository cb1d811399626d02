"""`make bench`: what the paths that matter cost, here and now, beside a peer doing the same.

Paired and interleaved: in each round every path is measured once, and the cheapest round counts. A figure
is CPU time of the server's process; client and server share the machine, so read ratios rather than numbers.
"""

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.askers import solve  # noqa: E402
from tests.bench.wire import Cost, Followers, cost, cpu_of, request  # noqa: E402
from tests.served import Served, served  # noqa: E402
from tests.services import ended, free_port, wait_for  # noqa: E402

from equalterms.lib.ids import b64u  # noqa: E402 (models need Django set up)


@contextmanager
def bare(body: bytes, folder: Path) -> Iterator[tuple[int, int]]:
    """Port and process of uvicorn with an application that knows only these bytes."""
    (folder / "body").write_bytes(body)
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "tests.bench.bare:app",
        "--port",
        str(port),
        "--no-access-log",
    ]
    options = ["--log-level", "error", "--lifespan", "off", "--loop", "uvloop", "--http", "httptools"]
    process = subprocess.Popen([*command, *options], env={**os.environ, "BARE_BODY": str(folder / "body")})
    with ended(process):
        wait_for(port)
        yield port, process.pid


def questions(server: Served, session: str, count: int) -> list[bytes]:
    """Ready requests, each with a solved proof."""
    made = []
    for _ in range(count):
        challenge = server.get(f"/api/v1/proofs/?act=ask&session={session}").json()
        raw = bytearray(secrets.token_bytes(16))
        raw[6], raw[8] = raw[6] & 0x0F | 0x80, raw[8] & 0x3F | 0x80
        body = {
            "text": f"How do I begin? {secrets.token_hex(4)}",
            "auth": b64u(secrets.token_bytes(32)),
            "reply_key": None,
            "audience": "everyone",
            "recap": True,
            "proof": solve(challenge),
        }
        path = f"/api/v1/sessions/{session}/questions/{uuid.UUID(bytes=bytes(raw))}/"
        made.append(request(path, "PUT", json.dumps(body).encode()))
    return made


def fan_out(server: Served, session: str, count: int, rounds: int) -> tuple[float, float]:
    """Seconds until the last of `count` followers has a new comment, and µs of CPU per delivery."""
    port, staff = int(server.url.rpartition(":")[2]), {"Authorization": f"Bearer {server.token('moderator')}"}
    followers = Followers(port, f"/api/v1/sessions/{session}/stream", count)
    last, cpu = [], []
    for _ in range(rounds):
        word, before = secrets.token_hex(8), cpu_of(server.process.pid)
        begun = time.perf_counter()
        said = server.call(
            "POST", f"/api/v1/desk/sessions/{session}/comments/", {"text": word, "parent": None}, staff
        )
        if said.status != 201:
            raise SystemExit(f"a comment gave {said.status}")
        followers.wait(word.encode())
        last.append(time.perf_counter() - begun)
        cpu.append((cpu_of(server.process.pid) - before) * 1e6 / count)
    followers.close()
    return min(last), min(cpu)


def cheapest(rounds: int, paths: dict[str, Callable[[], Cost]]) -> dict[str, Cost]:
    best: dict[str, Cost] = {}
    for _ in range(rounds):
        for name, measure in paths.items():
            best[name] = min(measure(), best.get(name, Cost(float("inf"), 0)))
    return best


def megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def measured(folder: Path, scale: int) -> list[str]:
    """The lines of the table. `scale` is how many hundreds of requests a round sends."""
    begun = time.perf_counter()
    with served(folder / "home", "--demo"):
        first = time.perf_counter() - begun
    begun = time.perf_counter()
    with served(folder / "home", "--demo") as server:
        again, idle = time.perf_counter() - begun, megabytes(server.process.pid)
        port, pid = int(server.url.rpartition(":")[2]), server.process.pid
        session = server.get("/api/v1/events/leeds/sessions/").json()["results"][0]["id"]
        live = f"/api/v1/sessions/{session}/live/"
        page = server.get(live)
        asked = iter(questions(server, session, 3 * 16 * scale))
        with bare(page.body, folder) as (bare_port, bare_pid):
            best = cheapest(
                3,
                {
                    "hot": lambda: cost(port, pid, [request(live)] * 400 * scale, 200),
                    "bare": lambda: cost(bare_port, bare_pid, [request(live)] * 400 * scale, 200),
                    "same": lambda: cost(
                        port, pid, [request(live, If_None_Match=page.headers["ETag"])] * 400 * scale, 304
                    ),
                    "view": lambda: cost(port, pid, [request(f"{live[:-5]}questions/")] * 20 * scale, 200),
                    "ask": lambda: cost(port, pid, [next(asked) for _ in range(16 * scale)], 201),
                },
            )
        last, delivery = fan_out(server, session, 100 * scale, 5)
    hot, peer, same, ask = best["hot"].cpu, best["bare"].cpu, best["same"].cpu, best["ask"]
    rows = [
        ("what", "figure", "beside"),
        ("---", "---", "---"),
        (
            f"hot public page, {len(page.body) / 1024:.0f} KB, CPU",
            f"{hot:.0f} µs",
            f"a bare ASGI app with the same bytes: {peer:.0f} µs ({peer / hot:.2f})",
        ),
        ("the same, not changed (304), CPU", f"{same:.0f} µs", f"{peer / same:.2f} of bare"),
        ("page of questions by its view, CPU", f"{best['view'].cpu:.0f} µs", ""),
        (
            "accepted question, proof checked, committed, CPU",
            f"{ask.cpu:.0f} µs",
            f"{ask.wall:.0f} µs on the wall, 16 at a time",
        ),
        (
            f"one change to {100 * scale} followers, CPU each",
            f"{delivery:.1f} µs",
            f"last one after {last * 1000:.0f} ms",
        ),
        (
            "first start, with the demonstration day",
            f"{first:.1f} s",
            f"second start {again:.1f} s, idle {idle:.0f} MB",
        ),
    ]
    return [f"| {' | '.join(row)} |" for row in rows]


def main() -> int:
    words = argparse.ArgumentParser(prog="make bench BENCH_ARGS=…", description=__doc__)
    words.add_argument("--scale", type=int, default=5, help="work per round (default 5)")
    words.add_argument("--write", metavar="FILE", help="put the table into FILE as well")
    wanted = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="equalterms-bench-") as folder:
        table = measured(Path(folder), wanted.scale)
    text = "\n".join(
        [f"Measured {time.strftime('%Y-%m-%d')} on {os.cpu_count()} cores, best of 3 rounds.", "", *table]
    )
    print(text)
    if wanted.write:
        Path(wanted.write).write_text(f"# Benchmarks\n\n`make bench` makes this table.\n\n{text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
