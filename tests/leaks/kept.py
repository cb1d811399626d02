"""Every byte that is kept of a day: rows, raw files, logs, stores, what was answered."""

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import redis
from django.test import override_settings
from psycopg.rows import dict_row
from tests import services
from tests.leaks.day import a_day, command
from tests.leaks.marked import marks_of
from tests.leaks.sieve import Sieve
from tests.leaks.story import Story, play

from equalterms.config.backups import files as backups

Rows = dict[str, list[dict[str, Any]]]


@dataclass
class Kept:
    """What is there after the story, by place. `raw`: files as they lay while the server ran; `rested`:
    after it has stopped; `wal`: PostgreSQL's log of writes, which is a thing of its own; `careless`:
    PostgreSQL's log once somebody has stored the words "How do I" and "wren" twice under one id."""

    story: Story
    home: Path
    dump: bytes = b""
    rows: Rows = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    rested: dict[str, bytes] = field(default_factory=dict)
    wal: dict[str, bytes] = field(default_factory=dict)
    logs: dict[str, bytes] = field(default_factory=dict)
    backup: bytes = b""
    redis: dict[str, bytes] = field(default_factory=dict)
    redis_files: list[str] = field(default_factory=list)
    careless: bytes = b""

    @cached_property
    def sieve(self) -> Sieve:
        return Sieve(marks_of(self.story.phones))

    @property
    def answered(self) -> dict[str, bytes]:
        """Every answer phones got, with its headers, and what the stream said."""
        found = {"stream": self.story.heard}
        for number, phone in enumerate(self.story.phones):
            told = [repr(answer.headers).encode() + answer.body for _, answer in phone.answers]
            found[f"answers to phone {number}"] = b"\n".join(told)
        return found


def copied(home: Path, **stores: str) -> bytes:
    """What `equalterms backup` writes down, opened with the key that lies apart from it."""
    path = home / "copy"
    command(home, "backup", str(path), **stores)
    try:
        with override_settings(HOME=home):
            return backups.read(path)
    finally:
        path.unlink()


def files(top: Path, *but: str) -> dict[str, bytes]:
    """The content of every file below `top`, each under its name, which is looked at as well."""
    found = {}
    for path in sorted(top.rglob("*")):
        name = path.relative_to(top).as_posix()
        if path.is_file() and not name.startswith(but):
            found[name] = name.encode() + b"\n" + path.read_bytes()
    return found


@contextmanager
def kept_on_sqlite(home: Path) -> Iterator[Kept]:
    with a_day(home) as day:
        kept = Kept(play(day), home)
        with closing(sqlite3.connect(f"file:{home / 'db.sqlite3'}?mode=ro", uri=True)) as database:
            kept.dump = "\n".join(database.iterdump()).encode()
            kept.rows = rows_of_sqlite(database)
        kept.raw = files(home, "log")
        kept.backup = copied(home)
    kept.rested = files(home, "log")
    kept.logs = {"server": (home / "log").read_bytes()}
    yield kept


def rows_of_sqlite(database: sqlite3.Connection) -> Rows:
    database.row_factory = sqlite3.Row
    tables = [str(row[0]) for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        table: [
            {name: as_bytes(row[name]) for name in row.keys()}  # noqa: SIM118 -- a Row is no mapping
            for row in database.execute(f'SELECT * FROM "{table}"')  # noqa: S608
        ]
        for table in tables
    }


@contextmanager
def kept_on_postgresql(home: Path) -> Iterator[Kept]:
    """With PostgreSQL's logging as it comes, which tells more than docs/running.md allows, and behind a
    proxy that passes addresses on."""
    with services.postgresql_in_full(services.STOCK) as server, services.redis_in_full() as store:
        stores = {"DATABASE_URL": server.url, "REDIS_URL": store.url, "EQUALTERMS_BEHIND_PROXY": "true"}
        with a_day(home, **stores) as day:
            kept = Kept(play(day), home)
            kept.redis = values_of(store.url)
            kept.redis_files = [path.name for path in store.folder.iterdir()]
            kept.raw = files(home, "log")
            kept.backup = copied(home, **stores)
        read_postgresql(kept, server)
        # Nothing was ever written to the templates: they lie as PostgreSQL was installed.
        kept.rested = kept.raw | files(server.folder / "data", "pg_wal", "base/1/", "base/4/")
        kept.logs = {"server": (home / "log").read_bytes(), "postgres": (server.folder / "log").read_bytes()}
        kept.careless = log_of_a_duplicate(server)
        yield kept


def log_of_a_duplicate(server: services.Server) -> bytes:
    with psycopg.connect(server.url, autocommit=True, cursor_factory=psycopg.ClientCursor) as database:
        database.execute("CREATE TABLE careless (id integer PRIMARY KEY, text text)")
        for _ in range(2):
            with suppress(psycopg.errors.UniqueViolation):
                database.execute("INSERT INTO careless VALUES (%s, %s)", [1, "How do I tell wren?"])
    return (server.folder / "log").read_bytes()


def read_postgresql(kept: Kept, server: services.Server) -> None:
    kept.wal = files(server.folder / "data" / "pg_wal")
    command = [services.found("pg_dump"), "--dbname", server.url]
    kept.dump = subprocess.run(command, check=True, capture_output=True).stdout
    with psycopg.connect(server.url, row_factory=dict_row, autocommit=True) as database:
        tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for table in (row["tablename"] for row in tables):
            rows = database.execute(f'SELECT * FROM "{table}"'.encode()).fetchall()  # noqa: S608
            kept.rows[table] = [{name: as_bytes(value) for name, value in row.items()} for row in rows]
        database.execute("CHECKPOINT")


def as_bytes(value: object) -> object:
    """Ids and tags as their 16 bytes, whatever a database calls them; words and lists as UTF-8."""
    if isinstance(value, UUID):
        return value.bytes
    if isinstance(value, str):
        hexed = len(value) == 32 and not set(value) - set("0123456789abcdef")
        return bytes.fromhex(value) if hexed else value.encode()
    if isinstance(value, list | dict):
        return json.dumps(value).encode()
    return bytes(value) if isinstance(value, memoryview) else value


def values_of(url: str) -> dict[str, bytes]:
    with redis.Redis.from_url(url) as store:
        keys = list(store.scan_iter(count=1000))
        return {repr(key): key + b"\n" + (store.get(key) or b"") for key in keys}
