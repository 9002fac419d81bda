"""Registers the API root with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API for other programs."""

    name = "adaldyq.portal.api"
    label = "api"
