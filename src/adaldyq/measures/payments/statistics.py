"""Public numbers of payments: how much is paid without cash, what is not paid, how long it takes, what goes back.

Source: invoices, payments and refunds as the books have them, in the country's currency. A payment counts in the year in which
it came, an invoice in the one in which it was due, a refund in the one in which it was carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, ExpressionWrapper, F, Q, QuerySet, Sum
from django.db.models.fields import DurationField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adaldyq.kernel import naming
from adaldyq.kernel.deadlines.days import at_time, day_of
from adaldyq.measures.payments.domain.amounts import money
from adaldyq.measures.payments.domain.few import untold
from adaldyq.measures.payments.models import ELECTRONIC, FeeVersion, Invoice, PaymentAttempt, Refund
from adaldyq.measures.payments.states import DONE, EXPIRED, ISSUED
from adaldyq.measures.payments.tables import least_told
from adaldyq.ui.figures import Figure

SOURCE = gettext_lazy("Invoices, payments and refunds")
SERVICE, BODY, REGION = "service", "body", "region"
GROUPS = (SERVICE, BODY, REGION)
WHOLE = 100
DEFINITIONS = {
    "electronic": gettext_lazy(
        "Of a hundred payments that came in the year, those by card, transfer or telephone. The others are cash at a bank, which "
        "its statement proves. What a payer’s bank took back later is counted as it came."
    ),
    "leak": gettext_lazy(
        "Fees due in the year whose last day has passed and that nobody has paid in full: cancelled and waived ones are not in it. "
        "Where the service was given all the same, the money may have been taken in cash; a rule asks about each licence."
    ),
    "days": gettext_lazy(
        "Half of the invoices that were paid in the year were paid sooner after they were issued (median)."
    ),
    "refunds": gettext_lazy("What went back to payers in the year, once it was carried out."),
}


@dataclass(slots=True)
class Line:
    """Payments of a service, a body, a region, or all together, in a year.

    Attributes:
        key: code or id; empty for all together, or where it is not known.
        amount, electronic_amount, overdue_amount, refunded: in least units of the country's currency.
        settled: invoices that were paid in full in the year.
        hidden: names of what is not told, since it counts too few.
        due: invoices whose last day to pay has passed.
        median: from the issue of an invoice to its payment; None where none was paid.
    """

    key: str
    name: str
    payments: int = 0
    electronic: int = 0
    amount: int = 0
    electronic_amount: int = 0
    due: int = 0
    overdue: int = 0
    overdue_amount: int = 0
    refunds: int = 0
    refunded: int = 0
    settled: int = 0
    median: timedelta | None = None
    hidden: frozenset[str] = frozenset()

    def told(self, name: str) -> Any:
        """A number of the line by its name; None where it counts too few to be told."""
        return None if name in self.hidden else getattr(self, name)

    @property
    def share(self) -> Decimal | None:
        """Of a hundred payments, the electronic ones; None of none."""
        return percent(self.electronic, self.payments)

    @property
    def leak(self) -> Decimal | None:
        """Of a hundred invoices that were due, those not paid; None of none."""
        return percent(self.overdue, self.due)

    @property
    def days(self) -> Decimal | None:
        """The median in days, to a tenth."""
        return None if self.median is None else Decimal(round(self.median.total_seconds() / 8640)) / 10


def percent(part: int, whole: int) -> Decimal | None:
    """A share of a hundred, to a tenth."""
    return round(Decimal(part * WHOLE) / whole, 1) if whole else None


@dataclass(frozen=True, slots=True)
class Period:
    """A year up to a day, by the country's clock."""

    year: int
    today: date

    @property
    def since(self) -> datetime:
        """Its first instant."""
        return at_time(date(self.year, 1, 1), datetime.min.time())

    @property
    def until(self) -> datetime:
        """The first instant after it."""
        return at_time(date(self.year + 1, 1, 1), datetime.min.time())


def came(period: Period) -> QuerySet[PaymentAttempt]:
    """Payments that came in a year."""
    return PaymentAttempt.objects.filter(
        captured__gt=0, ended_at__gte=period.since, ended_at__lt=period.until, currency=naming.pack().currency
    )


def due(period: Period) -> QuerySet[Invoice]:
    """Invoices of which the last day to pay fell into a year and has passed, and that are claimed or expired."""
    return Invoice.objects.filter(
        due_date__year=period.year, due_date__lt=period.today, currency=naming.pack().currency, amount__gt=F("waived")
    ).exclude(state="cancelled")


def paid(period: Period) -> Any:
    """Invoices that were paid in full in a year, each with how long it took."""
    took = ExpressionWrapper(F("settled_at") - F("issued_at"), output_field=DurationField())
    settled = Invoice.objects.filter(settled_at__gte=period.since, settled_at__lt=period.until)
    return settled.filter(currency=naming.pack().currency).annotate(took=took)


def back(period: Period) -> QuerySet[Refund]:
    """Refunds that were carried out in a year."""
    return Refund.objects.filter(
        state=DONE, ended_at__gte=period.since, ended_at__lt=period.until, currency=naming.pack().currency
    )


PATHS: Mapping[str, str] = {SERVICE: "version__schedule__code", BODY: "body", REGION: "territory"}
OVERDUE = Q(
    state__in=(ISSUED, EXPIRED),
    captured__lt=F("amount") - F("waived") - F("reduced") + F("refunded") + F("charged_back"),
)


def lines(period: Period, group: str = "") -> list[Line]:
    """Lines of a year, by service, body or region, those with the most payments first; without a group, one line."""
    keys, names = keys_of(group), names_of(group)
    found: dict[str, Line] = {}

    def line(row: Mapping[str, Any], path: str) -> Line:
        key = keys(row[path] if path else "") or ""
        return found.setdefault(key, Line(key, names.get(key, key) or str(_("not known"))))

    count(came(period), group, "invoice__", {"payments": Count("pk"), "amount": Sum("captured")}, line)
    electronic = came(period).filter(method__in=ELECTRONIC)
    count(electronic, group, "invoice__", {"electronic": Count("pk"), "electronic_amount": Sum("captured")}, line)
    count(due(period), group, "", {"due": Count("pk")}, line)
    missing = Sum(F("amount") - F("waived") - F("reduced") - F("captured") + F("refunded") + F("charged_back"))
    count(due(period).filter(OVERDUE), group, "", {"overdue": Count("pk"), "overdue_amount": missing}, line)
    count(back(period), group, "invoice__", {"refunds": Count("pk"), "refunded": Sum("amount")}, line)
    add_medians(period, group, found)
    if not group:
        return [found.get("", Line("", ""))]
    return sorted(found.values(), key=lambda one: (-one.payments, one.name))


COUNTED: Sequence[tuple[Callable[[Line], int], Sequence[str]]] = (
    (lambda line: line.payments, ("payments", "amount", "electronic", "electronic_amount", "share")),
    (lambda line: line.electronic, ("electronic", "electronic_amount", "share")),
    (lambda line: line.payments - line.electronic, ("electronic", "electronic_amount", "share")),
    (lambda line: line.due, ("due", "overdue", "overdue_amount", "leak")),
    (lambda line: line.overdue, ("overdue", "overdue_amount", "leak")),
    (lambda line: line.due - line.overdue, ("overdue", "overdue_amount", "leak")),
    (lambda line: line.refunds, ("refunds", "refunded")),
    (lambda line: line.settled, ("settled", "days")),
)
"""What is counted, beside the numbers that tell of just these."""


def told_lines(period: Period, group: str = "") -> list[Line]:
    """The lines of a year as the public sees them: what counts few is not told, nor what would let it be worked out."""
    found, least = lines(period, group), least_told(period.today)
    whole = found if not group else lines(period)
    for counted, names in COUNTED:
        values = [counted(one) for one in found]
        left_out = untold(values, least)
        if 0 < counted(whole[0]) < least:
            left_out |= {place for place, value in enumerate(values) if value}
        for place in left_out:
            found[place].hidden |= set(names)
    return found


def count(rows: QuerySet[Any], group: str, before: str, sums: Mapping[str, Any], line: Any) -> None:
    """Add counts and sums of rows to their lines.

    Args:
        before: path from a row to its invoice.
        sums: by attribute of a line.
    """
    path = f"{before}{PATHS[group]}" if group else ""
    listed: Iterable[Mapping[str, Any]]
    if path:
        named = {f"counted_{name}": expression for name, expression in sums.items()}
        listed = rows.order_by().values(path).annotate(**named)
    else:
        listed = [rows.aggregate(**{f"counted_{name}": expression for name, expression in sums.items()})]
    for row in listed:
        one = line(row, path)
        for name in sums:
            setattr(one, name, getattr(one, name) + (row[f"counted_{name}"] or 0))


def add_medians(period: Period, group: str, found: Mapping[str, Line]) -> None:
    """Add how long payers took, to the lines that there are."""
    regions = naming.region_by_territory() if group == REGION else {}
    for key, line in found.items():
        settled = paid(period)
        if group == REGION:
            there = [place for place, region in regions.items() if region == key] if key else []
            settled = settled.filter(territory__in=there) if key else settled.filter(territory=None)
        elif group:
            settled = settled.filter(**({PATHS[group]: key} if key else {f"{PATHS[group]}__isnull": True}))
        line.settled = total = settled.count()
        if total:
            line.median = settled.order_by("took").values_list("took", flat=True)[total // 2]


def keys_of(group: str) -> Any:
    """How what rows have becomes the key of a line."""
    if group != REGION:
        return lambda key: key
    regions = naming.region_by_territory()
    return lambda key: regions.get(key or "", "")


def names_of(group: str) -> Mapping[str, str]:
    """Names of lines in the reader's language, by key."""
    if group == SERVICE:
        newest = FeeVersion.objects.filter(valid_to=None).select_related("schedule")
        return {one.schedule.code: naming.spoken(one.names) for one in newest}
    if group == BODY:
        return naming.body_names()
    return dict(naming.regions()) if group == REGION else {}


def years(today: date) -> list[int]:
    """Years of which there is something to tell, the newest first."""
    first = Invoice.objects.order_by("issued_at").values_list("issued_at", flat=True).first()
    return list(range(today.year, day_of(first).year - 1, -1)) if first else [today.year]


def in_currency(units: int | None) -> Decimal | None:
    """Least units of the country's currency as an amount; None of what is not told."""
    return None if units is None else money(units, naming.pack().currency).amount


def figures_of(line: Line, period: Period) -> Sequence[Figure]:
    """The indicators of a year, each with its definition and the file behind it."""
    file, currency = f"{reverse('payments-numbers-csv')}?year={period.year}", naming.pack().currency
    said: Sequence[tuple[object, Any, str, str]] = (
        (_("Paid without cash"), line.told("share"), "electronic", "percent"),
        (_("Due and not paid"), in_currency(line.told("overdue_amount")), "leak", "money"),
        (_("Days from invoice to payment"), line.told("days"), "days", "number"),
        (_("Given back in the year"), in_currency(line.told("refunded")), "refunds", "money"),
    )
    return [
        Figure(
            title,
            value,
            DEFINITIONS[name],
            period.today,
            SOURCE,
            download=file,
            kind=kind,  # type: ignore[arg-type]  # one of the kinds
            currency=currency if kind == "money" else "",
        )
        for title, value, name, kind in said
    ]
