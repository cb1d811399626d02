"""`equalterms doctor`: says of each part of an installation whether it is well, and what to do if not."""

import os
import stat
from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import NamedTuple

import redis
from django.conf import settings
from django.db import DatabaseError, connection

from equalterms.config.cli import database

# What a PostgreSQL must say, so that its logs and archives hold no words of askers.
QUIET_POSTGRES = {
    "log_min_error_statement": ("panic", "fatal"),
    "log_statement": ("none",),
    "log_min_duration_statement": ("-1",),
    "log_error_verbosity": ("terse",),
    "track_activities": ("off",),
    "archive_mode": ("off",),
}


class Finding(NamedTuple):
    well: bool
    sentence: str


def home() -> Iterator[Finding]:
    yield Finding(os.access(settings.HOME, os.W_OK), f"The home {settings.HOME} can be written to.")
    private = not stat.S_IMODE(settings.HOME.stat().st_mode) & 0o077
    yield Finding(private, f"Other users can{'not' if private else ''} look into the home.")
    secret = [path for folder in ("keys", "peppers") for path in (settings.HOME / folder).glob("*")]
    open_to_others = [path.name for path in secret if stat.S_IMODE(path.stat().st_mode) & 0o077]
    names = ", ".join(open_to_others) or "none"
    yield Finding(not open_to_others, f"Keys and peppers that other users can read: {names}.")


def rows() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as failure:
        yield Finding(False, f"The database ({connection.vendor}) does not answer: {type(failure).__name__}.")
        return
    yield Finding(True, f"The database ({connection.vendor}) answers.")
    missing = database.waiting()
    yield Finding(not missing, f"Migrations that wait for the next start: {len(missing)}.")
    if connection.vendor == "postgresql":
        yield from quiet_postgres()


def quiet_postgres() -> Iterator[Finding]:
    for name, good in QUIET_POSTGRES.items():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting(%s)", [name])
            value = cursor.fetchone()[0]
        yield Finding(value in good, f"PostgreSQL's {name} is {value} (should be {good[0]}).")


def bell() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        yield Finding(True, "No Redis is set: fine for one process.")
        return
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
            kept = client.config_get("save").get("save", "")
    except redis.RedisError as failure:
        yield Finding(
            False, f"Redis does not answer ({type(failure).__name__}): followers hear up to 2 s late."
        )
        return
    yield Finding(not kept, "Redis keeps nothing on disk." if not kept else f"Redis saves to disk ({kept}).")


def app() -> Iterator[Finding]:
    built = (settings.WEBROOT / "index.html").is_file()
    yield Finding(built, "The app is built." if built else "The app is not built: make setup builds it.")


def addresses() -> Iterator[Finding]:
    origin = settings.ORIGIN or "not set"
    secure = origin.startswith("https://") or not settings.ORIGIN
    yield Finding(secure, f"EQUALTERMS_ORIGIN is {origin}; phones can ask over https only.")


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (home, rows, bell, app, addresses)


def run(wanted: Namespace) -> int:
    """Prints every finding; 1 if one of them is not well."""
    findings = [finding for check in CHECKS for finding in check()]
    for well, sentence in findings:
        print(f"{'ok  ' if well else 'MIND'}  {sentence}")
    return 0 if all(finding.well for finding in findings) else 1
