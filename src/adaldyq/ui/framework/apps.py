"""Registers the catalogue with Django."""

from django.apps import AppConfig


class FrameworkWordsConfig(AppConfig):
    """Words of the frameworks."""

    name = "adaldyq.ui.framework"
    label = "framework_words"
