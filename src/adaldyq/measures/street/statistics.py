"""Public numbers of what people tell openly: by year, service and region, from the newest edition.

They are counted once a month with noise (`domain.perturbation`); what is of few has no cell (`domain.cells`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adaldyq.base.proportions import Share
from adaldyq.kernel import naming
from adaldyq.measures.street.domain.cells import ALL
from adaldyq.measures.street.models import StreetCell, StreetEdition, StreetReport
from adaldyq.measures.street.states import SHOWN
from adaldyq.ui.figures import Figure

__all__ = ["StreetEdition"]  # pages name it by the reads that give it

SOURCE = gettext_lazy("What people tell openly")
MOST_WORDS = 20
TOGETHER = Q(body_kind="")
"""Cells of all kinds of bodies together."""

DEFINITIONS = {
    "reports": gettext_lazy(
        "What people told openly of the year, up to the day of the numbers. Each of the three counts is moved at random by at "
        "most two, so that sums need not add up."
    ),
    "paid": gettext_lazy("A bribe was asked for, and paid."),
    "refused": gettext_lazy("A bribe was asked for, and refused."),
    "honest": gettext_lazy("The official did what was to be done, and asked for nothing."),
    "share": gettext_lazy(
        "Of a hundred who told openly how they were met at a service. Who was asked for a bribe tells it more often than who was "
        "not: it is no share of all visits."
    ),
    "interval": gettext_lazy(
        "In brackets: where the share of many such answers would lie in 95 of 100 cases (Wilson)."
    ),
    "prices": gettext_lazy(
        "Sums that were asked for or paid: three quarters are the first or more, half are the second or more, three quarters are less than "
        "the third. They are told by the steps 1, 2, 5, 10, 20 and so on: whichever sums between the same two steps were named, the same is told. A "
        "step may also be the round sum that one person named. One wrong sum does not move them far."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """How people were met at a service, in a region, or both.

    Attributes:
        key: code of the service or region; empty for all together.
        name: the same in the reader's language.
        low, median, high: quarters of the sums; None where too few named one.
    """

    key: str
    name: str
    year: int
    service: str
    region: str
    body_kind: str
    paid: int
    refused: int
    honest: int
    priced: int
    low: Decimal | None
    median: Decimal | None
    high: Decimal | None
    currency: str

    @property
    def reports(self) -> int:
        """All three counts together."""
        return self.paid + self.refused + self.honest

    @property
    def share(self) -> Share | None:
        """Of all, those who met an honest official; None of nothing."""
        return Share(self.honest, self.reports) if self.reports else None


def edition() -> StreetEdition | None:
    """The newest edition of the numbers."""
    return StreetEdition.objects.order_by("-as_of_date").first()


def years(of: StreetEdition) -> list[int]:
    """Years of which something is told, the newest first."""
    return sorted(of.cells.filter(TOGETHER, service=ALL, region=None).values_list("year", flat=True), reverse=True)


def whole(of: StreetEdition, year: int, service: str = ALL, region: str = ALL) -> Line | None:
    """All that is told of a service in a region together; None when it is too little."""
    found = of.cells.filter(TOGETHER, year=year, service=service, region=region or None).first()
    return line_of(found, "", "") if found else None


def by_region(of: StreetEdition, year: int, service: str = ALL) -> list[Line]:
    """Regions of which something is told, the most first."""
    names = dict(naming.regions())
    found = of.cells.filter(year=year, service=service).exclude(region=None)
    return ordered([line_of(one, one.region_id or "", names.get(one.region_id or "", "")) for one in found])


def by_service(of: StreetEdition, year: int, region: str = ALL) -> list[Line]:
    """Services of which something is told, the most first."""
    names = naming.code_titles("street_service")
    found = of.cells.filter(TOGETHER, year=year, region=region or None).exclude(service=ALL)
    return ordered([line_of(one, one.service, names.get(one.service, one.service)) for one in found])


def by_body_kind(of: StreetEdition, year: int) -> list[Line]:
    """Kinds of bodies of which something is told, at all services and in all regions, the most first."""
    names = naming.code_titles("body_kind")
    found = of.cells.filter(year=year).exclude(TOGETHER)
    return ordered([line_of(one, one.body_kind, names.get(one.body_kind, one.body_kind)) for one in found])


def everything(of: StreetEdition) -> list[Line]:
    """All cells that are told, for files."""
    lists = (naming.code_titles("street_service"), dict(naming.regions()), naming.code_titles("body_kind"))
    found = of.cells.order_by("-year", "body_kind", "service", "region")
    listed = ((one, (one.service, one.region_id or "", one.body_kind)) for one in found)
    return [
        line_of(one, "", " / ".join(names.get(code, code) for names, code in zip(lists, codes, strict=True) if code))
        for one, codes in listed
    ]


def ordered(found: Sequence[Line]) -> list[Line]:
    """Lines, those of the most reports first."""
    return sorted(found, key=lambda one: (-one.reports, one.name))


def line_of(cell: StreetCell, key: str, name: str) -> Line:
    """A cell as a line."""
    prices = cell.prices
    return Line(
        key,
        name,
        cell.year,
        cell.service,
        cell.region_id or "",
        cell.body_kind,
        cell.paid,
        cell.refused,
        cell.honest,
        cell.priced,
        prices.low if prices else None,
        prices.median if prices else None,
        prices.high if prices else None,
        cell.currency,
    )


def words_of(of: StreetEdition, service: str) -> list[StreetReport]:
    """Words about a service that a moderator has let be shown, the newest first."""
    found = StreetReport.objects.filter(state=SHOWN, service=service, received_date__lte=of.as_of_date)
    return list(found.order_by("-month", "pk")[:MOST_WORDS])


def regions_of(reports: Sequence[StreetReport]) -> Mapping[str, str]:
    """The name of the region in which each was."""
    regions = naming.region_by_territory()
    return {one.pk: naming.place_name(regions.get(one.territory_id, one.territory_id)) for one in reports}


def headline() -> list[Figure]:
    """Figures for the first page: of the newest year that is told."""
    newest = edition()
    told = years(newest) if newest else []
    line = whole(newest, told[0]) if newest and told else None
    return figures_of(line, newest.as_of_date)[1:2] if newest and line else []


def figures_of(line: Line, as_of: date) -> list[Figure]:
    """The numbers of a selection, each with its definition and the file behind it."""
    query = urlencode({name: value for name in ("year", "service", "region") if (value := getattr(line, name))})
    page, file = f"{reverse('street-map')}?{query}", f"{reverse('street-map-csv')}?year={line.year}"
    share = line.share
    asked = line.paid + line.refused
    shown = [
        (_("Told openly in %(year)s"), line.reports, DEFINITIONS["reports"], "number"),
        (_("Met an honest official"), share.percent if share else None, DEFINITIONS["share"], "percent"),
        (_("Asked for a bribe"), asked, DEFINITIONS["reports"], "number"),
        (_("Typical sum"), line.median, DEFINITIONS["prices"], "money"),
    ]
    return [
        Figure(
            title=title % {"year": line.year},
            value=value,
            definition=definition,
            as_of=as_of,
            source=SOURCE,
            href=page,
            download=file,
            kind=kind,  # type: ignore[arg-type]  # one of the kinds
            currency=line.currency if kind == "money" else "",
        )
        for title, value, definition, kind in shown
    ]
