"""Terms of reports: asking for the longer one, and those that passed at another office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models.deadlines import MISSED
from adaldyq.measures.reports.actions.filing import TITLES
from adaldyq.measures.reports.actions.watching import justify_delay
from adaldyq.measures.reports.forms.watching import DelayForm
from adaldyq.measures.reports.queries import watched
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.queries.words import term_words
from adaldyq.measures.reports.views.office import letter_of
from adaldyq.measures.reports.views.steps import Step, step_page
from adaldyq.ui.tables import Column, State, Table, sorted_page


@require_http_methods(["GET", "HEAD", "POST"])
def delay_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """Take the longer term for telling the reporter what was done."""
    return step_page(request, report_id, delay_step)


def delay_step(by: Actor, report: Report, sent: Any) -> Step:
    """The step that takes the longer term."""
    longer = naming.pack().terms(timezone.localdate())["report_feedback_justified"]
    return Step(
        "delay",
        _("Ask for more time"),
        _("Take the longer term"),
        DelayForm(sent),
        lambda answers, who, now: justify_delay(
            report=report, reason=answers["reason"], message=letter_of(report, answers), by=who, at=now
        ),
        (
            _("In justified cases the reporter may be told what was done within %(term)s. It can be asked for once.")
            % {"term": term_words(longer)},
            _("The reason stands in the ledger by its code, and the reporter reads what you write."),
        ),
    )


@require_safe
def overdue_page(request: HttpRequest) -> HttpResponse:
    """Terms that passed at another office and were passed on to the viewer's."""
    by = actor_of(request.user)
    page = sorted_page(request, watched.overdue_elsewhere(by, timezone.localdate()), columns(), default="-made_date")
    empty = _("No term of a report has passed at another office.")
    table = Table(_("Terms that passed"), columns(), page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "reports/overdue.html", {"table": table})


def columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column("report_id", _("Report")),
        Column("late", _("Office"), value=lambda row: naming.spoken(row.late.body.names, row.late.body.name)),
        Column("name", _("What was due"), value=lambda row: _(TITLES[row.name])),
        Column("due_date", _("Last day"), kind="day", sort="due_date"),
        Column("made_date", _("Passed on"), kind="day", sort="made_date"),
        Column("now", _("Now"), value=now_of),
    ]


def now_of(row: Any) -> State:
    """Whether what was due has been done after all."""
    return State(_("not done yet"), "bad") if row.came == MISSED else State(_("done late"), "attention")
