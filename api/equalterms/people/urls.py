from django.urls import path

from equalterms.people import views

urlpatterns = [
    path("token/refresh/", views.RefreshView.as_view()),
    path("token/revoke/", views.RevokeView.as_view()),
]
