"""The `equalterms` command: reads what is wanted, does it, and says in one line what went wrong."""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from equalterms.config.cli.arguments import parser
from equalterms.lib.refusal import Refusal

FAILED, REFUSED, INTERRUPTED = 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. 0 when it was done, 2 for input it cannot take, 1 when something failed."""
    wanted = parser().parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "equalterms.config.settings")
    try:
        django.setup()
    except (ImproperlyConfigured, ValueError, SystemExit) as wrong:
        return say(f"A setting cannot be used: {wrong} (docs/settings.md lists them).", REFUSED)
    except OSError as failure:
        return say(place_and_reason(failure), FAILED)
    return do(wanted)


def do(wanted: Namespace) -> int:
    from equalterms.config.cli.commands import COMMANDS  # noqa: PLC0415 (models need Django set up)

    try:
        return COMMANDS[wanted.command](wanted)
    except Refusal as refusal:
        return say(" ".join(error["detail"] for error in refusal.errors) or refusal.detail, REFUSED)
    except DatabaseError as failure:
        kind = type(failure).__name__
        return say(f"The database did not do its part ({kind}). Try: equalterms doctor", FAILED)
    except OSError as failure:
        return say(place_and_reason(failure), FAILED)
    except KeyboardInterrupt:
        return INTERRUPTED


def place_and_reason(failure: OSError) -> str:
    return ": ".join(filter(None, [failure.filename, failure.strerror or str(failure)]))


def say(sentence: str, status: int) -> int:
    print(f"equalterms: {sentence}", file=sys.stderr)
    return status
