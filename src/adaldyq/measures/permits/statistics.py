"""The public counter of permits: how many there are on any day, each entry and exit with its day, and what it saved.

Source: the catalogue and what happened to its entries. An entry counts from its first day up to the day before it ended; what
kind it is, is asked of what it said on the day.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adaldyq.countries.permits import PermitKind
from adaldyq.kernel import naming
from adaldyq.measures.permits.models import PermitEntry, PermitEvent, PermitVersion
from adaldyq.measures.permits.states import ENDED, MOVED
from adaldyq.ui.figures import Figure

SOURCE = gettext_lazy("Catalogue of permits")
COUNTED = ("introduced", *ENDED, MOVED)
DEFINITIONS = {
    "permits": gettext_lazy(
        "Licences and permits in force on the day: what a body decides about before a business begins."
    ),
    "notifications": gettext_lazy(
        "Notifications in force on the day: what a business tells a body, which decides nothing."
    ),
    "ended": gettext_lazy(
        "Permits abolished by an act, fallen since nobody justified them in time, or taken out since they are none."
    ),
    "saved": gettext_lazy(
        "What abolishing, simplifying and moving to notification saves those who needed them in a year: hours of work at the "
        "pack's price and other costs, times applications (standard cost model). What nobody counted is not in it."
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """What is counted: everything, or what one body issues, or what belongs to one sector."""

    body: str = ""
    sector: str = ""

    def narrowed(self, entry: str = "") -> Q:
        """The condition on rows whose entry is reached by a path."""
        same = {"body": self.body, "sector": self.sector}
        return Q(**{f"{entry}{name}": value for name, value in same.items() if value})


@dataclass(slots=True)
class YearLine:
    """A year: how many there were at its end (or today), what came and went, what it saved.

    Attributes:
        day: on which it is counted.
        happened: how often, by what happened.
        currency: of `saved_amount`, for a year.
    """

    year: int
    day: date
    licences: int = 0
    permits: int = 0
    notifications: int = 0
    happened: Mapping[str, int] = field(default_factory=dict)
    saved_amount: Decimal = Decimal(0)
    saved_days: int = 0

    @property
    def total(self) -> int:
        """All kinds together."""
        return self.licences + self.permits + self.notifications

    @property
    def introduced(self) -> int:
        """How many came."""
        return self.happened.get("introduced", 0)

    @property
    def abolished(self) -> int:
        """How many were abolished by an act."""
        return self.happened.get("abolished", 0)

    @property
    def lapsed(self) -> int:
        """How many fell, not justified in time."""
        return self.happened.get("lapsed", 0)

    @property
    def excluded(self) -> int:
        """How many were taken out as no permits."""
        return self.happened.get("excluded", 0)

    @property
    def moved(self) -> int:
        """How many became notifications."""
        return self.happened.get(MOVED, 0)


@dataclass(frozen=True, slots=True)
class PartLine:
    """A body or a sector: how many there ever were, ended, are in force now, and what it saved a year."""

    key: str
    name: str
    ever: int
    ended: int
    now: int
    saved_amount: Decimal
    saved_days: int


def kinds_on(day: date, part: Part = Part()) -> Counter[str]:
    """How many are in force on a day, by kind."""
    valid = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))
    found = PermitVersion.objects.filter(valid, part.narrowed("entry__")).values_list("kind").annotate(Count("pk"))
    return Counter(dict(found))


def years(part: Part = Part(), today: date | None = None) -> list[YearLine]:
    """Every year since the first entry came, the first first."""
    day = today or timezone.localdate()
    versions = list(
        PermitVersion.objects.filter(part.narrowed("entry__")).values_list("kind", "valid_from", "valid_to")
    )
    if not versions:
        return []
    flows = flows_of(part, day)
    found = []
    for year in range(min(since for _kind, since, _until in versions).year, day.year + 1):
        end = min(date(year, 12, 31), day)
        kinds = Counter(kind for kind, since, until in versions if since <= end and (until is None or until >= end))
        line = flows.get(year) or YearLine(year, end)
        line.licences, line.permits = kinds[PermitKind.LICENCE], kinds[PermitKind.PERMIT]
        line.notifications, line.day = kinds[PermitKind.NOTIFICATION], end
        found.append(line)
    return found


def flows_of(part: Part, day: date) -> dict[int, YearLine]:
    """What came and went in each year up to a day, and what it saved."""
    events = PermitEvent.objects.filter(part.narrowed("entry__"), day__lte=day)
    rows = events.values_list(ExtractYear("day"), "happened").annotate(
        Count("pk"), Sum("saved_amount"), Sum("saved_days")
    )
    by_year: dict[int, dict[str, tuple[int, Decimal, int]]] = defaultdict(dict)
    for year, happened, count, money, days in rows.order_by():
        by_year[year][happened] = (count, money or Decimal(0), days or 0)
    return {
        year: YearLine(
            year,
            day,
            happened={name: count for name, (count, _money, _days) in found.items()},
            saved_amount=sum((money for _count, money, _days in found.values()), Decimal(0)),
            saved_days=sum(days for _count, _money, days in found.values()),
        )
        for year, found in by_year.items()
    }


def by(name: str, part: Part = Part()) -> list[PartLine]:
    """The same by `body` or by `sector`, those with the most in force first."""
    names = naming.body_names() if name == "body" else naming.code_titles("permit_sector")
    column = "body_id" if name == "body" else "sector"
    entries = PermitEntry.objects.filter(part.narrowed()).values_list(column).order_by()
    counts = entries.annotate(ever=Count("pk"), ended=Count("pk", filter=Q(state__in=ENDED)))
    events = PermitEvent.objects.filter(part.narrowed("entry__")).values_list(f"entry__{column}").order_by()
    saved = {key: (money, days) for key, money, days in events.annotate(Sum("saved_amount"), Sum("saved_days"))}
    found = []
    for key, ever, ended in counts:
        money, days = saved.get(key, (None, None))
        found.append(PartLine(key, names.get(key, key), ever, ended, ever - ended, money or Decimal(0), days or 0))
    return sorted(found, key=lambda one: (-one.now, one.name))


def changes(part: Part = Part()) -> QuerySet[PermitEvent]:
    """Every entry and exit, each with its day, the newest first."""
    found = PermitEvent.objects.filter(part.narrowed("entry__"), happened__in=COUNTED)
    return found.select_related("entry__body").annotate(number=F("entry__number")).order_by("-day", "number")


def headline() -> list[Figure]:
    """The figure for the first page."""
    lines = years()
    return figures_of(lines)[:1] if lines else []


def figures_of(lines: Sequence[YearLine]) -> list[Figure]:
    """Figures of today, each with its definition and the file behind it."""
    last = lines[-1]
    ended = sum(one.abolished + one.lapsed + one.excluded for one in lines)
    saved = sum((one.saved_amount for one in lines), Decimal(0))
    shown: list[tuple[str, int | Decimal, str]] = [
        (_("Licences and permits in force"), last.licences + last.permits, "permits"),
        (_("Notifications in force"), last.notifications, "notifications"),
        (_("Ended so far"), ended, "ended"),
        (_("Saved a year"), saved, "saved"),
    ]
    return [
        Figure(
            title=title,
            value=value,
            definition=DEFINITIONS[name],
            as_of=last.day,
            source=SOURCE,
            href=reverse("permits-counter"),
            download=reverse("permits-counter-csv"),
            kind="money" if name == "saved" else "number",
            currency=naming.pack().currency if name == "saved" else "",
        )
        for title, value, name in shown
    ]
