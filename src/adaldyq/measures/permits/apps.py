"""Tells the house what this measure is."""

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.measure import Group, MeasureConfig


class PermitsConfig(MeasureConfig):
    """Few permits, each with its law and its reasons, issued in the open."""

    default = True  # Django sees MeasureConfig in this module too and would take neither
    name = "adaldyq.measures.permits"
    label = "permits"
    number = "S5"
    sentence = _("Fewer licences and permits, each defended in public or abolished.")
    title = _("Permits")
    group = Group.PREVENT
    searchables = "adaldyq.measures.permits.actions.catalogue.SEARCHABLES"
    open_tables = "adaldyq.measures.permits.tables.OPEN_TABLES"
    navigation = (
        ("permits-catalogue", _("Permits"), None),
        ("permits-counter", _("Permits over time"), None),
        ("permits-rounds", _("Review of permits"), None),
        ("permits-queue", _("Permits to be justified or decided"), ("licensing_officer", "reviewer")),
        ("permits-introduce", _("New entry of the catalogue"), ("registrar:permits",)),
    )
