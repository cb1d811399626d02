"""A day of its own on a throw-away home, run by staff over HTTP: as an operator would set one up."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.served import Answer, Served, environment, served

PASSWORD = "five plain unmarked everyday words"
STARTS = {"starts": "2031-05-10T10:00:00Z", "ends": "2031-05-10T16:00:00Z"}
NEW = ("new-event", "--slug", "hall", "--title", "A day at the hall", "--timezone", "Europe/London")
WHEN = ("--starts", "2031-05-10T10:00", "--ends", "2031-05-10T17:00")


def command(home: Path, *words: str, **stores: str) -> str:
    """Runs `equalterms` with these words on this home and these stores; gives what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "equalterms", *words],
        env=environment(home, **stores),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


class Day:
    """A published day with three sessions and a member of staff of each kind."""

    def __init__(self, server: Served, link: str) -> None:
        self.server, self.url, self.home = server, server.url, server.home
        self.tokens: dict[str, dict[str, str]] = {}
        self.answers: list[tuple[str, Answer]] = []
        self.join("organiser", link)
        for role in ("moderator", "surgeon"):
            self.join(role, self.staff("POST", "desk/events/hall/invitations/", role=role, name=role)["url"])
        self.sessions = [self.a_session("hall", title) for title in ("First steps", "Privacy", "Photos")]
        self.publish("hall", mixing="off", proof=True)
        self.event = UUID(self.staff("GET", "events/hall/")["id"])

    def join(self, role: str, link: str) -> None:
        """Takes up an invitation, as whoever got the link."""
        token = re.search(r"#([\w-]{43})", link)
        assert token is not None
        taken = {"token": token[1], "name": role.title(), "password": PASSWORD}
        answer = self.server.call(
            "POST", "/api/v1/invitations/accept/", taken | {"email": f"{role}@example.org"}
        )
        self.tokens[role] = answer.json()

    def ask(self, role: str, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """A call of staff, whatever its answer; kept in `answers`."""
        named = {"Authorization": f"Bearer {self.tokens[role]['access']}", **headers}
        answer = self.server.call(method, f"/api/v1/{path}", body, named)
        self.answers.append((f"{method} {path}", answer))
        return answer

    def staff(self, method: str, path: str, role: str = "", /, **body: Any) -> Any:
        """A call of staff that must succeed: the organiser's, unless it says whose."""
        answer = self.ask(role or "organiser", method, path, body or None)
        assert answer.status < 300, (method, path, answer.status, answer.body)
        return json.loads(answer.body or b"null")

    def publish(self, slug: str, **changes: Any) -> None:
        """Changes a day, from the copy that is there now, and puts it before the public."""
        tag = self.ask("organiser", "GET", f"desk/events/{slug}/day/").headers["ETag"]
        changed = {"state": "published", **changes}
        answer = self.ask("organiser", "PATCH", f"events/{slug}/", changed, **{"If-Match": tag})
        assert answer.status == 200, answer.body

    def a_session(self, slug: str, title: str) -> UUID:
        made = self.staff("POST", f"events/{slug}/sessions/", kind="talk", title=title, **STARTS)
        return UUID(made["id"])

    def sign_out(self) -> None:
        """Everybody takes a new token for the old one, and gives it back."""
        for tokens in self.tokens.values():
            renewed = self.server.call("POST", "/api/v1/token/refresh/", {"refresh": tokens["refresh"]})
            assert renewed.status == 200
            given_back = {"refresh": renewed.json()["refresh"]}
            assert self.server.call("POST", "/api/v1/token/revoke/", given_back).status == 204

    def held(self) -> Iterator[dict[str, Any]]:
        """Everything that waits for a decision, page by page."""
        path = "desk/events/hall/reviews/?page_size=200"
        while path:
            page = self.staff("GET", path, "moderator")
            yield from page["results"]
            path = (page["next"] or "").partition("/api/v1/")[2]

    def show(self, reviews: list[str]) -> None:
        """Shows these, the first by itself and the others in one go after another."""
        assert self.decide(reviews[0], "show").status == 200
        for first in range(1, len(reviews), 25):
            some = reviews[first : first + 25]
            done = self.staff("POST", "desk/events/hall/reviews/bulk/", "moderator", act="show", reviews=some)
            assert len(done["done"]) == len(some), done

    def decide(self, review: str, act: str, **body: str) -> Answer:
        return self.ask("moderator", "POST", f"desk/reviews/{review}/{act}/", body)


@contextmanager
def a_day(home: Path, **stores: str) -> Iterator[Day]:
    """Sets up a day and serves it until the block ends. `stores`: settings of where rows are kept."""
    home.mkdir(parents=True, exist_ok=True)
    (home / "tmp").mkdir()
    command(home, *NEW, *WHEN, **stores)
    link = command(home, "invite", "hall", "organiser", "Olive", **stores)
    with served(home, **stores, TMPDIR=str(home / "tmp")) as server:
        yield Day(server, link)
