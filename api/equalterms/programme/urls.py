from django.urls import path

from equalterms.programme.views import codes, events, invitations, me, sessions, surgeons

urlpatterns = [
    path("events/", events.EventsView.as_view()),
    path("events/<ref:event>/", events.EventView.as_view()),
    path("events/<ref:event>/qr.svg", codes.EventQrView.as_view()),
    path("events/<ref:event>/rooms/", events.RoomsView.as_view()),
    path("events/<ref:event>/sessions/", sessions.SessionsView.as_view()),
    path("events/<ref:event>/surgeons/", surgeons.SurgeonsView.as_view()),
    path("events/<ref:event>/surgeons/<uuid:surgeon>/", surgeons.ListingView.as_view()),
    path("rooms/<uuid:room>/", events.RoomView.as_view()),
    path("sessions/<ref:session>/", sessions.SessionView.as_view()),
    path("sessions/<ref:session>/qr.svg", codes.SessionQrView.as_view()),
    path("surgeons/<uuid:surgeon>/", surgeons.SurgeonView.as_view()),
    path("me/", me.MeView.as_view()),
    path("invitations/look/", invitations.LookView.as_view()),
    path("invitations/accept/", invitations.AcceptView.as_view()),
    path("desk/events/<ref:event>/day/", events.DraftDayView.as_view()),
    path("desk/events/<ref:event>/surgeons/", surgeons.AllSurgeonsView.as_view()),
    path("desk/events/<ref:event>/invitations/", invitations.InvitationsView.as_view()),
    path("desk/sessions/<ref:session>/", sessions.DraftSessionView.as_view()),
]
