"""Staying signed in, and signing out, with tokens that travel in bodies and headers and never in cookies."""

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import valid
from equalterms.lib.api.schema import ProblemSerializer
from equalterms.people import actions
from equalterms.people.serializers import RefreshSerializer, TokensSerializer

OVER = OpenApiResponse(ProblemSerializer, "Spent, expired or not ours: `signed-out`.")


class RefreshView(ApiView):
    """Exchanges a refresh token: once, and once more within a minute, should the answer be lost."""

    doors = {"POST": Door.PUBLIC}

    @extend_schema(
        operation_id="refresh_token", request=RefreshSerializer, responses={200: TokensSerializer, 401: OVER}
    )
    def post(self, request: Request) -> Response:
        data = valid(RefreshSerializer(data=request.data))
        return Response(TokensSerializer(actions.renew(**data)).data)


class RevokeView(ApiView):
    """Signs out: the refresh token is worth nothing afterwards."""

    doors = {"POST": Door.PUBLIC}

    @extend_schema(operation_id="sign_out", request=RefreshSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        actions.sign_out(**valid(RefreshSerializer(data=request.data)))
        return Response(status=204)
