"""Surgeons of a day, and their profiles."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.conditions import if_match_said, tagged
from equalterms.lib.api.fields import valid
from equalterms.lib.refusal import not_found
from equalterms.people.models import Surgeon
from equalterms.people.rules import signed_in
from equalterms.programme import actions
from equalterms.programme.models import Event, RoleKind
from equalterms.programme.requests import NewListingSerializer, ProfileChangeSerializer
from equalterms.programme.rules import event_for, may_edit_profile, not_yours, profile_version, visible_event
from equalterms.programme.serializers import OwnSurgeonSerializer, SurgeonSerializer, with_sessions
from equalterms.programme.views.answers import ETAG, MEANWHILE, SEEN_IF_SAID, refusal


def find_surgeon(ident: UUID) -> Surgeon:
    """The profile, published or not; who may change it is for the action to say."""
    found = Surgeon.objects.filter(pk=ident).first()
    if found is None:
        raise not_found()
    return found


def own(surgeon: Surgeon, status: int = 200) -> Response:
    """A profile with its private fields, for those who may change it."""
    found = with_sessions(Surgeon.objects.filter(pk=surgeon.pk)).get()
    return tagged(OwnSurgeonSerializer(found).data, profile_version(found), status)


class SurgeonsView(ApiView):
    """The published profiles of an event, by name: nobody ranks."""

    doors = {"GET": Door.PUBLIC, "POST": Door.STAFF}

    @extend_schema(
        operation_id="list_surgeons",
        parameters=pages.PARAMETERS,
        responses=pages.schema_of(SurgeonSerializer),
    )
    def get(self, request: Request, event: str) -> Response:
        rows = Surgeon.objects.listed().filter(listings__event=visible_event(event))
        return pages.page(request, with_sessions(rows), ["name", "id"], SurgeonSerializer)

    @extend_schema(
        operation_id="add_surgeon", request=NewListingSerializer, responses={201: OwnSurgeonSerializer}
    )
    def post(self, request: Request, event: str) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        data = valid(NewListingSerializer(data=request.data))
        if "name" in data:
            return own(actions.add_surgeon(account=account, event=found, name=data["name"]), 201)
        surgeon = find_surgeon(data["surgeon"])
        actions.list_surgeon(account=account, event=found, surgeon=surgeon)
        return own(surgeon, 201)


class AllSurgeonsView(ApiView):
    """Everybody listed at an event, published or not, for its organisers."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="list_own_surgeons",
        parameters=pages.PARAMETERS,
        responses=pages.schema_of(OwnSurgeonSerializer),
    )
    def get(self, request: Request, event: str) -> Response:
        found = event_for(signed_in(request), event, RoleKind.ORGANISER)
        rows = Surgeon.objects.filter(listings__event=found)
        return pages.page(request, with_sessions(rows), ["name", "id"], OwnSurgeonSerializer)


class ListingView(ApiView):
    """A surgeon among the people of an event."""

    doors = {"DELETE": Door.STAFF}

    @extend_schema(operation_id="remove_surgeon", responses={204: None})
    def delete(self, request: Request, event: str, surgeon: UUID) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        listed = Surgeon.objects.filter(pk=surgeon, listings__event=found).first()
        if listed is None:
            raise not_found()
        actions.unlist_surgeon(account=account, event=found, surgeon=listed)
        return Response(status=204)


class SurgeonView(ApiView):
    """One profile: its owner says what of it is public, and whether it is."""

    doors = {"GET": Door.PUBLIC, "PATCH": Door.STAFF}

    @extend_schema(operation_id="get_surgeon", responses=SurgeonSerializer)
    def get(self, request: Request, surgeon: UUID) -> Response:
        rows = Surgeon.objects.listed().filter(listings__event__in=Event.objects.published()).distinct()
        found = with_sessions(rows).filter(pk=surgeon).first()
        if found is None:
            raise not_found()
        return Response(SurgeonSerializer(found).data)

    @extend_schema(
        operation_id="change_surgeon",
        parameters=[SEEN_IF_SAID, ETAG],
        request=ProfileChangeSerializer(partial=True),
        responses={
            200: OwnSurgeonSerializer,
            403: refusal("`not-yours`, `owners-choice`"),
            412: MEANWHILE,
        },
    )
    def patch(self, request: Request, surgeon: UUID) -> Response:
        account = signed_in(request)
        found = find_surgeon(surgeon)
        seen = if_match_said(request)
        data = valid(ProfileChangeSerializer(data=request.data, partial=True))
        return own(actions.change_profile(account=account, surgeon=found, changes=data, seen=seen))


class OwnSurgeonView(ApiView):
    """One profile for those who may change it: private fields, and the ETag to change it with."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="get_own_surgeon",
        parameters=[ETAG],
        responses={200: OwnSurgeonSerializer, 403: refusal("`not-yours`")},
    )
    def get(self, request: Request, surgeon: UUID) -> Response:
        found = find_surgeon(surgeon)
        if not may_edit_profile(signed_in(request), found):
            raise not_yours()
        return own(found)
