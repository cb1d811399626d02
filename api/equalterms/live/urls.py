from django.urls import path

from equalterms.live import views

urlpatterns = [
    path("sessions/<ref:session>/live/", views.SessionLiveView.as_view(), name="session-live"),
    path("sessions/<ref:session>/stream", views.SessionStreamView.as_view(), name="session-stream"),
    path("events/<ref:event>/live/", views.EventLiveView.as_view(), name="event-live"),
    path("events/<ref:event>/stream", views.EventStreamView.as_view(), name="event-stream"),
]
