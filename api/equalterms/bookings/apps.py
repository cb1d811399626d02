from django.apps import AppConfig


class BookingsConfig(AppConfig):
    name = "equalterms.bookings"
    label = "bookings"

    def ready(self) -> None:
        """Whoever is taken off a day is at no table there any more."""
        from equalterms.bookings.actions import tables  # noqa: PLC0415 - models are ready only now
        from equalterms.programme.actions.surgeons import when_leaving  # noqa: PLC0415 - as above

        when_leaving(tables.go_away)
