"""`make drills`: breaks what can break, under load, and prints what became of what was acknowledged.

Words choose drills by their names; `--write` writes docs/drills.md too.
"""

import os
import platform
import sys
import tempfile
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from tests import services  # noqa: E402
from tests.architecture.tree import ROOT  # noqa: E402
from tests.drills import hardships, kills  # noqa: E402
from tests.drills.result import HEAD, Missing, Result, table  # noqa: E402

PAGE = ROOT / "docs" / "drills.md"
ABOUT = """# Drills

Each drill breaks one thing while four phones send questions and votes without a pause (each again under the
same id until it is acknowledged) and somebody follows the session's stream from home. A ledger notes every
acknowledgement, and is compared with the database afterwards: **lost** is what was acknowledged and is not
there, **twice** what is stored more than once or was never sent. **followers** compares what was heard with
the final snapshot. **back** is the time from the end of the fault to the next acknowledgement; nobody helps,
but that a process that was killed is started again, as systemd or a container's restart policy does.

`make drills ARGS=--write` made this page on {when} ({machine}, {cpus} cores, Python {python}; everything on
loopback). PostgreSQL and SQLite wait for their disk. Times are of a shared machine: they show that there is
an end, and no more. On a full disk SQLite goes on while its write-ahead log still has room of its own.

"""


def told(result: Result) -> str:
    return ("ok    " if result.well else "MIND  ") + " | ".join(result.cells())


def main(words: list[str]) -> int:
    wanted = [word for word in words if not word.startswith("-")]
    rows, bad = [], 0
    for number, (drill, stores) in enumerate([*kills.DRILLS, *hardships.DRILLS]):
        if wanted and drill.__name__ not in wanted:
            continue
        with tempfile.TemporaryDirectory(prefix="equalterms-drill-") as top:
            try:
                result = drill(Path(top, f"home{number}"), stores)
            except (Missing, services.Missing) as missing:
                rows.append((drill.__name__.replace("_", " "), stores, *["-"] * 6, f"not run: {missing}"))
                print(f"note  {drill.__name__} on {stores} was not run: {missing}", flush=True)
                continue
        print(told(result), flush=True)
        bad += not result.well
        rows.append(result.cells())
    assert all(len(row) == len(HEAD) for row in rows)
    print("\n" + table(rows))
    if "--write" in words:
        made = {"when": date.today(), "machine": platform.machine(), "cpus": os.cpu_count()}  # noqa: DTZ011
        PAGE.write_text(ABOUT.format(**made, python=platform.python_version()) + table(rows) + "\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
