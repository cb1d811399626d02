"""QR codes as runs of dark squares."""

import pytest
import segno

from equalterms.sharing.printing.codes import MASK, QUIET, Run, runs_of

ADDRESS = "https://day.example.org/e/leeds"


def squares(side: int, runs: tuple[Run, ...]) -> list[list[int]]:
    """The drawing, square by square, as a reader sees it."""
    drawn = [[0] * side for _ in range(side)]
    for run in runs:
        drawn[run.y][run.x : run.x + run.length] = [1] * run.length
    return drawn


@pytest.mark.parametrize("address", [ADDRESS, "https://a.example/s/abc34", "https://x.example/e/" + "y" * 60])
def test_the_runs_are_the_code_square_by_square_in_its_quiet_zone(address: str) -> None:
    code = segno.make_qr(address, error="q", boost_error=False, mask=MASK)

    side, runs = runs_of(address)

    assert squares(side, runs) == [list(row) for row in code.matrix_iter(border=QUIET)]
    assert code.error == "Q"


def test_runs_are_as_long_as_they_can_be() -> None:
    _, runs = runs_of(ADDRESS)

    ends = {(run.x + run.length, run.y) for run in runs}
    assert not ends & {(run.x, run.y) for run in runs}
