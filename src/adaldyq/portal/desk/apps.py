"""Registers the desk with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Messages, deadlines, files and documents."""

    name = "adaldyq.portal.desk"
    label = "desk"
