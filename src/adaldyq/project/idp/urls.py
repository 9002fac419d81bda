"""Addresses of the sample country's e-ID."""

from django.urls import include, path

from adaldyq.project.idp import views

urlpatterns = [
    path("", views.choose_person, name="choose-person"),
    path("", views.choose_person, name="account_login"),
    path("again/", views.show_again, name="account_reauthenticate"),
    path("another/", views.another_person, name="another-person"),
    path("", include("allauth.idp.urls")),
]
