"""Registers the ledger with Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The record of acts."""

    name = "adaldyq.ledger"
    label = "ledger"
