"""Addresses of the catalogue."""

from django.urls import path

from adaldyq.measures.permits.views import catalogue, keeping

urlpatterns = [
    path("", catalogue.catalogue_page, name="permits-catalogue"),
    path("catalogue.csv", catalogue.catalogue_csv, name="permits-catalogue-csv"),
    path("new/", keeping.introduce_page, name="permits-introduce"),
    path("<slug:number>/", catalogue.entry_page, name="permits-entry"),
    path("<slug:number>/change/", keeping.amend_page, name="permits-amend"),
]
