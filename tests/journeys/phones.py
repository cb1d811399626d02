"""Phones for journeys: real Chromium at phone size, watched for anything a page complains about."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    Request,
    expect,
)

SIZE = {"width": 360, "height": 740}
# Of a Chromium on a machine without internet: nothing but the page itself may make a request.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
AWAY = re.compile(r"^Failed to load resource: net::ERR_")
REFUSED = re.compile(r"^Failed to load resource: the server responded with a status of (\d{3})")
LOOKED_AFTER = "() => navigator.serviceWorker.controller?.state === 'activated'"
# Playwright's own waiting in the page evaluates strings, which the content policy forbids.
UNTIL = """async () => {
    const check = %(check)s;
    const end = Date.now() + %(patience)d;
    while (!(await check())) {
        if (Date.now() > end) throw new Error("waited in vain");
        await new Promise((done) => setTimeout(done, 50));
    }
}"""
# What lies on a shelf of the phone's database, by its key.
SHELF = """async (name) => {
    const opening = indexedDB.open("equalterms");
    const database = await new Promise((done) => (opening.onsuccess = () => done(opening.result)));
    const shelf = database.transaction(name).objectStore(name);
    const [keys, values] = [shelf.getAllKeys(), shelf.getAll()];
    await new Promise((done) => (values.onsuccess = done));
    database.close();
    return Object.fromEntries(keys.result.map((key, at) => [key, values.result[at]]));
}"""
# Whether every part of a kind that the page has loaded lies in the worker's caches.
KEPT = """async () => {
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const own = loaded.filter((name) => name.includes("/assets/%s/"));
    const kept = await Promise.all(own.map((name) => caches.match(name)));
    return own.length > 0 && kept.every((one) => one !== undefined);
}"""
# Generous: two busy cores stand between a press and its effect.
PATIENCE = 20_000


class Phone:
    """One browser of its own: storage, worker and requests are nobody else's."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url
        self.faults: list[str] = []
        self.requests: list[Request] = []
        self.ended: list[Request] = []
        self.taps = 0
        self.may_be_away = False
        self.may_be_refused: set[int] = set()
        self.may_complain = re.compile("(?!)")
        context.set_default_timeout(PATIENCE)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.faults.append(f"page error: {error.error}"))
        context.on("request", self._begun)
        context.on("requestfinished", self._ended)
        context.on("requestfailed", self._ended)
        self.page: Page = context.pages[0] if context.pages else context.new_page()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        refused = REFUSED.match(message.text)
        if self.may_complain.match(message.text) or (refused and int(refused[1]) in self.may_be_refused):
            return
        if AWAY.match(message.text) and self.may_be_away:
            return
        where = message.location.get("url", "")
        self.faults.append(f"{message.type} on {self.page.url}: {message.text} ({where})")

    def _begun(self, request: Request) -> None:
        self.requests.append(request)

    def _ended(self, request: Request) -> None:
        self.ended.append(request)

    def open(self, path: str) -> Page:
        """Opens an address as a link or a QR code would."""
        self.page.goto(self.url + path)
        return self.page

    def tap(self, what: Locator) -> None:
        """One tap of a finger; `taps` counts them."""
        what.tap()
        self.taps += 1

    def press(self, name: str) -> None:
        """Taps the one button or link with this name."""
        page = self.page
        links = page.get_by_role("link", name=name, exact=True)
        self.tap(page.get_by_role("button", name=name, exact=True).or_(links))

    def sees(self, text: str | re.Pattern[str]) -> Locator:
        """Waits until `text` is on the screen."""
        found = self.page.get_by_role("main").get_by_text(text).first
        expect(found).to_be_visible(timeout=PATIENCE)
        return found

    def heading(self, name: str | re.Pattern[str]) -> Locator:
        found = self.page.get_by_role("heading", level=1, name=name)
        expect(found).to_be_visible(timeout=PATIENCE)
        return found

    def ask(self, code: str, text: str) -> None:
        """Asks in a session, by taps, from its own address; the receipt card is on the screen after."""
        self.open(f"/s/{code}")
        self.press("Ask a question")
        self.page.get_by_label("Your question").fill(text)
        self.press("Send without a name")
        expect(self.page.get_by_role("heading", name="Your receipt")).to_be_visible()

    def lose_signal(self) -> None:
        """No signal from now on; from then on the console may say so."""
        self.may_be_away = True
        self.context.set_offline(True)

    def find_signal(self) -> None:
        self.context.set_offline(False)

    @contextmanager
    def away(self) -> Iterator[None]:
        """No signal until the block ends."""
        self.lose_signal()
        try:
            yield
        finally:
            self.find_signal()

    def settled(self) -> None:
        """Waits until the worker looks after the app, so that it opens with no signal."""
        self.until(LOOKED_AFTER)

    def keeps(self, part: str) -> None:
        """Waits until what this page uses of a part (boards, desk, places) would open with no signal."""
        self.until(KEPT % part)

    def shelf(self, name: str) -> dict[str, Any]:
        """What lies on a shelf of the phone's database, by its key."""
        found: dict[str, Any] = self.page.evaluate(SHELF, name)
        return found

    def until(self, check: str) -> None:
        """Waits until a JavaScript function, asynchronous or not, answers true in the page."""
        self.page.evaluate(UNTIL % {"check": check, "patience": PATIENCE})

    def sent(self, pattern: str) -> list[Request]:
        """The requests whose address holds `pattern`, so far."""
        return [one for one in self.requests if re.search(pattern, one.url)]


Phones = Callable[..., Phone]


def faultless(phones: list[Phone]) -> None:
    """Ends the phones. None may have had anything to complain about."""
    faults = [fault for phone in phones for fault in phone.faults]
    for phone in phones:
        phone.context.close()
    if faults:
        pytest.fail("\n".join(faults))


def options(**more: Any) -> dict[str, Any]:
    """What a phone is to a page."""
    return {
        "viewport": SIZE,
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        **more,
    }


def new_phone(browser: Browser, url: str, **more: Any) -> Phone:
    return Phone(browser.new_context(**options(**more)), url)


def kept_phone(playwright: Playwright, program: str, folder: Path, url: str, **more: Any) -> Phone:
    """A phone whose storage outlives it: open it again with the same folder."""
    context = playwright.chromium.launch_persistent_context(
        folder, executable_path=program, args=ARGUMENTS, **options(**more)
    )
    return Phone(context, url)
