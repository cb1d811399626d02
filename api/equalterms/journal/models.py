"""What changed, where, in order: never who, never the words."""

import secrets
from uuid import uuid4

from django.db import models


def first_version() -> int:
    """A random start of 40 bits, so that no old copy can pass for a new one."""
    return secrets.randbits(40) | 1 << 39


class Topic(models.Model):
    """Something people follow: a session, a printed day, a day as it goes.

    `version` moves by one for every entry. It is the heart of the ETag, the cache key, the event id
    of the stream and the cursor of replay.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    version = models.BigIntegerField(default=first_version, editable=False)

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"


class Entry(models.Model):
    """One change of one topic. Kept for 24 hours or 2,000 entries a topic (see `actions.prune`)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="entries")
    version = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    subject = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "version"], name="one_entry_a_version")]

    def __str__(self) -> str:
        return f"{self.topic_id}@{self.version} {self.kind}"


class Lease(models.Model):
    """Which process runs a due duty for now. It ends by itself, so a process that dies holds up nobody."""

    duty = models.CharField(max_length=20, primary_key=True)
    holder = models.UUIDField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.duty
