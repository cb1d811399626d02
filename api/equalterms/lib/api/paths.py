"""Path converters: what cannot be an address never reaches a query."""

import re

from django.urls import register_converter

from equalterms.lib.refusal import not_found


class Ref:
    """A UUID, a slug or a short code."""

    regex = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,78}[A-Za-z0-9])?"

    def to_python(self, value: str) -> str:
        return value.lower()

    def to_url(self, value: object) -> str:
        return str(value)


class Tag:
    """Sixteen bytes in url-safe base64: 22 characters."""

    regex = r"[A-Za-z0-9_-]{22}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def as_ref(text: str) -> str:
    """`text` as a ref from a query string; refuses what cannot be one as not found."""
    if not re.fullmatch(Ref.regex, text):
        raise not_found()
    return text.lower()


def register() -> None:
    """Makes `<ref:…>` and `<tag:…>` known; called once by config/urls.py."""
    register_converter(Ref, "ref")
    register_converter(Tag, "tag")
