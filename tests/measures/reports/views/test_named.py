"""Offices and officers that a report names anywhere, and who gets it then."""

from __future__ import annotations

from adaldyq.kernel.models import Account
from adaldyq.measures.reports.models import Report
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter


def test_who_names_an_office_is_asked_and_a_named_officer_gets_nothing(agency: Officer, reporter: Reporter) -> None:
    other = officer(unit("prosecutor"), "nurlan")
    reporter.look("reports-file")
    page = reporter.post("reports-file", step="check", what="They take money", who="head of the Anti-corruption agency")
    assert reporter.status == 422
    assert "Your answers name an office" in page
    sent = {"what": "Антикор берёт взятки", "about_receiver": "agency"}
    reporter.report(**sent)
    assert Report.objects.get().unit == other.unit
    reporter.report("I told it to the Антикор, in vain", about_receiver="neither")
    assert Report.objects.filter(unit=agency.unit).count() == 1
    Account.objects.filter(pk=agency.account.pk).update(name="Садыкова Айгуль")
    reporter.report("It was them", who="взяла Айгуль Садыковой сестра")
    assert Report.objects.filter(unit=agency.unit).count() == 1
