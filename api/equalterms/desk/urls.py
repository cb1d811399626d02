from django.urls import path

from equalterms.desk import views

urlpatterns = [
    path("desk/events/<ref:event>/", views.DeskView.as_view()),
    path("desk/events/<ref:event>/reviews/", views.ReviewsView.as_view()),
    path("desk/events/<ref:event>/reviews/bulk/", views.BulkView.as_view()),
    path("desk/events/<ref:event>/questions/", views.QueueView.as_view()),
    path("desk/events/<ref:event>/acts/", views.ActsView.as_view()),
    path("desk/reviews/<uuid:review>/show/", views.ShowView.as_view()),
    path("desk/reviews/<uuid:review>/return/", views.ReturnView.as_view()),
    path("desk/reviews/<uuid:review>/hide/", views.HideView.as_view()),
    path("desk/questions/<uuid:question>/answers/", views.AnswersView.as_view()),
    path("desk/answers/<uuid:answer>/", views.AnswerView.as_view()),
    path("desk/sessions/<ref:session>/comments/", views.SpeakView.as_view()),
    path("desk/comments/<uuid:comment>/", views.SpokenView.as_view()),
]
