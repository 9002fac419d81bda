"""Registers the search page with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One box that searches everything public."""

    name = "adaldyq.portal.search"
    label = "search"
