"""The demonstration day is always today, and it is always about ten past eleven when it starts."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Max

from equalterms.bookings.models import Booking
from equalterms.journal.actions import Change, record
from equalterms.lib import clock
from equalterms.programme.actions.telling import hold, on_day
from equalterms.programme.models import Event, Session
from equalterms.programme.rules import local_day
from equalterms.questions.models import Answer, Question
from equalterms.safety.models import Review
from equalterms.threads.models import Comment

LOOKS_LIKE = time(11, 10)


def local(day: date, clock_time: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, when the clock at the venue shows `clock_time` on `day`."""
    return datetime.combine(day, clock_time, tzinfo=zone).astimezone(UTC)


def clock_offset(event: Event, now: datetime) -> int:
    """Seconds to add to the real time so that programme views think it is ten past eleven today."""
    zone = ZoneInfo(event.timezone)
    seen = local(local_day(event, now), LOOKS_LIKE, zone)
    return round((seen - now).total_seconds())


@transaction.atomic
def move_to_today(*, event: Event, now: datetime) -> None:
    """Moves the programme to the day it is at the venue, by the clock on the wall, whatever summer time
    did in between, and makes what was asked and said look recent. Nothing else changes, no id moves."""
    sessions = list(Session.objects.filter(event=event).order_by("pk"))
    on_event = on_day(event, "event", event.pk)
    on_sessions = [Change(session.topic_id, "session", session.pk) for session in sessions]
    hold((*on_event, *on_sessions))
    event.refresh_from_db()
    moved = _move(event, sessions, now)
    freshened = _freshen(event, clock.slot(now))
    event.clock_offset = clock_offset(event, now)
    event.save(update_fields=["starts", "ends", "clock_offset"])
    record(*on_event, *(on_sessions if moved or freshened else ()))


def _move(event: Event, sessions: list[Session], now: datetime) -> bool:
    """Moves event and sessions by whole days; one bulk update. False where it was today already."""
    zone = ZoneInfo(event.timezone)
    days = local_day(event, now) - local_day(event, event.starts)
    if not days:
        return False
    moving: list[Event | Session] = [event, *sessions]
    for each in moving:
        length = each.ends - each.starts
        each.starts = _later(each.starts, days, zone)
        each.ends = each.starts + length
    for session in sessions:
        session.day += days
    Session.objects.bulk_update(sessions, ["starts", "ends", "day"])
    return True


def _later(moment: datetime, days: timedelta, zone: ZoneInfo) -> datetime:
    on_the_wall = moment.astimezone(zone)
    return local(on_the_wall.date() + days, on_the_wall.time(), zone)


def _freshen(event: Event, slot: int) -> bool:
    """Moves all quarter hours by one distance, so that the newest is `slot`."""
    questions = Question.objects.filter(session__event=event)
    comments = Comment.objects.filter(session__event=event)
    answers = Answer.objects.filter(question__session__event=event)
    reviews = Review.objects.filter(topic__session__event=event)
    newest = max(rows.aggregate(at=Max("slot"))["at"] or 0 for rows in (questions, comments, answers))
    if not 0 < newest < slot:
        return False
    waiting = Booking.objects.filter(event=event).exclude(slot=0)
    for rows in (questions, comments, answers, reviews, waiting):
        rows.update(slot=F("slot") + slot - newest)
    return True
