"""Somebody who follows from home, comes back by themselves, and believes only what they heard."""

import threading
import time
from contextlib import suppress
from http.client import HTTPException
from typing import Any

from tests.served import Served
from tests.serving import Listener, Site
from tests.simulated.followers import State, state_of

LOST = (OSError, EOFError, ValueError, AttributeError, HTTPException)


class Follower(threading.Thread):
    def __init__(self, server: Served, session: str) -> None:
        super().__init__(daemon=True)
        self.server, self.path = server, f"/api/v1/sessions/{session}/"
        self.state: State = {}
        self.version: int | None = None
        self.returns = -1
        self.over = False

    def run(self) -> None:
        while not self.over:
            self.returns += 1
            with suppress(*LOST):
                if self.version is None:
                    self._read()
                self._follow()
            time.sleep(0.2)

    def _read(self) -> dict[str, Any]:
        answer = self.server.get(self.path + "live/")
        if answer.status != 200:
            raise OSError(answer.status)
        found: dict[str, Any] = answer.json()
        self.state, self.version = state_of(found), int(found["version"])
        return found

    def _follow(self) -> None:
        site = Site(int(self.server.url.rsplit(":", 1)[1]))
        with Listener(site, self.path + "stream", {"Last-Event-ID": str(self.version)}) as heard:
            if heard.answer.status != 200:
                return
            while not self.over:
                frame = heard.next()
                if frame.event == "reset":
                    self._read()
                elif frame.event == "change":
                    self._apply(frame.data)

    def _apply(self, told: dict[str, Any]) -> None:
        for change in told["changes"]:
            known = (change["kind"], change["subject"])
            if change["item"] is None:
                self.state.pop(known, None)
            else:
                self.state[known] = change["item"]
        self.version = int(told["version"])

    def differences(self, seconds: float = 30) -> list[str]:
        """Where what was heard is not what a reader finds, once it has had time to hear of it."""
        end = time.monotonic() + seconds
        while True:
            final = self.server.get(self.path + "live/").json()
            if self.version == int(final["version"]) or time.monotonic() > end:
                break
            time.sleep(0.2)
        self.over = True
        if self.version != int(final["version"]):
            return [f"heard to {self.version} of {final['version']}"]
        wrong = [str(known) for known, item in state_of(final).items() if self.state.get(known) != item]
        asked = sum(kind == "question" for kind, _ in self.state)
        if asked != final["counts"]["questions"]:
            wrong.append(f"{asked} questions of {final['counts']['questions']}")
        return wrong
