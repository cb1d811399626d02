"""A demonstration day served whole, and browsers that visit it."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from tests.architecture.tree import PACKAGE
from tests.conftest import need
from tests.journeys.command import equalterms
from tests.journeys.desk import Desk
from tests.journeys.phones import ARGUMENTS, Phone, Phones, faultless, new_phone
from tests.served import Served, served

# Debian's names come first.
WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def built_app() -> None:
    """The app must be there to be visited."""
    if not (PACKAGE / "webroot" / "index.html").exists():
        pytest.fail("the app is not built: run make setup")


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demonstration day in it, to be copied."""
    home = tmp_path_factory.mktemp("demo") / "home"
    equalterms(home, "demo")
    return home


@pytest.fixture(scope="module")
def day(built_app: None, demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration day, served for one module."""
    home = tmp_path_factory.mktemp("day") / "home"
    shutil.copytree(demo_home, home)
    with served(home) as server:
        yield server


def program(names: Sequence[str]) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        need("no Chromium is installed")
        raise AssertionError("need() does not return")
    return found


@pytest.fixture(scope="module")
def chromium() -> str:
    """The browser with all that it has around its pages, such as installing them."""
    return program(WHOLE)


@pytest.fixture(scope="module")
def shell() -> str:
    """The same engine without windows, where it is installed: it takes a fifth less of the machine."""
    return program(["chromium-headless-shell", *WHOLE])


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    # Of one module: its event loop would be in the way of tests that use the database.
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright, shell: str) -> Iterator[Browser]:
    with playwright.chromium.launch(executable_path=shell, args=ARGUMENTS) as launched:
        yield launched


@pytest.fixture
def phones(browser: Browser, day: Served) -> Iterator[Phones]:
    """Makes phones. None of them may have had anything to complain about when the test ends."""
    made: list[Phone] = []

    def make(url: str = day.url, **more: Any) -> Phone:
        made.append(new_phone(browser, url, **more))
        return made[-1]

    yield make
    faultless(made)


@pytest.fixture
def phone(phones: Phones) -> Phone:
    return phones()


@pytest.fixture(scope="module")
def desk(day: Served) -> Desk:
    """What those who run the day can do and see without the app."""
    return Desk(day)
