from django.urls import path

from equalterms.questions.views.asking import QuestionView
from equalterms.questions.views.reading import QuestionsView
from equalterms.questions.views.voting import VoteView

urlpatterns = [
    path("sessions/<ref:session>/questions/", QuestionsView.as_view()),
    path("sessions/<ref:session>/questions/<uuid:question>/", QuestionView.as_view()),
    path(
        "sessions/<ref:session>/questions/<uuid:question>/votes/<tag:tag>/",
        VoteView.as_view(),
    ),
]
