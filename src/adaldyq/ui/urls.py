"""Addresses of the gallery and the manifest."""

from django.urls import path

from adaldyq.ui import views

urlpatterns = [
    path("", views.gallery, name="ui-gallery"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
