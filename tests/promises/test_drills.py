"""Two of the drills, short: what was acknowledged is there when parts fail under load."""

import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests import services
from tests.conftest import need
from tests.drills.kills import postgresql_restarted, server_killed
from tests.drills.ledger import Kept, Ledger
from tests.drills.result import Result
from tests.drills.stage import POSTGRESQL, SQLITE, staged

DRILLS = [(server_killed, SQLITE), (server_killed, POSTGRESQL), (postgresql_restarted, POSTGRESQL)]


@pytest.mark.both
@pytest.mark.parametrize(("drill", "stores"), DRILLS)
def test_nothing_acknowledged_is_lost_or_stored_twice_when_parts_fail(
    drill: Callable[[Path, str], Result], stores: str, tmp_path: Path
) -> None:
    try:
        result = drill(tmp_path / "home", stores)
    except services.Missing as missing:
        need(str(missing))

    assert (result.lost, result.twice, result.differences) == ([], [], [])
    assert result.acknowledged > 100
    assert result.back < 60


def test_the_ledger_finds_what_is_lost_changed_twice_or_from_nobody() -> None:
    ledger = Ledger()
    ledger.sent |= {"a", "b", "c", "a tag", "b tag"}
    for ident in "abc":
        ledger.note(ident, f"text {ident}")
    for vote in ("a tag", "b tag"):
        ledger.note(vote, None)
    whole = Kept({"a": "text a", "b": "text b", "c": "text c"}, {}, ["a tag", "b tag"])
    spoilt = Kept({"a": "text a", "b": "text a", "x": "text x"}, {}, ["a tag", "a tag", "y tag"])

    assert (ledger.lost(whole), ledger.twice(whole)) == ([], [])
    assert ledger.lost(spoilt) == ["b", "c", "b tag"]
    assert ledger.twice(spoilt) == ["text a", "x", "y tag", "votes"]


@pytest.mark.both
def test_a_postgresql_that_stands_still_is_a_503_within_seconds_and_then_all_goes_on(tmp_path: Path) -> None:
    with ExitStack() as stack:
        try:
            stage = stack.enter_context(staged(tmp_path / "home", POSTGRESQL))
        except services.Missing as missing:
            need(str(missing))
        server = stage.serve().server
        stage.begin()
        paths = [f"/api/v1/sessions/{stage.session}/{page}" for page in ("live/", "stream")]
        assert server.get(paths[0]).status == 200
        assert stage.postgres is not None
        stage.postgres.tell_all(signal.SIGSTOP)
        stack.callback(stage.postgres.tell_all, signal.SIGCONT)
        time.sleep(1.2)  # nothing in memory is trusted any more
        began = time.monotonic()
        answers = [server.get(path) for path in paths]
        took = time.monotonic() - began
        stage.postgres.tell_all(signal.SIGCONT)
        time.sleep(1)
        again = server.get(paths[0])

    assert [(answer.status, answer.headers["Retry-After"]) for answer in answers] == [(503, "2")] * 2
    assert took < 25
    assert again.status == 200
