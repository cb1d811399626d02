"""The day as printed: events, rooms, sessions, who helps where, and who runs it."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import models

from equalterms.journal.models import Topic
from equalterms.lib import clock
from equalterms.lib.ids import as_uuid, short_code
from equalterms.people.models import Account, Surgeon


def event_code() -> str:
    return short_code(4)


def session_code() -> str:
    return short_code(5)


class EventState(models.TextChoices):
    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


EVENT_MOVES: dict[str, set[str]] = {
    EventState.DRAFT: {EventState.PUBLISHED},
    EventState.PUBLISHED: {EventState.DRAFT, EventState.CANCELLED},
    EventState.CANCELLED: {EventState.PUBLISHED},
}


class ReviewMode(models.TextChoices):
    """When questions and comments are looked at: before they are shown, after, or none are taken."""

    BEFORE = "before"
    AFTER = "after"
    CLOSED = "closed"


class Mixing(models.TextChoices):
    """How publication hides who asked: at once, at ticks, or in batches of at least three."""

    OFF = "off"
    GENTLE = "gentle"
    SAFE = "safe"


class EventQuerySet(models.QuerySet["Event"]):
    def published(self) -> "EventQuerySet":
        """Events anybody may see; a cancelled one stays visible and says so."""
        return self.exclude(state=EventState.DRAFT)

    def open(self) -> "EventQuerySet":
        """Days that still take what people send."""
        return self.filter(closed_on__isnull=True)

    def keeping(self) -> "EventQuerySet":
        """Closed days of which receipts still open something."""
        return self.filter(closed_on__isnull=False, purged=False)

    def called(self, ref: str) -> "EventQuerySet":
        """The event with this UUID, slug or code, or one printed under it earlier."""
        if ident := as_uuid(ref):
            return self.filter(pk=ident)
        by_now = self.filter(models.Q(slug=ref) | models.Q(code=ref))
        return by_now if by_now.exists() else self.filter(old_addresses__address=ref)


class Event(models.Model):
    """A day. Two topics: `day` is the printed programme, `now` is the day as it goes.

    `closed_on` is the date on which its votes, reports and order were dropped; `keep_days` later, all
    that only receipts can reach is purged. `safety_lead` owns what nobody else has taken. `labels` are
    the kinds of help one can ask for beside those that its surgeons name themselves; `minutes` is how long
    one person at a table takes, for estimates. A `rehearsal` wipes itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(max_length=12, unique=True, default=event_code)
    title = models.CharField(max_length=200)
    tagline = models.CharField(max_length=300, blank=True)
    about = models.TextField(max_length=20_000, blank=True)
    venue = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=12, default="en-GB")
    timezone = models.CharField(max_length=64)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.DRAFT)
    clock_offset = models.IntegerField(default=0)
    review = models.CharField(max_length=6, choices=ReviewMode.choices, default=ReviewMode.BEFORE)
    mixing = models.CharField(max_length=6, choices=Mixing.choices, default=Mixing.SAFE)
    proof = models.BooleanField(default=True)
    join_code = models.CharField(max_length=20, blank=True)
    help_lines = models.JSONField(default=list, blank=True)
    help_reviewed = models.DateField(null=True, blank=True)
    safety_lead = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="leads")
    keep_days = models.PositiveSmallIntegerField(default=30)
    labels = models.JSONField(default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(default=15)
    rehearsal = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)
    purged = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    day = models.OneToOneField(Topic, on_delete=models.PROTECT, related_name="printed_event")
    now = models.OneToOneField(Topic, on_delete=models.PROTECT, related_name="running_event")

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="event_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["source"], condition=~models.Q(source=""), name="one_event_a_source"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def closed(self) -> bool:
        return self.closed_on is not None

    @property
    def kept_until(self) -> date | None:
        """The date on which a closed day is purged."""
        return None if self.closed_on is None else self.closed_on + timedelta(days=self.keep_days)


class OldAddress(models.Model):
    """A slug or code an event was printed under once; it keeps resolving."""

    address = models.CharField(max_length=60, primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="old_addresses")

    def __str__(self) -> str:
        return self.address


class Room(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=500, blank=True)
    position = models.IntegerField(default=0)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="room_names_differ_within_an_event")
        ]

    def __str__(self) -> str:
        return self.name


class SessionKind(models.TextChoices):
    SURGERY = "surgery"
    WORKSHOP = "workshop"
    TALK = "talk"
    OPEN_SPACE = "open-space"


class SessionState(models.TextChoices):
    PLANNED = "planned"
    CANCELLED = "cancelled"


class SessionQuerySet(models.QuerySet["Session"]):
    def public(self) -> "SessionQuerySet":
        return self.exclude(event__state=EventState.DRAFT)

    def called(self, ref: str) -> "SessionQuerySet":
        """The session with this UUID or short code."""
        ident = as_uuid(ref)
        return self.filter(pk=ident) if ident else self.filter(code=ref)

    def with_people(self) -> "SessionQuerySet":
        """With all that a card or page of it prints, in a fixed number of queries."""
        return self.select_related("event", "room").prefetch_related(
            models.Prefetch(
                "appearances",
                queryset=Appearance.objects.filter(surgeon__published=True)
                .select_related("surgeon__portrait")
                .defer("surgeon__portrait__image")
                .order_by("position", "id"),
            )
        )


class Session(models.Model):
    """Something on the programme. One topic: its questions, thread and notes.

    `paused` takes nothing in for a while; `slow` lets at most one (or three mixed ones) go in so many
    seconds, 0 for as it comes.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    topic = models.OneToOneField(Topic, on_delete=models.PROTECT, related_name="session")
    code = models.CharField(max_length=12, unique=True, default=session_code)
    kind = models.CharField(max_length=10, choices=SessionKind.choices, default=SessionKind.TALK)
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    track = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12, blank=True)
    about = models.TextField(max_length=20_000, blank=True)
    links = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=9, choices=SessionState.choices, default=SessionState.PLANNED)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    day = models.DateField()
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    review = models.CharField(max_length=6, choices=ReviewMode.choices, blank=True)
    paused = models.BooleanField(default=False)
    slow = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(max_length=200, blank=True)
    surgeons: "models.ManyToManyField[Surgeon, Appearance]" = models.ManyToManyField(
        Surgeon, through="Appearance", related_name="sessions"
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="session_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["event", "source"], condition=~models.Q(source=""), name="one_session_a_source"
            ),
        ]
        indexes = [models.Index(fields=["event", "starts"], name="sessions_by_time")]

    def __str__(self) -> str:
        return self.title

    @property
    def review_mode(self) -> str:
        """Its own way of review, else the event's."""
        return self.review or self.event.review

    @property
    def length(self) -> timedelta:
        return self.ends - self.starts


class Appearance(models.Model):
    """A surgeon at a session."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="appearances")
    surgeon = models.ForeignKey(Surgeon, on_delete=models.CASCADE, related_name="appearances")
    position = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "surgeon"], name="a_surgeon_appears_once_a_session")
        ]

    def __str__(self) -> str:
        return f"{self.surgeon_id} in {self.session_id}"


class Listing(models.Model):
    """A surgeon among the people of an event."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="listings")
    surgeon = models.ForeignKey(Surgeon, on_delete=models.CASCADE, related_name="listings")
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "surgeon"], name="a_surgeon_is_listed_once"),
            models.UniqueConstraint(
                fields=["event", "source"], condition=~models.Q(source=""), name="one_listing_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.surgeon_id} at {self.event_id}"


class RoleKind(models.TextChoices):
    ORGANISER = "organiser"
    MODERATOR = "moderator"
    SURGEON = "surgeon"
    DOOR = "door"


class RoleQuerySet(models.QuerySet["Role"]):
    def held(self, account: Account, event: UUID) -> set[str]:
        """The words of the roles `account` has in all of the event with this id."""
        rows = self.everywhere().current().filter(account=account, event=event)
        return set(rows.values_list("role", flat=True))

    def held_at(self, account: Account, session: "Session") -> set[str]:
        """The words of the roles `account` has in this session: in all of its event, or there alone."""
        rows = self.current().at(session).filter(account=account)
        return set(rows.values_list("role", flat=True))

    def everywhere(self) -> "RoleQuerySet":
        """Those that are not for one session alone."""
        return self.filter(session=None)

    def at(self, session: "Session") -> "RoleQuerySet":
        """Those that count in this session."""
        return self.filter(models.Q(session=None) | models.Q(session=session), event=session.event_id)

    def current(self) -> "RoleQuerySet":
        """Those whose time is not over."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=clock.now()))


class Role(models.Model):
    """What an account may do, at one event; with a `session`, there alone, and with `until` no longer than
    that. Co-moderators have both."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="roles")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=10, choices=RoleKind.choices)
    session = models.ForeignKey(Session, null=True, on_delete=models.CASCADE, related_name="roles")
    until = models.DateTimeField(null=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "event", "role"],
                condition=models.Q(session=None),
                name="a_role_is_held_once",
            ),
            models.UniqueConstraint(
                fields=["account", "session", "role"], name="a_role_is_held_once_a_session"
            ),
        ]

    def __str__(self) -> str:
        return self.role


class InvitationKind(models.TextChoices):
    ROLE = "role"
    PASSWORD = "password"  # noqa: S105 - a kind of link
    CO_MODERATOR = "co-moderator"


class Invitation(models.Model):
    """A single-use link to a role. Only a hash of its token is kept.

    With an `account` it lets somebody who is known choose a new password, and gives no role. With a
    `session` it makes a co-moderator of that session until `until`, without a password.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10, choices=RoleKind.choices)
    name = models.CharField(max_length=80)
    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="ways_in")
    session = models.ForeignKey(Session, null=True, on_delete=models.CASCADE, related_name="invitations")
    until = models.DateTimeField(null=True)
    digest = models.BinaryField(max_length=32, unique=True)
    expires = models.DateTimeField()
    accepted = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.role} for {self.name}"

    @property
    def kind(self) -> str:
        """What it is for. Once taken up, that of a co-moderator has their account too."""
        if self.session_id is not None:
            return InvitationKind.CO_MODERATOR
        return InvitationKind.ROLE if self.account_id is None else InvitationKind.PASSWORD
