"""Registers verification with Django."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    """Rules, runs, findings."""

    name = "adaldyq.verification"
    label = "verification"
    navigation = ()
