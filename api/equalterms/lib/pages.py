"""Cursor pages by key, not by offset: constant cost however deep, steady while rows are added."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.signing import Signer
from django.db.models import Model, Q, QuerySet
from django.utils.crypto import constant_time_compare
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from equalterms.lib.api.fields import refuse_field

SIZE = 50
LARGEST = 200


def page_size(request: Request) -> int:
    text = request.query_params.get("page_size", str(SIZE))
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= LARGEST and len(text) <= 3):
        raise refuse_field("page_size", f"Please give a whole number from 1 to {LARGEST}.")
    return int(text)


class Cursor:
    """Where a page starts: the key of the row beside it, and the direction to read."""

    signer = Signer(salt="equalterms.pages")

    def __init__(self, key: Sequence[Any], *, backwards: bool) -> None:
        self.key = list(key)
        self.backwards = backwards

    def spell(self, ordering: Sequence[str]) -> str:
        body = json.dumps([int(self.backwards), *map(str, self.key)], separators=(",", ":"))
        return body.encode().hex() + "." + self._signature(body, ordering)

    @classmethod
    def _signature(cls, body: str, ordering: Sequence[str]) -> str:
        """Ties a cursor to its list's order, so that no key of another type reaches a query."""
        return cls.signer.signature(body + "|" + ",".join(ordering))[:16]

    @classmethod
    def read(cls, text: str, ordering: Sequence[str]) -> "Cursor":
        raw, _, signature = text.partition(".")
        try:
            body = bytes.fromhex(raw).decode()
        except ValueError as wrong:
            raise refuse_field("cursor", "This is not a cursor of ours.") from wrong
        if not constant_time_compare(cls._signature(body, ordering), signature):
            raise refuse_field("cursor", "This is not a cursor of this list.")
        backwards, *key = json.loads(body)
        return cls(key, backwards=bool(backwards))


def _beyond(ordering: Sequence[str], key: Sequence[Any]) -> Q:
    """Rows after `key` in `ordering` (names, a minus for descending). The bound on the first name, which the
    others imply, lets an index begin at the page, however deep it is."""
    first = ordering[0].lstrip("-")
    bound = Q(**{first + ("__lte" if ordering[0].startswith("-") else "__gte"): key[0]})
    wanted, same = Q(), Q()
    for name, value in zip(ordering, key, strict=True):
        field = name.lstrip("-")
        wanted |= same & Q(**{field + ("__lt" if name.startswith("-") else "__gt"): value})
        same &= Q(**{field: value})
    return bound & wanted


def _turned(ordering: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else "-" + name for name in ordering]


def _key(row: Model, ordering: Sequence[str]) -> list[Any]:
    return [getattr(row, name.lstrip("-")) for name in ordering]


def page(
    request: Request,
    rows: QuerySet[Any],
    ordering: Sequence[str],
    serializer: type[BaseSerializer[Any]],
    context: dict[str, Any] | None = None,
) -> Response:
    """One page of `rows` as {"next", "previous", "results"} with Link headers.

    `ordering` must be total: end it with the primary key. Refuses a bad cursor or page size with 400.
    """
    size = page_size(request)
    text = request.query_params.get("cursor")
    cursor = Cursor.read(text, ordering) if text else None
    order = _turned(ordering) if cursor and cursor.backwards else list(ordering)
    if cursor:
        rows = rows.filter(_beyond(order, cursor.key))
    found = list(rows.order_by(*order)[: size + 1])
    more, found = len(found) > size, found[:size]
    if cursor and cursor.backwards:
        found.reverse()
    has_next = more if not (cursor and cursor.backwards) else True
    has_previous = cursor is not None and (not cursor.backwards or more)
    links = {
        "next": Cursor(_key(found[-1], ordering), backwards=False) if found and has_next else None,
        "previous": Cursor(_key(found[0], ordering), backwards=True) if found and has_previous else None,
    }
    spelled = {name: cursor.spell(ordering) if cursor else None for name, cursor in links.items()}
    return _answer(request, spelled, serializer(found, many=True, context=context or {}).data)


# What links repeat beside the cursor. Whatever else an address carries may tell who opened it, or from where.
CHOICES = frozenset({"page_size", "sort", "state", "session", "lane", "mine"})


def _answer(request: Request, links: dict[str, str | None], results: Any) -> Response:
    urls: dict[str, str | None] = {}
    for name, cursor in links.items():
        query = {name: said for name, said in request.query_params.items() if name in CHOICES}
        urls[name] = (
            request.build_absolute_uri(request.path + "?" + urlencode({**query, "cursor": cursor}))
            if cursor
            else None
        )
    answer = Response({**urls, "results": results})
    rels = {"next": "next", "previous": "prev"}
    if link := ", ".join(f'<{url}>; rel="{rels[name]}"' for name, url in urls.items() if url):
        answer["Link"] = link
    return answer


PARAMETERS = [
    OpenApiParameter("cursor", OpenApiTypes.STR, description="From `next` or `previous`; opaque."),
    OpenApiParameter(
        "page_size", {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": SIZE}, required=False
    ),
]


def schema_of(serializer: type[BaseSerializer[Any]]) -> BaseSerializer[Any]:
    """The page of `serializer` as a component of its own, for the OpenAPI document."""
    name = serializer.__name__.removesuffix("Serializer") + "Page"
    fields = {
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": serializer(many=True),
    }
    return inline_serializer(name=name, fields=fields)
