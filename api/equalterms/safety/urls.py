from django.urls import path

from equalterms.safety import views

urlpatterns = [
    path("token/", views.TokenView.as_view()),
    path("token/challenge/", views.SignInChallengeView.as_view()),
    path("proofs/", views.ProofsView.as_view()),
    path("sessions/<ref:session>/notes/", views.NotesView.as_view()),
]
