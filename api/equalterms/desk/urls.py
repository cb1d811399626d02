from django.urls import path

from equalterms.desk.views import answers, day, reviews, speech

urlpatterns = [
    path("desk/events/<ref:event>/", day.DeskView.as_view()),
    path("desk/events/<ref:event>/reviews/", reviews.ReviewsView.as_view()),
    path("desk/events/<ref:event>/reviews/bulk/", reviews.BulkView.as_view()),
    path("desk/events/<ref:event>/questions/", answers.QueueView.as_view()),
    path("desk/events/<ref:event>/acts/", day.ActsView.as_view()),
    path("desk/reviews/<uuid:review>/show/", reviews.ShowView.as_view()),
    path("desk/reviews/<uuid:review>/return/", reviews.ReturnView.as_view()),
    path("desk/reviews/<uuid:review>/hide/", reviews.HideView.as_view()),
    path("desk/questions/<uuid:question>/answers/", answers.AnswersView.as_view()),
    path("desk/answers/<uuid:answer>/", answers.AnswerView.as_view()),
    path("desk/sessions/<ref:session>/comments/", speech.SpeakView.as_view()),
    path("desk/comments/<uuid:comment>/", speech.SpokenView.as_view()),
]
