"""Somebody who read a snapshot once and has only listened since."""

import threading
from typing import Any

from tests.serving import Listener, Site
from tests.simulated.stage import Wire

State = dict[tuple[str, str], Any]


def state_of(snapshot: dict[str, Any]) -> State:
    """A snapshot as the things it shows, each under the kind and subject it changes by."""
    if "session" in snapshot:
        found: State = {("session", snapshot["session"]["id"]): snapshot["session"]}
        for kind in ("question", "comment"):
            found |= {(kind, one["id"]): one for one in snapshot[f"{kind}s"]}
        return found | {("current", snapshot["session"]["id"]): {"question": snapshot["current"]}}
    listed = {"counts": ("sessions", "id"), "line": ("lines", "session"), "presence": ("here", "surgeon")}
    return {(kind, one[key]): one for kind, (name, key) in listed.items() for one in snapshot[name]}


class Follower:
    """Follows the stream beside `path` in a thread of its own."""

    def __init__(self, url: str, path: str) -> None:
        self.path, self.wire = path, Wire(url)
        snapshot = self.read()
        self.state, self.version, self.resets = state_of(snapshot), int(snapshot["version"]), 0
        self.listener = Listener(
            Site(int(url.rsplit(":", 1)[1])), f"/api/v1/{path}stream", {"Last-Event-ID": str(self.version)}
        )
        self.thread = threading.Thread(target=self._follow, daemon=True)
        self.wanted: int | None = None
        self.thread.start()

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = self.wire.send("GET", f"{self.path}live/").json()
        return found

    def _follow(self) -> None:
        while self.wanted is None or self.version < self.wanted:
            try:
                frame = self.listener.next()
            except (OSError, EOFError, ValueError, AttributeError):  # it hung up on us, or we on it
                return
            self._apply(frame.event, frame.data)

    def _apply(self, event: str, told: dict[str, Any]) -> None:
        if event == "reset":
            self.resets += 1
            told = self.read()
            self.state = state_of(told)
        for change in told.get("changes", ()):
            known = (change["kind"], change["subject"])
            if change["item"] is None:
                self.state.pop(known, None)
            else:
                self.state[known] = change["item"]
        if event != "hello":
            self.version = int(told["version"])

    def differences(self) -> list[str]:
        """Once it has heard the last word: where what it heard is not what a reader finds."""
        final = self.read()
        self.wanted = int(final["version"])
        if self.version < self.wanted:
            self.thread.join(20)
        if self.version != self.wanted:
            return [f"{self.path} was followed to {self.version} of {self.wanted}"]
        shown = state_of(final)
        wrong = [
            f"{self.path}: {known} was heard as {self.state.get(known)}, is {item}"
            for known, item in shown.items()
            if self.state.get(known) != item
        ]
        return wrong + self._extra(final, shown)

    def _extra(self, final: dict[str, Any], shown: State) -> list[str]:
        """What it believes to be there and is not: of questions and comments only the newest are listed."""
        if "session" in final:
            if self.resets:
                return []
            held = {
                kind: sum(one == kind.removesuffix("s") for one, _ in self.state)
                for kind in ("questions", "comments")
            }
            told = {kind: final["counts"][kind] for kind in held}
            return [] if held == told else [f"{self.path}: heard of {held}, counted are {told}"]
        left = {
            known: item
            for known, item in self.state.items()
            if known not in shown and known[0] in ("line", "presence", "counts")
        }
        return [
            f"{self.path}: {known} was heard as {item}, and is not there"
            for known, item in left.items()
            if known[0] != "counts" or any(item[name] for name in ("questions", "answered", "comments"))
        ]

    def close(self) -> None:
        self.listener.close()
        self.wire.line.close()
