"""The report of a day as one table: CSV that every spreadsheet opens, and in which nothing is a formula."""

import csv
from collections.abc import Iterator
from dataclasses import asdict, fields
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from equalterms.sharing.reporting.rules import Numbers, Report, answers_to
from equalterms.sharing.rules import roughly

NUMBERS = [one.name for one in fields(Numbers)]
COLUMNS = ["row", "title", "code", "track", "starts", "ends", *NUMBERS, "surgeons", "answers"]
# A spreadsheet takes what begins so for a formula, also after spaces, and in their full-width forms.
FORMULA = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")
BYTE_ORDER_MARK = "\ufeff"  # without it, some take it for another encoding


def as_csv(report: Report) -> str:
    """One row for the day, one a session, theme, label, kind of help and answered question; `row` says which.
    Of a kind of help, `served` is the least of its step."""
    kept = StringIO()
    table = csv.DictWriter(kept, COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()
    table.writerows({name: harmless(cell) for name, cell in row.items()} for row in _rows(report))
    return BYTE_ORDER_MARK + kept.getvalue()


def harmless(cell: object) -> object:
    """The cell, as words if a spreadsheet would take it for a formula."""
    if isinstance(cell, str) and (cell.lstrip().startswith(FORMULA) or cell[:1] in {"\t", "\r", "\n"}):
        return f"'{cell}"
    return cell


def _rows(report: Report) -> Iterator[dict[str, Any]]:
    zone = ZoneInfo(report.event.timezone)
    codes = {one.session.pk: one.session.code for one in report.sessions}
    yield {"row": "day", **_about(report.event, zone), **asdict(report.total)}
    for one in report.sessions:
        session = one.session
        named = {"code": session.code, "track": session.track}
        yield {"row": "session", **_about(session, zone), **named, **asdict(one.numbers)}
    for theme in report.themes:
        yield {"row": "theme", "title": theme.theme, **asdict(theme.numbers)}
    for label, surgeons in report.labels:
        yield {"row": "label", "title": label, "surgeons": surgeons}
    for label, people in report.helped:
        yield {"row": "helped", "title": label, "served": roughly(people)["least"]}
    for question in report.answered:
        answers = "\n".join(f"{answer.byline}: {answer.text}" for answer in answers_to(question))
        row = {"row": "question", "title": question.text, "code": codes[question.session_id]}
        yield row | {"answers": answers}


def _about(what: Any, zone: ZoneInfo) -> dict[str, str]:
    """Of a day or a session: its title and hours by the clock at the venue."""
    starts, ends = (f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" for moment in (what.starts, what.ends))
    return {"title": what.title, "starts": starts, "ends": ends}
