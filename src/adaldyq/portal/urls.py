"""Addresses of the portal."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from adaldyq.portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("", include("adaldyq.portal.sign_in.urls")),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
]
