"""There is no second door to the rows, and no second place for words."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

# Every column that can hold words, or anything else of any length, with what it is for.
WORDS = {
    "programme": "the day as printed",
    "people.Account": "staff's own name, address and password",
    "people.Surgeon": "a profile, by its owner",
    "people.Act": "staff's acts: words for them of a fixed list, and what undoing takes",
    "questions.Question.text": "what was asked",
    "questions.Question.warning": "its asker's own warning",
    "questions.Answer.text": "what a surgeon answers everybody",
    "threads.Comment.text": "what was said",
    "safety.OpenedNote.text": "what staff wrote in private, while the safety lead is shown it",
    "bookings.Booking.labels": "the help that is wanted, in the day's own words",
    "bookings.Line.missing": "of those, what nobody who is here gives",
    "token_blacklist.OutstandingToken.token": "empty: see people.actions",
}
# Words of a fixed list, and codings of a fixed length.
SHORT = 43


def columns() -> dict[str, "models.Field[object, object]"]:
    return {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    }


def can_hold_words(field: "models.Field[object, object]") -> bool:
    long = isinstance(field, models.CharField) and (field.max_length or 0) > SHORT
    return long or isinstance(field, models.TextField | models.JSONField | models.FileField)


def is_listed(name: str) -> bool:
    folder, model, _ = name.split(".")
    return bool({folder, f"{folder}.{model}", name} & set(WORDS))


def test_anon_36_words_of_people_are_in_the_listed_columns_and_in_no_other() -> None:
    holding = [name for name, field in columns().items() if can_hold_words(field)]
    # Django's own tables of permissions and of kinds of tables: nobody writes there.
    own = [name for name in holding if not name.startswith(("auth.", "contenttypes."))]

    assert "questions.Question.text" in own
    assert [
        name for name in own if not is_listed(name) and name != "token_blacklist.OutstandingToken.jti"
    ] == []


def test_anon_36_there_is_no_admin_and_no_log_of_what_it_did() -> None:
    assert [name for name in settings.INSTALLED_APPS if "admin" in name] == []
    assert not apps.is_installed("django.contrib.admin")
    assert "LogEntry" not in {model.__name__ for model in apps.get_models()}


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        place = before + str(pattern.pattern)
        found += addresses(pattern.url_patterns, place) if isinstance(pattern, URLResolver) else [place]
    return found


def test_anon_36_no_address_leads_to_one() -> None:
    known = addresses(get_resolver().url_patterns)

    assert len(known) > 40
    assert [address for address in known if "admin" in address] == []


def test_anon_36_nothing_remembers_a_visit() -> None:
    """No sessions, no messages, no history of rows, no browsable forms."""
    remembering = ("sessions", "messages", "reversion", "simple_history", "auditlog", "axes", "silk")

    assert [name for name in settings.INSTALLED_APPS if name.endswith(remembering)] == []
    assert [name for name in settings.MIDDLEWARE if "session" in name.lower() or "csrf" in name.lower()] == []
