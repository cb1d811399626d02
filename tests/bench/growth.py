"""Growth: every public read at a small day, and at one of a thousand sessions and ten thousand questions."""

import json
import re
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import yaml
from tests.architecture.tree import ROOT
from tests.bench.table import Row, Spread, ratios, rounds
from tests.bench.wire.places import Place
from tests.bench.wire.requests import answer, connect, request

# A stream is followed rather than read; a photo is one file, whatever else there is.
LEFT_OUT = ("/stream", ".jpg")
# These are read whole: every session of a day, every sealed note of a session.
WHOLE = {
    "/api/v1/events/{event}/",
    "/api/v1/events/{event}/live/",
    "/api/v1/events/{event}/cards.pdf",
    "/api/v1/sessions/{session}/notes/",
}


def reads() -> list[str]:
    """The address of every public read there is, by the contract."""
    described = yaml.safe_load((ROOT / "docs" / "openapi" / "openapi.yaml").read_text())
    return [
        path
        for path, methods in described["paths"].items()
        if "get" in methods and not methods["get"].get("security") and not path.endswith(LEFT_OUT)
    ]


def there(place: Place, name: str) -> dict[str, str]:
    """What the parameters of an address stand for at the day of this name."""
    session = place.sessions[name]
    live: dict[str, Any] = json.loads(place.server.get(f"/api/v1/sessions/{session}/live/").body)
    return {
        "event": name,
        "session": session,
        "question": live["questions"][0]["id"],
        "comment": live["comments"][0]["id"],
        "surgeon": live["surgeons"][0]["id"],
    }


def address(path: str, known: dict[str, str]) -> str:
    filled = re.sub(r"\{(\w+)\}", lambda found: known[found[1]], path)
    return f"{filled}?act=ask&session={known['session']}" if path.endswith("/proofs/") else filled


def typical(port: int, asked: str, count: int) -> float:
    """The median of so many answers to one reader, in milliseconds."""
    line, took = connect(port), []
    for _ in range(count + 1):
        begun = time.perf_counter()
        line.sendall(request(asked, Accept="*/*"))
        if answer(line)[0] != 200:
            raise SystemExit(f"{asked} could not be read")
        took.append(time.perf_counter() - begun)
    line.close()
    return statistics.median(took[1:]) * 1000


def measured(place: Place, share: float) -> list[Row]:
    small, large = there(place, "small"), there(place, "large")
    paths, count = reads(), max(3, int(15 * share))
    contestants: dict[str, Callable[[], float]] = {}
    for path in paths:
        for size, known in (("small", small), ("large", large)):
            contestants[f"{size} {path}"] = partial(typical, place.port, address(path, known), count)
    seen = rounds(contestants)
    grown = {path: ratios(seen[f"large {path}"], seen[f"small {path}"]) for path in paths}
    return rows_of(grown, seen)


def rows_of(grown: dict[str, Spread], seen: dict[str, list[float]]) -> list[Row]:
    bounded = {path: ratio for path, ratio in grown.items() if path not in WHOLE}
    worst = sorted(bounded, key=lambda path: -bounded[path].median)[:4]
    middle = statistics.median(ratio.median for ratio in bounded.values())
    rows = [
        Row(
            f"{len(bounded)} public reads at the large day, typical answer",
            "",
            "the same reads at the small day; goal: at most 1.2",
            f"**{middle:.2f}** in the middle, {bounded[worst[0]].median:.2f} at most",
        )
    ]
    for path in [*worst, *sorted(WHOLE)]:
        what = f"`{path.removeprefix('/api/v1')}`" + (
            " (a whole list, as long as what is in it)" if path in WHOLE else ""
        )
        mine = statistics.median(seen[f"large {path}"])
        theirs = statistics.median(seen[f"small {path}"])
        rows.append(Row(what, f"{mine:.2f} ms", f"small: {theirs:.2f} ms", str(grown[path])))
    return rows
