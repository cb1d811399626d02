from django.urls import path

from equalterms.sharing import views
from equalterms.sharing.printing import views as paper
from equalterms.sharing.reporting import views as report

urlpatterns = [
    path("receipts/lookup/", views.LookupView.as_view()),
    path("receipts/show-note/", views.ShowNoteView.as_view()),
    path("events/<ref:event>/poster.svg", paper.PosterSvgView.as_view()),
    path("events/<ref:event>/poster.pdf", paper.PosterPdfView.as_view()),
    path("events/<ref:event>/cards.pdf", paper.CardsView.as_view()),
    path("sessions/<ref:session>/card.svg", paper.CardSvgView.as_view()),
    path("sessions/<ref:session>/card.pdf", paper.CardPdfView.as_view()),
    path("desk/events/<ref:event>/report/", report.ReportView.as_view()),
    path("desk/events/<ref:event>/report.csv", report.ReportTableView.as_view()),
    path("desk/events/<ref:event>/report.md", report.ReportProseView.as_view()),
    path("sessions/<ref:session>/tally/", views.TallyView.as_view()),
]
