"""Events and their rooms."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from equalterms.journal.reading import one_reading
from equalterms.lib import pages
from equalterms.lib.api.access import ApiView, Door
from equalterms.lib.api.conditions import if_match, if_match_said, tagged, unless_known
from equalterms.lib.api.fields import valid
from equalterms.people.rules import signed_in
from equalterms.programme import actions
from equalterms.programme.models import Event, RoleKind
from equalterms.programme.requests import EventChangeSerializer, NewEventSerializer, RoomInputSerializer
from equalterms.programme.rules import event_for, may_found_events, not_yours, room_for, visible_event
from equalterms.programme.serializers import (
    EventCardSerializer,
    EventSerializer,
    RoomSerializer,
    printed_day,
    whole_day,
)
from equalterms.programme.views.answers import (
    ETAG,
    KNOWN,
    MEANWHILE,
    SEEN,
    SEEN_IF_SAID,
    UNCHANGED,
    UNSAID,
    refusal,
)


def day_of(event: Event, status: int = 200) -> Response:
    """The whole day as it stands now, for whoever runs it."""
    event = Event.objects.select_related("day").get(pk=event.pk)
    return tagged(whole_day(event), event.day.version, status)


class EventsView(ApiView):
    """Published events, the latest first."""

    doors = {"GET": Door.PUBLIC, "POST": Door.STAFF}

    @extend_schema(
        operation_id="list_events",
        parameters=pages.PARAMETERS,
        responses=pages.schema_of(EventCardSerializer),
    )
    def get(self, request: Request) -> Response:
        return pages.page(request, Event.objects.published(), ["-starts", "id"], EventCardSerializer)

    @extend_schema(
        operation_id="create_event",
        request=NewEventSerializer,
        parameters=[ETAG],
        responses={201: EventSerializer, 409: refusal("`slug-taken`")},
    )
    def post(self, request: Request) -> Response:
        """Sets up another event, in draft, run by whoever creates it: an organiser of some event."""
        account = signed_in(request)
        if not may_found_events(account):
            raise not_yours()
        data = valid(NewEventSerializer(data=request.data))
        return day_of(actions.new_event(organiser=account, **data), 201)


class EventView(ApiView):
    """The printed day: rooms, sessions and surgeons in one answer."""

    doors = {"GET": Door.PUBLIC, "PATCH": Door.STAFF}

    @extend_schema(
        operation_id="get_event",
        parameters=[KNOWN, ETAG],
        responses={200: EventSerializer, 304: UNCHANGED},
    )
    def get(self, request: Request, event: str) -> Response:
        with one_reading():
            found = visible_event(event)
            return unless_known(request, found.day.version, lambda: printed_day(found.pk)[1])

    @extend_schema(
        operation_id="change_event",
        parameters=[SEEN, ETAG],
        request=EventChangeSerializer(partial=True),
        responses={
            200: EventSerializer,
            409: refusal("`slug-taken`, `move-not-possible`, `no-help-lines`"),
            412: MEANWHILE,
            428: UNSAID,
        },
    )
    def patch(self, request: Request, event: str) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        seen = if_match(request)
        data = valid(EventChangeSerializer(data=request.data, partial=True))
        return day_of(actions.change_event(account=account, event=found, changes=data, seen=seen))


class DraftDayView(ApiView):
    """The printed day for those who have a role in it, before it is published too."""

    doors = {"GET": Door.STAFF}

    @extend_schema(
        operation_id="get_own_event",
        parameters=[KNOWN, ETAG],
        responses={200: EventSerializer, 304: UNCHANGED},
    )
    def get(self, request: Request, event: str) -> Response:
        found = event_for(signed_in(request), event)
        return unless_known(request, found.day.version, lambda: whole_day(found))


class RoomsView(ApiView):
    """The rooms of an event, which the event itself lists."""

    doors = {"POST": Door.STAFF}

    @extend_schema(
        operation_id="add_room",
        request=RoomInputSerializer,
        responses={201: RoomSerializer, 409: refusal("`room-name-taken`")},
    )
    def post(self, request: Request, event: str) -> Response:
        account = signed_in(request)
        found = event_for(account, event, RoleKind.ORGANISER)
        data = valid(RoomInputSerializer(data=request.data))
        return Response(RoomSerializer(actions.add_room(account=account, event=found, **data)).data, 201)


class RoomView(ApiView):
    """One room or table."""

    doors = {"PATCH": Door.STAFF, "DELETE": Door.STAFF}

    @extend_schema(
        operation_id="change_room",
        parameters=[SEEN, ETAG],
        request=RoomInputSerializer(partial=True),
        responses={
            200: RoomSerializer,
            409: refusal("`room-name-taken`"),
            412: MEANWHILE,
            428: UNSAID,
        },
    )
    def patch(self, request: Request, room: UUID) -> Response:
        """Changes a room. If-Match is the ETag of its event, which lists it; the answer has the next one."""
        account = signed_in(request)
        found = room_for(account, room)
        seen = if_match(request)
        data = valid(RoomInputSerializer(data=request.data, partial=True))
        changed = actions.change_room(account=account, room=found, changes=data, seen=seen)
        version = Event.objects.values_list("day__version", flat=True).get(pk=found.event_id)
        return tagged(RoomSerializer(changed).data, version)

    @extend_schema(
        operation_id="remove_room",
        parameters=[SEEN_IF_SAID],
        responses={204: None, 409: refusal("`room-in-use`"), 412: MEANWHILE},
    )
    def delete(self, request: Request, room: UUID) -> Response:
        """Removes a room. If-Match is the ETag of its event, as when it is changed."""
        account = signed_in(request)
        actions.remove_room(account=account, room=room_for(account, room), seen=if_match_said(request))
        return Response(status=204)
