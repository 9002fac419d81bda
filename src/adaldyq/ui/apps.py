"""Registers the layouts and components with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Layouts, components, formats."""

    name = "adaldyq.ui"
    label = "ui"
