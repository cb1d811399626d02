"""What each command does, once the settings are read and the models can be used."""

import signal
import sys
from argparse import Namespace
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings

from equalterms.config import server
from equalterms.config.cli import copies, database, days, doctor, phones
from equalterms.config.clock import Clock
from equalterms.config.demo import prepare_demo
from equalterms.config.quiet import keep_quiet
from equalterms.lib.refusal import Refusal
from equalterms.programme import actions as programme
from equalterms.programme import imports


def serve(wanted: Namespace) -> int:
    """Serves until it is told to stop; brings the database up to date first."""
    if bool(wanted.tls_cert) != bool(wanted.tls_key):
        raise Refusal("tls", "--tls-cert and --tls-key belong together: give both, or neither.")
    try:
        server.listen(wanted.host, wanted.port).close()
    except OSError as failed:
        print(server.why_not(failed, wanted.host, wanted.port), file=sys.stderr)
        return 1
    keep_quiet()
    database.bring_up_to_date()
    if wanted.demo:
        print_accounts()
    phones.invite(wanted.host, wanted.port, tls=bool(wanted.tls_cert))
    return server.serve(wanted.host, wanted.port, wanted.tls_cert, wanted.tls_key)


def worker(wanted: Namespace) -> int:
    keep_quiet()
    database.bring_up_to_date()
    clock = Clock()
    for stopping in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stopping, lambda *_: clock.stop())
    print("Doing what falls due, until it is stopped.", flush=True)
    clock.run()
    return 0


def demo(wanted: Namespace) -> int:
    database.bring_up_to_date()
    print_accounts()
    return 0


def print_accounts() -> None:
    """Prepares the demonstration day and prints who can sign in to run it."""
    accounts = prepare_demo(settings.HOME)
    print("The demonstration day is ready. It is run by (these passwords are for this installation only):")
    for account in accounts:
        print(f"  {account['role']:<10} {account['email']:<36} {account['password']}")
    sys.stdout.flush()


def new_event(wanted: Namespace) -> int:
    database.bring_up_to_date()
    zone = ZoneInfo(wanted.timezone)
    event = programme.new_event(
        slug=wanted.slug,
        title=wanted.title,
        starts=wanted.starts.replace(tzinfo=zone),
        ends=wanted.ends.replace(tzinfo=zone),
        timezone=wanted.timezone,
        venue=wanted.venue or "",
        tagline=wanted.tagline or "",
    )
    print(f"{event.title} is a draft, at /e/{event.slug} (code {event.code}).")
    print(f"Next, somebody to run it: equalterms invite {event.slug} organiser NAME")
    return 0


def invite(wanted: Namespace) -> int:
    database.bring_up_to_date()
    event = days.find_event(wanted.event)
    origin = settings.ORIGIN or phones.HERE
    invitation, link = programme.invite(event=event, role=wanted.role, name=wanted.name, origin=origin)
    print(link)
    print(f"It works once, until {invitation.expires:%d %B %Y}. Pass it on privately.", file=sys.stderr)
    return 0


def import_schedule(wanted: Namespace) -> int:
    database.bring_up_to_date()
    return imports.run(wanted.file, wanted.timezone, wanted.draft, sys.stdout)


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "serve": serve,
    "worker": worker,
    "demo": demo,
    "new-event": new_event,
    "invite": invite,
    "import-schedule": import_schedule,
    "close-event": days.close_event,
    "purge": days.purge,
    "backup": copies.backup,
    "restore": copies.restore,
    "doctor": doctor.run,
}
