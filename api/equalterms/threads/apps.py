from django.apps import AppConfig


class ThreadsConfig(AppConfig):
    name = "equalterms.threads"
    label = "threads"
