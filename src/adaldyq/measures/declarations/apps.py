"""Tells the house what this measure is."""

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.measure import Group, MeasureConfig


class DeclarationsConfig(MeasureConfig):
    """Universal declaration of income and assets."""

    default = True  # Django sees MeasureConfig in this module too and would take neither
    name = "adaldyq.measures.declarations"
    label = "declarations"
    number = "S2"
    sentence = _("Everyone who must declares income and assets, and what is declared is verified.")
    title = _("Declarations")
    group = Group.PREVENT
    searchables = "adaldyq.measures.declarations.actions.declarations.SEARCHABLES"
    eraser = "adaldyq.measures.declarations.actions.declarations.ERASER"
    document_kinds = "adaldyq.measures.declarations.queries.own.DOCUMENTS"
    navigation = (
        ("declarations-register", _("Declarations"), None),
        ("declarations-statistics", _("Who has filed"), None),
    )
