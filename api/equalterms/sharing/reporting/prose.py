"""The report of a day as Markdown, to paste into whatever takes it. What people wrote stays words."""

import re
from collections.abc import Iterator

from equalterms.questions.models import Question
from equalterms.sharing.printing.wording import hours
from equalterms.sharing.reporting.rules import Numbers, Report, answers_to
from equalterms.sharing.rules import roughly

MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~:=@$^<>&])")
ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def as_markdown(report: Report) -> str:
    return "\n".join(_lines(report)) + "\n"


def words(text: str) -> str:
    """One line in which nothing is markup."""
    return MARKUP.sub(lambda found: ENTITIES.get(found[1], f"\\{found[1]}"), " ".join(text.split()))


def quoted(text: str, before: str) -> Iterator[str]:
    """Every paragraph of it, each after `before`."""
    paragraphs = [line for line in text.splitlines() if line.strip()]
    for number, line in enumerate(paragraphs):
        if number:
            yield before.rstrip()
        yield before + words(line)


def _lines(report: Report) -> Iterator[str]:
    event = report.event
    yield f"# {words(event.title)}"
    yield ""
    yield words(", ".join(filter(None, (hours(event.starts, event.ends, event.timezone), event.venue))))
    yield ""
    if event.rehearsal:
        yield from ("This day is in rehearsal. None of this is real.", "")
    yield from _people(report.total)
    yield from _sessions(report)
    yield from _themes(report)
    if event.purged:
        yield from ("Of questions, only what is still public was counted.", "")
    yield from _answered(report)


def _people(total: Numbers) -> Iterator[str]:
    yield "## People"
    yield ""
    yield f"- {total.served} were helped at a table or took part in a session."
    yield f"- {total.heads} were counted at the door."
    if total.here:
        yield f"- {total.here} are with somebody, or wait for a table."
    yield f"- {total.shown} questions were shown to everybody, and {total.answered} of them were answered."
    yield ""


def _sessions(report: Report) -> Iterator[str]:
    if not report.sessions:
        return
    yield "## Sessions"
    yield ""
    yield "| Session | When | Helped | At the door | Questions | Answered |"
    yield "|---|---|--:|--:|--:|--:|"
    for one in report.sessions:
        session, numbers = one.session, one.numbers
        title = words(session.title) + (" (cancelled)" if session.state == "cancelled" else "")
        when = words(hours(session.starts, session.ends, report.event.timezone))
        said = (numbers.served, numbers.heads, numbers.shown, numbers.answered)
        yield f"| {title} | {when} | {' | '.join(map(str, said))} |"
    yield ""


def _themes(report: Report) -> Iterator[str]:
    if not (report.themes or report.labels or report.helped):
        return
    yield "## Themes"
    yield ""
    for theme in report.themes:
        numbers = theme.numbers
        yield f"- {words(theme.theme)}: {numbers.shown} questions, {numbers.served} helped."
    if report.helped:
        helped = ", ".join(f"{words(label)} ({some(number)})" for label, number in report.helped)
        yield f"- What people were helped with: {helped}."
    if report.labels:
        known = ", ".join(f"{words(label)} ({number})" for label, number in report.labels)
        yield f"- What the surgeons help with: {known}."
    yield ""


def some(number: int) -> str:
    """How many, roughly."""
    step = roughly(number)
    return f"{step['least']} to {step['most']}" if step["least"] else f"at most {step['most']}"


def _answered(report: Report) -> Iterator[str]:
    if not report.answered:
        return
    titles = {one.session.pk: one.session.title for one in report.sessions}
    yield "## Questions and answers"
    yield ""
    session = None
    for question in report.answered:
        if question.session_id != session:
            session = question.session_id
            yield from (f"### {words(titles[session])}", "")
        yield from _question(question)


def _question(question: Question) -> Iterator[str]:
    if question.warning:
        yield from (f"*Content warning: {words(question.warning)}*", "")
    yield from quoted(question.text, "> ")
    yield ""
    for answer in answers_to(question):
        said = "said aloud, in short" if answer.spoken else "wrote"
        yield from (f"{words(answer.byline)} {said}:", "", *quoted(answer.text, ""), "")
