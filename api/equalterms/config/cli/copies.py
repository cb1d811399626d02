"""Backing up and restoring from the command line."""

from argparse import Namespace
from pathlib import Path

from equalterms.config.backups import actions, files
from equalterms.config.cli import database
from equalterms.lib import clock


def backup(wanted: Namespace) -> int:
    """Writes a copy, then deletes our own of over seven days beside it."""
    database.bring_up_to_date()
    path = files.place_for(Path(wanted.file), clock.now())
    size = actions.back_up(path=path)
    print(f"{path} ({size} bytes) is written. Its key is keys/backup in the home: copy that once, apart.")
    for old in files.clear_away(path.parent, clock.now()):
        print(f"{old} was older than seven days, and is deleted.")
    return 0


def restore(wanted: Namespace) -> int:
    """Puts a copy back."""
    database.bring_up_to_date()
    print(f"{actions.restore(path=Path(wanted.file))} rows are back. What was withdrawn since stays gone.")
    return 0
