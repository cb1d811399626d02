from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "equalterms.questions"
    label = "questions"

    def ready(self) -> None:
        """Answers are printed under their surgeon's name."""
        from equalterms.programme.actions.surgeons import when_renamed  # noqa: PLC0415 - models are ready only now
        from equalterms.questions.actions.answering import answered_by  # noqa: PLC0415 - as above

        when_renamed(answered_by)
