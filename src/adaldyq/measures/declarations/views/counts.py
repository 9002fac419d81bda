"""Outcomes as columns, a plot and a map, for pages and files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from adaldyq.kernel import naming
from adaldyq.measures.declarations.statistics import SOURCE, Outcomes
from adaldyq.ui.plots import Region, RegionMap
from adaldyq.ui.tables import Column


def outcome_columns(first: str, link: Callable[[Any], str] | None = None, *, sortable: bool = False) -> list[Column]:
    """Columns of a table of outcomes.

    Args:
        first: title of what they are counted by.
        link: address behind it.
        sortable: whether the table may be sorted.
    """
    numbers = (
        ("owed", _("Owed")),
        ("filed", _("Filed")),
        ("on_time", _("On time")),
        ("late", _("Late")),
        ("missing", _("Not filed")),
        ("awaited", _("Not due yet")),
    )
    return [
        Column("name", first, link=link, sort="name" if sortable else ""),
        *(Column(name, title, kind="number", sort=name if sortable else "") for name, title in numbers),
        Column("share", _("Filed on time"), kind="percent", sort="share" if sortable else ""),
    ]


def file_columns(today: date) -> list[Column]:
    """Columns of a file of outcomes, as of a day."""
    names = ("key", "name", "owed", "filed", "on_time", "late", "missing", "awaited", "share")
    return [*(Column(name, name) for name in names), Column("as_of", "as_of", value=lambda _row: today)]


def region_map(regions: Sequence[Outcomes], year: int, today: date, download: str) -> RegionMap:
    """Share filed on time by region of the body."""
    page = reverse("declarations-register")
    return RegionMap(
        _("Filed on time by region, %(year)s") % {"year": year},
        naming.pack().borders,
        {str(one.key): Region(one.name, one.share, f"{page}?year={year}&region={one.key}") for one in regions},
        kind="percent",
        unit=_("filed on time"),
        source=SOURCE,
        as_of=today,
        download=download,
        note=_(
            "A body counts in the region of its seat, also when it serves the whole country; one without a seat in a "
            "region is in none."
        ),
    )
