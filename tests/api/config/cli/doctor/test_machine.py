"""What the doctor says of the machine."""

from pathlib import Path

import pytest

from equalterms.config.cli.doctor import machine

HEADING = "Filename Type Size Used Priority\n"


@pytest.mark.parametrize(("areas", "well"), [("", True), ("/dev/sda2 partition 1 0 -2\n", False)])
def test_swapping_is_advice(areas: str, well: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "swaps").write_text(HEADING + areas)
    monkeypatch.setattr(machine, "SWAPS", tmp_path / "swaps")

    found = next(machine.memory())

    assert (found.well, found.advice) == (well, True)


def test_it_is_said_who_turns_core_dumps_off() -> None:
    assert [finding.well for finding in machine.memory()][1] is True
