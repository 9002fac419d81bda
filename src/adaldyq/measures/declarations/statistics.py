"""Published numbers: who had to file, who did, when, and who did not.

Only obligations whose outcome the law makes public are counted here, those of officials. So no cell, however small,
tells of anybody what may not be known, while their term lasts. Of a year that has left the public no cell of few is told
by body or category. Everybody is counted in `queries/groups.py`, by group of the law only, and there no
cell of few is told.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import add
from typing import Any, cast

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adaldyq.base.disclosure import FEW, rows_together
from adaldyq.base.words import gettext_noop
from adaldyq.kernel import naming
from adaldyq.kernel.models import Appointment, Body
from adaldyq.measures.declarations.domain.outcomes import WAY_WORDS
from adaldyq.measures.declarations.domain.sections import FORMS
from adaldyq.measures.declarations.models import Declaration, FrozenCount, Obligation
from adaldyq.measures.declarations.models.frozen import CATEGORY, OUTCOME, WAY
from adaldyq.measures.declarations.policies import OPEN
from adaldyq.ui.figures import Figure

SOURCE = gettext_lazy("Register of declarations")
PERCENT = 100
SUMS = ("owed", "on_time", "late", "missing", "awaited")
"""Numbers of outcomes, in their order."""

DEFINITIONS = {
    "owed": gettext_lazy(
        "Declarations that officials had to file: one for each person, year and form, where the law makes the "
        "declaration public."
    ),
    "filed": gettext_lazy("Of them, those of which something is filed, on time or late."),
    "on_time": gettext_lazy("Of them, those whose first version was filed on or before the last day to file."),
    "late": gettext_lazy("Of them, those whose first version was filed after the last day to file."),
    "missing": gettext_lazy("Of them, those of which nothing is filed although the last day to file has passed."),
    "awaited": gettext_lazy("Of them, those of which nothing is filed and the last day to file is still to come."),
    "share": gettext_lazy("Filed on time, of 100 whose last day to file has passed or that were filed."),
}

GROUP_OWED = gettext_lazy(
    "Declarations that people had to file: one for each person, year and form, by the group of the law that obliges them, "
    "as last counted by night. Declarations that the law makes public are a line of their own."
)
GROUP_UNTOLD = gettext_lazy(
    "A line without numbers would tell of fewer than %(least)s people, or let such a number be worked out."
)

WAY_DEFINITIONS = {
    "filed": gettext_lazy(
        "First versions of officials’ declarations, where the law makes them public, by the way on which they came."
    ),
    "on_time": gettext_lazy("Of them, those filed on or before the last day to file of their way."),
    "share": gettext_lazy("Of 100 filed on any way, how many came on this one."),
}

FEW_FORMS = gettext_noop("Forms of which too few are counted")
"""Stands for the bodies, forms or ways of a year that has left the public of which too few are counted to tell each."""


@dataclass(frozen=True, slots=True)
class Way:
    """Declarations of a year that came on one way.

    Attributes:
        key: electronic, bulk or paper; empty when the source does not say.
        name: the same in the reader's language.
        all_filed: how many came on any way.
    """

    key: str
    name: str
    filed: int
    on_time: int
    all_filed: int

    @property
    def share(self) -> float | None:
        """Of what came on any way, in percent; None when nothing came."""
        return round(PERCENT * self.filed / self.all_filed, 1) if self.all_filed else None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of obligations that have something in common.

    Attributes:
        key: what they have in common: a year, form, body or region.
        name: the same in the reader's language.
        owed: how many there are; on time, late, missing and awaited add up to it.
    """

    key: Hashable = None
    name: str = ""
    owed: int = 0
    on_time: int = 0
    late: int = 0
    missing: int = 0
    awaited: int = 0

    def __add__(self, other: Outcomes) -> Outcomes:
        return replace(
            self,
            owed=self.owed + other.owed,
            on_time=self.on_time + other.on_time,
            late=self.late + other.late,
            missing=self.missing + other.missing,
            awaited=self.awaited + other.awaited,
        )

    @property
    def filed(self) -> int:
        """Filed, on time or late."""
        return self.on_time + self.late

    @property
    def share(self) -> float | None:
        """Filed on time, in percent of what is due or filed; None when nothing is."""
        due = self.owed - self.awaited
        return round(PERCENT * self.on_time / due, 1) if due else None


@dataclass(frozen=True, slots=True)
class Counted:
    """Outcomes of one year, form and body."""

    year: int
    form: str
    body_id: str
    territory: str
    outcomes: Outcomes


def frozen(of: str, year: int | None = None) -> QuerySet[FrozenCount]:
    """The numbers that were kept, of one year or of all."""
    found = FrozenCount.objects.filter(of=of).order_by("year", "key", "form", "pk")
    return found if year is None else found.filter(year=year)


def counts(today: date) -> dict[str, Count]:
    """How each outcome is counted on a day."""
    unfiled = Q(filed_date__isnull=True)
    return {
        "owed": Count("*"),
        "on_time": Count("year", filter=Q(filed_date__lte=F("due_date"))),
        "late": Count("year", filter=Q(filed_date__gt=F("due_date"))),
        "missing": Count("year", filter=unfiled & Q(due_date__lt=today)),
        "awaited": Count("year", filter=unfiled & Q(due_date__gte=today)),
    }


def counted(today: date, year: int | None = None, body: str = "") -> list[Counted]:
    """Outcomes of open obligations by year, form and body, in one query over an index that holds all of it.

    Of years whose records have left the public it is the numbers that were kept then (`actions/freezing.py`), those of
    small bodies together under `FEW`.
    """
    found = Obligation.objects.filter(OPEN)
    if year is not None:
        found = found.filter(year=year)
    if body:
        found = found.filter(body_id=body)
    kept = list(frozen(OUTCOME, year).values_list("year", "form", "body_id", *SUMS))
    gone = {row[0] for row in kept}
    rows = found.values_list("year", "form", "body_id").annotate(**counts(today))
    live = [row for row in cast("Iterable[Any]", rows) if row[0] not in gone]
    past = [row for row in few_together(kept, today) if not body or row[2] == body]
    places = naming.body_places()
    return [
        Counted(year, form, body or "", places.get(body or "", ""), Outcomes(None, "", *numbers))
        for year, form, body, *numbers in [*live, *past]
    ]


def least_told(today: date) -> int:
    """The least number that a cell of a closed year may count."""
    return int(naming.pack().threshold("suppressed_below", today).amount)


def few_together(kept: Iterable[Sequence[Any]], today: date) -> Iterator[Sequence[Any]]:
    """Numbers of past years by year, form and body, in which no form and no body stands of which a cell counts too few.

    Whether an official filed is closed with the year, and the number of a body of one would tell it for ever. No region,
    kind or level counts such a body either: what is missing there would be its number.
    """
    rows = list(kept)
    forms, bodies = (untold_in([(row[0], row[place] or "", row[4:]) for row in rows], today) for place in (1, 2))
    for year, form, body, *numbers in rows:
        named = FEW if form in forms[year] else form, FEW if (body or "") in bodies[year] else body
        yield year, *named, *numbers


def untold_in(rows: Iterable[tuple[int, str, Sequence[int]]], today: date) -> dict[int, frozenset[str]]:
    """By year, what of one thing by which its numbers are counted is told together only."""
    tables: dict[int, dict[str, list[int]]] = {}
    for year, key, cells in rows:
        sums = tables.setdefault(year, {}).setdefault(key, [0] * len(cells))
        sums[:] = map(add, sums, cells)
    return {year: rows_together(table, least_told(today)) for year, table in tables.items()}


def counted_years(today: date) -> list[Outcomes]:
    """Outcomes of open obligations by year, newest first, added up by the database."""
    rows = Obligation.objects.filter(OPEN).values_list("year").annotate(**counts(today)).order_by("-year")
    kept = frozen(OUTCOME).order_by("-year").values_list("year").annotate(*(Sum(name) for name in SUMS))
    past = [Outcomes(year, str(year), *numbers) for year, *numbers in cast("Iterable[Any]", kept)]
    gone = {one.key for one in past}
    live = [Outcomes(year, str(year), *numbers) for year, *numbers in cast("Iterable[Any]", rows) if year not in gone]
    return sorted([*live, *past], key=lambda one: one.name, reverse=True)


def leading_year(years: Iterable[Outcomes]) -> int | None:
    """The year that a page shows first: the newest of which something fell due or was filed, else the newest."""
    listed = sorted(years, key=lambda one: int(one.name), reverse=True)
    begun = (int(one.name) for one in listed if one.owed != one.awaited)
    return next(begun, int(listed[0].name) if listed else None)


def grouped(rows: Iterable[Counted], key: Callable[[Counted], Hashable]) -> dict[Hashable, Outcomes]:
    """Outcomes added up by a key."""
    sums: dict[Hashable, list[int]] = {}
    for row in rows:
        one = row.outcomes
        numbers = (one.owed, one.on_time, one.late, one.missing, one.awaited)
        kept = sums.setdefault(key(row), [0] * len(numbers))
        kept[:] = map(add, kept, numbers)
    return {group: Outcomes(group, "", *numbers) for group, numbers in sums.items()}


def by_year(rows: Iterable[Counted]) -> list[Outcomes]:
    """Outcomes by year, newest first."""
    sums = grouped(rows, lambda row: row.year)
    return [replace(sums[year], name=str(year)) for year in sorted(sums, key=str, reverse=True)]


def by_form(rows: Iterable[Counted]) -> list[Outcomes]:
    """Outcomes by form, the one most owed first."""
    sums = grouped(rows, lambda row: row.form)
    words = {**FORMS, FEW: FEW_FORMS}
    named = [replace(one, name=_(words.get(str(form), str(form)))) for form, one in sums.items()]
    return sorted(named, key=lambda one: (-one.owed, one.name))


def by_region(rows: Iterable[Counted]) -> list[Outcomes]:
    """Outcomes by region of the body, all regions of the country among them.

    A body counts in the region of its seat, also when it serves the whole country; one without a seat is in none.
    """
    region_of = naming.region_by_territory()
    sums = grouped(rows, lambda row: region_of.get(row.territory, ""))
    return [replace(sums.get(code, Outcomes(key=code)), name=name) for code, name in naming.regions()]


def by_kind(rows: Iterable[Counted]) -> list[Outcomes]:
    """Outcomes by kind of body, as the pack lists them, the one most owed first."""
    return by_code(rows, "kind", "body_kind")


def by_level(rows: Iterable[Counted]) -> list[Outcomes]:
    """Outcomes by level of the body, as the pack lists them, the one most owed first."""
    return by_code(rows, "level", "body_level")


def by_category(today: date, year: int) -> list[Outcomes]:
    """Outcomes of a year by category of the post, as the pack lists them, the one most owed first.

    The post is one that the person held in the body of the obligation during the declared year or until the last day to
    file; whoever held posts of two categories counts in each. Spouses, who hold none, are in none.
    """
    owed = "person__obligations"
    held = Appointment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=date(year, 1, 1)),
        post__body_id=F(f"{owed}__body_id"),
        valid_from__lte=F(f"{owed}__due_date"),
        **{f"{owed}__year": year, f"{owed}__is_public": True},
    )
    filed, due = F(f"{owed}__filed_date"), f"{owed}__due_date"
    unfiled = Q(**{f"{owed}__filed_date__isnull": True})
    states = {
        "owed": Q(),
        "on_time": Q(**{f"{due}__gte": filed}),
        "late": Q(**{f"{due}__lt": filed}),
        "missing": unfiled & Q(**{f"{due}__lt": today}),
        "awaited": unfiled & Q(**{f"{due}__gte": today}),
    }
    counted = {name: Count(owed, distinct=True, filter=state) for name, state in states.items()}
    kept = list(frozen(CATEGORY, year).values_list("key", *SUMS))
    few = rows_together({key: cells for key, _owed, *cells in kept}, least_told(today))
    kept = [row for row in kept if row[0] not in few]
    rows = kept if kept or few else held.values_list("post__category").annotate(**counted)
    words = naming.pack().codes.get("post_category", {})
    named = [Outcomes(code, naming.spoken(words.get(code, {}), code), *numbers) for code, *numbers in rows]
    return sorted(named, key=lambda one: (-one.owed, one.name))


def by_code(rows: Iterable[Counted], column: str, codes: str) -> list[Outcomes]:
    """Outcomes by what a column of the body says, in the words of a code list of the pack."""
    of_body: dict[str, str] = dict(Body.objects.values_list("id", column))
    words = naming.pack().codes.get(codes, {})
    sums = grouped(rows, lambda row: FEW if row.body_id == FEW else of_body.get(row.body_id, ""))
    named = [
        replace(one, name=few_or(code, naming.spoken(words.get(str(code), {}), str(code))))
        for code, one in sums.items()
    ]
    return sorted(named, key=lambda one: (-one.owed, one.name))


def by_body(rows: Iterable[Counted]) -> list[Outcomes]:
    """Outcomes by body: most missing first, then latest."""
    sums = grouped(rows, lambda row: row.body_id)
    names = naming.body_names()
    named = [replace(one, name=few_or(body, names.get(str(body), ""))) for body, one in sums.items()]
    return sorted(named, key=lambda one: (-one.missing, -one.late, one.name))


def few_or(key: Hashable, name: str) -> str:
    """What a line of bodies is called: small bodies together, its own name, or that there is none."""
    return _("Bodies of which too few are counted") if key == FEW else name or _("No body is stated")


def total(rows: Iterable[Counted]) -> Outcomes:
    """All outcomes together."""
    return sum((row.outcomes for row in rows), Outcomes())


def by_way(year: int) -> list[Way]:
    """First versions of open declarations of a year by the way on which they came, every way of today among them."""
    first = Declaration.objects.filter(OPEN, year=year, version=1)
    numbers = {"filed": Count("*"), "on_time": Count("year", filter=Q(filed_date__lte=F("due_date")))}
    kept = list(frozen(WAY, year).values_list("key", "owed", "on_time"))
    listed: Iterable[Any] = kept or first.values_list("way").annotate(**numbers)
    found = {way: (filed, on_time) for way, filed, on_time in listed}
    filed = sum(count for count, _on_time in found.values())
    cells = {way: (on_time, count - on_time) for way, count, on_time in kept}
    few = rows_together(cells, least_told(timezone.localdate()))
    shown = [way for way in WAY_WORDS if (way or way in found) and way not in few]
    told = [Way(way, _(WAY_WORDS[way]), *found.get(way, (0, 0)), filed) for way in shown]
    if not few:
        return told
    counted, on_time = (sum(found[way][place] for way in few) for place in (0, 1))
    return [*told, Way(FEW, _("Ways of which too few are counted"), counted, on_time, filed)]


def headline() -> list[Figure]:
    """Live figures for the first page: of the last year whose last day to file has passed."""
    today = timezone.localdate()
    newest = Obligation.objects.filter(OPEN, due_date__lt=today).order_by("-year").values_list("year", flat=True)[:1]
    if not newest:
        return []
    year = newest[0]
    sums = Obligation.objects.filter(OPEN, year=year).aggregate(**counts(today))
    return figures_of(Outcomes(**sums), year, today)


def figures_of(sums: Outcomes, year: int, today: date) -> list[Figure]:
    """Filed, filed on time and missing of one year, each with its definition and the file behind it."""
    page = f"{reverse('declarations-statistics')}?year={year}"
    file = f"{reverse('declarations-statistics-csv')}?by=body&year={year}"

    def figure(title: str, value: float | None, definition: object, kind: str = "number") -> Figure:
        return Figure(
            title=title,
            value=value,
            definition=definition,
            as_of=today,
            source=SOURCE,
            href=page,
            download=file,
            kind="percent" if kind == "percent" else "number",
        )

    return [
        figure(_("Declarations owed for %(year)s") % {"year": year}, sums.owed, DEFINITIONS["owed"]),
        figure(_("Filed on time for %(year)s") % {"year": year}, sums.share, DEFINITIONS["share"], "percent"),
        figure(_("Filed late for %(year)s") % {"year": year}, sums.late, DEFINITIONS["late"]),
        figure(_("Not filed for %(year)s") % {"year": year}, sums.missing, DEFINITIONS["missing"]),
    ]
