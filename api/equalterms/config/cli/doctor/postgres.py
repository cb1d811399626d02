"""What `doctor` asks of a PostgreSQL: that its logs, statistics and archives hold no words of askers, and
that what was acknowledged is on its disk."""

from collections.abc import Iterator, Mapping, Sequence

from django.db import connection

from equalterms.config.cli.doctor.finding import Finding

# Its settings, each with the values that are well.
QUIET = {
    "log_min_error_statement": ("panic", "fatal"),
    "log_statement": ("none",),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    "log_duration": ("off",),
    "log_connections": ("off",),
    "log_parameter_max_length_on_error": ("0",),
    "log_error_verbosity": ("terse",),
    "track_activities": ("off",),
    "track_commit_timestamp": ("off",),
    "archive_mode": ("off",),
    "wal_recycle": ("off",),
}
# What a commit needs to outlive a machine that loses its power.
DURABLE = {"fsync": ("on",), "full_page_writes": ("on",), "synchronous_commit": ("on", "remote_apply")}
# Extensions that keep or log statements.
TELLING = ("auto_explain", "pg_stat_statements", "pgaudit", "pg_stat_monitor")
LOADING = ("shared_preload_libraries", "session_preload_libraries", "local_preload_libraries")


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return str(cursor.fetchone()[0])


def set_to(wanted: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    for name, good in wanted.items():
        value = setting(name)
        yield Finding(value in good, f"PostgreSQL's {name} is {value} (should be {good[0]}).")


def durable_postgres() -> Iterator[Finding]:
    yield from set_to(DURABLE)


def quiet_postgres() -> Iterator[Finding]:
    yield from set_to(QUIET)
    loaded = ",".join(setting(name) for name in LOADING)
    told = ", ".join(name for name in TELLING if name in loaded) or "none"
    yield Finding(told == "none", f"Extensions in PostgreSQL that keep statements: {told}.")
    yield from copies_elsewhere()


def copies_elsewhere() -> Iterator[Finding]:
    """A replica, or a slot for one, holds what is deleted here for as long as it likes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_replication_slots")
        slots = cursor.fetchone()[0]
    yield Finding(not slots, f"Slots that hold PostgreSQL's write-ahead log for others: {slots}.")
