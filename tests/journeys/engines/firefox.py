"""Firefox, driven over WebDriver BiDi: its own protocol, so no driver program is needed."""

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver.remote.websocket_connection import WebSocketConnection
from tests.journeys.engines.engine import SECONDS, Engine
from tests.services import ended

# Nothing but the page itself may make a request.
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.server": "",
}
CALL = "async (text) => JSON.stringify((await (%s)(...JSON.parse(text))) ?? null)"


class Firefox(Engine):
    def __init__(self, line: WebSocketConnection) -> None:
        self.line = line
        self.heard: list[str] = []
        self.command("session.new", capabilities={})
        line.callbacks["log.entryAdded"] = [self._hear]
        self.command("session.subscribe", events=["log.entryAdded"])
        tree = self.command("browsingContext.getTree")
        self.tab = {"context": tree["contexts"][0]["context"]}
        self.command("browsingContext.setViewport", **self.tab, viewport={"width": 360, "height": 740})

    def _hear(self, entry: dict[str, Any]) -> None:
        if entry["level"] == "error":
            self.heard.append(str(entry["text"]))

    def command(self, method: str, **parameters: Any) -> Any:
        answer = self.line.send_cmd(method, parameters)
        assert "error" not in answer, answer
        return answer["result"]

    def open(self, url: str) -> None:
        self.command("browsingContext.navigate", **self.tab, url=url, wait="complete")

    def run(self, function: str, *arguments: Any) -> Any:
        answer = self.command(
            "script.callFunction",
            functionDeclaration=CALL % function,
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            awaitPromise=True,
            target=self.tab,
            userActivation=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def _element(self, path: str) -> dict[str, str]:
        locator = {"type": "xpath", "value": path}
        (node,) = self.command("browsingContext.locateNodes", **self.tab, locator=locator)["nodes"]
        self.command(
            "script.callFunction",
            functionDeclaration="(element) => element.scrollIntoView({ block: 'center' })",
            arguments=[{"sharedId": node["sharedId"]}],
            awaitPromise=False,
            target=self.tab,
        )
        return {"sharedId": node["sharedId"]}

    def tap(self, path: str) -> None:
        where = {"type": "element", "element": self._element(path)}
        presses = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": where},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        finger = {"type": "pointer", "id": "finger", "actions": presses}
        self.command("input.performActions", **self.tab, actions=[finger])

    def type(self, path: str, text: str) -> None:
        self.tap(path)
        strokes = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self.command(
            "input.performActions", **self.tab, actions=[{"type": "key", "id": "keys", "actions": strokes}]
        )

    @contextmanager
    def away(self) -> Iterator[None]:
        tabs = [self.tab["context"]]
        self.command("emulation.setNetworkConditions", networkConditions={"type": "offline"}, contexts=tabs)
        try:
            yield
        finally:
            self.command("emulation.setNetworkConditions", networkConditions=None, contexts=tabs)

    def complaints(self) -> list[str]:
        return self.heard


@contextmanager
def firefox(program: str, folder: Path) -> Iterator[Firefox]:
    """A Firefox without a window and with a profile of its own in `folder`."""
    folder.mkdir()
    written = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (folder / "user.js").write_text("\n".join(written))
    words = [program, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
    log = folder / "log"
    with log.open("wb") as said:
        process = subprocess.Popen(words, env={**os.environ, "HOME": str(folder)}, stdout=said, stderr=said)
    with ended(process):
        line = WebSocketConnection(f"{address(log)}/session", SECONDS, 0.02)
        try:
            yield Firefox(line)
        finally:
            # Its thread may sleep ten seconds more; nobody needs to wait for that.
            line.response_wait_timeout = 0
            line.close()


def address(log: Path) -> str:
    """Where Firefox says that it listens."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        time.sleep(0.05)
        if found := re.search(r"ws://127\.0\.0\.1:\d+", log.read_text(errors="replace")):
            return found[0]
    raise AssertionError(f"Firefox did not start: {log.read_text(errors='replace')}")
