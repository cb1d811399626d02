from django.urls import path

from equalterms.programme.views import codes, events, sessions, surgeons
from equalterms.programme.views.people import invitations, me, portraits, roles
from equalterms.programme.views.planning import clashes, cloning, imports

urlpatterns = [
    path("events/", events.EventsView.as_view()),
    path("events/<ref:event>/", events.EventView.as_view()),
    path("events/<ref:event>/clone/", cloning.CloneView.as_view()),
    path("events/<ref:event>/qr.svg", codes.EventQrView.as_view()),
    path("events/<ref:event>/rooms/", events.RoomsView.as_view()),
    path("events/<ref:event>/sessions/", sessions.SessionsView.as_view()),
    path("events/<ref:event>/surgeons/", surgeons.SurgeonsView.as_view()),
    path("events/<ref:event>/surgeons/<uuid:surgeon>/", surgeons.ListingView.as_view()),
    path("rooms/<uuid:room>/", events.RoomView.as_view()),
    path("sessions/<ref:session>/", sessions.SessionView.as_view()),
    path("sessions/<ref:session>/qr.svg", codes.SessionQrView.as_view()),
    path("surgeons/<uuid:surgeon>/", surgeons.SurgeonView.as_view()),
    path("surgeons/<uuid:surgeon>/photo/", portraits.PhotoView.as_view()),
    path("surgeons/<uuid:surgeon>/photo/<slug:digest>.jpg", portraits.PhotoFileView.as_view()),
    path("me/", me.MeView.as_view()),
    path("me/sign-out-everywhere/", me.SignOutEverywhereView.as_view()),
    path("invitations/look/", invitations.LookView.as_view()),
    path("invitations/accept/", invitations.AcceptView.as_view()),
    path("desk/events/<ref:event>/day/", events.DraftDayView.as_view()),
    path("desk/events/<ref:event>/clashes/", clashes.ClashesView.as_view()),
    path("desk/events/<ref:event>/imports/", imports.ImportsView.as_view()),
    path("desk/events/<ref:event>/surgeons/", surgeons.AllSurgeonsView.as_view()),
    path("desk/events/<ref:event>/invitations/", invitations.InvitationsView.as_view()),
    path("desk/events/<ref:event>/invitations/<uuid:invitation>/", invitations.InvitationView.as_view()),
    path("desk/events/<ref:event>/password-links/", invitations.PasswordLinksView.as_view()),
    path("desk/events/<ref:event>/roles/", roles.RolesView.as_view()),
    path("desk/events/<ref:event>/roles/<uuid:role>/", roles.RoleView.as_view()),
    path("desk/surgeons/<uuid:surgeon>/", surgeons.OwnSurgeonView.as_view()),
    path("desk/sessions/<ref:session>/co-moderators/", invitations.CoModeratorsView.as_view()),
    path("desk/sessions/<ref:session>/", sessions.DraftSessionView.as_view()),
]
