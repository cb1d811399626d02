"""When a session starts and ends, and which day of the programme it belongs to."""

from datetime import UTC, date, datetime, time, timedelta

from equalterms.programme.imports.dialects import moments
from equalterms.programme.imports.dialects.raw import RawSession
from equalterms.programme.imports.settling import Settling

SHORTEST = timedelta(minutes=5)


def starts(raw: RawSession, settling: Settling) -> datetime | None:
    """The moment it starts, in UTC; None after a problem was noted.

    A `date` with an hour is the moment itself. Where a maker (FOSDEM) gives only the hour, the day is
    the one it is listed under, or the night that follows it.
    """
    if (said := _said(raw, settling)) is None:
        return None
    day, hour, when = said
    if isinstance(when, datetime):
        return _instant(when, hour, settling)
    if (when or day) is None or hour is None:
        settling.refuse(raw.where, "the session does not say on which day and at which hour it starts")
        return None
    first = when or day
    night = settling.change if day is None or first == day else time()
    return moments.on_the_day(first, hour, night, settling.zone) if first else None


def _said(
    raw: RawSession, settling: Settling
) -> tuple[date | None, time | None, datetime | date | None] | None:
    """The day listed under, the hour and the date as the file says them; None after a problem."""
    start, when = raw.word("start"), raw.word("date")
    start_name, when_name = "start", "date"
    if start[4:5] == "-" and not when:  # the c3voc hub writes the whole moment as start
        start, when, when_name = "", start, "start"
    try:
        day = listed(raw)
    except ValueError:
        where = raw.day.where if raw.day else raw.where
        settling.refuse(where, "the day's date is not a date like 2026-11-22")
        return None
    try:
        hour = moments.clock(start) if start else None
    except ValueError:
        settling.refuse(raw.at(start_name), f"start “{start[:40]}” is not a time of day like 14:30")
        return None
    try:
        return day, hour, moments.moment(when) if when else None
    except ValueError:
        settling.refuse(raw.at(when_name), f"{when_name} “{when[:40]}” is not a date we can read")
        return None


def _instant(when: datetime, hour: time | None, settling: Settling) -> datetime:
    if when.tzinfo is None or settling.wall_clock:
        return when.replace(tzinfo=settling.zone).astimezone(UTC)
    local = when.astimezone(settling.zone)
    if hour and (local.hour, local.minute) != (hour.hour, hour.minute):
        settling.off_zone += 1
    return when.astimezone(UTC)


def ends(raw: RawSession, start: datetime, settling: Settling) -> datetime | None:
    """The moment it ends, by its duration, else by its `end`; None after a problem was noted."""
    name = "duration" if raw.word("duration") else "end"
    said = raw.word(name)
    if not said:
        settling.refuse(raw.at("duration"), "the session does not say how long it is")
        return None
    try:
        long = moments.length(said) if name == "duration" else _until(said, start, settling)
    except ValueError:
        settling.refuse(raw.at(name), f"{name} “{said[:40]}” is not a length like 00:45")
        return None
    if not long:
        settling.warnings.append(f"{raw.at(name)}: it is no minutes long; 5 minutes were taken")
    return start + (long or SHORTEST)


def _until(said: str, start: datetime, settling: Settling) -> timedelta:
    end = moments.moment(said)
    if not isinstance(end, datetime):
        raise ValueError("a date has no hour")
    long = (end if end.tzinfo else end.replace(tzinfo=settling.zone)) - start
    if not timedelta() <= long <= moments.LONGEST:
        raise ValueError("before the start, or a month after it")
    return long


def listed(raw: RawSession) -> date | None:
    """The day of the programme it is listed under; ValueError where that is said and no date."""
    said = (raw.day.date or raw.day.start) if raw.day else ""
    if not said:
        return None
    found = moments.moment(said)
    return found.date() if isinstance(found, datetime) else found


def day(raw: RawSession, start: datetime, settling: Settling) -> date:
    """The day it is printed under, where a night belongs to the day before: the day whose hours hold
    it, else the one it is listed under, else the one its own hour says.

    Hours come first because wafer (DebConf 23) writes their date in UTC, a day too early in Asia.
    """
    opening, closing = (_edge(raw, name) for name in ("start", "end"))
    if opening and closing and opening <= start < closing:
        return opening.astimezone(settling.zone).date()
    if found := listed(raw):
        return found
    local = start.astimezone(settling.zone)
    return local.date() - timedelta(days=1) if local.time() < settling.change else local.date()


def _edge(raw: RawSession, name: str) -> datetime | None:
    """When the day it is listed under starts or ends, if that is said exactly."""
    try:
        found = moments.moment(getattr(raw.day, name)) if raw.day else None
    except ValueError:
        return None
    return found if isinstance(found, datetime) and found.tzinfo else None
