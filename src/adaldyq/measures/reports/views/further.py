"""What the page of a report shows besides messages and forms: further steps, and facts of terms that passed."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.measures.reports.queries import cases, identities, protection, rewards, ties, triage, watched
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.queries.retention import last_kept_day
from adaldyq.measures.reports.queries.reviewing import bound_to_leave
from adaldyq.measures.reports.queries.words import CASE_STATES, REASONS, REWARD_STATES
from adaldyq.measures.reports.states import ACKNOWLEDGED, CLOSED, OPEN, RECEIVED, SET_ASIDE
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.formats.values import money


def name_facts(report: Report) -> list[Fact]:
    """Whether the reporter gave a name, who keeps it, and when it was opened by whom."""
    identity = identities.of_report(report)
    if identity is None:
        return []
    keeper = naming.spoken(identity.unit.body.names, identity.unit.body.name)
    is_kept = identities.is_kept(identity)
    said = (
        _("given, and kept apart by custodians")
        if is_kept
        else _("destroyed, since the report may be about its keeper")
    )
    found = [Fact(_("Name of the reporter"), said, hint=keeper)]
    return found + [
        Fact(_("Name opened on"), one.made_date, kind="day", hint=f"{one.by.name}: {REASONS[one.reason]}")
        for one in identity.openings.all()
    ]


def links(by: Actor, report: Report) -> list[Link]:
    """Steps that have a page of their own and may be taken now; none for who leaves the report to another officer."""
    found: list[Link] = []
    if by.id in bound_to_leave(report, timezone.localdate()):
        return found
    if report.state == ACKNOWLEDGED and not report.delay_reason:
        found.append(Link(_("Ask for more time"), reverse("reports-delay", args=[report.pk])))
    if report.state in OPEN:
        found.append(Link(_("Give it to another body"), reverse("reports-refer", args=[report.pk])))
    if report.state in {ACKNOWLEDGED, CLOSED} and cases.of_report(report) is None:
        found.append(Link(_("Ask for a case"), reverse("reports-case", args=[report.pk])))
    if title := triage_title(report):
        found.append(Link(title, f"{reverse('reports-triage')}?report={report.pk}"))
    if rewards.may_be_proposed(report):
        found.append(Link(_("Propose a reward"), reverse("reports-reward", args=[report.pk])))
    found.append(Link(_("Reports about the same"), reverse("reports-tie", args=[report.pk])))
    found.append(Link(_("Keep somebody out"), reverse("reports-bar", args=[report.pk])))
    if protection.may_see(by, report, protection.file_of(report), timezone.localdate()):
        found.append(Link(_("Protection from retaliation"), reverse("reports-protection", args=[report.pk])))
    return found


def triage_title(report: Report) -> str:
    """The step of triage that may be taken with a report; none when there is none."""
    if report.state == RECEIVED:
        return _("Set it aside as no report")
    if report.state == SET_ASIDE:
        return _("Look again: is it a report?")
    return _("Put it back among the reports") if report.outcome == triage.NOT_A_REPORT else ""


def triage_facts(report: Report) -> list[Fact]:
    """When and why it was set aside, and how that ended."""
    return [
        Fact(_("Set aside on"), one.made_date, kind="day", hint=f"{one.by.name}: {triage.REASONS[one.reason]}")
        for one in triage.history_of(report)
    ] + [
        Fact(triage_ends()[one.end], one.end_date, kind="day", hint=one.looked_by.name if one.looked_by else "")
        for one in triage.history_of(report)
        if one.end
    ]


def triage_ends() -> dict[str, str]:
    """How a setting aside ended."""
    return {
        triage.AGREED: _("Closed as no report on"),
        triage.PUT_BACK: _("Put back on"),
        triage.OBJECTED: _("The reporter said that it is one, on"),
        triage.LAPSED: _("Nobody looked again; put back on"),
    }


def case_facts(report: Report) -> list[Fact]:
    """The case that was asked for, and what it brought."""
    asked = cases.of_report(report)
    if asked is None:
        return []
    found = [Fact(_("Case"), CASE_STATES[asked.state], hint=asked.case)]
    if back := cases.money_back(asked):
        found.append(Fact(_("Money that came back"), back, kind="money", currency=naming.pack().currency))
    if (reward := rewards.of_report(report)) is not None:
        said = money(reward.amount, reward.currency) if not reward.refusal else ""
        found.append(Fact(_("Reward"), REWARD_STATES[reward.state], hint=said))
    return found


def tie_facts(by: Actor, report: Report) -> list[Fact]:
    """Other reports about the same that the viewer may see."""
    return [
        Fact(tie_words(one), Link(one.report.pk, reverse("reports-report", args=[one.report.pk])))
        for one in ties.ties_of(by, report, timezone.localdate())
    ]


def tie_words(one: ties.Tied) -> str:
    """How another report belongs to a report."""
    if one.tie.kind != ties.DUPLICATE:
        return _("Related")
    return _("Repeated by") if one.is_later else _("Repeats")


def facts(by: Actor, report: Report) -> list[Fact]:
    """Why more time was taken, and to whom a term that passed was told."""
    delays = naming.pack().codes["report_delay"]
    reason = naming.spoken(delays.get(report.delay_reason, {}), report.delay_reason)
    found = [Fact(_("More time was taken because"), reason)] if report.delay_reason else []
    if (last := last_kept_day(report, timezone.localdate())) is not None:
        found.append(Fact(_("Kept until"), last, kind="day", hint=_("Then its keys are destroyed.")))
    found += [*triage_facts(report), *name_facts(report), *tie_facts(by, report), *case_facts(report)]
    for moved in report.referrals.select_related("source__body"):
        source = naming.spoken(moved.source.body.names, moved.source.body.name)
        found.append(Fact(_("Given to us on"), moved.made_date, kind="day", hint=source))
    for one in watched.passed_on(report):
        told = (
            naming.spoken(one.told.body.names, one.told.body.name)
            if one.told
            else _("nobody: the report may be about them")
        )
        found.append(Fact(_("A term passed; told on"), one.made_date, kind="day", hint=told))
    return found
