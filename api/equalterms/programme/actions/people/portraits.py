"""A surgeon's photo."""

import hashlib

from django.db import transaction

from equalterms.journal.actions import record
from equalterms.lib.pictures.squares import square
from equalterms.people.models import Account, Portrait, Surgeon
from equalterms.programme.actions.surgeons import told_of
from equalterms.programme.actions.telling import hold
from equalterms.programme.rules import may_publish_profile, not_yours


def keep_photo(*, account: Account, surgeon: Surgeon, content: bytes) -> None:
    """Keeps a photo, made anew, under an address of its own, and tells every day that shows the surgeon.

    Refuses `not-yours` to all but the owner, and organisers where there is none; `photo-unreadable`.
    """
    _check(account, surgeon)
    image = square(content)
    digest = hashlib.sha256(image).hexdigest()[:16]
    told = told_of(surgeon)
    with transaction.atomic():
        hold(told)
        Portrait.objects.update_or_create(surgeon=surgeon, defaults={"digest": digest, "image": image})
        record(*told)


def drop_photo(*, account: Account, surgeon: Surgeon) -> None:
    """The photo is gone at once, from every day that showed it. Refuses `not-yours`, as keeping one."""
    _check(account, surgeon)
    told = told_of(surgeon)
    with transaction.atomic():
        hold(told)
        if Portrait.objects.filter(surgeon=surgeon).delete()[0]:
            record(*told)


def _check(account: Account, surgeon: Surgeon) -> None:
    if not may_publish_profile(account, surgeon):
        raise not_yours()
