"""Closing and purging from the command line."""

import pytest
from tests.makers import a_session, an_event
from tests.sent import an_asked_question

from equalterms.config.cli import days, main
from equalterms.desk.actions import closing
from equalterms.desk.actions.closing import close
from equalterms.lib.rows.files import StillRead
from equalterms.programme.models import Event
from equalterms.safety.models import Receipt

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]


def test_a_day_is_closed_and_it_is_said_until_when_receipts_open(capsys: pytest.CaptureFixture[str]) -> None:
    event = a_session(an_event(title="Spring", keep_days=30)).event

    status = main(["close-event", event.slug])

    event.refresh_from_db()
    said = capsys.readouterr().out.splitlines()
    assert status == 0
    assert said == [
        f"Spring is closed. Receipts open until {event.kept_until:%d %B %Y}; then it is purged.",
        "The files of the database hold nothing of it any more.",
    ]


def test_a_day_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["close-event", "nowhere"]) == 2
    assert capsys.readouterr().err == "equalterms: There is no event called nowhere.\n"


def test_an_open_day_is_not_purged(capsys: pytest.CaptureFixture[str]) -> None:
    event = an_event(slug="spring")

    assert main(["purge", "spring", "--now"]) == 2
    assert capsys.readouterr().err == (
        "equalterms: This day is not closed. First: equalterms close-event spring\n"
    )
    assert not Event.objects.get(pk=event.pk).purged


def test_receipts_are_kept_their_days_unless_it_is_wanted_now(capsys: pytest.CaptureFixture[str]) -> None:
    session = a_session()
    an_asked_question(session)
    close(event=session.event)

    waits = main(["purge", session.event.slug])
    refused = capsys.readouterr().err
    kept = Receipt.objects.count()
    done = main(["purge", session.event.slug, "--now"])
    again = main(["purge", session.event.slug, "--now"])

    assert (waits, kept, done, again) == (2, 1, 0, 2)
    assert refused.endswith("To purge it today: --now\n")
    assert not Receipt.objects.exists()
    assert capsys.readouterr().err == "equalterms: This day was purged already.\n"


def test_without_a_name_all_days_that_are_due_are_purged(capsys: pytest.CaptureFixture[str]) -> None:
    due, later = a_session(an_event(keep_days=1)), a_session(an_event(keep_days=300))
    for session in (due, later):
        close(event=session.event)
    Event.objects.update(closed_on="2026-01-01")
    Event.objects.filter(pk=later.event_id).update(closed_on="2100-01-01")

    first, second = main(["purge"]), main(["purge"])

    assert (first, second) == (0, 0)
    assert list(Event.objects.filter(purged=True)) == [due.event]
    assert capsys.readouterr().out.endswith("No closed day is due.\n")


def test_files_that_could_not_be_rewritten_are_said_and_the_purge_can_be_repeated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    session = a_session(an_event(slug="spring"))
    an_asked_question(session)
    close(event=session.event)

    def never(tables: object) -> list[str]:
        raise StillRead

    with monkeypatch.context() as patched:
        patched.setattr(closing, "rewrite", never)
        first = main(["purge", "spring", "--now"])
    said = capsys.readouterr().err
    second = main(["purge", "spring", "--now"])

    assert (first, second) == (1, 0)
    assert said.endswith("Please repeat: equalterms purge spring --now\n")
    assert Event.objects.get().purged


def test_what_remains_is_said_and_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    assert days.tell(["The log keeps it."]) == 1
    assert capsys.readouterr().err == "The log keeps it.\n"
