from django.urls import path

from equalterms.threads import views

urlpatterns = [
    path("sessions/<ref:session>/comments/", views.CommentsView.as_view()),
    path("sessions/<ref:session>/comments/<uuid:comment>/", views.CommentView.as_view()),
    path(
        "sessions/<ref:session>/comments/<uuid:comment>/reactions/<slug:kind>/<tag:tag>/",
        views.ReactionView.as_view(),
    ),
    path(
        "sessions/<ref:session>/comments/<uuid:comment>/reports/<tag:tag>/",
        views.CommentReportView.as_view(),
    ),
]
