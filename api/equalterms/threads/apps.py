from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "equalterms.threads"
    label = "threads"

    def ready(self) -> None:
        """What surgeons say is printed under their name."""
        from equalterms.programme.actions.surgeons import when_renamed  # noqa: PLC0415 - models are ready only now
        from equalterms.threads.actions import said_by  # noqa: PLC0415 - as above

        when_renamed(said_by)
