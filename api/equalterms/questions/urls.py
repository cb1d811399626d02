from django.urls import path

from equalterms.questions import views

urlpatterns = [
    path("sessions/<ref:session>/questions/", views.QuestionsView.as_view()),
    path("sessions/<ref:session>/questions/<uuid:question>/", views.QuestionView.as_view()),
    path(
        "sessions/<ref:session>/questions/<uuid:question>/votes/<tag:tag>/",
        views.VoteView.as_view(),
    ),
]
