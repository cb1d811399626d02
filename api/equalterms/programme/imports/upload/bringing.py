"""From the bytes of a file to what it changes in one day, written only when asked for."""

from dataclasses import dataclass

from equalterms.lib.api.conditions import insist
from equalterms.lib.refusal import Refusal
from equalterms.lib.text import cut
from equalterms.people.models import Account
from equalterms.programme.imports.compare import compare
from equalterms.programme.imports.dialects import opening
from equalterms.programme.imports.dialects.raw import Broken
from equalterms.programme.imports.plan import Plan
from equalterms.programme.imports.settle import settle
from equalterms.programme.imports.upload.lines import Changes, changes_in
from equalterms.programme.imports.write import Moved, write
from equalterms.programme.models import Event

TRIES = 5
MOST_WARNINGS = 20
LONGEST = 300


@dataclass(frozen=True)
class Brought:
    """What a file changes, or did: `applied`. `warnings` say what in it was not taken as it stands, `version`
    is that of the printed day it was compared with, or made."""

    changes: list[Changes]
    warnings: list[str]
    applied: bool
    version: int


def bring(*, raw: bytes, event: Event, account: Account, seen: str | None = None) -> Brought:
    """Compares a schedule with `event`; what was made by hand stays, and whether the day is published. With
    `seen`, the If-Match of whoever looked at what would change, it writes it, and refuses
    `changed-meanwhile` where the day is not as it was then.

    Refuses `bad-schedule`, naming up to ten places, where the file cannot be trusted whole: then nothing is
    written. Refuses `busy` where the day does not hold still.
    """
    plan = planned(raw, event)
    for _ in range(TRIES):
        difference = compare(plan, publish=False, into=event.pk)
        changes = changes_in(difference)
        if seen is not None:
            insist(seen, difference.seen)
        try:
            if seen is not None and difference:
                write(difference, account)
        except Moved:
            continue
        warnings = [cut(warning, LONGEST) for warning in plan.warnings[:MOST_WARNINGS]]
        if seen is None:
            return Brought(changes, warnings, applied=False, version=difference.seen)
        version = Event.objects.values_list("day__version", flat=True).get(pk=event.pk)
        return Brought(changes, warnings, applied=True, version=version)
    said = "This day is being changed all the while. Please try again in a minute."
    raise Refusal("busy", said, status=503, retry_after=5)


def planned(raw: bytes, event: Event) -> Plan:
    """What the file wants. Where it names no time zone, it is that of the day."""
    try:
        schedule = opening.read(raw)
        zone = None if schedule.word("zone") else event.timezone
        return settle(schedule, zone, lambda *_: None)
    except Broken as wrong:
        raise _refused(wrong) from wrong


def _refused(wrong: Broken) -> Refusal:
    where = [
        {"attr": cut(where, 80) or "body", "code": "bad-schedule", "detail": cut(reason, LONGEST)}
        for where, reason in wrong.problems
    ]
    said = "This file cannot be imported, and nothing was changed. The list says what is wrong with it."
    return Refusal("bad-schedule", said, status=400, errors=where)
