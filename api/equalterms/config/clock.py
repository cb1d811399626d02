"""The clock: due work at its ticks, in `serve` and in `equalterms worker`.

A duty that all processes share runs where its lease is held. Every step is conditional on the state it
finds, so running one twice harms nothing.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple
from uuid import uuid4

from django.db import DatabaseError, connection

from equalterms.bookings import actions as bookings
from equalterms.bookings.actions.doors import forget_spares
from equalterms.bookings.actions.lines import publish_lines
from equalterms.desk.actions import release_due
from equalterms.desk.actions.closing import close_overdue, tidy_if_wanted
from equalterms.desk.actions.purging import purge_due
from equalterms.desk.days.actions import end_rehearsals
from equalterms.desk.surgery.actions import tidy_tables
from equalterms.journal.actions import prune, take_lease
from equalterms.lib import clock
from equalterms.people.actions import forget_spent_tokens, forget_undone, wrong_passwords
from equalterms.programme.models import Event
from equalterms.questions import actions as questions
from equalterms.safety import proofs
from equalterms.safety.actions import TICK, drop_outdated, take_in, take_in_opened
from equalterms.safety.profile.pepper import forget_destroyed
from equalterms.threads import actions as threads

log = logging.getLogger("equalterms.clock")


class Duty(NamedTuple):
    """Work due every `seconds`, at whole multiples of them. `shared`: one process does it for all."""

    name: str
    seconds: int
    work: Callable[[], object]
    shared: bool = True


def publish_touched() -> None:
    """Publishes the tallies of what this process heard votes for."""
    if touched := questions.tallies.take():
        questions.publish_tallies(touched)
    if touched := threads.tallies.take():
        threads.publish_tallies(touched)


def recount() -> None:
    """Publishes every tally that is off, whoever took the vote: a day at a time, so that no step of it
    grows with their number."""
    for event in Event.objects.open().values_list("pk", flat=True):
        questions.publish_tallies(event=event)
        threads.publish_tallies(event=event)


def forget_networks() -> None:
    """Forgets which networks this process counted lately, once it may."""
    proofs.turn_keys()
    wrong_passwords.forget_rested()


DUTIES = (
    Duty("touched-tallies", 1, publish_touched, shared=False),
    Duty("recount", 10, recount),
    Duty("release", TICK, release_due),
    Duty("outdated", TICK, drop_outdated),
    Duty("places", TICK, bookings.move_up_all),
    Duty("cancelled", TICK, bookings.end_cancelled_all),
    Duty("lines", TICK, publish_lines),
    Duty("spares", 900, forget_spares),
    Duty("tables", 10, tidy_tables),
    Duty("intake", 60, take_in),
    Duty("opened", 60, take_in_opened),
    Duty("challenges", 1, proofs.fill_pool, shared=False),
    Duty("networks", 60, forget_networks, shared=False),
    Duty("peppers", 60, forget_destroyed, shared=False),
    Duty("undo", TICK, forget_undone),
    Duty("prune", 600, prune),
    Duty("tokens", 3600, forget_spent_tokens),
    Duty("files", 60, tidy_if_wanted, shared=False),
    Duty("rehearsals", 60, end_rehearsals),
    Duty("close", 900, close_overdue),
    Duty("purge", 900, purge_due),
)


class Clock:
    """Runs duties in a thread of its own until stopped."""

    def __init__(self, duties: Sequence[Duty] = DUTIES) -> None:
        self._duties = duties
        self._holder = uuid4()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def run(self) -> None:
        """Runs in the calling thread until `stop` is called from another."""
        self._run()

    def _run(self) -> None:
        done = {duty.name: clock.tick(duty.seconds) for duty in self._duties}
        while not self._stopped.wait(1 - time.time() % 1):
            for duty in self._duties:
                now = clock.tick(duty.seconds)
                if now != done[duty.name]:
                    done[duty.name] = now
                    self._do(duty)
        connection.close()

    def _do(self, duty: Duty) -> None:
        try:
            if not duty.shared or self._leads(duty):
                duty.work()
        except DatabaseError as failed:
            log.warning("%s waits for the database: %s", duty.name, type(failed).__name__)
            connection.close()
        except Exception as failed:  # one duty that fails must not stop the others
            log.error("%s failed: %s", duty.name, type(failed).__name__, exc_info=True)

    def _leads(self, duty: Duty) -> bool:
        now = clock.now()
        return take_lease(duty=duty.name, holder=self._holder, now=now, seconds=duty.seconds * 1.5 + 5)
