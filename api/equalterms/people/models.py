"""The people who run a day and the surgeons who help at it. Nobody here is an asker."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username or "")


class Account(AbstractBaseUser):
    """Somebody who signs in: organiser, moderator, surgeon, door. What they may do hangs on a Role."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True, max_length=254)
    name = models.CharField(max_length=80)
    is_active = models.BooleanField(default=True)
    last_login = None

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower()
        super().save(*args, **kwargs)


class SurgeonQuerySet(models.QuerySet["Surgeon"]):
    def listed(self) -> "SurgeonQuerySet":
        """Profiles their owners have published."""
        return self.filter(published=True)


class Surgeon(models.Model):
    """A helper in their own words. Each field but the name is public or private as the owner says."""

    CHOOSABLE = ("headline", "pronouns", "labels", "about", "links")

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


class Act(models.Model):
    """One line of the audit list: which member of staff did what to which thing, to the quarter hour."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, null=True, on_delete=models.SET_NULL, related_name="acts")
    event = models.UUIDField()
    act = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    subject = models.UUIDField()
    reason = models.CharField(max_length=40, blank=True)
    slot = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["event", "slot"], name="acts_of_an_event")]

    def __str__(self) -> str:
        return f"{self.act} {self.kind}"
