"""A report that an office gives away because it may be biased, or keeps another office out of: somebody is left who reads it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from adaldyq.kernel.models import Account, Person
from adaldyq.measures.reports.models import Bar, Report
from tests import factories
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_resealing import WHAT, opens, prosecutor, refer, sealed_anew, shown, signed_in

__all__ = ["prosecutor"]


def has_left(of: Officer) -> Person:
    """Somebody who held a post in the body of an officer until a year ago."""
    person = factories.person()
    until = timezone.localdate() - timedelta(days=365)
    factories.appointment(person, factories.post(of=of.unit.body), since=date(2015, 1, 1), until=until)
    return person


@pytest.mark.parametrize("reason", ["conflict", "competence"])
def test_who_lately_left_the_office_that_may_be_biased_gets_no_key_of_the_report_at_the_other_one(
    agency: Officer, prosecutor: Officer, reporter: Reporter, tmp_path: Path, reason: str
) -> None:
    tied = officer(prosecutor.unit, "tied", person=has_left(agency))
    reporter.report(WHAT)
    report = Report.objects.get()
    refer(report, agency, prosecutor, tmp_path, reason)
    assert (opens(report, prosecutor), opens(report, tied)) == (True, False)
    waits = "Others read this report now" in shown(signed_in(prosecutor), reverse("reports-report", args=[report.pk]))
    assert waits == (reason == "competence")  # then nothing keeps them from it, once a colleague seals it to them


@pytest.mark.django_db(transaction=True)
def test_a_report_stays_where_it_is_when_all_of_the_other_office_have_to_do_with_the_one_that_may_be_biased(
    agency: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    tied = officer(unit("prosecutor"), "tied", person=has_left(agency))
    reporter.report(WHAT)
    report, desk = Report.objects.get(), signed_in(agency)
    order = desk.get(reverse("reports-refer-order", args=[report.pk, tied.unit.pk])).content
    sent = {"to": tied.unit.pk, "reason": "conflict", "text": "it is theirs"}
    page = reverse("reports-refer", args=[report.pk])
    refused = desk.post(page, {**sent, "file": sealed_anew(order, agency, tmp_path)})
    assert (refused.status_code, "Then nobody would be left" in refused.content.decode()) == (422, True)
    assert (opens(report, agency), opens(report, tied)) == (True, False)
    assert desk.get(reverse("reports-report", args=[report.pk])).status_code == 200
    assert not Bar.objects.exists()
    refer(report, agency, tied, tmp_path)  # for another reason it may go there
    assert opens(report, tied)


@pytest.mark.django_db(transaction=True)
def test_an_office_is_not_kept_out_when_all_here_have_family_there(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    brother, sister = factories.person(), factories.person()
    factories.appointment(sister, factories.post(of=prosecutor.unit.body))
    factories.family_tie(brother, sister, kind="sibling")
    Account.objects.filter(pk=agency.account.pk).update(person=brother)
    reporter.report(WHAT)
    report, desk = Report.objects.get(), signed_in(agency)
    page, whom = reverse("reports-bar", args=[report.pk]), {"whom": f"unit:{prosecutor.unit.pk}"}
    refused = desk.post(page, whom)
    assert (refused.status_code, "Then nobody would be left" in refused.content.decode()) == (422, True)
    assert desk.get(reverse("reports-report", args=[report.pk])).status_code == 200
    assert not Bar.objects.exists()
    officer(agency.unit, "dana")
    assert desk.post(page, whom).status_code == 302
    assert desk.get(reverse("reports-report", args=[report.pk])).status_code == 404
