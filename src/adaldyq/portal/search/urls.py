"""The address of the search."""

from django.urls import path

from adaldyq.portal.search import views

urlpatterns = [path("", views.search, name="search")]
