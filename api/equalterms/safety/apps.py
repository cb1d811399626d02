from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "equalterms.safety"
    label = "safety"
