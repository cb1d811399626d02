from django.urls import path

from equalterms.questions.views.asking import QuestionView
from equalterms.questions.views.pointing import CurrentView
from equalterms.questions.views.reading import QuestionsView
from equalterms.questions.views.reporting import ReportView
from equalterms.questions.views.voting import VoteView

urlpatterns = [
    path("sessions/<ref:session>/questions/", QuestionsView.as_view()),
    path("sessions/<ref:session>/questions/<uuid:question>/", QuestionView.as_view()),
    path(
        "sessions/<ref:session>/questions/<uuid:question>/votes/<tag:tag>/",
        VoteView.as_view(),
    ),
    path(
        "sessions/<ref:session>/questions/<uuid:question>/reports/<tag:tag>/",
        ReportView.as_view(),
    ),
    path("desk/sessions/<ref:session>/current/", CurrentView.as_view()),
]
