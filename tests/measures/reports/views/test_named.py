"""Offices and officers that a report names anywhere, and who gets it then."""

from __future__ import annotations

import pytest
from django.utils import timezone

from adaldyq.kernel.models import Account
from adaldyq.measures.reports.models import Report
from adaldyq.measures.reports.queries.named import offices_named
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


@pytest.mark.parametrize("who", ["А. Садыкова взяла", "Садыковой А.М. дали", "A.M. Sadykova", "взяла Айгуль Садыкова"])
def test_an_officer_is_known_by_the_family_name_with_an_initial(agency: Officer, reporter: Reporter, who: str) -> None:
    officer(unit("prosecutor"), "nurlan")
    Account.objects.filter(pk=agency.account.pk).update(name="Садыкова Айгуль")
    reporter.report("They take money", who=who)
    assert not Report.objects.filter(unit=agency.unit).exists()
    reporter.report("They take money", who="взяла Айгуль Ахметова")
    assert Report.objects.filter(unit=agency.unit).count() == 1


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Агентство РК по борьбе с коррупцией молчит", ["agency"]),
        ("Агентству Республики Казахстан по борьбе с коррупцией сообщили", ["agency"]),
        ("the anticorruption agency took it", ["agency"]),
        ("Анти-кор берёт", ["agency"]),
        ("Антикором куплено", ["agency"]),
        ("антиквар обманул", []),
        ("an antique shop", []),
        ("Антикор берёт взятки, Генпрокуратура не реагирует", ["agency", "prosecutor"]),
    ],
)
def test_an_office_is_known_however_its_name_is_parted_or_declined(
    agency: Officer, text: str, named: list[str]
) -> None:
    unit("prosecutor")
    assert offices_named(text, timezone.localdate()) == named
