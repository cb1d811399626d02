"""Nobody measures people: there is no page of figures, and nothing counts requests by who made them."""

import asyncio
import gc
import re
import secrets
from collections import Counter
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from tests.architecture.tree import ROOT
from tests.makers import a_session
from tests.serving import serving

from equalterms.config.asgi import gateway

WORDS = re.compile(r"metric|prometheus|statsd|telemetr|analytic|tracking|beacon|pixel|\bstats\b", re.I)
MEASURING = re.compile(
    r"prometheus|statsd|opentelemetry|sentry|newrelic|datadog|elastic-apm|silk|matomo", re.I
)
PLACES = ("metrics", "metrics/", "api/v1/metrics/", "prometheus", "stats", "debug/vars", "server-status")


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address there is, as it stands in the code."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern)


def test_anon_37_no_address_gives_figures_of_requests() -> None:
    found = list(routes(get_resolver().url_patterns))

    assert len(found) > 40
    assert [route for route in found if WORDS.search(route)] == []


def test_anon_37_nothing_that_measures_is_among_the_requirements() -> None:
    names = re.findall(r"^([a-z][\w.-]*)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
    bundled = (ROOT / "pwa" / "package.json").read_text()

    assert len(names) > 20
    assert [name for name in names if MEASURING.search(name)] == []
    assert not MEASURING.search(bundled)


@pytest.mark.django_db(transaction=True)
def test_anon_37_addresses_that_elsewhere_give_figures_give_the_app_or_nothing() -> None:
    with site() as running:
        shell = running.call("/")
        answers = {place: running.call(f"/{place}") for place in PLACES}

    told = {place for place, answer in answers.items() if answer.status == 200 and answer.body != shell.body}
    assert told == set()


@pytest.mark.django_db(transaction=True)
def test_anon_37_no_label_of_a_request_is_kept_after_its_answer() -> None:
    session = a_session()
    marks = {what: secrets.token_hex(8) for what in ("agent", "query", "referer", "path", "kept")}
    headers = {"User-Agent": f"Phone {marks['agent']}", "Referer": f"https://{marks['referer']}.example.org/"}
    paths = [
        f"/api/v1/sessions/{session.pk}/questions/?q={marks['query']}", f"/s/{marks['path']}",
        f"/api/v1/sessions/{marks['path']}/live/", f"/api/v1/events/?q={marks['query']}",
    ]  # fmt: skip
    counted = Counter([f"GET {marks['kept']}"])  # as somebody who measures would

    with site() as running:
        assert {running.call(path, headers=headers).status for path in paths} <= {200, 404}
        for _ in range(8):  # what the last of them left in a thread's hands is replaced
            running.call("/livez")
            running.call(f"/api/v1/sessions/{session.pk}/questions/")
        found = remembered(marks, but=[marks, headers, paths])

    assert counted
    assert found == {"kept"}


def remembered(marks: dict[str, str], but: list[object]) -> set[str]:
    """Which marks stand in longer words that this process keeps, other than those this test made itself."""
    gc.collect()
    own = {id(one) for one in but}
    words = set()
    for holder in gc.get_objects():
        if id(holder) not in own:
            for held in inside(holder):
                # Containers of plain words alone are not among the collector's objects.
                deeper = [] if gc.is_tracked(held) or id(held) in own else inside(held)
                words.update(word for word in (held, *deeper) if type(word) in (str, bytes))
    spelt = [word.encode(errors="replace") if isinstance(word, str) else word for word in words]
    sought = {what: mark.encode() for what, mark in marks.items()}
    return {what for what, mark in sought.items() if any(mark in word and mark != word for word in spelt)}


def inside(holder: object) -> list[object]:
    """What something holds; the collector itself passes over keys that are words."""
    keys = list(dict.keys(holder)) if issubclass(type(holder), dict) else []
    return [*gc.get_referents(holder), *keys]


def site() -> object:
    return serving(asyncio.run(made()))


async def made() -> object:
    return gateway()
