"""The protection file of a report: how it stands, and its steps, each a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.measures.reports.actions.filing import REASON, RELIEF, START
from adaldyq.measures.reports.queries import own, protection
from adaldyq.measures.reports.queries.protection import ProtectionFile
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.queries.words import PROTECTION_OUTCOMES, PROTECTION_STATES, RELIEF_STATES
from adaldyq.measures.reports.states import ASKED, CLOSED, OPENED, PENDING, PRESUMED, TAKEN
from adaldyq.measures.reports.views import protection_steps
from adaldyq.measures.reports.views.office import seen
from adaldyq.measures.reports.views.steps import Step, step_page
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.tables import Column, Table


@require_safe
def protection_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """How the file stands, for the officer who answers for the report and the one who protects.

    Raises:
        Http404: there is no such report, or its file is not the officer's to see.
    """
    by, report = seen(request, report_id)
    file = protection.file_of(report)
    if not protection.may_see(by, report, file, timezone.localdate()):
        raise Http404(report_id)
    context = {
        "report": report,
        "file": file,
        "facts": facts_of(report, file) if file else [],
        "tables": tables_of(file) if file else [],
        "steps": [
            Link(title, reverse("reports-protection-step", args=[report.pk, name]))
            for name, title in steps_of(file, pending=has_pending(file))
        ],
    }
    return render(request, "reports/protection.html", context)


def has_pending(file: ProtectionFile | None) -> bool:
    """Whether interim relief waits for a decision."""
    return file is not None and any(one.state == PENDING for one in protection.reliefs_of(file))


def steps_of(file: ProtectionFile | None, *, pending: bool) -> list[tuple[str, str]]:
    """Names and titles of the steps that may be taken now."""
    titles = protection_steps.titles()
    if file is None or file.state == CLOSED:
        names = ["open"]
    elif file.state == OPENED:
        names = ["take", "appoint"]
    else:
        names = ["note"]
        names += ["consent"] if file.consented_date is None else []
        names += ["ask"] if file.state == TAKEN and file.consented_date else []
        names += ["answer"] if file.state in {ASKED, PRESUMED} else []
        names += ["decide"] if pending else ["relief"]
        names += ["support", "appoint", "close"]
    return [(name, titles[name]) for name in names]


def facts_of(report: Report, file: ProtectionFile) -> list[Fact]:
    """How a file stands; what has not come to pass is left out."""
    silent = _("Whoever reported is taken to suffer because of it, until the employer shows another reason.")
    found = [
        Fact(_("State"), PROTECTION_STATES[file.state], hint=silent if file.state != CLOSED else ""),
        Fact(_("Opened on"), file.opened_date, kind="day", hint=opened_by(file)),
        Fact(_("Protects"), file.protector.name if file.protector else None),
        Fact(_("The reporter lets the employer be asked, since"), file.consented_date, kind="day"),
        Fact(_("To be taken up by"), own.due_of(report, START), kind="day"),
        Fact(_("Employer asked on"), file.asked_date, kind="day"),
        Fact(_("The employer shows another reason by"), own.due_of(report, REASON), kind="day"),
        Fact(_("Employer answered on"), file.answered_date, kind="day"),
        Fact(_("Interim relief to be decided by"), own.due_of(report, RELIEF), kind="day"),
        Fact(_("What came of it"), PROTECTION_OUTCOMES.get(file.outcome)),
        Fact(_("Closed on"), file.closed_date, kind="day"),
    ]
    return [fact for fact in found if fact.value is not None]


def opened_by(file: ProtectionFile) -> str:
    """Who opened a file."""
    return _("by the reporter") if file.by_reporter else _("by an officer, on the reporter's word")


def tables_of(file: ProtectionFile) -> list[Table]:
    """What was noted; what the envelopes say is read on the page of the report."""
    return [
        listed(_("Acts of retaliation"), protection.acts_of(file), act_columns(), _("No act is noted yet.")),
        listed(_("Interim relief"), protection.reliefs_of(file), relief_columns(), _("None was asked for.")),
        listed(_("Support"), protection.supports_of(file), support_columns(), _("None was given yet.")),
    ]


def listed(title: str, rows: Sequence[Any], columns: list[Column], empty: str) -> Table:
    """One list of a file."""
    return Table(title, columns, rows, empty=empty)


def envelope(message: Any) -> str:
    """Which message of the report an envelope is."""
    return _("message %(number)s") % {"number": message.place} if message else ""


def act_columns() -> list[Column]:
    """Columns of acts of retaliation."""
    return [
        Column("noted_date", _("Noted on"), kind="day"),
        Column("message", _("What happened"), value=lambda row: envelope(row.message)),
    ]


def relief_columns() -> list[Column]:
    """Columns of interim relief."""
    return [
        Column("asked_date", _("Asked for on"), kind="day"),
        Column("message", _("What is asked"), value=lambda row: envelope(row.message)),
        Column("state", _("Decision"), value=lambda row: RELIEF_STATES[row.state]),
        Column("decided_date", _("Decided on"), kind="day"),
        Column("decision", _("Reason"), value=lambda row: envelope(row.decision)),
    ]


def support_columns() -> list[Column]:
    """Columns of support."""
    kinds = naming.pack().codes["protection_support"]
    return [
        Column("given_date", _("Given on"), kind="day"),
        Column("kind", _("Support"), value=lambda row: naming.spoken(kinds.get(row.kind, {}), row.kind)),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def step_of_protection(request: HttpRequest, report_id: str, name: str) -> HttpResponse:
    """One step of a file.

    Raises:
        Http404: there is no such step, or the file is not the officer's to see.
    """
    makers: dict[str, Callable[[Report, Any], Step]] = protection_steps.MAKERS

    def made(by: Actor, report: Report, sent: Any) -> Step:
        if name not in makers or not protection.may_see(by, report, protection.file_of(report), timezone.localdate()):
            raise Http404(name)
        return makers[name](report, sent)

    return step_page(request, report_id, made)
