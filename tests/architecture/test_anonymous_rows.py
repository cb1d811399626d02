"""What is stored of an asker is nothing but the words: read from the models themselves."""

import pytest
from django.apps import apps
from django.db import models

from equalterms.people.models import Account, Act, Surgeon

FOLDERS = ("journal", "safety", "questions", "threads")
# Rows that no asker causes: staff's own words under their own name, and which process runs a duty.
NAMED = {"questions.Answer", "journal.Lease"}
# Every column of every row an asker causes. A new one is a decision about anonymity, so it is made here too.
COLUMNS = {
    "questions.Question": {
        "id", "session", "review", "text", "warning", "audience", "recap", "slot", "shuffle", "shown",
        "votes",
    },
    "questions.Vote": {"id", "question", "tag"},
    "threads.Voice": {"id", "session", "mark", "number"},
    "threads.Comment": {
        "id", "session", "review", "parent", "depth", "text", "edited", "voice", "surgeon", "staff", "slot",
        "shuffle", "shown", "thanks", "same", "strength",
    },
    "threads.Reaction": {"id", "comment", "kind", "tag"},
    "safety.Review": {
        "id", "topic", "kind", "subject", "state", "reason", "care", "taken_in", "due", "slot", "shuffle",
    },
    "safety.Receipt": {"subject", "kind", "topic", "verifier", "reply_key", "edits"},
    "safety.Note": {"box", "topic", "sealed"},
    "safety.Tombstone": {"mark"},
}  # fmt: skip
TELLING = (
    models.AutoField, models.BigAutoField, models.SmallAutoField, models.DateField, models.TimeField,
    models.DurationField, models.GenericIPAddressField, models.EmailField,
)  # fmt: skip


def anonymous_models() -> list[type[models.Model]]:
    found = [model for folder in FOLDERS for model in apps.get_app_config(folder).get_models()]
    return [model for model in found if model._meta.label not in NAMED]


def columns(model: type[models.Model]) -> dict[str, "models.Field[object, object]"]:
    return {field.name: field for field in model._meta.concrete_fields}


@pytest.mark.parametrize("model", anonymous_models(), ids=lambda model: model._meta.label)
def test_anon_06_no_row_tells_when_in_what_order_or_from_where(model: type[models.Model]) -> None:
    assert {
        name: type(field).__name__ for name, field in columns(model).items() if isinstance(field, TELLING)
    } == {}


@pytest.mark.parametrize("model", anonymous_models(), ids=lambda model: model._meta.label)
def test_anon_06_no_row_is_tied_to_an_account(model: type[models.Model]) -> None:
    tied = [field.name for field in columns(model).values() if field.related_model is Account]

    assert tied == []
    assert model._meta.many_to_many == ()


def test_anon_06_the_columns_of_anonymous_rows_are_these_and_no_others() -> None:
    folders = ("safety", "questions", "threads")
    found = [model for model in anonymous_models() if model._meta.app_label in folders]

    assert {model._meta.label: set(columns(model)) for model in found} == COLUMNS


def test_anon_06_a_profile_stands_only_where_staff_speak_under_it() -> None:
    pointing = {
        relation.related_model._meta.label
        for person in (Account, Surgeon)
        for relation in person._meta.related_objects
        if relation.related_model._meta.app_label in FOLDERS
    }

    assert pointing == {"questions.Answer", "threads.Comment"}


def test_anon_06_staff_acts_keep_the_quarter_hour_and_no_more() -> None:
    assert [name for name, field in columns(Act).items() if isinstance(field, TELLING)] == []
