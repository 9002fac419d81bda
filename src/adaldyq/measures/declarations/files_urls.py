"""Addresses that are the same in every language: programs keep them."""

from django.urls import path

from adaldyq.measures.declarations.views import schemas

urlpatterns = [
    path("schemas/declaration-1.json", schemas.schema_json, name="declarations-schema-json"),
    path("schemas/declaration-1.xsd", schemas.schema_xml, name="declarations-schema-xml"),
    path("schemas/example-1.json", schemas.example_json, name="declarations-example-json"),
    path("schemas/example-1.xml", schemas.example_xml, name="declarations-example-xml"),
]
