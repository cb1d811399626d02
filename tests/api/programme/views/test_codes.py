import xml.etree.ElementTree as ET

import pytest
import segno
from tests.makers import a_session, an_event
from tests.staff import Caller, problem

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


def test_a_qr_code_draws_the_address_people_type() -> None:
    event = an_event(slug="leeds")
    session = a_session(event, code="abc34")

    for path, address in (
        (f"events/{event.code}/qr.svg", "http://testserver/e/leeds"),
        (f"sessions/{session.pk}/qr.svg", "http://testserver/s/abc34"),
    ):
        answer = Caller().get(path, Accept="image/avif,image/*;q=0.8,*/*;q=0.5")
        drawing = ET.fromstring(answer.content)  # noqa: S314 - our own drawing
        lines = segno.make_qr(address, error="q", boost_error=False).svg_inline(scale=8)
        assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
        assert drawing.tag == SVG + "svg"
        assert drawing.findtext(SVG + "title") == address
        path_drawn = drawing.find(SVG + "path")
        assert path_drawn is not None
        assert f'd="{path_drawn.attrib["d"]}"' in lines


def test_a_drawing_of_nothing_is_a_problem() -> None:
    draft = an_event(state="draft")

    assert problem(Caller().get("events/nowhere/qr.svg")) == (404, "not-found")
    assert problem(Caller().get(f"events/{draft.slug}/qr.svg")) == (404, "not-found")
    assert problem(Caller().get(f"events/{an_event().slug}/qr.svg", Accept="text/html")) == (
        406,
        "not-acceptable",
    )
