"""What `doctor` looks at in the database and in Redis."""

from collections.abc import Iterator

import redis
from django.conf import settings
from django.db import DatabaseError, connection

from equalterms.config.cli import database
from equalterms.config.cli.doctor.finding import Finding
from equalterms.config.cli.doctor.postgres import durable_postgres, quiet_postgres


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
        yield from durable_postgres()


def bell() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        yield Finding(True, "No Redis is set: fine for one process.")
        return
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2) as client:
            kept = client.config_get("save").get("save", "")
            appended = client.config_get("appendonly").get("appendonly", "no")
    except redis.RedisError as failure:
        yield Finding(
            False, f"Redis does not answer ({type(failure).__name__}): followers hear up to a second late."
        )
        return
    if not kept and appended == "no":
        yield Finding(True, "Redis keeps nothing on disk.")
    else:
        yield Finding(False, f"Redis writes to disk (save {kept or 'off'}, appendonly {appended}).")
