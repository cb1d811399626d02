"""What `doctor` looks at in the home, and in the settings."""

import os
import stat
from collections.abc import Iterator

from django.conf import settings

from equalterms.config.backups import files
from equalterms.config.cli.doctor.finding import Finding
from equalterms.lib import clock


def the_home() -> Iterator[Finding]:
    yield Finding(os.access(settings.HOME, os.W_OK), f"The home {settings.HOME} can be written to.")
    private = not stat.S_IMODE(settings.HOME.stat().st_mode) & 0o077
    yield Finding(private, f"Other users can{'not' if private else ''} look into the home.")
    secret = [path for folder in ("keys", "peppers") for path in (settings.HOME / folder).glob("*")]
    open_to_others = [path.name for path in secret if stat.S_IMODE(path.stat().st_mode) & 0o077]
    names = ", ".join(open_to_others) or "none"
    yield Finding(not open_to_others, f"Keys and peppers that other users can read: {names}.")


def copies() -> Iterator[Finding]:
    """Our own copies are kept for seven days; others are for whoever made them to watch over."""
    folders = [settings.HOME, settings.HOME / "backups"]
    old = [path.name for folder in folders for path in files.ours_older_than(folder, clock.now())]
    yield Finding(not old, f"Copies in the home that are older than seven days: {', '.join(old) or 'none'}.")


def app() -> Iterator[Finding]:
    built = (settings.WEBROOT / "index.html").is_file()
    yield Finding(built, "The app is built." if built else "The app is not built: make setup builds it.")


def addresses() -> Iterator[Finding]:
    origin = settings.ORIGIN or "not set"
    secure = origin.startswith("https://") or not settings.ORIGIN
    yield Finding(secure, f"EQUALTERMS_ORIGIN is {origin}; phones can ask over https only.")
