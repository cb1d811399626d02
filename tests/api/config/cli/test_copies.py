"""Copies from the command line."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.makers import a_session, a_shown_question

from equalterms.config.backups import files
from equalterms.config.cli import main
from equalterms.lib import clock
from equalterms.questions.models import Question

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_copy_is_written_into_a_folder_and_old_ones_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = files.place_for(tmp_path, clock.now() - timedelta(days=8))
    files.write(old, b"words")

    status = main(["backup", str(tmp_path)])

    (copy,) = tmp_path.iterdir()
    said = capsys.readouterr().out.splitlines()
    assert status == 0
    assert said[0].startswith(f"{copy} (")
    assert said[1] == f"{old} was older than seven days, and is deleted."


def test_a_copy_is_put_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    question = a_shown_question(a_session())
    assert main(["backup", str(tmp_path / "copy")]) == 0
    Question.objects.all().delete()

    status = main(["restore", str(tmp_path / "copy")])

    assert status == 0
    assert Question.objects.get() == question
    assert "rows are back. What was withdrawn since stays gone." in capsys.readouterr().out


def test_what_is_no_copy_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files.key()
    (tmp_path / "letter").write_text("Dear all")

    missing, wrong = main(["restore", str(tmp_path / "none")]), main(["restore", str(tmp_path / "letter")])

    assert (missing, wrong) == (1, 2)
    assert capsys.readouterr().err.splitlines() == [
        f"equalterms: {tmp_path / 'none'}: No such file or directory",
        "equalterms: This file is not a copy made by equalterms backup.",
    ]


def test_a_place_that_cannot_be_written_to_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "none" / "copy")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
