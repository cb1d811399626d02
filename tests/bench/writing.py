"""Writing: questions that are accepted, and everybody who votes at once. A row is committed with
`synchronous=FULL` before it is acknowledged, and every request carries a proof that is checked."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.peers import installed
from tests.bench.reading import plain_of
from tests.bench.table import Row, figure, middle, ratios, rounds
from tests.bench.wire.load import send_all
from tests.bench.wire.places import Place, sent
from tests.bench.wire.processes import asgi, cpu_of

LINES = 64
PHONES = 1000


class Written(NamedTuple):
    """Of one request: milliseconds of CPU; how many a second; and the milliseconds that 99 of 100 stay in."""

    cpu: float
    rate: float
    slowest: float


def written(port: int, pid: int, requests: list[bytes], taken: int = 201) -> Written:
    cpu = cpu_of(pid)
    came = send_all(port, requests, LINES)
    cpu = cpu_of(pid) - cpu
    if came.statuses[taken] != len(requests):
        raise SystemExit(f"of {len(requests)} only {came.statuses[taken]} were taken: {dict(came.statuses)}")
    return Written(cpu * 1e3 / len(requests), len(requests) / came.took, came.percentile(0.99) * 1e3)


def plain_post(body: dict[str, Any]) -> bytes:
    kept = {name: body[name] for name in ("text", "audience", "recap", "proof")}
    return sent("POST", "/page/", kept)


def measured(place: Place, folder: Path, share: float) -> list[Row]:
    count = max(64, int(1500 * share))
    page = place.server.get(f"/api/v1/sessions/{place.sessions['page']}/live/").body
    asked = iter(place.prepared("asks", 6 * count))
    with (
        asgi("tests.bench.peers.plain:app", "--lifespan", "on", **plain_of(place, folder, page)) as plain,
        installed.isso(folder / "isso") as other,
    ):

        def take(shape: Callable[..., bytes]) -> list[bytes]:
            return [shape(*next(asked)) for _ in range(count)]

        contestants: dict[str, Callable[[], Written]] = {
            "ours": lambda: written(place.port, place.pid, take(sent)),
            "plain": lambda: written(*plain, take(lambda _, __, body: plain_post(body))),
        }
        if other:
            comment = sent(
                "POST",
                "/new?uri=/day/",
                {"text": "How do I begin with this?", "author": "Ash", "title": "A day"},
            )
            contestants["isso"] = lambda: written(*other, [comment] * (count // 4))
        seen = rounds(contestants)
    return [*rows_of(seen), *voted(place, share)]


def rows_of(seen: dict[str, list[Written]]) -> list[Row]:
    rows = []
    names = {"plain": "plain DRF, the same row and proof", "isso": "isso, a comment without a proof"}
    for name, words in names.items():
        if name not in seen:
            rows.append(Row("accepted question", "", "isso is not installed"))
            continue
        for field, what, unit, digits in (
            ("cpu", f"accepted question, {LINES} phones at once, CPU", "ms", 2),
            ("rate", "the same, how many a second", "a second", 0),
            ("slowest", "the same, 99 of 100 within", "ms", 0),
        ):
            mine = [getattr(one, field) for one in seen["ours"]]
            theirs = [getattr(one, field) for one in seen[name]]
            beside = f"{words}: {figure(theirs, unit, digits)}"
            rows.append(Row(what, figure(mine, unit, digits), beside, str(ratios(mine, theirs))))
    cpu = middle([one.cpu for one in seen["ours"]]) * 1e3
    return [*rows[:-1], rows[-1]._replace(noted={"question": cpu})]


def voted(place: Place, share: float) -> list[Row]:
    """Everybody votes now: each from a phone of its own, all at once."""
    count, live = max(200, int(10_000 * share)), f"/api/v1/sessions/{place.sessions['page']}/live/"
    votes = place.prepared("votes", count)
    question = votes[0][1].partition("/questions/")[2].partition("/")[0]
    before, cpu = version_of(place, live), cpu_of(place.pid)
    came = send_all(place.port, [sent(*vote) for vote in votes], PHONES, jitter=2)
    cpu = (cpu_of(place.pid) - cpu) * 1e3 / count
    shown = shown_in_time(place, live, question, count)
    versions = version_of(place, live) - before
    lost = came.statuses[201] - shown
    return [
        Row(
            f"everybody votes now: {count:,} votes, {min(PHONES, count):,} phones at once",
            f"{came.took:.1f} s, {count / came.took:.0f} a second, {cpu:.2f} ms of CPU each",
            f"acknowledged {came.statuses[201]:,}, shown {shown:,}: {lost:,} lost",
            noted={"vote": cpu * 1e3, "votes": count, "voting": came.took},
        ),
        Row(
            "the same: what followers were told",
            f"{versions} versions, {came.took / max(1, versions):.1f} s apart",
            f"{came.statuses[503]:,} times a phone was asked to come back; 99 of 100 within "
            f"{came.percentile(0.99):.1f} s",
        ),
    ]


def version_of(place: Place, live: str) -> int:
    return int(json.loads(place.server.get(live).body)["version"])


def shown_in_time(place: Place, live: str, question: str, wanted: int, seconds: float = 20) -> int:
    """The published tally, once it is what was acknowledged."""
    end = time.monotonic() + seconds
    while (shown := tally_of(place, live, question)) != wanted and time.monotonic() < end:
        time.sleep(0.2)
    return shown


def tally_of(place: Place, live: str, question: str) -> int:
    shown = json.loads(place.server.get(live).body)["questions"]
    return next(int(one["votes"]) for one in shown if one["id"] == question)
