from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "equalterms.questions"
    label = "questions"
