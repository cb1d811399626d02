"""What an action tells those who follow."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from equalterms.journal.models import Entry

Told = Counter[tuple[UUID, str, UUID]]


@contextmanager
def telling() -> Iterator[Told]:
    """Fills with (topic, kind, subject), counted, of what is recorded inside."""
    before = set(Entry.objects.values_list("pk", flat=True))
    told: Told = Counter()
    yield told
    recorded = Entry.objects.exclude(pk__in=before)
    told.update(recorded.values_list("topic", "kind", "subject"))
