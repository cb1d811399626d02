from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "equalterms.programme"
    label = "programme"
