"""Starting: how long until the first answer, what an idle server holds, and what of it costs what."""

import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.architecture.tree import ROOT
from tests.bench.table import Row, figure, middle
from tests.bench.wire.places import COMMAND
from tests.bench.wire.processes import PINNED, kilobytes
from tests.bench.wire.requests import answer, connect, request
from tests.served import API, environment
from tests.services import ended, free_port

# Each is imported after those before it, in one process.
STAGES = {
    "Python itself": "",
    "Django, its settings and every model": "import django; django.setup()",
    "every address, with REST framework and its description": "import equalterms.config.urls",
    "the server, with its lanes": "import equalterms.config.asgi, equalterms.config.server",
    "the commands": "import equalterms.config.cli.commands",
}
STAGED = """
import json, os, sys, time
def figures():
    rolled = open('/proc/self/smaps_rollup').read()
    return time.process_time(), int(rolled.split('\\nPss:')[1].split()[0]), time.perf_counter()
os.environ['DJANGO_SETTINGS_MODULE'] = 'equalterms.config.settings'
seen = []
for stage in json.loads(sys.argv[1]):
    exec(stage)
    seen.append(figures())
print(json.dumps(seen))
"""


def began(home: Path) -> tuple[float, float]:
    """Seconds the first answer after the command, and megabytes once it is idle."""
    port, begun = free_port(), time.perf_counter()
    with (home / "log").open("ab") as log:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port)], env=environment(home), stdout=log, stderr=log
        )
    with ended(process):
        while time.perf_counter() - begun < 60:
            with suppress(OSError):
                line = connect(port)
                line.sendall(request("/readyz"))
                if answer(line)[0] == 200:
                    took = time.perf_counter() - begun
                    line.close()
                    time.sleep(1)
                    return took, kilobytes(process.pid) / 1024
            time.sleep(0.005)
    raise SystemExit("the server did not start")


def staged(home: Path) -> list[tuple[str, float, float]]:
    """What each part of the program adds: its name, seconds of CPU, megabytes."""
    command = [*PINNED, sys.executable, "-c", STAGED, json.dumps(list(STAGES.values()))]
    known = environment(home) | {"PYTHONPATH": f"{API}:{ROOT}"}
    done = subprocess.run(command, env=known, cwd=ROOT, capture_output=True, check=True)
    seen = [(0.0, 0.0), *((cpu, size / 1024) for cpu, size, _ in json.loads(done.stdout))]
    return [
        (name, after[0] - before[0], after[1] - before[1])
        for name, before, after in zip(STAGES, seen, seen[1:], strict=False)
    ]


def measured(home: Path) -> list[Row]:
    """`home` has a database already, as every start but the first."""
    starts = [began(home) for _ in range(3)]
    idle = [one[1] for one in starts]
    rows = [
        Row("the first answer after the command", figure([one[0] for one in starts], "s", 2), "goal: 1.0 s"),
        Row("memory of an idle server", figure(idle, "MB"), "goal: 100 MB", noted={"idle_mb": middle(idle)}),
    ]
    costs = [staged(home) for _ in range(3)]
    for place, name in enumerate(STAGES):
        seconds = [cost[place][1] for cost in costs]
        size = [cost[place][2] for cost in costs]
        rows.append(Row(f"of that: {name}", figure(seconds, "s of CPU", 2), figure(size, "MB", 1)))
    return rows
