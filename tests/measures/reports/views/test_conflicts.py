"""Whom a report concerns by what registers know, found in free text; names of files; lengths of pages with many officers."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from adaldyq.kernel.models import Account, Body
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.models import Bar, Report
from adaldyq.measures.reports.queries.named import officers_named, offices_named
from tests import factories
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter

PICTURE = b"\xff\xd8\xff" + b"x" * 3000
FAMILIES = [
    "Абдрахманов",
    "Бекмагамбетов",
    "Жұмағалиев",
    "Өтеғұлов",
    "Қожахметов",
    "Шаймерденов",
    "Сәрсенбаев",
    "Тоқтарбаев",
]
GIVEN = ["Әлихан", "Бауыржан", "Ғалымжан", "Дәурен", "Ерболат", "Жанболат", "Қайрат", "Мақсат", "Нұрсұлтан", "Олжас"]


def test_a_report_that_names_the_body_where_a_relative_works_is_not_sealed_to_the_officer(
    agency: Officer, reporter: Reporter
) -> None:
    body = factories.body(name="Жер комитеті")
    clerk, sister = factories.person(["Жумагалиев Талгат"]), factories.person(["Тулегенова Сауле"])
    factories.appointment(clerk, factories.post(of=body))
    factories.family_tie(sister, clerk, kind="sibling")
    biased = officer(agency.unit, "biased", person=sister)
    reporter.report("Жер комитетінің басшысы пара алады")
    assert [one.account_id for one in Bar.objects.all()] == [biased.account.pk]
    today = timezone.localdate()
    assert officers_named("Жумагалиев Т. берёт взятки", today) == {biased.account.pk}
    assert officers_named("Талгату Жумагалиеву дали", today) == {biased.account.pk}
    assert officers_named("Жумагалиев Болат, другой комитет", today) == frozenset()


def test_a_body_right_beneath_an_office_is_known_as_the_office(agency: Officer) -> None:
    department = factories.body(name="Департамент экономических расследований")
    Body.objects.filter(pk=department.pk).update(parent=agency.unit.body)
    today = timezone.localdate()
    assert offices_named("в Департаменте экономических расследований берут", today) == ["agency"]


def test_the_name_of_a_file_of_an_earlier_try_names_an_office_and_an_officer_too(
    agency: Officer, reporter: Reporter
) -> None:
    officer(unit("prosecutor"), "nurlan")
    Account.objects.filter(pk=agency.account.pk).update(name="Садыкова Айгуль")

    def file(name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, PICTURE, content_type="image/jpeg")

    reporter.look("reports-file")
    reporter.post("reports-file", step="check", what="", enclosures=file("Антикор.jpg"))
    assert "Your answers name an office" in reporter.post("reports-file", step="check", what="They take money")
    reporter.look("reports-file")
    page = reporter.post("reports-file", step="check", what="They take money", enclosures=file("Садыкова_А.jpg"))
    assert "Whoever is called so does not get this one" in page
    reporter.post("reports-file", step="send")
    assert not Report.objects.filter(unit=agency.unit).exists()


@pytest.mark.parametrize("count", [0, 40, 90])
def test_pages_are_of_one_length_however_many_receive_reports(agency: Officer, reporter: Reporter, count: int) -> None:
    for at in range(count):
        account = factories.account(f"x{at}")
        name = f"{FAMILIES[at % len(FAMILIES)]} {GIVEN[at // len(FAMILIES) % len(GIVEN)]}"
        Account.objects.filter(pk=account.pk).update(name=name)
        factories.grant(account, Role.RECEIVING_OFFICER, body=agency.unit.body)
    lengths = []

    def seen(page: str) -> None:
        lengths.append(len(page.encode()))

    seen(reporter.look("reports-file"))
    seen(reporter.post("reports-file", step="check", what=""))
    seen(reporter.post("reports-file", step="check", what="They take money"))
    seen(reporter.post("reports-file", step="send"))
    seen(reporter.look("reports-return"))
    assert len(set(lengths)) == 1, lengths
