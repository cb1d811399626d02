"""Log lines that cannot tell on anybody."""

import logging
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime

import pytest
from tests.served import environment

from equalterms.config.quiet import Bare
from equalterms.lib.clock import slot

SECRET = "How do we block my brother? 203.0.113.9 /s/abcde?q=secret"


class Never(datetime):
    """Somebody else's code, as far as ours goes."""

    def timestamp(self) -> float:
        raise ValueError(SECRET)


def line_of(record: logging.LogRecord) -> str:
    return Bare().format(record)


def failing(work: Callable[[], object]) -> logging.LogRecord:
    try:
        work()
    except ValueError:
        return logging.LogRecord("django.request", logging.ERROR, "", 1, SECRET, (), sys.exc_info())
    raise AssertionError("it did not fail")


def test_a_failure_is_its_class_and_its_place_and_none_of_its_words() -> None:
    def fail() -> None:
        raise ValueError(SECRET)

    line = line_of(failing(fail))

    assert line.startswith("ERROR django.request: ValueError at fail:")
    assert not any(word in line for word in SECRET.split())


def test_a_failure_below_our_code_names_both_places() -> None:
    line = line_of(failing(lambda: slot(Never(2026, 11, 22))))

    assert line.startswith("ERROR django.request: ValueError at timestamp:")
    assert " from lib.clock.slot:" in line
    assert not any(word in line for word in SECRET.split())


def test_a_line_of_another_library_is_its_level_name_and_place() -> None:
    record = logging.LogRecord(
        "uvicorn.error", logging.ERROR, "h11_impl.py", 371, "Invalid %s", (SECRET,), None, "run_asgi"
    )

    assert line_of(record) == "ERROR uvicorn.error at run_asgi:371"


def test_a_line_of_our_own_is_printed_without_what_it_was_given() -> None:
    record = logging.LogRecord(
        "equalterms.clock", logging.WARNING, "clock.py", 97, "%s waits", (SECRET,), None, "_do"
    )

    assert line_of(record) == "WARNING equalterms.clock: %s waits at _do:97"


QUIET = """
import os, resource, sys, threading, django
django.setup()
from equalterms.config.quiet import keep_quiet
keep_quiet()
def fail(): raise ValueError("How do I block my brother?")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
print(oct(os.umask(0)), resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True)
fail()
"""


def test_what_nobody_catches_is_logged_like_everything_else(tmp_path: object) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", QUIET],
        env=environment(tmp_path, DJANGO_SETTINGS_MODULE="equalterms.config.settings"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.stderr.splitlines() == ["CRITICAL equalterms: ValueError at fail:6"] * 2
    assert (ran.stdout, ran.returncode) == ("0o77 0\n", 1)


@pytest.mark.parametrize("level", [logging.DEBUG, logging.CRITICAL])
def test_arguments_are_never_printed(level: int) -> None:
    record = logging.LogRecord("anything.at.all", level, "", 1, SECRET + "%s", (SECRET,), None, "somewhere")

    assert not any(word in line_of(record) for word in SECRET.split())
