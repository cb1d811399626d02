"""Where the database of a test keeps its bytes."""

from pathlib import Path

from django.db import connection


def checkpoint() -> None:
    """Has what is committed written to the files, as time does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CHECKPOINT" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(PASSIVE)"
        )


def nobody_else() -> None:
    """Ends what threads of earlier tests left open on this test's PostgreSQL database: a forgotten reader
    would keep alive what it could still see."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL"
            )


def files() -> list[Path]:
    """Every file in which this database keeps anything, its write-ahead log included."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            top = Path(cursor.fetchone()[0])
        return [path for path in top.rglob("*") if path.is_file()]
    name = Path(str(connection.settings_dict["NAME"]))
    return [path for end in ("", "-wal", "-shm", "-journal") if (path := Path(f"{name}{end}")).exists()]


def holding(mark: str | bytes) -> list[str]:
    """Names of the files that hold `mark`."""
    sought = mark.encode() if isinstance(mark, str) else mark
    found = []
    for path in files():
        try:
            if sought in path.read_bytes():
                found.append(path.name)
        except FileNotFoundError:
            continue  # the server took it away meanwhile
    return sorted(found)
