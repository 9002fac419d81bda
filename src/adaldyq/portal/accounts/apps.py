"""Registers the pages of accounts with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """One's own account, and everybody's for administrators."""

    name = "adaldyq.portal.accounts"
    label = "accounts"
    navigation = (("accounts-all", _("Accounts"), ("administrator",)),)
    navigation_place = 2
