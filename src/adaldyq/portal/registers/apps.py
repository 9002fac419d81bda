"""Registers the pages of the registries with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    """Bodies, companies and people of the base registries."""

    name = "adaldyq.portal.registers"
    label = "registers"
    navigation_place = 1
    own_navigation = (("registers-mine", _("My data"), ("citizen", "official", "entrepreneur", "representative")),)
    navigation = (
        ("registers-bodies", _("Registers"), None),
        ("registers-people", _("Register of people"), ("registrar",)),
        ("registers-corrections", _("Corrections"), ("registrar", "reviewer")),
    )
