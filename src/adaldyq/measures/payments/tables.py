"""The tables that rules read, and of which everybody may have what is public: fees, waivers, and payments counted by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from adaldyq.base.tables import Column, ColumnType, Privacy, Table
from adaldyq.kernel import naming
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.open_tables import OpenTables, Rows
from adaldyq.kernel.published import Published
from adaldyq.measures.payments.domain.amounts import money
from adaldyq.measures.payments.domain.few import untold
from adaldyq.measures.payments.models import (
    AttemptCorrection,
    FeeVersion,
    Invoice,
    PaymentAttempt,
    Refund,
    StatementEntry,
    Waiver,
)
from adaldyq.measures.payments.models.statements import BY_PERSON
from adaldyq.measures.payments.states import CONFIRMED, OF_TWO

BATCH = 2000
TEXT, INTEGER, MONEY, DATE = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.MONEY, ColumnType.DATE


def column(
    name: str, kind: ColumnType, meaning: str, *, required: bool = True, public: bool = True, title: str = ""
) -> Column:
    """A column; of an amount the currency stands beside it."""
    unit = "currency" if kind is MONEY else ""
    return Column(name, kind, meaning, Privacy.PUBLIC if public else Privacy.RESTRICTED, unit, required, title)


def inside(name: str, kind: ColumnType, meaning: str, *, required: bool = True) -> Column:
    """A column that rules read and the public does not see."""
    return column(name, kind, meaning, required=required, public=False)


CURRENCY = "Currency, ISO 4217."
FEE = Table(
    "fee",
    "What a public service costs from a day to a day, by which act.",
    (
        column("id", TEXT, "Opaque id of the version."),
        column("code", TEXT, "Code of the service."),
        column("body_id", TEXT, "Whose service it is; empty: of any body.", required=False),
        column("version", INTEGER, "Which version it is, from 1."),
        column("valid_from", DATE, "First day on which it holds."),
        column("valid_to", DATE, "Last day; empty while it holds.", required=False),
        column("law_number", TEXT, "Number of the act that sets it."),
        column("due_days", INTEGER, "Working days in which it is to be paid."),
        column("source", TEXT, "Where it was published, or `illustrative`.", required=False),
    ),
    key="id",
)
INVOICE = Table(
    "invoice",
    "What somebody is to pay.",
    (
        inside("id", TEXT, "Number of the invoice."),
        inside("fee_id", TEXT, "By which version of a fee."),
        inside("person_id", TEXT, "Who pays.", required=False),
        inside("company_id", TEXT, "Which company pays.", required=False),
        inside("body_id", TEXT, "To which body.", required=False),
        inside("subject_kind", TEXT, "What it is for, as app.Model.", required=False),
        inside("subject_id", TEXT, "Which of them.", required=False),
        inside("amount", MONEY, "What the fee is."),
        inside("waived", MONEY, "What was waived of it."),
        inside("paid", MONEY, "What has come and stayed."),
        inside("currency", TEXT, CURRENCY),
        inside("issued_date", DATE, "Day on which it was issued."),
        inside("due_date", DATE, "Last day to pay."),
        inside("settled_date", DATE, "Day on which it was paid in full.", required=False),
        inside("state", TEXT, "How it stands."),
    ),
    key="id",
)
PAYMENT = Table(
    "payment",
    "Money that came for an invoice.",
    (
        inside("id", TEXT, "Opaque id."),
        inside("invoice_id", TEXT, "Number of the invoice."),
        inside("provider", TEXT, "Code of the provider; `bank` for what a statement proves."),
        inside("method", TEXT, "card, transfer, qr or cash_at_bank."),
        inside("amount", MONEY, "What came."),
        inside("charged_back", MONEY, "What the payer’s bank took back."),
        inside("currency", TEXT, CURRENCY),
        inside("paid_date", DATE, "Day on which it came."),
        inside("state", TEXT, "How it stands."),
        inside("entered_by_id", TEXT, "Who explained the entry of a statement that proves it.", required=False),
        inside("corrected_by_id", TEXT, "Who proposed the correction by which it came after all.", required=False),
    ),
    key="id",
)
REFUND = Table(
    "refund",
    "Money that goes back to a payer.",
    (
        inside("id", TEXT, "Opaque id."),
        inside("payment_id", TEXT, "By which payment it came."),
        inside("amount", MONEY, "What goes back."),
        inside("currency", TEXT, CURRENCY),
        inside("ground", TEXT, "Code of the ground."),
        inside("requested_date", DATE, "Day on which it was asked for."),
        inside("done_date", DATE, "Day on which it was carried out, or came back.", required=False),
        inside("state", TEXT, "How it stands."),
        inside("requested_by_id", TEXT, "Who asked for it.", required=False),
        inside("decided_by_id", TEXT, "Who approved or rejected it.", required=False),
    ),
    key="id",
)
WAIVER = Table(
    "waiver",
    "A fee that somebody need not pay, or not all of it.",
    (
        column("id", TEXT, "Opaque id."),
        inside("invoice_id", TEXT, "Number of the invoice."),
        column("fee_id", TEXT, "By which version of a fee."),
        column("body_id", TEXT, "Of which body.", required=False),
        column("ground", TEXT, "Code of the ground.", title="Ground"),
        column("per_cent", INTEGER, "Per cent of the fee."),
        column("amount", MONEY, "What was waived."),
        column("currency", TEXT, CURRENCY),
        column("decided_date", DATE, "Day on which it was confirmed."),
        inside("proposed_by_id", TEXT, "Who proposed it.", required=False),
        inside("decided_by_id", TEXT, "Who confirmed it.", required=False),
    ),
    key="id",
)
PAYMENT_COUNT = Table(
    "payment_count",
    "Payments of a month by service, body, region and way.",
    (
        column("id", TEXT, "Month, service, body, region and way."),
        column("month", DATE, "First day of the month."),
        column("fee_code", TEXT, "Code of the service."),
        column("body_id", TEXT, "To which body.", required=False),
        column("territory_id", TEXT, "The region of the payer.", required=False),
        column("method", TEXT, "card, transfer, qr or cash_at_bank."),
        column("payments", INTEGER, "How many came."),
        column("amount", MONEY, "What came."),
        column("currency", TEXT, CURRENCY),
    ),
    key="id",
)


def fees() -> Iterator[Mapping[str, object]]:
    """All versions of all fees."""
    for one in FeeVersion.objects.select_related("schedule").order_by("pk"):
        same = ("version", "valid_from", "valid_to", "law_number", "due_days")
        yield {
            "id": one.pk,
            "code": one.schedule.code,
            "body_id": one.schedule.body_id,
            "source": one.source or None,
            **{name: getattr(one, name) for name in same},
        }


def invoices() -> Iterator[Mapping[str, object]]:
    """All invoices."""
    for one in Invoice.objects.order_by("pk").iterator(BATCH):
        yield {
            "id": one.number,
            "fee_id": one.version_id,
            "person_id": one.person_id,
            "company_id": one.company_id,
            "body_id": one.body_id,
            "subject_kind": one.subject_kind or None,
            "subject_id": one.subject_id or None,
            "amount": money(one.amount, one.currency).amount,
            "waived": money(one.waived, one.currency).amount,
            "paid": money(one.held, one.currency).amount,
            "currency": one.currency,
            "issued_date": day_of(one.issued_at),
            "due_date": one.due_date,
            "settled_date": day_of(one.settled_at) if one.settled_at else None,
            "state": one.state,
        }


def payments() -> Iterator[Mapping[str, object]]:
    """All money that came."""
    explained = StatementEntry.objects.filter(attempt=OuterRef("pk"), way=BY_PERSON)
    corrected = AttemptCorrection.objects.filter(attempt=OuterRef("pk"), kind__in=OF_TWO, state=CONFIRMED)
    came = PaymentAttempt.objects.filter(captured__gt=0).select_related("invoice").order_by("pk")
    came = came.annotate(
        entered_by=Subquery(explained.values("decided_by")[:1]),
        corrected_by=Subquery(corrected.exclude(by=None).order_by("-at").values("by")[:1]),
    )
    for one in came.iterator(BATCH):
        yield {
            "id": one.pk,
            "invoice_id": one.invoice.number,
            "provider": one.provider,
            "method": one.method,
            "amount": money(one.captured, one.currency).amount,
            "charged_back": money(one.charged_back, one.currency).amount,
            "currency": one.currency,
            "paid_date": day_of(one.ended_at or one.created_at),
            "state": one.state,
            "entered_by_id": one.entered_by,
            "corrected_by_id": one.corrected_by,
        }


def refunds() -> Iterator[Mapping[str, object]]:
    """All refunds."""
    for one in Refund.objects.order_by("pk").iterator(BATCH):
        yield {
            "id": one.pk,
            "payment_id": one.attempt_id,
            "amount": money(one.amount, one.currency).amount,
            "currency": one.currency,
            "ground": one.ground,
            "requested_date": day_of(one.requested_at),
            "done_date": day_of(one.ended_at) if one.ended_at else None,
            "state": one.state,
            "requested_by_id": one.requested_by_id,
            "decided_by_id": one.decided_by_id,
        }


def waivers() -> Iterator[Mapping[str, object]]:
    """All waivers that were confirmed."""
    for one in Waiver.objects.filter(state=CONFIRMED).select_related("invoice").order_by("pk").iterator(BATCH):
        yield {
            "id": one.pk,
            "invoice_id": one.invoice.number,
            "fee_id": one.invoice.version_id,
            "body_id": one.invoice.body_id,
            "ground": one.ground,
            "per_cent": one.per_cent,
            "amount": money(one.amount, one.currency).amount,
            "currency": one.currency,
            "decided_date": day_of(one.decided_at) if one.decided_at else None,
            "proposed_by_id": one.proposed_by_id,
            "decided_by_id": one.decided_by_id,
        }


def payment_counts() -> Iterator[Mapping[str, object]]:
    """Payments counted by month, service, body, region and way."""
    regions = naming.region_by_territory()
    came = PaymentAttempt.objects.filter(captured__gt=0, ended_at__isnull=False)
    month = TruncMonth("ended_at", tzinfo=naming.pack().zone)
    parts = ("month", "invoice__version__schedule__code", "invoice__body", "invoice__territory", "method", "currency")
    found: dict[tuple[object, ...], list[int]] = {}
    for row in came.annotate(month=month).order_by().values(*parts).annotate(many=Count("pk"), units=Sum("captured")):
        region = regions.get(row["invoice__territory"] or "")
        key: tuple[object, ...] = (
            row["month"].date(),
            row[parts[1]],
            row["invoice__body"],
            region,
            row["method"],
            row["currency"],
        )
        before = found.setdefault(key, [0, 0])
        before[0] += row["many"]
        before[1] += row["units"]
    for key, (many, units) in sorted(found.items(), key=lambda pair: str(pair[0])):
        yield counted(key, many, units)


def counted(key: tuple[object, ...], many: int, units: int) -> Mapping[str, object]:
    """A row of the counts."""
    month, code, body, region, method, currency = key
    first = month.isoformat() if isinstance(month, date) else ""
    return {
        "id": ":".join(str(one or "*") for one in (first[:7], code, body, region, method, currency)),
        "month": month,
        "fee_code": code,
        "body_id": body,
        "territory_id": region,
        "method": method,
        "payments": many,
        "amount": money(units, str(currency)).amount,
        "currency": currency,
    }


def least_told(today: date) -> int:
    """The least number that public counts tell of, by the country pack."""
    return int(naming.pack().threshold("suppressed_below", today).amount)


def told_counts() -> Iterator[Mapping[str, object]]:
    """The counts of payments that are not few; of a month only those that leave none or not few out of its service's sum."""
    least = least_told(timezone.localdate())
    rows = list(payment_counts())
    groups: dict[tuple[object, ...], list[Mapping[str, object]]] = {}
    for row in rows:
        groups.setdefault((row["month"], row["fee_code"], row["currency"]), []).append(row)
    for listed in groups.values():
        left_out = untold([int(str(row["payments"])) for row in listed], least)
        yield from (row for place, row in enumerate(listed) if place not in left_out)


def open_rows() -> Iterator[tuple[str, Rows]]:
    """Fees, waivers without their invoices, and counts, for everybody."""
    for table, rows in ((FEE, fees), (WAIVER, waivers), (PAYMENT_COUNT, told_counts)):
        yield table.name, list(rows())


PUBLISHED = (
    Published(FEE, rows=fees),
    Published(INVOICE, rows=invoices),
    Published(PAYMENT, rows=payments),
    Published(REFUND, rows=refunds),
    Published(WAIVER, rows=waivers),
    Published(PAYMENT_COUNT, rows=payment_counts),
)
OPEN_TABLES = OpenTables((FEE.name, WAIVER.name, PAYMENT_COUNT.name), open_rows)
