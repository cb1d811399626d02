"""Sets the demonstration day up by the actions of real days, one layer below the proof of work."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from equalterms.bookings.actions.doors import count_heads
from equalterms.bookings.actions.lines import publish_lines
from equalterms.config.demo.actions import (
    employ,
    fill_place,
    seat_surgeon,
    sit_at,
    spread_over_the_morning,
)
from equalterms.config.demo.content import MODERATOR, ORGANISER, SURGEON, Comment, Day, Question
from equalterms.config.demo.content import Session as Printed
from equalterms.config.demo.redating import clock_offset, local
from equalterms.desk.actions import Decision, decide
from equalterms.lib import clock
from equalterms.people.models import Account
from equalterms.programme import actions as programme
from equalterms.programme.models import Event, EventState, Mixing, ReviewMode, Role, RoleKind, Session
from equalterms.programme.rules import local_day
from equalterms.questions import actions as questions
from equalterms.questions.models import Answer
from equalterms.questions.models import Question as QuestionRow
from equalterms.safety.models import Review, State, SubjectKind
from equalterms.safety.profile.receipt import SEED_BYTES, Secret
from equalterms.safety.receipts import Claimed
from equalterms.threads import actions as threads
from equalterms.threads.models import Comment as CommentRow

SOURCE = "equalterms:demonstration"
DECISIONS = {"shown": "show", "approved": "show", "returned": "return", "hidden": "hide"}


@transaction.atomic
def seed(*, day: Day, staff: Mapping[str, Account], now: datetime) -> Event:
    """The whole day, published, or nothing of it. `staff` are the accounts of organiser, moderator and
    surgeon, by role.

    Receipts are made of fresh secrets that nobody keeps: what the demonstration says cannot be edited
    or withdrawn by somebody who has read this. Refuses `slug-taken`.
    """
    event = _event(day, staff[ORGANISER], now)
    seeding = Seeding(day, event, staff)
    seeding.write()
    seeding.seat(clock.slot(now))
    spread_over_the_morning(event=event, answers=seeding.answers, slot=clock.slot(now))
    return programme.change_event(
        account=staff[ORGANISER], event=event, changes={"state": EventState.PUBLISHED}
    )


def _event(day: Day, organiser: Account, now: datetime) -> Event:
    zone = ZoneInfo(day.timezone)
    today = now.astimezone(zone).date()
    event = programme.new_event(
        slug=day.slug,
        title=day.title,
        starts=local(today, min(session.starts for session in day.sessions), zone),
        ends=local(today, max(session.ends for session in day.sessions), zone),
        timezone=day.timezone,
        organiser=organiser,
        tagline=day.tagline,
        about=day.about,
        venue=day.venue,
        help_reviewed=day.help_reviewed,
        labels=day.labels,
        minutes=day.minutes,
        review=ReviewMode.BEFORE,
        mixing=Mixing.OFF,
        proof=True,
        source=SOURCE,
    )
    offset = clock_offset(event, now)
    return programme.change_event(account=organiser, event=event, changes={"clock_offset": offset})


class Seeding:
    """What is known while the day is written: the rows that stand behind the keys of its files."""

    def __init__(self, day: Day, event: Event, staff: Mapping[str, Account]) -> None:
        self.day, self.event, self.accounts = day, event, dict(staff)
        self.rooms: dict[str, UUID] = {}
        self.sessions: dict[str, Session] = {}
        self.voices: dict[tuple[str, str], bytes] = {}
        self.said: dict[str, UUID] = {}
        self.answers: list[Answer] = []

    def write(self) -> None:
        self._people()
        for room in self.day.rooms:
            made = programme.add_room(
                account=self.accounts[ORGANISER], event=self.event, name=room.name, about=room.about
            )
            self.rooms[room.key] = made.pk
        for session in self.day.sessions:
            self.sessions[session.key] = self._session(session)
        for question in self.day.questions:
            self._question(question)
        for comment in self.day.comments:
            self._comment(comment)
        questions.publish_tallies()
        threads.publish_tallies()

    def seat(self, slot: int) -> None:
        """Fills tables, places and lines, and publishes the lines as a tick does."""
        for table in self.day.tables:
            surgeon = self.accounts[table.surgeon].surgeon
            sit_at(event=self.event, surgeon=surgeon, state=table.state, place=table.place)
        for place in self.day.places:
            by = self.accounts[place.by] if place.by else None
            for _ in range(place.count):
                fill_place(session=self.sessions[place.session], place=place, slot=slot, account=by)
        heads = {self.sessions[heads.session].pk: heads.count for heads in self.day.heads}
        count_heads(event=self.event, counter=uuid4(), counts=heads)
        publish_lines()

    def _people(self) -> None:
        employ(account=self.accounts[MODERATOR], event=self.event, role=RoleKind.MODERATOR)
        for profile in self.day.surgeons:
            signs_in = self.accounts[SURGEON] if profile.key == self.day.signs_in else None
            self.accounts[profile.key] = seat_surgeon(event=self.event, profile=profile, account=signs_in)

    def _session(self, session: Printed) -> Session:
        zone, today = ZoneInfo(self.event.timezone), local_day(self.event, self.event.starts)
        surgeons = [self.accounts[key].surgeon.pk for key in session.surgeons]
        return programme.add_session(
            account=self.accounts[ORGANISER],
            event=self.event,
            title=session.title,
            starts=local(today, session.starts, zone),
            ends=local(today, session.ends, zone),
            room=self.rooms[session.room],
            surgeons=surgeons,
            kind=session.kind,
            subtitle=session.subtitle,
            track=session.track,
            about=session.about,
            links=session.links,
            capacity=session.capacity,
        )

    def _claim(self, kind: SubjectKind) -> Claimed:
        secret = Secret(secrets.token_bytes(SEED_BYTES), self.event.pk, kind.value)
        return Claimed(kind, secret.id, secret.auth, secret.reply_key)

    def _question(self, question: Question) -> None:
        claimed = self._claim(SubjectKind.QUESTION)
        asked = questions.Asked(question.text, question.warning, question.audience, question.recap)
        questions.ask(session=self.sessions[question.session], claimed=claimed, asked=asked)
        self._review(claimed.subject, question)
        for answer in question.answers:
            made = questions.answer(
                question=claimed.subject,
                account=self.accounts[answer.by],
                text=answer.text,
                spoken=answer.spoken,
            )
            self.answers.append(made)
        if question.votes:
            row = QuestionRow.objects.get(pk=claimed.subject)
            for _ in range(question.votes):
                questions.vote(question=row, tag=a_tag())

    def _review(self, subject: UUID, item: Question | Comment) -> None:
        """The moderator decides as the file says. What is to stay approved leaves, as at gentle days,
        with the next tick: soon after the start, so that a newcomer sees something arrive."""
        if item.state == State.HELD:
            return
        if item.state == State.APPROVED:
            self._mix(Mixing.GENTLE)
        decide(
            review=Review.objects.get(subject=subject).pk,
            account=self.accounts[MODERATOR],
            decision=Decision(DECISIONS[item.state], item.reason, item.note),
        )
        if item.state == State.APPROVED:
            self._mix(Mixing.OFF)

    def _mix(self, mixing: Mixing) -> None:
        programme.change_event(account=self.accounts[ORGANISER], event=self.event, changes={"mixing": mixing})

    def _comment(self, comment: Comment) -> None:
        session = self.sessions[comment.session]
        parent = self.said[comment.to] if comment.to else None
        if comment.by_voice:
            claimed = self._claim(SubjectKind.COMMENT)
            voice = self.voices.setdefault((comment.session, comment.by), secrets.token_bytes(16))
            threads.say(session=session, claimed=claimed, said=threads.Said(comment.text, parent, voice))
            self._review(claimed.subject, comment)
            ident = claimed.subject
        else:
            account = self.accounts[comment.by]
            roles = Role.objects.held(account, self.event.pk)
            ident = threads.speak(
                session=session, account=account, roles=roles, text=comment.text, parent=parent
            ).pk
        if comment.key:
            self.said[comment.key] = ident
        row = CommentRow.objects.get(pk=ident)
        for kind, count in comment.reactions.items():
            for _ in range(count):
                threads.react(comment=row, kind=kind, tag=a_tag())


def a_tag() -> UUID:
    """What one phone, somewhere, makes of its secret and a subject."""
    return UUID(bytes=secrets.token_bytes(16))
