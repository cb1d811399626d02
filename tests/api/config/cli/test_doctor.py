"""The doctor finds what is wrong, and says what to do."""

from argparse import Namespace
from pathlib import Path

import pytest
from django.db import connection

from equalterms.config.cli import doctor
from equalterms.config.cli.doctor import Finding


@pytest.mark.django_db
def test_a_sound_installation_is_well(
    settings: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HOME, settings.WEBROOT, settings.REDIS_URL = tmp_path, tmp_path, ""
    (tmp_path / "index.html").write_text("<!doctype html>")

    status = doctor.run(Namespace())

    printed = capsys.readouterr().out
    assert f"ok    The database ({connection.vendor}) answers.\n" in printed
    assert "ok    Migrations that wait for the next start: 0.\n" in printed
    minded = [line for line in printed.splitlines() if line.startswith("MIND")]
    # The PostgreSQL of a run lives minutes, so it does not wait for a disk, and is told so.
    careless = [f"MIND  PostgreSQL's {name} is off (should be on)." for name in ("fsync", "full_page_writes")]
    assert (minded, status) == ((careless, 1) if connection.vendor == "postgresql" else ([], 0))


def test_advice_is_a_note_and_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = (lambda: iter([Finding(True, "Well."), Finding(False, "Swaps.", advice=True)]),)
    monkeypatch.setattr(doctor, "CHECKS", checks)

    assert doctor.run(Namespace()) == 0
    assert capsys.readouterr().out == "ok    Well.\nnote  Swaps.\n"


def test_what_is_not_well_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "CHECKS", (lambda: iter([Finding(False, "Open.")]),))

    assert doctor.run(Namespace()) == 1
    assert capsys.readouterr().out == "MIND  Open.\n"
