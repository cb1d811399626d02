"""Who runs the demonstration day, and how recent what is said there looks."""

import secrets
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction

from equalterms.bookings.actions import end_booking, open_booking
from equalterms.bookings.models import OPEN_PLACES, Place, Presence
from equalterms.config.demo.content import Place as Kept
from equalterms.config.demo.content import Surgeon as Profile
from equalterms.journal.actions import record
from equalterms.lib.clock import SLOT
from equalterms.people.models import Account, Surgeon
from equalterms.programme.actions import change_profile, on_day
from equalterms.programme.models import Event, Listing, Role, RoleKind, Session
from equalterms.questions.models import Answer, Question
from equalterms.safety.actions import keep_receipt, take
from equalterms.safety.models import Review, SubjectKind
from equalterms.safety.profile.receipt import SEED_BYTES, Secret
from equalterms.safety.receipts import Claimed
from equalterms.threads.models import Comment

HOST = "leeds.example.org"
RECENT = 6  # quarters of an hour over which the day's questions and talk are spread


class Staff(NamedTuple):
    """Somebody who can sign in: `name` is for the desk, the public reads "the organisers"."""

    role: str
    name: str

    @property
    def email(self) -> str:
        return f"{self.role}@{HOST}"


def settle(*, staff: Staff, password_hash: str) -> Account:
    """The account of somebody who runs the demonstration, with this password from now on."""
    fields = {"name": staff.name, "password": password_hash}
    return Account.objects.update_or_create(email=staff.email, defaults=fields)[0]


def employ(*, account: Account, event: Event, role: str) -> None:
    Role.objects.get_or_create(account=account, event=event, role=role)


@transaction.atomic
def seat_surgeon(*, event: Event, profile: Profile, account: Account | None = None) -> Account:
    """One of the ten surgeons, with a published profile and an account to answer from; nobody can sign
    in to it unless `account` is given."""
    if account is None:
        fields = {"name": profile.name, "password": make_password(None)}
        account = Account.objects.get_or_create(email=f"{profile.key}@{HOST}", defaults=fields)[0]
    employ(account=account, event=event, role=RoleKind.SURGEON)
    surgeon = Surgeon.objects.get_or_create(account=account, defaults={"name": profile.name})[0]
    Listing.objects.get_or_create(event=event, surgeon=surgeon)
    record(*on_day(event, "surgeon", surgeon.pk))
    written = [name for name in Surgeon.CHOOSABLE if name != "photo"]  # the files hold no pictures
    changes = {name: getattr(profile, name) for name in ("name", *written)}
    change_profile(
        account=account,
        surgeon=surgeon,
        changes={**changes, "public": list(Surgeon.CHOOSABLE), "published": True},
    )
    return Account.objects.get(pk=account.pk)


@transaction.atomic
def fill_place(*, session: Session, place: Kept, slot: int, account: Account | None = None) -> None:
    """One place as it stands in the files, whatever the clock says. `account`: whoever sees to it. Of
    somebody at home there is a receipt like any other, whose secret nobody keeps."""
    ident = uuid4()
    if place.home:
        secret = Secret(secrets.token_bytes(SEED_BYTES), session.event_id, SubjectKind.BOOKING)
        ident = secret.id
        keep_receipt(session=session, claimed=Claimed(SubjectKind.BOOKING, ident, secret.auth))
    over = place.state not in OPEN_PLACES
    booking = open_booking(
        pk=ident,
        event=session.event,
        session=session,
        state=Place.HERE if over else place.state,
        labels=place.labels,
        remote=place.remote,
        slot=slot,
    )
    if over:
        end_booking(booking=booking, state=place.state)
    if account is not None:
        take(topic=session.topic_id, subject=booking.pk, account=account)


def sit_at(*, event: Event, surgeon: Surgeon, state: str, place: str) -> None:
    """The surgeon is at this table, as the files say."""
    Presence.objects.create(event=event, surgeon=surgeon, state=state, place=place)


@transaction.atomic
def spread_over_the_morning(*, event: Event, answers: Sequence[Answer], slot: int) -> None:
    """Spreads what is shown over the quarter hours up to `slot`, in the order it was shown, so that the
    day does not look as if it had been said in one breath. `answers` follow their questions, in order."""
    slots: dict[UUID, int] = {}
    for session in event.sessions.all():
        for rows in (Question.objects.shown(), Comment.objects.shown()):
            slots |= _spread(
                list(rows.filter(session=session).order_by("shown").values_list("pk", flat=True)), slot
            )
    questions = list(Question.objects.filter(pk__in=slots))
    comments = list(Comment.objects.filter(pk__in=slots))
    reviews = list(Review.objects.filter(subject__in=slots))
    shown: list[Question | Comment] = [*questions, *comments]
    for row in shown:
        row.slot = slots[row.pk]
    for review in reviews:
        review.slot = slots[review.subject]
    for answer in answers:
        answer.slot = min(slots.get(answer.question_id, slot), slot)
        slots[answer.question_id] = answer.slot + SLOT
    Question.objects.bulk_update(questions, ["slot"])
    Comment.objects.bulk_update(comments, ["slot"])
    Review.objects.bulk_update(reviews, ["slot"])
    Answer.objects.bulk_update(answers, ["slot"])


def _spread(shown: list[UUID], slot: int) -> dict[UUID, int]:
    """A quarter hour for each, the last one `slot`."""
    return {
        ident: slot - (len(shown) - place) * RECENT // len(shown) * SLOT
        for place, ident in enumerate(shown, 1)
    }
