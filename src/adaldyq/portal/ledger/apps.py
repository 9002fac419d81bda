"""Registers the pages of the ledger with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerPagesConfig(AppConfig):
    """Explorer, receipts, files of the log."""

    name = "adaldyq.portal.ledger"
    label = "ledger_pages"
    navigation_place = 2
    navigation = (("ledger-explorer", _("Ledger"), None),)
