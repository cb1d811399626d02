"""The doors of the API: who may use a method of an address, and what they must not bring along."""

from enum import Enum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.tokens import Token

from equalterms.lib import ids
from equalterms.lib.refusal import Refusal

# The claim of a token that says how often its account had been signed out everywhere when it was made.
GENERATION = "generation"


class Door(Enum):
    """PUBLIC ignores who asks; ANONYMOUS refuses to be told; RECEIPT takes one receipt; STAFF a token."""

    PUBLIC = "public"
    ANONYMOUS = "anonymous"
    RECEIPT = "receipt"
    STAFF = "staff"


def refuse_identity(request: Request, *, receipt: bool = False) -> None:
    """Refuses a call that must be anonymous but carries a token or a cookie. Neither is evaluated."""
    authorization = request.META.get("HTTP_AUTHORIZATION", "")
    if request.META.get("HTTP_COOKIE") or (authorization and not receipt):
        raise Refusal(
            "not-anonymous",
            "This is an anonymous call. Please send it without a token or cookie.",
            status=400,
        )


def receipt_of(request: Request) -> bytes:
    """The 32 bytes of the receipt that came through Door.RECEIPT."""
    auth: Any = request.auth
    return bytes(auth)


def network_of(request: Request) -> str:
    """The network a call came from, as far as the gateway lets anybody know: a /24 or /56; "" for none."""
    return str(request.META.get("REMOTE_ADDR", ""))


def signed_out() -> Refusal:
    return Refusal("signed-out", "You are signed out. Please sign in again.", status=401)


class StaffAuthentication(JWTAuthentication):
    """A token of ours, of the account's present generation: it moves when its password changes and when it
    is signed out everywhere. Refuses `signed-out` (401) to older ones."""

    def get_user(self, validated_token: Token) -> Any:
        account: Any = super().get_user(validated_token)
        if validated_token.get(GENERATION) != account.generation:
            raise signed_out()
        return account


class ReceiptAuthentication(BaseAuthentication):
    """`Authorization: Receipt {auth}`; gives the 32 bytes as `request.auth` and nobody as the user."""

    def authenticate(self, request: Request) -> tuple[AnonymousUser, bytes]:
        if request.META.get("HTTP_COOKIE"):
            refuse_identity(request, receipt=True)
        scheme, _, value = get_authorization_header(request).decode("latin-1").partition(" ")
        if not scheme:
            raise AuthenticationFailed
        if scheme != "Receipt":
            refuse_identity(request)
        try:
            return AnonymousUser(), ids.unb64u(value.strip(), 32)
        except (ValueError, UnicodeEncodeError) as wrong:
            raise AuthenticationFailed from wrong

    def authenticate_header(self, request: Request) -> str:
        return "Receipt"


class ApiView(APIView):
    """A view that says per method which door it is: `doors = {"GET": Door.PUBLIC, …}`."""

    doors: dict[str, Door] = {"GET": Door.PUBLIC}

    def door(self) -> Door:
        request = getattr(self, "request", None)
        method = (request.method if request is not None else None) or "GET"
        return self.doors.get("GET" if method == "HEAD" else method, Door.PUBLIC)

    def get_authenticators(self) -> list[BaseAuthentication]:
        match self.door():
            case Door.STAFF:
                return [StaffAuthentication()]
            case Door.RECEIPT:
                return [ReceiptAuthentication()]
        return []

    def get_permissions(self) -> list[BasePermission]:
        return [IsAuthenticated()] if self.door() is Door.STAFF else [AllowAny()]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if self.door() is Door.ANONYMOUS:
            refuse_identity(request)
        super().initial(request, *args, **kwargs)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        answer: Response = super().finalize_response(request, response, *args, **kwargs)
        if not answer.has_header("Cache-Control"):
            public = self.door() is Door.PUBLIC and request.method in {"GET", "HEAD"}
            answer["Cache-Control"] = "public, max-age=1, stale-while-revalidate=20" if public else "no-store"
        answer.headers.pop("Vary", None)
        return answer
