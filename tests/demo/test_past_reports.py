"""Reports of the sample country's past give its public numbers something to say."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from pytest_django import Settings

from adaldyq.demo.past_reports import PEOPLE_A_REPORT, TEXTS, bring_reports
from adaldyq.demo.report_story import key_file, open_office, publish_key
from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports import statistics
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.models import ProtectionFile, Report
from adaldyq.sealing import envelopes, lockers
from tests import factories
from tests.factories import BY

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
COUNT = 60


@pytest.mark.django_db
def test_past_reports_are_counted_once_and_open_with_the_officers_key(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    factories.territory()
    factories.body()
    unit = open_office("receiving-officer", AT)
    hashed = make_password(factories.PASSWORD)
    account = open_account(username="receiving-officer", name="Айдос", password_hash=hashed, by=BY, at=AT)
    grant_role(account=account, role=Role.RECEIVING_OFFICER, body=unit.body, by=BY, at=AT)
    publish_key(Account.objects.get(pk=account.pk), unit, AT)
    for _twice in range(2):
        bring_reports(5, COUNT * PEOPLE_A_REPORT, AT)
    assert Report.objects.count() == COUNT
    assert ProtectionFile.objects.exclude(outcome="").exists()
    newest = statistics.edition()
    assert newest is not None
    counted = Report.objects.filter(received_date__lte=newest.as_of_date).count()
    assert 0 < sum(one.received for one in statistics.by_year(newest)) <= counted
    report = Report.objects.order_by("received_date")[0]
    secret = lockers.unlock(key_file("receiving-officer").read_text(), "")
    key = envelopes.unwrap(bytes(report.wraps.get().wrapped), secret)
    assert letters.open_letter(bytes(report.messages.get(place=1).sealed), key).text in TEXTS.values()
