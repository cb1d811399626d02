"""Which lane answers what, and how the whole starts, fails and stops."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from tests.makers import a_session
from tests.serving import serving

from equalterms.config.asgi import gateway
from equalterms.config.gateway.lanes import Gateway
from equalterms.lib import problems
from equalterms.lib.api.asgi import Receive, Scope, Send


@pytest.mark.django_db(transaction=True)
def test_every_answer_says_what_browsers_must_not_do() -> None:
    session = a_session()
    made = gateway()
    base = f"/api/v1/sessions/{session.pk}"
    paths = [f"{base}/live/", f"{base}/live/?past", f"{base}/questions/", "/api/v1/nowhere/stream", "/livez"]

    with serving(made, made.stop_streams) as site:
        answers = [site.call(path, headers={"Origin": "https://elsewhere.example"}) for path in paths]

    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert {"server", "set-cookie"}.isdisjoint(answer.headers)
    assert {answer.headers["access-control-allow-origin"] for answer in answers[:4]} == {"*"}


@pytest.mark.django_db(transaction=True)
def test_a_lane_that_fails_is_a_500_problem() -> None:
    made = gateway()

    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        raise ValueError("planted words")

    made.bridge = failing  # type: ignore[assignment]
    with serving(made, made.stop_streams) as site:
        made.bridge.headers = []  # type: ignore[attr-defined]
        answer = site.call("/anything")

    assert (answer.status, answer.json()) == (500, problems.problem(500))


def lived(made: Gateway) -> list[str]:
    """What the gateway says to a server over its life."""
    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    said: list[str] = []

    async def receive() -> dict[str, Any]:
        return next(messages)

    async def send(message: Any) -> None:
        said.append(message["type"])

    asyncio.run(made({"type": "lifespan"}, receive, send))
    return said


@pytest.mark.django_db(transaction=True)
def test_hooks_run_in_order_and_backwards_at_the_end() -> None:
    made, order = gateway(), []

    async def waiting() -> None:
        await asyncio.sleep(0)
        order.append("awaited")

    def noting(word: str) -> Callable[[], None]:
        return lambda: order.append(word)

    made.on_start += [noting("start"), waiting]
    made.on_stop += [noting("last"), noting("first")]

    assert lived(made) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert order == ["start", "awaited", "first", "last"]


@pytest.mark.django_db(transaction=True)
def test_a_hook_that_fails_stops_the_start() -> None:
    made = gateway()
    made.on_start = [lambda: 1 / 0]

    assert lived(made) == ["lifespan.startup.failed"]


@pytest.mark.django_db(transaction=True)
def test_a_hook_that_fails_does_not_keep_others_from_stopping() -> None:
    made = gateway()
    made.on_stop.append(lambda: 1 / 0)

    assert lived(made) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert made.bridge.crew._threads == []
