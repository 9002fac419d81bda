"""Requests for cases as officers see them, and as the register of cases takes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, QuerySet, Sum

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.ports import CASE
from adaldyq.kernel.ports.telling import told_about
from adaldyq.measures.reports.models import CaseReport, CaseRequest, MoneyBack, Report
from adaldyq.measures.reports.queries.queue import visible
from adaldyq.measures.reports.queries.reviewing import left_by
from adaldyq.measures.reports.states import ACKNOWLEDGED, CLOSED, ENDED, ON_FILE, WAITING

MOST_TOGETHER = 50


def of_report(report: Report) -> CaseRequest | None:
    """The request for a case that a report stands in."""
    return CaseRequest.objects.filter(linked__report=report).first()


def request(key: str) -> CaseRequest | None:
    """A request by its id."""
    return CaseRequest.objects.filter(pk=key).first()


def money_back(request: CaseRequest) -> Decimal:
    """What came back by a case, in the country's currency."""
    return request.money.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def askable(by: Actor, report: Report, day: date) -> list[Report]:
    """Other reports that may stand in one request with a report: of its unit, seen by the viewer, without a case yet, and not left to another officer.

    Those about the same body come first; the newest before older ones.
    """
    taken = CaseReport.objects.values("report")
    found = visible(by, day).filter(unit=report.unit, state__in=(ACKNOWLEDGED, CLOSED)).exclude(pk=report.pk)
    left = left_by(by.id, found, day)
    newest = list(
        found.exclude(pk__in=taken).exclude(pk__in=left).order_by("-received_date", "pk")[: 4 * MOST_TOGETHER]
    )
    return sorted(newest, key=lambda one: one.about_body_id != report.about_body_id)[:MOST_TOGETHER]


def requests_of(by: Actor, day: date) -> QuerySet[CaseRequest]:
    """Requests for a case that stand on reports which the viewer sees; of each the reports that the viewer sees, and no others."""
    seen = CaseReport.objects.filter(report__in=visible(by, day).values("pk")).order_by("report")
    found = CaseRequest.objects.filter(pk__in=seen.order_by().values("request"))
    return found.prefetch_related(Prefetch("linked", seen), "money")


def waiting() -> Sequence[CaseRequest]:
    """Requests that no register of cases has taken or answered, the first one first."""
    found = CaseRequest.objects.filter(state=WAITING).select_related("unit__body")
    found = found.exclude(pk__in=told_about(CASE, CaseRequest._meta.label))
    return list(found.prefetch_related("linked__report__about_body").order_by("asked_date", "pk"))


def is_told(reference: str) -> bool:
    """Whether a payment was taken in."""
    return MoneyBack.objects.filter(reference=reference).exists()


def cases_of(reports: Sequence[str], as_of: date) -> Mapping[str, tuple[str, Decimal]]:
    """Of some reports those that had led to a case by the end of a day: by which request, and what had come back."""
    led = CaseReport.objects.filter(
        report__in=reports, request__state__in=(ON_FILE, ENDED), request__opened_date__lte=as_of
    )
    pairs = dict(led.values_list("report_id", "request_id"))
    money = MoneyBack.objects.filter(request__in=set(pairs.values()), received_date__lte=as_of)
    back = dict(money.values("request").annotate(sum=Sum("amount")).values_list("request", "sum"))
    return {report: (request, back.get(request, Decimal(0))) for report, request in pairs.items()}
