"""What is stored of an asker is nothing but the words: read from the models themselves."""

import re

import pytest
from django.apps import apps
from django.db import models

from equalterms.people.models import Account, Act, Surgeon

FOLDERS = ("journal", "safety", "questions", "threads", "bookings")
# Rows that no asker causes: what staff say and see to under their own name, and which process runs a duty.
NAMED = {
    "questions.Answer", "questions.Spotlight", "safety.Claim", "journal.Lease", "bookings.Line",
    "bookings.Presence", "bookings.HeadCount",
}  # fmt: skip
# Every column of every row an asker causes. A new one is a decision about anonymity, so it is made here too.
COLUMNS = {
    "questions.Question": {
        "id", "session", "review", "text", "warning", "audience", "recap", "slot", "shuffle", "shown",
        "votes", "merged_into",
    },
    "questions.Vote": {"id", "question", "tag"},
    "threads.Voice": {"id", "session", "mark", "number"},
    "threads.Comment": {
        "id", "session", "review", "parent", "depth", "text", "edited", "voice", "surgeon", "staff", "slot",
        "shuffle", "shown", "thanks", "same", "strength",
    },
    "threads.Reaction": {"id", "comment", "kind", "tag"},
    "safety.Review": {
        "id", "topic", "kind", "subject", "state", "reason", "before", "care", "coded", "folded", "kept",
        "taken_in", "due", "slot", "shuffle",
    },
    "safety.Receipt": {"subject", "kind", "topic", "verifier", "reply_key", "edits"},
    "safety.Note": {"box", "topic", "sealed", "leaving"},
    "safety.OpenedNote": {"id", "topic", "subject", "state", "text", "by", "taken_in"},
    "safety.Report": {"id", "review", "tag", "reason"},
    "safety.Tombstone": {"mark", "event"},
    "bookings.HelpGiven": {"id", "event", "label", "people"},
    "bookings.Booking": {
        "id", "event", "session", "state", "ticket", "labels", "remote", "slot", "shuffle",
    },
}  # fmt: skip
# Whole words in the name of any column of any table, whoever causes its rows.
REFUSED = re.compile(
    r"(?:^|_)(ip|addr(ess)?|agent|ua|device|session_key|cookie|fingerprint|referer|referrer|created|updated|modified|seen"
    r"|phone|mac)(?:_|$)"
)
# Django's and the token library's own, with why they tell nothing of anybody.
KNOWN = {
    "programme.OldAddress.address": "a slug a day had before, as it stands on printed codes",
    "token_blacklist.OutstandingToken.created_at": "stays empty: people.actions keeps an id and an end",
}
TELLING = (
    models.AutoField, models.BigAutoField, models.SmallAutoField, models.DateField, models.TimeField,
    models.DurationField, models.GenericIPAddressField, models.EmailField,
)  # fmt: skip


def anonymous_models() -> list[type[models.Model]]:
    found = [model for folder in FOLDERS for model in apps.get_app_config(folder).get_models()]
    return [model for model in found if model._meta.label not in NAMED]


def columns(model: type[models.Model]) -> dict[str, "models.Field[object, object]"]:
    return {field.name: field for field in model._meta.concrete_fields}


def test_anon_06_no_column_of_any_table_is_named_for_what_tells_on_somebody() -> None:
    names = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    ]

    assert len(names) > 100
    assert {name for name in names if REFUSED.search(name.rsplit(".", 1)[-1])} == set(KNOWN)


@pytest.mark.parametrize("name", ["ip", "client_ip", "user_agent", "device_id", "created_at", "session_key"])
def test_anon_06_that_would_be_noticed(name: str) -> None:
    assert REFUSED.search(name)


def test_anon_06_nothing_is_written_down_by_itself_when_a_row_is_made_or_changed() -> None:
    by_itself = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    }

    # Of staff who sign out, until the token would have ended anyway.
    assert by_itself == {"token_blacklist.BlacklistedToken.blacklisted_at"}


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
    folders = ("safety", "questions", "threads", "bookings")
    found = [model for model in anonymous_models() if model._meta.app_label in folders]

    assert {model._meta.label: set(columns(model)) for model in found} == COLUMNS


def test_anon_06_a_profile_stands_only_where_staff_speak_under_it() -> None:
    pointing = {
        relation.related_model._meta.label
        for person in (Account, Surgeon)
        for relation in person._meta.related_objects
        if relation.related_model._meta.app_label in FOLDERS
    }

    assert pointing == {"questions.Answer", "safety.Claim", "threads.Comment", "bookings.Presence"}


def test_anon_06_staff_acts_keep_the_quarter_hour_and_no_more() -> None:
    assert [name for name, field in columns(Act).items() if isinstance(field, TELLING)] == []
