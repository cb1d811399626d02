"""`make bench`: what the paths that matter cost, here and now, beside peers doing the same work.

Rounds are paired and interleaved: in each of them every contestant does its work once, and a ratio is taken
within its round, so that what disturbs the machine disturbs both. A figure is the median of three rounds with
the extremes. CPU is that of the server's processes.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.architecture.tree import ROOT
from tests.bench import following, growth, model, reading, scaling, start, writing
from tests.bench.peers import installed
from tests.bench.table import Row, machine, markdown, told
from tests.bench.wire.places import Place, place
from tests.bench.wire.processes import APART, stay_apart

PAGE, SCALING = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "scaling.md"
FIGURES = ("<!-- figures -->\n", "<!-- end of figures -->\n")
CHAPTERS = ("reading", "following", "writing", "scaling", "growth", "start")


def chapters(folder: Path, share: float, wanted: tuple[str, ...]) -> dict[str, list[Row]]:
    """The rows of each part. Each has a server of its own, so that none inherits another's memory."""
    found: dict[str, list[Row]] = {}

    def part(name: str, measure: Callable[[Place, Path], list[Row]], *, large: bool = False) -> None:
        if name in wanted:
            told(name)
            (folder / name).mkdir()
            with place(folder / name / "home", large=large) as here:
                found[name] = measure(here, folder / name)
            print(markdown(found[name]), flush=True)

    part("reading", lambda here, top: reading.measured(here, top, share))
    part("following", lambda here, top: following.measured(here, top, share))
    part("writing", lambda here, top: writing.measured(here, top, share))
    if "scaling" in wanted:
        told("scaling")
        found["scaling"] = scaling.measured(folder / "scaling", share)
        print(markdown(found["scaling"]), flush=True)
    part("growth", lambda here, _: growth.measured(here, share), large=True)
    part("start", lambda here, _: start.measured(here.home))
    return found


def text_of(found: dict[str, list[Row]], about: str) -> str:
    parts = [about, f"Peers: {installed.about()}."]
    for name, rows in found.items():
        parts += [f"### {name.capitalize()}", markdown(rows)]
    return "\n\n".join(parts) + "\n"


def write(page: Path, text: str) -> None:
    """Puts the figures into a page, between its two marks."""
    before, _, rest = page.read_text().partition(FIGURES[0])
    after = rest.partition(FIGURES[1])[2]
    page.write_text(f"{before}{FIGURES[0]}\n{text}\n{FIGURES[1]}{after}")


def figures_of(found: dict[str, list[Row]]) -> model.Figures:
    """What the model of scaling is fed with; a whole run has all of it."""
    noted = {
        name: value for rows in found.values() for row in rows for name, value in (row.noted or {}).items()
    }
    return model.Figures(**noted)


def main() -> int:
    words = argparse.ArgumentParser(prog="make bench BENCH_ARGS=…", description=__doc__)
    words.add_argument("--share", type=float, default=1.0, help="of the work of a whole run (default 1)")
    words.add_argument("--only", choices=CHAPTERS, action="append", help="this part alone; may be repeated")
    words.add_argument("--peers", action="store_true", help="install isso into .venv/peers first")
    words.add_argument(
        "--write", action="store_true", help="put it into docs/benchmarks.md and docs/scaling.md too"
    )
    wanted = words.parse_args()
    if wanted.peers:
        installed.install()
    begun, about = time.monotonic(), machine(apart=APART)
    stay_apart()
    with tempfile.TemporaryDirectory(prefix="equalterms-bench-") as folder:
        found = chapters(Path(folder), wanted.share, tuple(wanted.only or CHAPTERS))
    share = "" if wanted.share == 1 else f" Only {wanted.share:g} of the work of a whole run."
    minutes = (time.monotonic() - begun) / 60
    text = text_of(found, f"Measured {time.strftime('%d %B %Y')} in {minutes:.1f} minutes: {about}{share}")
    print(f"\n{text}")
    if wanted.write:
        write(PAGE, text)
    if wanted.only is None:
        print(scaled := model.tables(figures_of(found)))
        if wanted.write:
            write(SCALING, scaled + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
