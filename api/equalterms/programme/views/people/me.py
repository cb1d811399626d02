"""Whoever is signed in."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.fields import valid
from equalterms.people.actions import change_account, check_password, hash_password, sign_out_everywhere
from equalterms.people.rules import signed_in
from equalterms.people.serializers import NothingSerializer
from equalterms.programme.requests import MeChangeSerializer
from equalterms.programme.staff import MeSerializer
from equalterms.programme.views.answers import refusal


class MeView(ApiView):
    doors = {"GET": Door.STAFF, "PATCH": Door.STAFF}

    @extend_schema(operation_id="get_me", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        return Response(MeSerializer(signed_in(request)).data)

    @extend_schema(
        operation_id="change_me",
        request=MeChangeSerializer(partial=True),
        responses={
            200: MeSerializer,
            401: refusal("`not-signed-in`; `wrong-sign-in`: the present password is another."),
            429: refusal("`slow-down`"),
        },
    )
    def patch(self, request: Request) -> Response:
        account = signed_in(request)
        data = valid(MeChangeSerializer(data=request.data))
        hashed = None
        if "password" in data:
            mine = f"account {account.pk}"
            check_password(email=account.email or "", password=data["current_password"], origin=mine)
            hashed = hash_password(data["password"], account)
        change_account(account=account, name=data.get("name"), password_hash=hashed)
        return Response(MeSerializer(account).data)


class SignOutEverywhereView(ApiView):
    """Ends every sign-in there is of one's own account, this one too."""

    doors = {"POST": Door.STAFF}

    @extend_schema(operation_id="sign_out_everywhere", request=NothingSerializer, responses={204: None})
    def post(self, request: Request) -> Response:
        valid(NothingSerializer(data=request.data))
        sign_out_everywhere(account=signed_in(request))
        return Response(status=204)
