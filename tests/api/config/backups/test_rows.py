"""Which rows a copy holds, and how they are spelt."""

import json

import pytest
from django.apps import apps
from tests.makers import a_role, a_session, a_shown_comment, a_shown_question, a_surgeon, an_event
from tests.sent import an_asked_question

from equalterms.config.backups import rows
from equalterms.lib.refusal import Refusal
from equalterms.people.actions import renew, tokens_for
from equalterms.people.models import Act
from equalterms.safety.models import Tombstone

pytestmark = pytest.mark.django_db


def lines() -> list[dict[str, object]]:
    return [json.loads(line) for line in rows.spell().decode().split("\n")]


def test_every_row_comes_back_as_it_was() -> None:
    session = a_session(an_event(keep_days=12, help_lines=[{"name": "Somebody"}]))
    a_surgeon(session.event, session)
    a_role(session.event)
    a_shown_question(session, text="Zwölf Boxkämpfer\n\u2028jagen")
    a_shown_comment(session)
    an_asked_question(session)

    found = rows.parse(rows.spell())

    for model in rows.copied():
        columns = [field.attname for field in model._meta.concrete_fields]
        kept = {row.pk: row for row in model._default_manager.all()}
        assert {row.pk for row in found[model]} == set(kept)
        for row in found[model]:
            assert [plain(getattr(row, name)) for name in columns] == [
                plain(getattr(kept[row.pk], name)) for name in columns
            ]


def plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview | bytes) else value


def test_anon_38_a_copy_holds_no_tombstones_no_spent_tokens_and_nothing_that_could_be_undone() -> None:
    account = a_role(an_event())
    renew(refresh=tokens_for(account)["refresh"])
    Tombstone.objects.create(mark="gone-for-good")
    Act.objects.create(
        account=account, event=account.pk, act="hide", kind="question", subject=account.pk, slot=0,
        until=7, undo={"state": "held"},
    )  # fmt: skip

    found = lines()[1:]

    named = {str(row["model"]) for row in found}
    assert {name for name in named if "tombstone" in name or "token" in name} == set()
    acts = [row["fields"] for row in found if row["model"] == "people.act"]
    assert [(act["act"], act["until"], act["undo"]) for act in acts] == [("hide", None, None)]


def test_anon_38_the_rows_of_a_copy_are_in_no_order() -> None:
    session = a_session()
    ids = [str(a_shown_question(session).pk) for _ in range(40)]

    spelt = [[row["pk"] for row in lines()[1:] if row["pk"] in ids] for _ in range(2)]

    assert spelt[0] != spelt[1]
    assert sorted(spelt[0]) == sorted(spelt[1]) == sorted(ids)


def test_every_table_is_copied_or_left_out_on_purpose() -> None:
    ours = {model._meta.label for folder in rows.OURS for model in apps.get_app_config(folder).get_models()}

    assert {model._meta.label for model in rows.copied()} | rows.LEFT_OUT == ours


def test_rows_come_after_those_they_point_to() -> None:
    place = {model: number for number, model in enumerate(rows.copied())}
    wrong = [
        (model._meta.label, field.name)
        for model in place
        for field in model._meta.concrete_fields
        if field.related_model in place and place[field.related_model] > place[model]
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("torn", "code"),
    [
        (lambda content: content.replace(b"0001_initial", b"0001_older"), "other-version"),
        (lambda content: content.rsplit(b"\n", 1)[0], "torn"),
        (lambda content: content.replace(b'"slug"', b'"slog"'), "torn"),
        (lambda content: content.replace(b'"programme.event"', b'"programme.night"'), "torn"),
    ],
    ids=["version", "line", "column", "table"],
)
def test_what_does_not_fit_is_refused(torn: object, code: str) -> None:
    an_event()

    with pytest.raises(Refusal) as refusal:
        rows.parse(torn(rows.spell()))

    assert refusal.value.code == code
