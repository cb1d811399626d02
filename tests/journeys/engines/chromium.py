"""Chromium behind the same words as the other makes, for what all three must do alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Playwright
from tests.journeys.engines.engine import Engine
from tests.journeys.phones import ARGUMENTS, Phone, new_phone


class Chromium(Engine):
    def __init__(self, phone: Phone) -> None:
        self.phone = phone

    def open(self, url: str) -> None:
        self.phone.page.goto(url)

    def run(self, function: str, *arguments: Any) -> Any:
        return self.phone.page.evaluate(f"(all) => ({function})(...all)", list(arguments))

    def tap(self, path: str) -> None:
        self.phone.tap(self.phone.page.locator(f"xpath={path}"))

    def type(self, path: str, text: str) -> None:
        self.phone.page.locator(f"xpath={path}").press_sequentially(text)

    @contextmanager
    def away(self) -> Iterator[None]:
        with self.phone.away():
            yield

    def complaints(self) -> list[str]:
        return self.phone.faults


@contextmanager
def chromium(playwright: Playwright, program: str) -> Iterator[Chromium]:
    with playwright.chromium.launch(executable_path=program, args=ARGUMENTS) as browser:
        yield Chromium(new_phone(browser, ""))
