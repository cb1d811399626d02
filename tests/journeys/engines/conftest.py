"""Browsers of other makes, and a day that can be stopped under their hands."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from tests.conftest import need
from tests.journeys.desk import Desk
from tests.journeys.engines.chromium import chromium
from tests.journeys.engines.engine import Engine
from tests.journeys.engines.firefox import firefox
from tests.journeys.engines.webkit import program, webkit
from tests.served import Served, served
from tests.services import free_port


class StoppableDay:
    """The demonstration day on one address, whether it runs or not."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.running = ExitStack()
        self.start()

    def start(self) -> None:
        self.served: Served = self.running.enter_context(served(self.home, port=self.port))
        self.url, self.desk = self.served.url, Desk(self.served)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self.running.close()
        try:
            yield
        finally:
            self.start()


@pytest.fixture(scope="module")
def own_day(
    built_app: None, demo_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StoppableDay]:
    home = tmp_path_factory.mktemp("day") / "home"
    shutil.copytree(demo_home, home)
    day = StoppableDay(home)
    with day.running:
        yield day


@contextmanager
def running(make: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Engine]:
    """A browser of this make. What its pages complained about fails the test."""
    if make == "firefox":
        opening: AbstractContextManager[Engine] = firefox(found("firefox-esr", "firefox"), folder / "profile")
    elif make == "webkit":
        opening = webkit(minibrowser(), lambda: request.getfixturevalue("own_day").stopped())
    else:
        opening = chromium(request.getfixturevalue("playwright"), request.getfixturevalue("chromium"))
    with opening as engine:
        yield engine
        complaints = engine.complaints()
    assert complaints == []


@pytest.fixture(params=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Those whose journeys are told here; Chromium's are told in the folder above."""
    with running(request.param, request, tmp_path) as made:
        yield made


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def any_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with running(request.param, request, tmp_path) as made:
        yield made


def minibrowser() -> str:
    found("Xvfb")
    found("WebKitWebDriver")
    browser = program()
    if browser is None:
        need("WebKit's MiniBrowser is not installed")
        raise AssertionError("need() does not return")
    return browser


def found(*programs: str) -> str:
    for name in programs:
        if path := shutil.which(name):
            return path
    need(f"{programs[0]} is not installed")
    raise AssertionError("need() does not return")
