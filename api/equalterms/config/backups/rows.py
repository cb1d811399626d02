"""The rows of a copy: which ones, how they are spelt, and in no order."""

import json
import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from equalterms.lib.refusal import Refusal

OURS = ("journal", "people", "programme", "safety", "questions", "threads", "bookings")
# Withdrawn things must stay known here and not there; the others mean something to this machine only.
LEFT_OUT = {"safety.Tombstone", "journal.Entry", "journal.Lease"}
# What could be undone stays behind too: it is over in ten minutes.
BLANK = {"people.act": {"until": None, "undo": None}}


def copied() -> list[type[Model]]:
    """Every table of which copies are made, those first that others point to."""
    found = [model for folder in OURS for model in apps.get_app_config(folder).get_models()]
    return [model for model in found if model._meta.label not in LEFT_OUT]


def schema() -> list[str]:
    """The migrations this database has: a copy fits only where they are the same."""
    done = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{folder}.{name}" for folder, name in done if folder in OURS)


def spell() -> bytes:
    """All rows as JSON, one a line and in random order, below a line that says what they fit. The caller
    reads them as one (`one_reading`)."""
    lines = [json.dumps(row) for model in copied() for row in _spelled(model)]
    secrets.SystemRandom().shuffle(lines)
    head = json.dumps({"schema": schema(), "rows": len(lines)})
    return "\n".join([head, *lines]).encode()


def _spelled(model: type[Model]) -> Iterator[dict[str, Any]]:
    rows = model._default_manager.order_by()
    for row in json.loads(serializers.serialize("json", rows)):
        row["fields"].update(BLANK.get(row["model"], {}))
        yield row


def parse(content: bytes) -> dict[type[Model], list[Model]]:
    """The rows of a copy by table, in the copy's order. Refuses copies of another version, and torn ones."""
    head, *lines = content.decode().split("\n")
    told = json.loads(head)
    if told["schema"] != schema():
        said = (
            "This copy was made by another version. Restore it with that version, then bring it up to date."
        )
        raise Refusal("other-version", said)
    if told["rows"] != len(lines):
        raise Refusal("torn", "This copy is not whole.")
    return _by_table(json.loads(line) for line in lines)


def _by_table(rows: Iterable[dict[str, Any]]) -> dict[type[Model], list[Model]]:
    found: dict[type[Model], list[Model]] = {model: [] for model in copied()}
    try:
        for one in serializers.deserialize("python", rows):
            found[type(one.object)].append(one.object)
    except (serializers.base.DeserializationError, FieldDoesNotExist, KeyError) as wrong:
        raise Refusal("torn", "This copy is not whole.") from wrong
    return found
