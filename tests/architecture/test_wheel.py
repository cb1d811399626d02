"""The wheel carries the built app and runs where nothing else is."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from tests.architecture.tree import PACKAGE, ROOT
from tests.conftest import need
from tests.served import served, stop

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built with what is installed."""
    if not (PACKAGE / "webroot" / "index.html").exists():
        need("the app is not built (make setup)")
    out = tmp_path_factory.mktemp("wheel")
    building = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(building, check=True, capture_output=True)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, in an environment that holds the wheel and its pinned requirements only."""
    top = tmp_path_factory.mktemp("installed")
    venv.create(top, with_pip=True)
    pip = [str(top / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements.txt")], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    return top / "bin" / "equalterms"


def test_the_wheel_carries_the_app_its_words_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {"equalterms/webroot/index.html", "equalterms/webroot/sw.js"} <= names
    assert {"equalterms/safety/phrases.en.json", "equalterms/programme/migrations/0001_initial.py"} <= names
    assert [name for name in names if not name.startswith("equalterms")] == []


def test_an_installed_wheel_serves_the_app_and_the_demonstration_day(installed: Path, tmp_path: Path) -> None:
    with served(tmp_path / "home", "--demo", command=[str(installed)], PYTHONPATH="") as server:
        page = server.get("/")
        events = server.get("/api/v1/events/").json()
        worker = server.get("/sw.js")
        status = stop(server)

    assert (page.status, page.headers.get_content_type()) == (200, "text/html")
    assert [event["slug"] for event in events["results"]] == ["leeds"]
    assert (worker.status, worker.headers.get_content_type()) == (200, "text/javascript")
    assert status == 0
