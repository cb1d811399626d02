from django.urls import path

from equalterms.safety import views

urlpatterns = [
    path("proofs/", views.ProofsView.as_view()),
    path("receipts/lookup/", views.LookupView.as_view()),
    path("sessions/<ref:session>/notes/", views.NotesView.as_view()),
]
