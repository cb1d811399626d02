from django.urls import path

from equalterms.bookings.views import door
from equalterms.bookings.views.board import BoardView
from equalterms.bookings.views.places import BookingView, HereView

urlpatterns = [
    path("sessions/<ref:session>/bookings/<uuid:booking>/", BookingView.as_view()),
    path("sessions/<ref:session>/bookings/<uuid:booking>/here/", HereView.as_view()),
    path("desk/events/<ref:event>/door/", door.DoorView.as_view()),
    path("desk/events/<ref:event>/spares/", door.SparesView.as_view()),
    path("desk/events/<ref:event>/tickets/", door.TicketsView.as_view()),
    path("desk/events/<ref:event>/tickets/<uuid:spare>/", door.TicketView.as_view()),
    path("desk/events/<ref:event>/arrivals/", door.ArrivalsView.as_view()),
    path("desk/events/<ref:event>/heads/<uuid:counter>/", door.HeadsView.as_view()),
    path("desk/events/<ref:event>/board/", BoardView.as_view()),
]
