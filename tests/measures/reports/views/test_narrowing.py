"""What a reporter adds may name who reads the report: from then on they get nothing of it."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.models import Bar, Report
from adaldyq.measures.reports.queries.queue import visible, wrap_of
from adaldyq.sealing import envelopes
from tests.kernel.notifications.peers import Gateway
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_door_sms import SECRET, brought, phrase_in

FIRST, SECOND = "They take money at the market", "Садыкова А.М. делит с ними"


def named(one: Officer, name: str) -> Officer:
    """An officer whose account has a name."""
    Account.objects.filter(pk=one.account.pk).update(name=name)
    return one


def read_by(one: Officer) -> list[str]:
    """What an officer reads of the one report there is, with the own key and what the server hands out."""
    report = Report.objects.get()
    if not visible(actor_of(one.account), timezone.localdate()).filter(pk=report.pk).exists():
        return []
    key = envelopes.unwrap(bytes(wrap_of(report).wrapped), one.secret)
    return [letters.open_letter(bytes(sent.sealed), key).text for sent in report.messages.all()]


def test_a_named_officer_gets_no_key_to_what_was_added_and_a_colleague_reads_all(
    agency: Officer, reporter: Reporter
) -> None:
    colleague = officer(agency.unit, "dana")
    named(agency, "Садыкова Айгуль")
    words = reporter.report(FIRST)
    report = Report.objects.get()
    old = envelopes.unwrap(bytes(wrap_of(report).wrapped), agency.secret)
    Report.objects.update(assigned_to=agency.account)
    reporter.come_back(words)
    page = reporter.post("reports-return", step="add", text=SECOND)
    assert "gets nothing of it from now on" in page
    assert (read_by(agency), read_by(colleague)) == ([], [FIRST, SECOND])
    report.refresh_from_db()
    assert report.assigned_to is None
    sent = report.messages.get(place=2)
    for secret in (old, agency.secret):  # kept since before, and whatever lies in the database
        with pytest.raises(DomainError):
            letters.open_letter(bytes(sent.sealed), secret)
    with pytest.raises(DomainError):
        envelopes.unwrap(bytes(wrap_of(report).wrapped), agency.secret)
    assert SECOND in reporter.come_back(words)
    reporter.post("reports-return", step="add", text="one more")
    assert read_by(colleague)[-1] == "one more"


def test_a_report_whose_only_officer_is_named_goes_to_the_other_office_with_all_that_was_written(
    agency: Officer, reporter: Reporter
) -> None:
    other = officer(unit("prosecutor"), "nurlan")
    named(agency, "Садыкова Айгуль")
    words = reporter.report(FIRST)
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text=SECOND, retaliation="on")
    assert Report.objects.get().unit == other.unit
    assert (read_by(agency), read_by(other)) == ([], [FIRST, SECOND])
    assert Bar.objects.filter(unit=agency.unit).exists()


def test_who_adds_the_name_of_an_office_is_asked_and_the_other_one_gets_the_report(
    agency: Officer, reporter: Reporter
) -> None:
    other = officer(unit("prosecutor"), "nurlan")
    words = reporter.report(FIRST)
    reporter.come_back(words)
    page = reporter.post("reports-return", step="add", text="It was the Антикор")
    assert "Your answers name an office" in page
    assert Report.objects.get().messages.count() == 1
    reporter.post("reports-return", step="add", text="I told the Антикор", about_receiver="neither")
    assert len(read_by(agency)) == 2
    reporter.post("reports-return", step="add", text="It was the Антикор", about_receiver="agency")
    assert (len(read_by(other)), read_by(agency)) == (3, [])


def test_who_names_all_who_could_read_it_is_told_and_nothing_changes(agency: Officer, reporter: Reporter) -> None:
    named(agency, "Садыкова Айгуль")
    words = reporter.report(FIRST)
    reporter.come_back(words)
    page = reporter.post("reports-return", step="add", text=SECOND)
    assert "No office is left" in page
    assert SECOND in page
    assert read_by(agency) == [FIRST]


def test_an_sms_that_is_added_is_looked_through_as_one_that_is_filed(
    agency: Officer, gateway: Gateway, settings: Settings
) -> None:
    settings.DOOR_SMS = (SECRET,)
    other = officer(unit("prosecutor"), "nurlan")
    named(agency, "Садыкова Айгуль")
    brought(FIRST)
    words = " ".join(phrase_in(str(gateway.messages[-1])))
    brought(f"{words}\n{SECOND}", "m2")
    assert (read_by(agency), read_by(other)) == ([], [FIRST, SECOND])
