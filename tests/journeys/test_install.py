"""The app can be put on the home screen, opens by its worker, and says when there is a newer one."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright
from tests.journeys.phones import Phone, faultless, kept_phone
from tests.served import Served

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
