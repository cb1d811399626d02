"""Times as schedule files write them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?")
LENGTH = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?")
ISO_LENGTH = re.compile(r"P(?:(\d{1,2})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,5})S)?)?")
LONGEST = timedelta(days=31)
YEARS = range(1990, 2101)


def zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA name ("Europe/Brussels"), or None where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def moment(text: str) -> datetime | date:
    """An ISO 8601 date, or date and time with or without an offset. Refuses all else by ValueError."""
    found = date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    if found.year not in YEARS:
        raise ValueError("not a year of ours")
    return found


def clock(text: str) -> time:
    """A time of day: "9:30", "09:30", "09:30:00". Refuses all else by ValueError."""
    if not (match := CLOCK.fullmatch(text)):
        raise ValueError("not a time of day")
    return time(int(match[1]), int(match[2]), int(match[3] or 0))


def length(text: str) -> timedelta:
    """A duration: "00:45", "1:30:00", "45" (minutes), "PT45M". Refuses all else by ValueError."""
    if text.isascii() and text.isdigit() and len(text) <= 5:
        found = timedelta(minutes=int(text))
    elif match := LENGTH.fullmatch(text):
        found = timedelta(hours=int(match[1]), minutes=int(match[2]), seconds=int(match[3] or 0))
    elif len(text) > 2 and (match := ISO_LENGTH.fullmatch(text)):
        days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
        found = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    else:
        raise ValueError("not a duration")
    if found > LONGEST:
        raise ValueError("longer than a month")
    return found


def on_the_day(day: date, start: time, change: time, place: ZoneInfo) -> datetime:
    """When `start` on the programme day `day` is: hours before `change` belong to the night after it."""
    night = timedelta(days=1) if start < change else timedelta()
    return datetime.combine(day + night, start, place).astimezone(UTC)
