"""What can be typed after `equalterms`."""

import os
import re
from argparse import ArgumentParser, ArgumentTypeError, _SubParsersAction
from collections.abc import Callable
from datetime import datetime
from zoneinfo import available_timezones

from equalterms import __version__
from equalterms.lib.ids import as_uuid
from equalterms.lib.text import clean

ROLES = ("organiser", "moderator", "surgeon", "door")


def port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def timezone(text: str) -> str:
    if text not in available_timezones():
        raise ArgumentTypeError(f"{text!r} is no time zone; they look like Europe/London")
    return text


def moment(text: str) -> datetime:
    """A time without a zone, as it stands on the programme: 2026-11-22T09:30."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no time; they look like 2026-11-22T09:30") from None
    if read.tzinfo is not None:
        raise ArgumentTypeError("give the time as on the programme, and its zone by --timezone")
    return read


def slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > 60 or as_uuid(text):
        raise ArgumentTypeError("use at most 60 small letters, digits and single hyphens, like leeds-spring")
    return text


def line(limit: int) -> Callable[[str], str]:
    """One line of text that is not empty, of at most `limit` characters."""

    def read(text: str) -> str:
        words = clean(text)
        if not 0 < len(words) <= limit or not words.isprintable():
            raise ArgumentTypeError(f"give one line of 1 to {limit} characters")
        return words

    return read


def parser() -> ArgumentParser:
    """The whole command line. Bad usage prints one line and ends with status 2."""
    top = ArgumentParser(
        prog="equalterms",
        description="Runs a social media surgery: programme, anonymous questions, threads, live following.",
    )
    top.add_argument("--version", action="version", version=f"Equal Terms {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _serving(commands)
    _a_day(commands)
    _afterwards(commands)
    return top


def _serving(commands: "_SubParsersAction[ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="serve the app and the API")
    serve.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen on")
    serve.add_argument("--port", type=port, default=os.environ.get("PORT", "8000"))
    serve.add_argument("--tls-cert", metavar="FILE", help="certificate (PEM), so that phones may ask")
    serve.add_argument("--tls-key", metavar="FILE", help="its private key (PEM)")
    serve.add_argument("--demo", action="store_true", help="prepare the demonstration day first")
    commands.add_parser("worker", help="do the due work (releases, tallies, clearing up) without serving")
    commands.add_parser("demo", help="prepare the demonstration day and print its staff accounts")
    commands.add_parser("doctor", help="check settings, database, files and the built app")


def _a_day(commands: "_SubParsersAction[ArgumentParser]") -> None:
    event = commands.add_parser("new-event", help="begin a day, as a draft")
    event.add_argument(
        "--slug", required=True, type=slug, help="its address: small letters, digits and hyphens"
    )
    event.add_argument("--title", required=True, type=line(200))
    event.add_argument("--starts", required=True, type=moment, metavar="2026-11-22T09:30")
    event.add_argument("--ends", required=True, type=moment, metavar="2026-11-22T16:30")
    event.add_argument("--timezone", required=True, type=timezone, metavar="Europe/London")
    event.add_argument("--venue", type=line(300))
    event.add_argument("--tagline", type=line(300))
    invite = commands.add_parser("invite", help="print a link by which somebody takes a role")
    invite.add_argument("event", metavar="EVENT", help="slug, code or id of the event")
    invite.add_argument("role", metavar="ROLE", choices=ROLES, help=", ".join(ROLES))
    invite.add_argument("name", metavar="NAME", type=line(80), help="whom the link is for")
    schedule = commands.add_parser("import-schedule", help="read a schedule.xml or schedule.json")
    schedule.add_argument("file", metavar="FILE")
    schedule.add_argument("--timezone", type=timezone, metavar="ZONE", help="if the file names none")
    schedule.add_argument("--draft", action="store_true", help="do not publish it yet")


def _afterwards(commands: "_SubParsersAction[ArgumentParser]") -> None:
    closing = commands.add_parser("close-event", help="close a day for good, and drop what only it needed")
    closing.add_argument("event", metavar="EVENT", help="slug, code or id of the event")
    purge = commands.add_parser(
        "purge", help="delete the receipts of closed days, and all that is not public"
    )
    purge.add_argument("event", metavar="EVENT", nargs="?", help="this one; without it, all that are due")
    purge.add_argument("--now", action="store_true", help="before its receipts' time is over")
    backup = commands.add_parser("backup", help="write an encrypted copy, and delete ours of over 7 days")
    backup.add_argument("file", metavar="FILE", help="a file, or a folder in which to name one by the time")
    restore = commands.add_parser("restore", help="put a copy back; what was withdrawn since stays gone")
    restore.add_argument("file", metavar="FILE")
