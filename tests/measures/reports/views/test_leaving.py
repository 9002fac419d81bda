"""Whoever leaves an office leaves its reports to those who are there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from adaldyq.kernel.actor import system
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Account, Deadline, Notification
from adaldyq.kernel.models.accounts import RoleGrant
from adaldyq.measures.reports.actions.drawing import fix_list
from adaldyq.measures.reports.models import ProtectionFile, Report
from adaldyq.measures.reports.queries.draws import unassigned
from tests.measures.reports.office import Officer, officer
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_protection import Desk


def acknowledged(by: Officer) -> Report:
    """The one report, for which an officer answers."""
    desk = Desk(by)
    desk.browser.post(reverse("reports-report", args=[desk.report]), {"step": "acknowledge", "text": "we have it"})
    report = Report.objects.get()
    assert report.assigned_to == by.account
    return report


def leaves(one: Officer, how: str) -> None:
    """Let an officer leave: the role or the account ends."""
    if how == "role":
        RoleGrant.objects.filter(account=one.account).update(valid_to=timezone.localdate() - timedelta(days=1))
    else:
        Account.objects.filter(pk=one.account.pk).update(is_active=False)


@pytest.mark.parametrize("how", ["role", "account"])
def test_terms_of_a_report_whose_officer_left_are_told_to_those_who_are_there_and_to_nobody_else(
    agency: Officer, reporter: Reporter, how: str
) -> None:
    officer(agency.unit, "dana")
    reporter.report("the inspector asked for money")
    acknowledged(agency)
    leaves(agency, how)
    Notification.objects.all().delete()
    due = Deadline.objects.get(name="report_feedback").due_at
    for days in (-14, -2, 1):
        tick(at=due + timedelta(days=days, hours=12))
    assert set(Notification.objects.values_list("account__username", flat=True)) == {"dana"}


@pytest.mark.parametrize("how", ["role", "account"])
def test_a_report_whose_officer_left_is_drawn_anew(agency: Officer, reporter: Reporter, how: str) -> None:
    dana = officer(agency.unit, "dana")
    reporter.report("the inspector asked for money")
    report = acknowledged(agency)
    fix_list(unit=agency.unit, by=system("clock"), at=timezone.now())
    assert report not in unassigned(agency.unit), "the officer is there"
    leaves(agency, how)
    agency.unit.draws.all().delete()
    made = fix_list(unit=agency.unit, by=system("clock"), at=timezone.now())
    assert f" {report.pk} {dana.account.pk}" in bytes(made.openings or b"").decode()
    assert list(unassigned(agency.unit)) == [report]
    assert Deadline.objects.get(name="report_feedback").account is None


def test_a_colleague_takes_up_what_an_officer_left(agency: Officer, reporter: Reporter) -> None:
    dana = officer(agency.unit, "dana")
    reporter.report("the inspector asked for money")
    acknowledged(agency)
    assert Desk(agency).step("open", text="you are protected").status_code == 302
    desk = Desk(dana)
    assert desk.step("note", text="dismissed").status_code >= 400
    leaves(agency, "role")
    page = reverse("reports-protection", args=[desk.report])
    assert desk.browser.get(page).status_code == 200
    page = reverse("reports-report", args=[desk.report])
    desk.browser.post(page, {"step": "close", "text": "done", "outcome": "substantiated"})
    assert Report.objects.get().assigned_to == dana.account
    fix_list(unit=agency.unit, by=system("clock"), at=timezone.now())
    assert ProtectionFile.objects.get().protector is None
