"""Log lines that cannot tell on anybody."""

import logging
import sys

from equalterms.config.quiet import Bare

SECRET = "How do I block my brother? 203.0.113.9 /s/abcde?q=secret"


def line_of(record: logging.LogRecord) -> str:
    return Bare().format(record)


def test_a_failure_is_its_class_and_its_place_and_none_of_its_words() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 1, SECRET, (), sys.exc_info())

    line = line_of(record)

    assert line.startswith("ERROR django.request: ValueError at test_a_failure_is_its_class")
    assert not any(word in line for word in SECRET.split())


def test_a_line_of_another_library_is_its_level_and_name_only() -> None:
    record = logging.LogRecord(
        "django.security.csrf", logging.WARNING, "", 1, "Forbidden: %s", (SECRET,), None
    )

    assert line_of(record) == "WARNING django.security.csrf"


def test_a_line_of_our_own_is_printed_without_what_it_was_given() -> None:
    record = logging.LogRecord("equalterms.clock", logging.WARNING, "", 1, "%s waits", (SECRET,), None)

    assert line_of(record) == "WARNING equalterms.clock: %s waits"
