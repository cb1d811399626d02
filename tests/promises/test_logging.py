"""No log tells of anybody: every logger there is prints class and place only, and nobody logs requests."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.tree import ROOT, modules, parsed, said
from tests.served import environment, served

CADDY = (ROOT / "docker" / "Caddyfile").read_text()
COMPOSE = (ROOT / "docker" / "compose.yaml").read_text()
# Everything that `serve` imports, then what each logger's records come to.
LOGGERS = """
import json, logging
import uvicorn
from equalterms.config import asgi, server
asgi.gateway()
uvicorn.Config(asgi.application, **server.settings_of(None, None)).load()
import uvicorn.protocols.http.httptools_impl, redis.asyncio, psycopg, altcha, segno, whitenoise

def reached(logger):
    while logger:
        yield from (one for one in logger.handlers if not isinstance(one, logging.NullHandler))
        logger = logger.parent if logger.propagate else None

names = ["", *logging.root.manager.loggerDict]
found = {
    name: [[type(one).__name__, type(one.formatter).__name__] for one in reached(logging.getLogger(name))]
    for name in names
}
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def loggers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[str]]]:
    """Every logger of a process that serves, with the handlers and formatters its records reach."""
    home = tmp_path_factory.mktemp("home")
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOGGERS],
        env=environment(home, DJANGO_SETTINGS_MODULE="equalterms.config.settings"),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ran.stdout)


def test_anon_31_every_logger_that_can_be_reached_prints_class_and_place_only(
    loggers: dict[str, list[list[str]]],
) -> None:
    assert {"", "django.request", "uvicorn.error", "asyncio", "equalterms.clock"} <= set(loggers)
    assert {tuple(pair) for pairs in loggers.values() for pair in pairs} == {("StreamHandler", "Bare")}
    assert [name for name, pairs in loggers.items() if len(pairs) > 1] == []


def test_anon_31_nobody_is_sent_an_error_by_mail(loggers: dict[str, list[list[str]]]) -> None:
    handlers = {pair[0] for pairs in loggers.values() for pair in pairs}

    assert "AdminEmailHandler" not in handlers
    assert [said(module) for module in modules() if "AdminEmailHandler" in module.read_text()] == []


def test_anon_31_our_own_log_lines_are_fixed_words() -> None:
    """What is logged is a sentence of the code: never one put together from what came in."""
    levels = {"debug", "info", "warning", "error", "critical", "exception"}
    loose = [
        f"{said(module)}:{call.lineno}"
        for module in modules()
        for call in ast.walk(parsed(module))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in levels
        and ast.unparse(call.func.value) in {"log", "logger", "logging"}
        and not isinstance(call.args[0], ast.Constant)
    ]

    assert loose == []


def test_anon_31_a_server_writes_no_line_about_requests(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        for path in ("/", "/api/v1/events/?q=mark-in-query", "/api/v1/nothing-mark-in-path/", "/livez"):
            server.get(path, **{"User-Agent": "mark-in-agent", "X-Forwarded-For": "203.0.113.77"})
        server.call("POST", "/api/v1/receipts/lookup/", {"auth": "mark-in-body"})
        log = (tmp_path / "log").read_text()

    assert log.startswith("Equal Terms is at ") or "Equal Terms is at " in log
    assert re.findall(r"mark-in-\w+|203\.0\.113|GET|POST|HTTP/1", log) == []


def test_anon_31_the_proxy_logs_no_request_and_says_so() -> None:
    site = CADDY.partition("{$SITE_ADDRESS}")[2]

    assert re.search(r"log default \{\s+exclude http\s+\}", CADDY)
    assert not re.search(r"^\s*log\b", site, re.MULTILINE)
    assert {"header_up -Cookie", "header_up -Referer", "header_up -User-Agent"} <= {
        line.strip() for line in site.splitlines()
    }
    assert "Referrer-Policy no-referrer" in site


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:85a3:1234:5678:8a2e:370:7334", "2001:db8:85a3::"),
        ("2001:db8:85a3::7334", "2001:db8:85a3::"),
        ("2001:db8::7334", ""),
        ("::1", ""),
    ],
)
def test_anon_31_the_proxy_passes_on_a_network_and_never_an_address(address: str, told: str) -> None:
    rules = re.findall(r"^\s+~(\S+) \"([^\"]*)\"$", CADDY, re.MULTILINE)
    (otherwise,) = re.findall(r"^\s+default \"([^\"]*)\"$", CADDY, re.MULTILINE)
    matching = ((re.search(rule, address), form) for rule, form in rules)

    first = next(((match, form) for match, form in matching if match), None)

    assert (first[1].replace("${1}", first[0].group(1)) if first else otherwise) == told
    assert "header_up X-Forwarded-For {network}" in CADDY


def test_anon_31_the_documents_show_the_same_proxy() -> None:
    shown = (ROOT / "docs" / "running.md").read_text()
    lines = [line for line in CADDY.splitlines() if not line.strip().startswith("#")]
    whole = "\n".join(lines).strip().replace("{$SITE_ADDRESS}", "day.example.org")

    assert whole.replace("{$UPSTREAM:app:8000}", "127.0.0.1:8000") in shown


def test_anon_31_the_containers_log_and_archive_nothing_of_what_is_written() -> None:
    asked = set(re.findall(r"^\s+- (\w+)=(\S+)$", COMPOSE, re.MULTILINE))

    assert {
        ("log_min_error_statement", "panic"), ("log_error_verbosity", "terse"), ("log_statement", "none"),
        ("log_min_duration_statement", "-1"), ("track_activities", "off"), ("archive_mode", "off"),
        ("track_commit_timestamp", "off"), ("wal_recycle", "off"),
    } <= asked  # fmt: skip
    assert '--save, "", --appendonly, "no"' in COMPOSE
    assert COMPOSE.count("ulimits: {core: 0}") == 2
