from django.urls import path

from equalterms.desk.days.views import RehearsalView
from equalterms.desk.surgery import views as surgery
from equalterms.desk.views import answers, care, closing, day, flow, reviews, speech

urlpatterns = [
    path("desk/events/<ref:event>/", day.DeskView.as_view()),
    path("desk/events/<ref:event>/reviews/", reviews.ReviewsView.as_view()),
    path("desk/events/<ref:event>/reviews/bulk/", reviews.BulkView.as_view()),
    path("desk/events/<ref:event>/questions/", answers.QueueView.as_view()),
    path("desk/events/<ref:event>/close/", closing.CloseView.as_view()),
    path("desk/events/<ref:event>/rehearsal/", RehearsalView.as_view()),
    path("desk/events/<ref:event>/acts/", day.ActsView.as_view()),
    path("desk/events/<ref:event>/colleagues/", care.ColleaguesView.as_view()),
    path("desk/reviews/<uuid:review>/show/", reviews.ShowView.as_view()),
    path("desk/reviews/<uuid:review>/return/", reviews.ReturnView.as_view()),
    path("desk/reviews/<uuid:review>/hide/", reviews.HideView.as_view()),
    path("desk/reviews/<uuid:review>/keep/", care.KeepView.as_view()),
    path("desk/reviews/<uuid:review>/care/", care.CareView.as_view()),
    path("desk/reviews/<uuid:review>/claim/", care.ClaimView.as_view()),
    path("desk/questions/<uuid:question>/care/", care.AskForLeadView.as_view()),
    path("desk/reviews/<uuid:review>/merge/", reviews.MergeView.as_view()),
    path("desk/reviews/<uuid:review>/unmerge/", reviews.UnmergeView.as_view()),
    path("desk/acts/<uuid:act>/undo/", day.UndoView.as_view()),
    path("desk/questions/<uuid:question>/answers/", answers.AnswersView.as_view()),
    path("desk/answers/<uuid:answer>/", answers.AnswerView.as_view()),
    path("desk/reviews/<uuid:review>/similar/", flow.SimilarView.as_view()),
    path("desk/sessions/<ref:session>/flow/", flow.FlowView.as_view()),
    path("desk/sessions/<ref:session>/comments/", speech.SpeakView.as_view()),
    path("desk/comments/<uuid:comment>/", speech.SpokenView.as_view()),
    path("desk/events/<ref:event>/table/", surgery.TableView.as_view()),
    path("desk/events/<ref:event>/table/colleagues/", surgery.TableColleaguesView.as_view()),
    path("desk/events/<ref:event>/presence/", surgery.PresenceView.as_view()),
    path("desk/events/<ref:event>/take/", surgery.TakeView.as_view()),
    path("desk/bookings/<uuid:booking>/served/", surgery.ServedView.as_view()),
    path("desk/bookings/<uuid:booking>/back/", surgery.BackView.as_view()),
    path("desk/bookings/<uuid:booking>/left/", surgery.LeftView.as_view()),
    path("desk/bookings/<uuid:booking>/word/", surgery.WordView.as_view()),
    path("desk/bookings/<uuid:booking>/hand/", surgery.HandPersonView.as_view()),
    path("desk/questions/<uuid:question>/let-go/", surgery.LetGoView.as_view()),
    path("desk/questions/<uuid:question>/hand/", surgery.HandQuestionView.as_view()),
]
