"""Registers the portal with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Home, sign-in, about, accessibility, errors."""

    name = "adaldyq.portal"
    label = "portal"
