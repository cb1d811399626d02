"""Prepares the demonstration day: sets it up once, moves it to today at every start."""

from datetime import datetime
from pathlib import Path

from equalterms.config.demo import accounts
from equalterms.config.demo.accounts import DemoAccount
from equalterms.config.demo.actions import Staff, settle
from equalterms.config.demo.content import MODERATOR, ORGANISER, SURGEON, Day, leeds
from equalterms.config.demo.redating import move_to_today
from equalterms.config.demo.seeding import SOURCE, seed
from equalterms.lib import clock
from equalterms.lib.ids import short_code
from equalterms.people.actions import hash_password
from equalterms.people.models import Account
from equalterms.programme.models import Event


def prepare_demo(home: Path) -> list[DemoAccount]:
    """Sets up the demonstration day or moves it to today; gives the accounts that run it. The database
    must be up to date. Says so where passwords had to be made anew."""
    return seed_demo(home, clock.now())


def seed_demo(home: Path, now: datetime) -> list[DemoAccount]:
    """Sets the day up on its first start; later starts only move it to today, and no id changes.

    `home` is where demo-accounts.json stands; if that is lost, the staff get new passwords. Refuses
    `slug-taken` where another day has its address.
    """
    event = Event.objects.filter(source=SOURCE).first()
    if event is None:
        return _set_up(home, now)
    move_to_today(event=event, now=now)
    known = accounts.read(home)
    if known is None:
        print("The file of the demonstration's accounts was gone, so they have new passwords.", flush=True)
        known = _open_accounts(leeds())[1]
        accounts.write(home, known)
    return known


def _set_up(home: Path, now: datetime) -> list[DemoAccount]:
    day = leeds()
    staff, told = _open_accounts(day)
    seed(day=day, staff=staff, now=now)
    accounts.write(home, told)
    return told


def _open_accounts(day: Day) -> tuple[dict[str, Account], list[DemoAccount]]:
    """Organiser, moderator and surgeon with fresh passwords, by role and as they are told."""
    signs_in = next(surgeon.name for surgeon in day.surgeons if surgeon.key == day.signs_in)
    names = {ORGANISER: "The organiser", MODERATOR: "The moderator", SURGEON: signs_in}
    opened, told = {}, []
    for role, name in names.items():
        staff, password = Staff(role, name), "-".join(short_code(4) for _ in range(4))
        opened[role] = settle(staff=staff, password_hash=hash_password(password, Account(email=staff.email)))
        told.append(DemoAccount(role=role, email=staff.email, password=password))
    return opened, told
