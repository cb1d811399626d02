"""Reading: the full page of a session, as a room that reloads all at once reads it."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.bench.peers import installed
from tests.bench.table import Row, figure, middle, ratios, rounds
from tests.bench.wire.places import Place, sent
from tests.bench.wire.processes import asgi
from tests.bench.wire.requests import Cost, answer, connect, cost, request

ISSO_COMMENTS = 40


def plain_of(place: Place, folder: Path, body: bytes) -> dict[str, str]:
    """The environment of the plain Django peer."""
    (folder / "body").write_bytes(body)
    return {
        "PLAIN_SECRET": (place.home / "keys" / "secret").read_text(),
        "PLAIN_BODY": str(folder / "body"),
        "PLAIN_DATABASE": str(folder / "plain.sqlite3"),
    }


def commented(port: int) -> None:
    """Forty comments, as the thread of our page has."""
    connection = connect(port)
    for number in range(ISSO_COMMENTS):
        text = f"How do I find out who can read what I wrote? Number {number}."
        connection.sendall(sent("POST", "/new?uri=/day/", {"text": text, "author": "Ash", "title": "A day"}))
        if answer(connection)[0] not in {201, 202}:
            raise SystemExit("isso takes no comments")
    connection.close()


def measured(place: Place, folder: Path, share: float) -> list[Row]:
    live = f"/api/v1/sessions/{place.sessions['page']}/live/"
    page = place.server.get(live)
    many, few = max(400, int(20_000 * share)), max(32, int(300 * share))
    conditional = request(live, If_None_Match=page.headers["ETag"])
    with ExitStack() as stack:
        (folder / "bare").write_bytes(page.body)
        bare = stack.enter_context(
            asgi("tests.bench.peers.bare:app", "--lifespan", "off", BARE_BODY=str(folder / "bare"))
        )
        plain = stack.enter_context(
            asgi("tests.bench.peers.plain:app", "--lifespan", "on", **plain_of(place, folder, page.body))
        )
        other = stack.enter_context(installed.isso(folder / "isso"))
        ours = (place.port, place.pid)
        contestants: dict[str, Callable[[], Cost]] = {
            "bare": partial(cost, *bare, [request(live)] * many),
            "hot": partial(cost, *ours, [request(live)] * many),
            "same": partial(cost, *ours, [conditional] * many, 304),
            "bytes": partial(cost, *plain, [request("/bytes/")] * (few * 4)),
            "page": partial(cost, *plain, [request("/page/")] * few),
            "view": partial(cost, *ours, [request(live + "?made=anew")] * few),
            "questions": partial(cost, *ours, [request(live[:-5] + "questions/")] * few),
        }
        if other:
            commented(other[0])
            contestants["isso"] = partial(cost, *other, [request("/?uri=/day/")] * few)
        found = rounds(contestants)
    return rows_of({name: [one.cpu for one in costs] for name, costs in found.items()}, len(page.body))


def rows_of(cpu: dict[str, list[float]], size: int) -> list[Row]:
    hot, same, micro = cpu["hot"], cpu["same"], "µs"
    rows = [
        Row(
            f"full page of a session, 86 rows, {size / 1024:.0f} KB",
            figure(hot, micro),
            f"a bare ASGI application with the same bytes: {figure(cpu['bare'], micro)}",
            str(ratios(hot, cpu["bare"])),
            {"page": middle(hot), "same": middle(same)},
        ),
        Row(
            "the same, not changed (304)",
            figure(same, micro),
            "the bare application's whole page",
            str(ratios(same, cpu["bare"])),
        ),
        Row(
            "the same page", figure(hot, micro), f"bytes of a Django view: {figure(cpu['bytes'], micro)}",
            str(ratios(hot, cpu["bytes"])),
        ),
        Row(
            "the same page", figure(hot, micro), f"made by plain DRF each time: {figure(cpu['page'], micro)}",
            f"{ratios(hot, cpu['page']).median:.4f}",
        ),
        Row(
            "the same page made anew by our own view", figure(cpu["view"], micro), "plain DRF",
            str(ratios(cpu["view"], cpu["page"])),
        ),
        Row("first page of questions, by its view", figure(cpu["questions"], micro)),
    ]  # fmt: skip
    if "isso" in cpu:
        thread, ratio = (
            f"isso, {ISSO_COMMENTS} comments: {figure(cpu['isso'], micro)}",
            ratios(hot, cpu["isso"]),
        )
        return [*rows, Row("the same page", figure(hot, micro), thread, f"{ratio.median:.4f}")]
    return [*rows, Row("the same page", figure(hot, micro), "isso is not installed")]
