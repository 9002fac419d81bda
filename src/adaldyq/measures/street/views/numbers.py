"""What people tell openly: a page by service and region, and a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.base.proportions import Share
from adaldyq.kernel import naming
from adaldyq.kernel.recent import recent
from adaldyq.measures.street import statistics
from adaldyq.measures.street.forms.numbers import NumbersForm
from adaldyq.measures.street.queries.words import HAPPENED_WORDS
from adaldyq.measures.street.statistics import Line, StreetEdition
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact
from adaldyq.ui.formats.values import UNKNOWN, money, number, percent
from adaldyq.ui.plots import Range, RangePlot, Region, RegionMap
from adaldyq.ui.tables import Column, Table


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """Numbers of a year by service and region; of one service or region when it is chosen."""
    return numbers_page(request, "")


@require_safe
def service_page(request: HttpRequest, service: str) -> HttpResponse:
    """Numbers of one service, with what people wrote about it.

    Raises:
        Http404: the country has no such service.
    """
    if service not in naming.pack().codes["street_service"]:
        raise Http404(service)
    return numbers_page(request, service)


def numbers_page(request: HttpRequest, service: str) -> HttpResponse:
    """The page, of all services or of one."""
    edition = statistics.edition()
    years = recent(f"years told openly {edition}", lambda: statistics.years(edition)) if edition else []
    if edition is None or not years:
        return render(request, "street/map.html", {"year": None, "title": title_of(service)})
    form = NumbersForm({**request.GET.dict(), **({"service": service} if service else {})}, years)
    chosen = Chosen(edition, *form.choice)
    if service:
        del form.fields["service"]
    key = repr(("told openly", get_language(), chosen, request.path, request.GET.urlencode()))
    context = {
        "form": form,
        "year": chosen.year,
        "title": title_of(chosen.service),
        "numbers": recent(key, lambda: drawn(request, chosen)),
    }
    return render(request, "street/map.html", context)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which numbers are shown: of an edition, a year, and of one service or region when it is not empty."""

    edition: StreetEdition
    year: int
    service: str
    region: str

    @property
    def place(self) -> str:
        """The region's name; empty for all."""
        return naming.place_name(self.region) if self.region else ""

    @property
    def caption(self) -> str:
        """What is chosen, in words."""
        service = title_of(self.service) if self.service else ""
        return ", ".join(filter(None, (str(self.year), service, self.place)))

    @property
    def file(self) -> str:
        """Address of the file with all numbers of the year."""
        return f"{reverse('street-map-csv')}?year={self.year}"


def title_of(service: str) -> str:
    """The heading of the page."""
    return naming.code_titles("street_service").get(service, service) if service else _("Bribes and honest officials")


def drawn(request: HttpRequest, chosen: Chosen) -> SafeString:
    """The numbers of a selection as the page shows them."""
    edition, year = chosen.edition, chosen.year
    whole = statistics.whole(edition, year, chosen.service, chosen.region)
    regions = [] if chosen.region else statistics.by_region(edition, year, chosen.service)
    services = [] if chosen.service else statistics.by_service(edition, year, chosen.region)
    kinds = [] if chosen.service or chosen.region else statistics.by_body_kind(edition, year)
    context = {
        "caption": chosen.caption,
        "as_of": edition.as_of_date,
        "figures": statistics.figures_of(whole, edition.as_of_date) if whole else [],
        "map": region_map(chosen, regions) if regions else None,
        "regions": table(chosen, regions, _("Region"), _("By region")) if regions else None,
        "services": table(chosen, services, _("Service"), _("By service"), service_link(chosen)) if services else None,
        "kinds": table(chosen, kinds, _("Kind of body"), _("By kind of body")) if kinds else None,
        "prices": prices(chosen, services or regions, whole),
        "words": said(statistics.words_of(edition, chosen.service)) if chosen.service else [],
        "definitions": definitions(),
        "least": int(naming.pack().threshold("suppressed_below", edition.as_of_date).amount),
    }
    return render_to_string("street/part_numbers.html", context)


def service_link(chosen: Chosen) -> Callable[[Line], str]:
    """The page of a line's service, of the same year and region."""
    query = urlencode({"year": chosen.year, **({"region": chosen.region} if chosen.region else {})})
    return lambda one: f"{reverse('street-service', args=[one.key])}?{query}"


def table(
    chosen: Chosen, listed: Sequence[Line], first: str, title: str, link: Callable[[Line], str] | None = None
) -> Table:
    """Lines of regions or services."""
    columns = [
        Column("name", first, link=link),
        Column("reports", _("Told"), kind="number"),
        Column("paid", _("Asked and paid"), kind="number"),
        Column("refused", _("Asked and refused"), kind="number"),
        Column("honest", _("Honest official"), kind="number"),
        Column("share", _("Share of honest officials"), value=lambda one: with_interval(one.share)),
        Column("median", _("Typical sum"), value=lambda one: money(one.median, one.currency)),
    ]
    return Table(title, columns, listed, hide_caption=True, download=chosen.file)


def with_interval(one: Share | None) -> str:
    """A share with its interval, as people read it."""
    return f"{percent(one.percent)} ({number(one.low)} – {number(one.high)})" if one else UNKNOWN


def region_map(chosen: Chosen, listed: Sequence[Line]) -> RegionMap:
    """The share of those who met an honest official, by region."""
    values = {one.key: one.share.percent if one.share else None for one in listed}
    return RegionMap(
        _("Met an honest official, by region, %(what)s") % {"what": chosen.caption},
        naming.pack().borders,
        {code: Region(name, values.get(code), link_of(chosen, code)) for code, name in naming.regions()},
        kind="percent",
        unit=_("of those who told something"),
        source=statistics.SOURCE,
        as_of=chosen.edition.as_of_date,
        download=chosen.file,
        note=_("A region without a shade has too few answers to tell."),
    )


def link_of(chosen: Chosen, region: str) -> str:
    """The numbers of a region."""
    return f"?{urlencode({'year': chosen.year, 'region': region})}"


def prices(chosen: Chosen, listed: Sequence[Line], whole: Line | None) -> RangePlot | None:
    """Where the middle half of the sums lies; None where nobody named sums enough."""
    told = [one for one in listed or filter(None, [whole]) if one.median is not None]
    if not told:
        return None
    return RangePlot(
        _("What is asked for, %(what)s") % {"what": chosen.caption},
        [Range(one.name or chosen.caption, one.low, one.median, one.high) for one in told],
        first=_("Service") if not chosen.service else _("Region"),
        kind="money",
        currency=naming.pack().currency,
        unit=_(
            "between which steps the middle half of the sums named lies, and the half in bold; the scale grows by multiples"
        ),
        source=statistics.SOURCE,
        as_of=chosen.edition.as_of_date,
        download=chosen.file,
        note=_(
            "Sums are shown where five or more were named, by the steps 1, 2, 5, 10 and so on. One wrong sum does not move them far."
        ),
    )


def said(reports: Sequence[Any]) -> list[Fact]:
    """Words that may be shown, each with what happened, where and in which year."""
    regions = statistics.regions_of(reports)
    return [Fact(f"{HAPPENED_WORDS[one.happened]}: {regions[one.pk]}, {one.month.year}", one.words) for one in reports]


def definitions() -> list[Fact]:
    """What each number counts."""
    titles = {
        "reports": _("Told"),
        "paid": _("Asked and paid"),
        "refused": _("Asked and refused"),
        "honest": _("Honest official"),
        "share": _("Share of honest officials"),
        "interval": _("Interval"),
        "prices": _("Sums"),
    }
    return [Fact(titles[name], sentence) for name, sentence in statistics.DEFINITIONS.items()]


@require_safe
def numbers_csv(request: HttpRequest) -> HttpResponseBase:
    """All numbers as a file; of one year with `?year=2025`.

    Raises:
        Http404: nothing is told of that year, or nothing at all yet.
    """
    edition = statistics.edition()
    year = request.GET.get("year", "")
    listed = [one for one in statistics.everything(edition) if year in {"", str(one.year)}] if edition else []
    if edition is None or not listed:
        raise Http404(year)
    name = "-".join(filter(None, ("bribes-at-services", year)))
    return csv_response(f"{name}.csv", file_columns(edition), listed)


def file_columns(edition: StreetEdition) -> list[Column]:
    """Columns of the file; service and region are empty for all together."""

    def part(name: str) -> Callable[[Line], object]:
        return lambda one: getattr(one.share, name) if one.share else None

    names = ("year", "service", "region", "body_kind", "name", "reports", "paid", "refused", "honest")
    shares = {"honest_share": "percent", "honest_low": "low", "honest_high": "high"}
    return [
        *(Column(name, name) for name in names),
        *(Column(name, name, value=part(of)) for name, of in shares.items()),
        *(Column(f"sum_{one}", f"sum_{one}", value=attrgetter(one)) for one in ("low", "median", "high")),
        Column("currency", "currency"),
        Column("as_of", "as_of", value=lambda _row: edition.as_of_date),
    ]
