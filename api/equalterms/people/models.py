"""The people who run a day and the surgeons who help at it. Nobody here is an asker."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from equalterms.lib import clock

# For how long staff can undo what they did: twenty ticks of half a minute.
UNDO_TICK = 30
UNDO_TICKS = 20


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username or "")


class Account(AbstractBaseUser):
    """Somebody who signs in: organiser, moderator, surgeon, door. What they may do hangs on a Role.

    `email` is null for somebody who helps by a link alone and has no password. `generation` moves when
    they sign out everywhere: older tokens are worth nothing then.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True, null=True, max_length=254)  # noqa: DJ001 - unique, so not ""
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    generation = models.PositiveIntegerField(default=0)
    last_login = None

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower() if self.email else None
        super().save(*args, **kwargs)


class SurgeonQuerySet(models.QuerySet["Surgeon"]):
    def listed(self) -> "SurgeonQuerySet":
        """Profiles their owners have published."""
        return self.filter(published=True)

    def with_photos(self) -> "SurgeonQuerySet":
        """With what a card says of the photo, and not the photo itself, in the same query."""
        return self.select_related("portrait").defer("portrait__image")


class Surgeon(models.Model):
    """A helper in their own words. Each field but the name is public or private as the owner says."""

    CHOOSABLE = ("headline", "pronouns", "labels", "about", "links", "photo")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.OneToOneField(
        Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="surgeon"
    )
    name = models.CharField(max_length=120)
    headline = models.CharField(max_length=140, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    about = models.TextField(max_length=4000, blank=True)
    labels = models.JSONField(default=list, blank=True)
    links = models.JSONField(default=list, blank=True)
    public = models.JSONField(default=list, blank=True)
    published = models.BooleanField(default=False)

    objects = SurgeonQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def shows(self, field: str) -> bool:
        return field in self.public

    @property
    def photo(self) -> str | None:
        """The address of the photo, within this service."""
        portrait = None if self._state.adding else getattr(self, "portrait", None)
        return f"/api/v1/surgeons/{self.pk}/photo/{portrait.digest}.jpg" if portrait else None


class Portrait(models.Model):
    """A surgeon's photo, made anew from what was sent: a square JPEG with nothing else in it. `digest` is
    part of its address, so that another photo has another one."""

    surgeon = models.OneToOneField(
        Surgeon, primary_key=True, on_delete=models.CASCADE, related_name="portrait"
    )
    digest = models.CharField(max_length=16)
    image = models.BinaryField()

    def __str__(self) -> str:
        return f"portrait {self.digest}"


class Act(models.Model):
    """One line of the audit list: which member of staff did what to which thing, to the quarter hour.

    `until` is the number of the 30-second tick up to which it can be undone, `undo` what that takes:
    states and ids, never words; empty once its subject has moved on. Both are erased when that tick has
    passed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="acts")
    event = models.UUIDField()
    act = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    subject = models.UUIDField()
    reason = models.CharField(max_length=40, blank=True)
    slot = models.BigIntegerField()
    until = models.BigIntegerField(null=True)
    undo = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["event", "slot"], name="acts_of_an_event")]

    def __str__(self) -> str:
        return f"{self.act} {self.kind}"

    @property
    def in_time(self) -> bool:
        return self.until is not None and clock.tick(UNDO_TICK) <= self.until

    @property
    def undoable(self) -> bool:
        return self.in_time and bool(self.undo)
