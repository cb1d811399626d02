from typing import Any

import pytest
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import Bytes, StrictSerializer
from equalterms.lib.api.schema import ReceiptScheme, finish


class Tea(StrictSerializer):
    mark = Bytes(size=32)


class TeaView(ApiView):
    doors = {"GET": Door.PUBLIC, "PUT": Door.ANONYMOUS, "PATCH": Door.RECEIPT, "POST": Door.STAFF}

    @extend_schema(operation_id="list_tea", parameters=pages.PARAMETERS, responses=pages.schema_of(Tea))
    def get(self, request: Request) -> Response:
        return Response()

    @extend_schema(operation_id="make_tea", request=Tea, responses=Tea)
    def put(self, request: Request) -> Response:
        return Response()

    @extend_schema(operation_id="mend_tea", request=Tea, responses=Tea)
    def patch(self, request: Request) -> Response:
        return Response()

    @extend_schema(operation_id="serve_tea", request=Tea, responses=Tea)
    def post(self, request: Request) -> Response:
        return Response()


@pytest.fixture(scope="module")
def document() -> Any:
    generator = SchemaGenerator(patterns=[path("tea/<uuid:cup>/", TeaView.as_view())])
    return generator.get_schema(request=None, public=True)


def test_every_refusal_is_described_as_a_problem(document: Any) -> None:
    for operation in document["paths"]["/tea/{cup}/"].values():
        refusals = {status: said for status, said in operation["responses"].items() if status[0] in "45"}

        assert {"404", "500", "503"} <= set(refusals)
        for said in refusals.values():
            assert said["content"] == {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            }


def test_each_door_says_who_may_pass(document: Any) -> None:
    doors = {method: said.get("security") for method, said in document["paths"]["/tea/{cup}/"].items()}

    assert doors == {"get": [], "put": [], "patch": [{"receipt": []}], "post": [{"jwtAuth": []}]}
    assert ReceiptScheme(None).get_security_definition(None)["in"] == "header"


def test_only_staff_are_told_401_and_403_and_what_is_read_is_checked(document: Any) -> None:
    told = {method: set(said["responses"]) for method, said in document["paths"]["/tea/{cup}/"].items()}

    assert {"401", "403"} <= told["post"]
    assert not {"401", "403"} & told["put"]
    assert "400" in told["get"]


def test_what_is_sent_holds_no_other_fields(document: Any) -> None:
    components = document["components"]["schemas"]

    assert components["TeaRequest"]["additionalProperties"] is False
    assert "additionalProperties" not in components["Tea"]
    assert finish({"paths": {}}, None, None, True) == {"paths": {}}
