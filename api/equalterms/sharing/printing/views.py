"""Posters and cards to print, for anybody: nothing on them is not on the public page."""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView
from equalterms.lib.api.conditions import unless_known
from equalterms.lib.api.fields import refuse_field
from equalterms.lib.refusal import not_found
from equalterms.programme.models import Event, SessionState
from equalterms.programme.rules import visible_event, visible_session
from equalterms.programme.views.answers import ETAG, KNOWN, UNCHANGED, origin
from equalterms.programme.views.codes import SvgRenderer
from equalterms.sharing.printing import pdf, svg
from equalterms.sharing.printing.letters import for_pdf
from equalterms.sharing.printing.sheets import Sheet, card, poster, tiled
from equalterms.sharing.printing.wording import Printed, event_words, fingerprint, session_words

SVG = {(200, "image/svg+xml"): OpenApiTypes.STR, 304: UNCHANGED}
PDF = {(200, "application/pdf"): OpenApiTypes.BINARY, 304: UNCHANGED}
SIZES = ("a6", "a5")
SIZE = OpenApiParameter("size", str, enum=SIZES, description="Of a card; A6 by default.")


class PdfRenderer(BaseRenderer):
    """A document; a problem stays JSON."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None
    render_style = "binary"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return data if isinstance(data, bytes) else json.dumps(data).encode()


def size_of(request: Request) -> str:
    size = request.query_params.get("size", SIZES[0])
    if size not in SIZES:
        raise refuse_field("size", "Cards are a5 or a6.")
    return size


@lru_cache(maxsize=32)
def printed_pdf(words: tuple[Printed, ...], kind: str, size: str) -> bytes:
    """A PDF of these sheets, kept for a while: many print the same, and none of it is secret."""
    ready = [for_pdf(one) for one in words]
    sheets: Sequence[Sheet]
    if kind == "poster":
        sheets = [poster(one) for one in ready]
    else:
        sheets = [card(one, size) for one in ready]
        sheets = tiled(sheets, size) if kind == "cards" else sheets
    return pdf.drawn(sheets, ready[0].title)


def paper(request: Request, words: Sequence[Printed], size: str, body: Callable[[], Any]) -> Response:
    """Told again only where a word or the size has changed."""
    return unless_known(request, fingerprint(*words) ^ SIZES.index(size), body)


class PosterSvgView(ApiView):
    """An A4 poster of a day."""

    renderer_classes = [SvgRenderer]

    @extend_schema(operation_id="get_poster_svg", parameters=[KNOWN, ETAG], responses=SVG)
    def get(self, request: Request, event: str) -> Response:
        words = event_words(visible_event(event), origin(request))
        return paper(request, [words], SIZES[0], lambda: svg.drawn(poster(words)))


class PosterPdfView(ApiView):
    """An A4 poster of a day. It draws Latin letters; the SVG draws all."""

    renderer_classes = [PdfRenderer]

    @extend_schema(operation_id="get_poster_pdf", parameters=[KNOWN, ETAG], responses=PDF)
    def get(self, request: Request, event: str) -> Response:
        words = event_words(visible_event(event), origin(request))
        return paper(request, [words], SIZES[0], lambda: printed_pdf((words,), "poster", SIZES[0]))


def session_on_paper(request: Request, ref: str) -> Printed:
    return session_words(visible_session(ref), origin(request))


class CardSvgView(ApiView):
    """A card of a session, for a table or a door."""

    renderer_classes = [SvgRenderer]

    @extend_schema(operation_id="get_card_svg", parameters=[SIZE, KNOWN, ETAG], responses=SVG)
    def get(self, request: Request, session: str) -> Response:
        words, size = session_on_paper(request, session), size_of(request)
        return paper(request, [words], size, lambda: svg.drawn(card(words, size)))


class CardPdfView(ApiView):
    """A card of a session. It draws Latin letters; the SVG draws all."""

    renderer_classes = [PdfRenderer]

    @extend_schema(operation_id="get_card_pdf", parameters=[SIZE, KNOWN, ETAG], responses=PDF)
    def get(self, request: Request, session: str) -> Response:
        words, size = session_on_paper(request, session), size_of(request)
        return paper(request, [words], size, lambda: printed_pdf((words,), "card", size))


class CardsView(ApiView):
    """A card of every session that is planned, on A4 pages to cut: four of A6 on each, or two of A5."""

    renderer_classes = [PdfRenderer]

    @extend_schema(
        operation_id="get_cards_pdf",
        parameters=[SIZE, KNOWN, ETAG],
        responses=PDF,
    )
    def get(self, request: Request, event: str) -> Response:
        words, size = tuple(cards_of(visible_event(event), origin(request))), size_of(request)
        if not words:
            raise not_found()
        return paper(request, words, size, lambda: printed_pdf(words, "cards", size))


def cards_of(event: Event, address: str) -> list[Printed]:
    """What stands on the cards of a day, in the order of time."""
    planned = event.sessions.exclude(state=SessionState.CANCELLED).select_related("event", "room")
    return [session_words(session, address) for session in planned.order_by("starts", "room__position", "id")]
