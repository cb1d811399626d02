"""WebKit, as the GTK port makes it: MiniBrowser on a screen that nobody sees, driven by selenium."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from selenium.common.exceptions import ElementClickInterceptedException
from selenium.webdriver import Remote
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.webkitgtk.options import Options
from tests.journeys.engines.engine import SECONDS, Engine
from tests.services import ended, free_port, wait_for

CALL = """
const done = arguments[arguments.length - 1];
(async (text) => JSON.stringify((await (%s)(...JSON.parse(text))) ?? null))(arguments[0])
    .then((answer) => done({ answer }), (reason) => done({ reason: String(reason) }));
"""


class WebKit(Engine):
    """`no_server` stops the server for as long as its block lasts: this engine has no offline switch."""

    def __init__(self, driver: Remote, no_server: Callable[[], AbstractContextManager[None]]) -> None:
        self.driver, self.no_server = driver, no_server
        driver.set_window_size(360, 740)
        driver.set_script_timeout(SECONDS)

    def open(self, url: str) -> None:
        self.driver.get(url)

    def run(self, function: str, *arguments: Any) -> Any:
        answer = self.driver.execute_async_script(CALL % function, json.dumps(arguments))
        assert "answer" in answer, answer
        return json.loads(answer["answer"])

    def tap(self, path: str) -> None:
        found = self.driver.find_element(By.XPATH, path)
        try:
            found.click()
        except ElementClickInterceptedException:  # the page moved under the finger: look again, as people do
            self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
            found.click()

    def type(self, path: str, text: str) -> None:
        self.driver.find_element(By.XPATH, path).send_keys(text)

    def away(self) -> AbstractContextManager[None]:
        return self.no_server()

    def complaints(self) -> list[str]:
        return []  # Its driver does not pass the console on.


def program() -> str | None:
    """Debian keeps MiniBrowser beside the library."""
    found = sorted(Path("/usr").glob("lib*/**/webkit2gtk-4.*/MiniBrowser"))
    return str(found[-1]) if found else None


@contextmanager
def screen() -> Iterator[str]:
    """A screen in memory; answers its name."""
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "800x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(words, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with ended(process), os.fdopen(reading) as said:
        yield f":{said.readline().strip()}"


@contextmanager
def webkit(browser: str, no_server: Callable[[], AbstractContextManager[None]]) -> Iterator[WebKit]:
    options = Options()
    options.binary_location = browser
    options.add_argument("--automation")
    port = free_port()
    with screen() as display:
        env = {**os.environ, "DISPLAY": display, "NO_AT_BRIDGE": "1"}
        if os.geteuid() == 0:
            # Its sandbox asks for rights that root in a container does not have.
            env["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"
        with ended(subprocess.Popen(["WebKitWebDriver", f"--port={port}"], env=env)):
            wait_for(port)
            address = ClientConfig(remote_server_addr=f"http://127.0.0.1:{port}")
            driver = Remote(command_executor=RemoteConnection(client_config=address), options=options)
            try:
                yield WebKit(driver, no_server)
            finally:
                driver.quit()
