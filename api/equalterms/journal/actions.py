"""Recording what changed, and forgetting it again."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Max, Q

from equalterms.journal import bell
from equalterms.journal.models import Entry, Lease, Topic

KEPT = 2_000


class Change(NamedTuple):
    """`subject` (the id of what changed) moved in what `topic` shows. `kind` is a word of the wire."""

    topic: UUID
    kind: str
    subject: UUID


def record(*changes: Change) -> list[int]:
    """Moves each topic by one version a change, writes the entries, and gives each change's version.

    Called last in an action's transaction. Topics are locked in the order of their ids, and the lock
    is held until the commit, so versions have no gaps and commit in order on every database.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the action it records.")
    steps = Counter(change.topic for change in changes)
    latest: dict[UUID, int] = {}
    for topic in sorted(steps):
        Topic.objects.filter(pk=topic).update(version=F("version") + steps[topic])
        latest[topic] = Topic.objects.values_list("version", flat=True).get(pk=topic)
    version = {topic: latest[topic] - steps[topic] for topic in steps}
    entries = []
    for change in changes:
        version[change.topic] += 1
        entries.append(
            Entry(
                topic_id=change.topic, version=version[change.topic], kind=change.kind, subject=change.subject
            )
        )
    Entry.objects.bulk_create(entries)
    bell.ring(latest)
    return [entry.version for entry in entries]


def begin_anew(topics: Sequence[UUID], *, by: int = 1) -> None:
    """Forgets every entry of these topics and moves their versions on, in the caller's transaction, so
    that whoever follows them reads the snapshot again."""
    Entry.objects.filter(topic__in=topics).delete()
    for topic in sorted(topics):
        Topic.objects.filter(pk=topic).update(version=F("version") + by)
    bell.ring(dict(Topic.objects.filter(pk__in=topics).values_list("pk", "version")))


def prune(topics: Sequence[UUID] | None = None) -> int:
    """Forgets all but the newest 2,000 entries of each topic (of all topics by default)."""
    gone = 0
    newest = Entry.objects.values("topic").annotate(newest=Max("version"), kept=Count("pk"))
    newest = newest.filter(kept__gt=KEPT).order_by()
    for row in newest.filter(topic__in=topics) if topics is not None else newest:
        gone += Entry.objects.filter(topic=row["topic"], version__lte=row["newest"] - KEPT).delete()[0]
    return gone


def take_lease(*, duty: str, holder: UUID, now: datetime, seconds: float) -> bool:
    """True if `holder` may run `duty` for the next `seconds`; decided by one conditional update.

    A lease that ends later than one taken now was taken before the clock was set back: it has ended too."""
    until = now + timedelta(seconds=seconds)
    mine = Q(holder=holder) | Q(until__lte=now) | Q(until__gt=until)
    with transaction.atomic():
        Lease.objects.bulk_create([Lease(duty=duty, holder=holder, until=now)], ignore_conflicts=True)
        return bool(Lease.objects.filter(mine, duty=duty).update(holder=holder, until=until))
