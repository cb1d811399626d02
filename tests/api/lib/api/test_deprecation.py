from datetime import date

from django.test import RequestFactory
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView
from equalterms.lib.api.deprecation import deprecated


class OldView(ApiView):
    @deprecated(since=date(2027, 1, 1), sunset=date(2027, 7, 1), link="https://example.org/changes")
    def get(self, request: Request) -> Response:
        return Response({}, headers={"Link": '</next>; rel="next"'})

    @deprecated(since=date(2027, 1, 1))
    def post(self, request: Request) -> Response:
        return Response({})


def test_a_deprecated_operation_says_since_when_until_when_and_where_to_read_on() -> None:
    answer = OldView.as_view()(RequestFactory().get("/"))

    assert answer["Deprecation"] == "@1798761600"
    assert answer["Sunset"] == "Thu, 01 Jul 2027 00:00:00 GMT"
    assert answer["Link"] == (
        '</next>; rel="next", <https://example.org/changes>; rel="deprecation"; type="text/html"'
    )


def test_without_an_end_only_the_start_is_said() -> None:
    answer = OldView.as_view()(RequestFactory().post("/"))

    assert answer["Deprecation"] == "@1798761600"
    assert not answer.has_header("Sunset")
    assert not answer.has_header("Link")


def test_the_description_of_the_api_marks_it_too() -> None:
    document = SchemaGenerator(patterns=[path("old/", OldView.as_view())]).get_schema(
        request=None, public=True
    )

    assert document["paths"]["/old/"]["post"]["deprecated"] is True
