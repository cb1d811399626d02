"""Time as this product may know it: to the quarter of an hour where askers are concerned."""

from datetime import UTC, datetime
from functools import lru_cache

SLOT = 15 * 60


def now() -> datetime:
    return datetime.now(UTC)


def slot(moment: datetime | None = None) -> int:
    """The quarter of an hour `moment` falls in, as Unix seconds; now by default."""
    seconds = int((moment or now()).timestamp())
    return seconds - seconds % SLOT


def iso(moment: datetime) -> str:
    """RFC 3339 in UTC with a Z, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@lru_cache(1024)
def slot_iso(slot_seconds: int) -> str:
    return iso(datetime.fromtimestamp(slot_seconds, UTC))


def tick(length: int, moment: datetime | None = None) -> int:
    """The number of whole ticks of `length` seconds since 1970: what mixing counts in."""
    return int((moment or now()).timestamp()) // length
