"""Tells the house what this measure is."""

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.measure import Group, MeasureConfig


class StreetConfig(MeasureConfig):
    """People tell openly how they were met at services of the state."""

    default = True  # Django sees MeasureConfig in this module too and would take neither
    name = "adaldyq.measures.street"
    label = "street"
    number = "S13"
    sentence = _("People tell openly where a bribe was asked for, and where an official was honest.")
    title = _("Bribes at services")
    group = Group.ENGAGE
    open_tables = "adaldyq.measures.street.tables.OPEN_TABLES"
    handlers = {"kernel.night.begin": "adaldyq.measures.street.jobs.begin_night"}  # a constant, as `navigation` is
    navigation = (
        ("street-map", _("Bribes at services"), None),
        ("street-moderation", _("Words to be read"), ("reviewer",)),
    )
