from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "equalterms.journal"
    label = "journal"
