"""Addresses of the API. They stand under no language: it is the one of `Accept-Language`."""

from django.urls import URLPattern, path

from adaldyq.portal.api import views
from adaldyq.portal.api.root import api

operations = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]

urlpatterns = [path("openapi.json", views.openapi, name="api-schema"), *operations]
