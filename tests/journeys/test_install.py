"""The app can be put on the home screen, opens by its worker, and says when there is a newer one."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright, expect
from tests.architecture.tree import PACKAGE
from tests.journeys.phones import Phone, Phones, faultless, kept_phone
from tests.served import Served, served
from tests.services import free_port

pytestmark = pytest.mark.journey


def test_a_browser_has_nothing_against_installing_it(
    playwright: Playwright, chromium: str, tmp_path: Path, day: Served
) -> None:
    phone = kept_phone(playwright, chromium, tmp_path / "phone", day.url)
    phone.open("/e/leeds")
    phone.settled()
    line = phone.context.new_cdp_session(phone.page)

    manifest = line.send("Page.getAppManifest")
    errors = line.send("Page.getInstallabilityErrors")["installabilityErrors"]
    faultless([phone])

    assert manifest["errors"] == []
    assert errors == []
    said: dict[str, Any] = json.loads(manifest["data"])
    assert said["name"] == "Equal Terms"
    assert "?" not in said["start_url"]
    assert {icon.get("purpose", "any") for icon in said["icons"]} >= {"any", "maskable"}


def test_the_worker_opens_the_app_without_asking_the_server_for_it(phone: Phone) -> None:
    phone.open("/e/leeds")
    phone.settled()
    asked = len(phone.requests)

    phone.open("/e/leeds/programme")
    phone.heading("Programme")

    files = [one for one in phone.requests[asked:] if "/api/" not in one.url and not one.service_worker]
    assert files
    assert [one.url for one in files if not (one.response() and one.response().from_service_worker)] == []


def test_a_page_that_the_worker_passed_over_is_looked_after_all_the_same(phone: Phone) -> None:
    phone.open("/e/leeds")
    phone.settled()
    line = phone.context.new_cdp_session(phone.page)

    # A page that is loaded past the worker has none, as one that was loading while the worker began.
    line.send("Page.reload", {"ignoreCache": True})
    phone.page.wait_for_event("load")
    phone.settled()

    with phone.away():
        phone.open("/e/leeds/programme")
        phone.heading("Programme")


def test_the_desk_opens_without_a_network_from_the_first_visit_on(phone: Phone) -> None:
    phone.open("/sign-in")
    phone.heading("Sign in")
    phone.settled()
    phone.keeps("desk")

    with phone.away():
        phone.page.reload()
        phone.heading("Sign in")


@pytest.fixture
def newer_version(
    built_app: None, demo_home: Path, tmp_path: Path
) -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of a copy of the product, and what puts a newer one in its place."""
    package, port = tmp_path / "api" / "equalterms", free_port()
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(demo_home, tmp_path / "home")
    with ExitStack() as running:

        def start() -> str:
            api = str(package.parent)
            return running.enter_context(served(tmp_path / "home", port=port, PYTHONPATH=api)).url

        def renew() -> None:
            running.close()
            for packed in package.glob("webroot/sw.js.*"):
                packed.unlink()
            worker = package / "webroot" / "sw.js"
            worker.write_text(worker.read_text() + "\n// newer\n")
            start()

        yield start(), renew


def test_a_newer_version_waits_until_somebody_asks_for_it(
    phones: Phones, newer_version: tuple[str, Callable[[], None]]
) -> None:
    address, renew = newer_version
    phone = phones(address)
    phone.open("/e/leeds/programme")
    phone.settled()
    phone.may_be_away = True
    renew()

    phone.open("/e/leeds/programme")
    phone.page.get_by_label("Search").fill("photos")
    offer = phone.page.get_by_role("status").filter(has_text="A new version is ready.")
    expect(offer).to_be_visible()
    expect(phone.page.get_by_label("Search")).to_have_value("photos")
    with phone.page.expect_event("load"):
        phone.press("Use the new version")

    phone.heading("Programme")
    expect(offer).to_have_count(0)
