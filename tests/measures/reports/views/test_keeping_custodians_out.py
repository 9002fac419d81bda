"""A report may name who keeps names: an officer keeps them out as anybody of the office."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from adaldyq.kernel.actor import actor_of
from adaldyq.measures.reports.models import Bar, Report
from adaldyq.measures.reports.queries.identities import kept
from tests.measures.reports.office import Officer, custodian, officer
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_protection import Desk


def test_a_custodian_whom_a_report_names_is_kept_out_of_it_and_of_its_reporters_name(
    agency: Officer, reporter: Reporter
) -> None:
    keeper, another = custodian(agency.unit, "keeper"), custodian(agency.unit, "another")
    officer(agency.unit, "dana")
    reporter.report("The one who keeps names there takes his share", identity="Asel, 701")
    desk, day = Desk(agency), timezone.localdate()
    page = reverse("reports-bar", args=[desk.report])
    assert keeper.account.pk in desk.browser.get(page).content.decode()
    assert desk.browser.post(page, {"whom": f"account:{keeper.account.pk}"}).status_code == 302
    assert Bar.objects.get().account == keeper.account
    assert [kept(actor_of(one.account), day).count() for one in (keeper, another)] == [0, 1]
    assert keeper.account.pk not in desk.browser.get(page).content.decode()
    assert Report.objects.get().unit == agency.unit
