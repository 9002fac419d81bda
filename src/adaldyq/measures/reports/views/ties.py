"""Reports that are about the same: what may be, by the facts in the open, and tying them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor
from adaldyq.measures.reports.actions.ties import tie_reports, untie_reports
from adaldyq.measures.reports.forms.ties import APART, TieForm
from adaldyq.measures.reports.queries import queue, ties
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.views.cases import described
from adaldyq.measures.reports.views.office_words import said_in_finding
from adaldyq.measures.reports.views.steps import Step, step_page


@require_http_methods(["GET", "HEAD", "POST"])
def tie_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """Tie a report to another about the same."""
    return step_page(request, report_id, tie_step)


def tie_step(by: Actor, report: Report, sent: Any) -> Step:
    """The step that ties two reports."""
    day = timezone.localdate()
    known = _("tied already")
    offered = [(one.report.pk, f"{described(one.report)} ({same_words(one)})") for one in ties.near(by, report, day)]
    offered += [(one.report.pk, f"{described(one.report)} ({known})") for one in ties.ties_of(by, report, day)]

    def perform(told: Mapping[str, Any], who: Actor, now: datetime) -> object:
        other = chosen(who, str(told.get("other") or told["number"].strip()))
        if told["kind"] == APART:
            return untie_reports(report=report, other=other, by=who, at=now)
        return tie_reports(report=report, other=other, kind=told["kind"], reason=told["reason"], by=who, at=now)

    return Step(
        "tie",
        _("Reports about the same"),
        _("Record it"),
        TieForm(sent, offered),
        perform,
        (
            _(
                "Offered are reports that you may see, with the same body, or the same region and topic, within half a year. The server knows nothing else of them."
            ),
            _("The ledger keeps which reports, how and on what it rests, in the words of the list."),
        ),
        {"finding": said_in_finding(by, report, ties.comparable(by, report, day))},
        template="reports/tie.html",
    )


def chosen(by: Actor, report_id: str) -> Report:
    """A report that the viewer may see.

    Raises:
        DomainError: `tie-unseen`: there is none, or the viewer must not see it; which of both is not told.
    """
    found = queue.one_report(by, report_id, timezone.localdate())
    if found is None:
        raise DomainError("tie-unseen", field="number", value=report_id)
    return found


def same_words(near: ties.Near) -> str:
    """What two reports have in common."""
    words = {ties.BODY: _("same body"), ties.REGION: _("same region"), ties.TOPIC: _("same topic")}
    return ", ".join(words[name] for name in near.same)
