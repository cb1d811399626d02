"""Processes that end without a word, while phones send and somebody follows."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

from tests.drills.listening import Follower
from tests.drills.result import Result
from tests.drills.stage import POSTGRESQL, SQLITE, Stage, port_of, staged

BEFORE, AFTER = 60, 60


def concluded(stage: Stage, name: str, stores: str, back: float, seen: str, follower: Follower) -> Result:
    """Lets the phones rest, and compares the ledger with the database and the follower with a reader."""
    stage.rest()
    kept = stage.kept()
    differences = follower.differences() + kept.off()
    return Result(
        name, stores, len(stage.ledger.sent), stage.ledger.acknowledged(), stage.ledger.lost(kept),
        stage.ledger.twice(kept), differences, back, seen,
    )  # fmt: skip


def under_load(
    home: Path, name: str, stores: str, fault: Callable[[Stage], float], *, workers: int = 0
) -> Result:
    """Phones send; then `fault` happens, and gives the moment from which on all was in order again."""
    with staged(home, stores) as stage:
        server = stage.serve()
        for _ in range(workers):
            stage.work()
        stage.begin()
        follower = stage.follow(server)
        stage.load(port_of(server))
        stage.until_acknowledged(BEFORE)
        over = fault(stage)
        stage.until_acknowledged(AFTER)
        back = stage.ledger.gap_after(over)
        seen = f"{stage.ledger.refused} sent again, the follower came back {follower.returns} times"
        return concluded(stage, name, stores, back, seen, follower)


def server_killed(home: Path, stores: str) -> Result:
    """Its supervisor starts it again half a second later."""

    def fault(stage: Stage) -> float:
        stage.processes[0].kill()
        time.sleep(0.5)
        over = time.monotonic()
        stage.processes[0].start()
        return over

    return under_load(home, "kill -9 of the server", stores, fault)


def worker_killed(home: Path, stores: str) -> Result:
    """Nobody starts it again: its leases end, and the server does what falls due."""

    def fault(stage: Stage) -> float:
        stage.processes[1].kill()
        return time.monotonic()

    return under_load(home, "kill -9 of the worker", stores, fault, workers=1)


def postgresql_killed(home: Path, stores: str = POSTGRESQL) -> Result:
    def fault(stage: Stage) -> float:
        assert stage.postgres is not None
        stage.postgres.stop(signal.SIGKILL)
        time.sleep(1)
        stage.postgres.start()
        return time.monotonic()

    return under_load(home, "kill -9 of PostgreSQL", stores, fault)


def postgresql_restarted(home: Path, stores: str = POSTGRESQL) -> Result:
    def fault(stage: Stage) -> float:
        assert stage.postgres is not None
        stage.postgres.stop()
        stage.postgres.start()
        return time.monotonic()

    return under_load(home, "PostgreSQL restarted", stores, fault)


def postgresql_hung(home: Path, stores: str = POSTGRESQL) -> Result:
    """Every process of it stands still for eight seconds, and goes on."""

    def fault(stage: Stage) -> float:
        assert stage.postgres is not None
        stage.postgres.tell_all(signal.SIGSTOP)
        time.sleep(8)
        stage.postgres.tell_all(signal.SIGCONT)
        return time.monotonic()

    return under_load(home, "PostgreSQL stands still for 8 s", stores, fault)


def redis_lost(home: Path, stores: str = POSTGRESQL) -> Result:
    """Gone, hung and back, between two servers; each follower listens to the one that nobody writes to."""
    with staged(home, stores) as stage:
        servers = [stage.serve() for _ in range(2)]
        stage.begin()
        followers = [stage.follow(server) for server in servers]
        stage.load(*map(port_of, servers))
        assert stage.redis is not None
        gaps = []
        for way in (stage.redis.stop, stage.redis.hang, stage.redis.let_through):
            stage.until_acknowledged(BEFORE)
            way()
            moment = time.monotonic()
            stage.until_acknowledged(AFTER)
            gaps.append(stage.ledger.gap_after(moment))
        seen = "killed, hung, back: next acknowledged after " + ", ".join(f"{gap:.2f} s" for gap in gaps)
        stage.rest()
        others = followers[1].differences()
        result = concluded(stage, "Redis killed, hung and back", stores, max(gaps), seen, followers[0])
        return result._replace(differences=result.differences + others)


ON_BOTH = (server_killed, worker_killed)
ON_POSTGRESQL = (postgresql_killed, postgresql_restarted, postgresql_hung, redis_lost)
DRILLS = [(drill, stores) for drill in ON_BOTH for stores in (SQLITE, POSTGRESQL)] + [
    (drill, POSTGRESQL) for drill in ON_POSTGRESQL
]
