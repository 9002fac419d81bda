"""Cases that reports lead to: asking for one, and what became of those that were asked for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming, reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.measures.reports.actions.cases import ask_case
from adaldyq.measures.reports.forms.cases import AskCaseForm
from adaldyq.measures.reports.queries import cases
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.queries.words import CASE_STATES
from adaldyq.measures.reports.views.office import READ, about_of
from adaldyq.measures.reports.views.steps import Step, step_page
from adaldyq.ui.formats.values import day, money
from adaldyq.ui.tables import Column, Table, sorted_page


@require_http_methods(["GET", "HEAD", "POST"])
def case_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """Ask that a case be opened because of a report, and of others about the same."""
    return step_page(request, report_id, case_step)


def case_step(by: Actor, report: Report, sent: Any) -> Step:
    """The step that asks for a case; no form stands there once one was asked for."""
    asked = cases.of_report(report)
    others = {one.pk: one for one in cases.askable(by, report, timezone.localdate())} if asked is None else {}
    form = None if asked else AskCaseForm(sent, [(one.pk, described(one)) for one in others.values()])
    known = [_("It was asked for: %(state)s.") % {"state": CASE_STATES[asked.state]}] if asked else []
    return Step(
        "case",
        _("Ask for a case"),
        _("Ask for a case"),
        form,
        lambda answers, who, now: ask_case(
            reports=[report, *(others[one] for one in answers.get("others", ()))], by=who, at=now
        ),
        (
            _(
                "The register of cases is told which office asks, and body, topic and region of the reports; never what was reported."
            ),
            _("What it answers counts in the public numbers, and nothing that an office says of itself."),
            *known,
        ),
    )


def described(report: Report) -> str:
    """A report in a list of those about the same."""
    return ", ".join((report.pk, *in_the_open(report)))


def in_the_open(report: Report) -> list[str]:
    """Of which day a report is, and about what and whom."""
    topics = naming.pack().codes["report_topic"]
    topic = naming.spoken(topics.get(report.topic, {}), report.topic)
    return [one for one in (str(day(report.received_date)), topic, about_of(report)) if one]


@require_safe
def cases_page(request: HttpRequest) -> HttpResponse:
    """Cases that were asked for because of reports which the viewer sees."""
    by = actor_of(request.user)
    page = sorted_page(request, cases.requests_of(by, timezone.localdate()), columns(), default="-asked_date")
    reads.note(request, READ, [(link.report_id, "") for one in page.rows for link in one.linked.all()])
    empty = _("No case was asked for yet. It is asked for on the page of a report.")
    table = Table(_("Cases asked for"), columns(), page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "reports/cases.html", {"table": table})


def columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column(
            "reports",
            _("Reports"),
            value=reports_of,
            link=lambda row: reverse("reports-report", args=[row.linked.all()[0].report_id]),
        ),
        Column("asked_date", _("Asked for on"), kind="day", sort="asked_date"),
        Column("state", _("State"), value=lambda row: CASE_STATES[row.state], sort="state"),
        Column("case", _("Case")),
        Column("opened_date", _("Opened on"), kind="day"),
        Column("ended_date", _("In force since"), kind="day"),
        Column("money", _("Money that came back"), value=sum_of),
    ]


def reports_of(row: Any) -> str:
    """The first report of a request that the viewer sees, and how many others of those."""
    first, *others = (one.report_id for one in row.linked.all())
    more = ngettext("and %(count)s more", "and %(count)s more", len(others)) % {"count": len(others)}
    return f"{first} {more}" if others else str(first)


def sum_of(row: Any) -> str:
    """What came back by a request; empty while nothing did."""
    back = sum(one.amount for one in row.money.all())
    return money(back, naming.pack().currency) if back else ""
