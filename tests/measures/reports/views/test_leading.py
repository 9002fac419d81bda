"""A report that names somebody of an office who does not receive there is for the other office; posts of before and to come count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Account, Notification
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.models import Bar, Report
from adaldyq.measures.reports.queries.houses import concerned
from adaldyq.measures.reports.queries.named import accounts_of, officers_named, tag_of, told_to_scripts
from adaldyq.measures.reports.queries.queue import wrap_of
from adaldyq.measures.reports.queries.routing import LEADER, offices_led
from adaldyq.sealing import envelopes
from tests import factories
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_narrowing import FIRST, named
from tests.measures.reports.views.test_watching import signed_in

NAME, SAID = "Ермеков Марат Бейсенович", "Ермеков Марат берёт взятки с подрядчиков"


@pytest.fixture
def prosecutor(agency: Officer) -> Officer:
    """The officer of the other office."""
    return officer(unit("prosecutor"), "nurlan")


def leader(of: Officer, role: Role, name: str = "Ермеков Марат") -> Account:
    """Somebody who leads an office and is told of its terms."""
    made = factories.account("boss")
    Account.objects.filter(pk=made.pk).update(name=name)
    factories.grant(made, role, body=of.unit.body)
    return made


def told_of_terms() -> set[tuple[str, str]]:
    """Who is told of terms while twelve days pass, and with which page."""
    Notification.objects.all().delete()
    for days in (6, 8, 9, 11, 12):
        tick(at=timezone.now() + timedelta(days=days))
    return set(Notification.objects.values_list("account__username", "href"))


@pytest.mark.parametrize("role", [Role.HEAD, Role.INTEGRITY_OFFICER])
def test_a_report_that_names_who_leads_the_office_goes_to_the_other_one_and_its_terms_never_to_the_named(
    agency: Officer, prosecutor: Officer, reporter: Reporter, role: Role
) -> None:
    boss = leader(agency, role)
    reporter.report(SAID)
    report = Report.objects.get()
    assert report.unit == prosecutor.unit
    assert {(one.unit, one.account) for one in Bar.objects.all()} == {(agency.unit, None), (None, boss)}
    assert {who for who, _page in told_of_terms()} == {"nurlan"}
    assert signed_in(agency).get(reverse("reports-report", args=[report.pk])).status_code == 404


def test_a_report_that_names_somebody_with_a_post_there_goes_to_the_other_office_but_not_for_a_namesake_or_a_former_one(
    agency: Officer, prosecutor: Officer
) -> None:
    post = factories.post(of=agency.unit.body)
    factories.appointment(factories.person([NAME]), post)
    Reporter().report("Ермекову Марату дали денег")
    assert Report.objects.get().unit == prosecutor.unit
    Report.objects.all().delete()
    for text in ("Ермеков Болат берёт взятки", "Ермеков берёт взятки"):
        Reporter().report(text)
    assert {one.unit for one in Report.objects.all()} == {agency.unit}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Алиева Мария", "Деньги передали Алиевой Марии"),
        ("Толстая Анна", "Деньги передали Толстой Анне"),
        ("Ким Вера", "Деньги передали Киму и Вере Ким"),
        ("Ким Сергей Львович", "Деньги передали Киму Сергею"),
        ("Алиева Мария", "Деньги передали М. Алиевой"),
    ],
)
def test_who_holds_a_post_there_is_found_by_a_name_with_the_endings_of_cases(
    agency: Officer, prosecutor: Officer, name: str, text: str
) -> None:
    factories.appointment(factories.person([name]), factories.post(of=agency.unit.body))
    Reporter().report(text)
    assert Report.objects.get().unit == prosecutor.unit


def test_a_long_text_asks_the_register_for_names_no_more_often_than_a_short_one(
    agency: Officer, prosecutor: Officer
) -> None:
    factories.appointment(factories.person([NAME]), factories.post(of=agency.unit.body))
    syllables = [f"{one}{vowel}" for one in "бвгдзклмнпрст" for vowel in "аеиоу"]
    long = " ".join(f"{one}{other}р".capitalize() for one in syllables for other in syllables)[:20_000]
    found, asked = [], []
    for text in ("Ермеков Марат", long):
        with CaptureQueriesContext(connection) as queries:
            found.append(len(officers_named(text, timezone.localdate())))
        asked.append(len(queries))
    assert found == [1, 0]
    assert asked[1] <= asked[0]


@pytest.mark.parametrize("role", [Role.HEAD, Role.INTEGRITY_OFFICER])
def test_who_leads_the_office_is_not_found_by_the_family_name_alone_which_many_have(
    agency: Officer, prosecutor: Officer, role: Role
) -> None:
    leader(agency, role, name="Ахметов Ерлан")
    for text, office in (
        ("Ахметов Болат берёт взятки", agency),
        ("Ахметов берёт взятки", agency),
        ("Ахметов Е. берёт взятки", prosecutor),
        ("Ахметову Ерлану дали денег", prosecutor),
    ):
        Reporter().report(text)
        assert Report.objects.get().unit == office.unit, text
        Report.objects.all().delete()


def receives_too(of: Officer, name: str) -> Officer:
    """Somebody who leads an office and receives there."""
    made = named(officer(of.unit, "boss"), name)
    factories.grant(made.account, Role.HEAD, body=of.unit.body)
    return made


def test_a_leader_who_also_receives_is_kept_out_by_the_family_name_and_costs_the_office_by_more_than_that(
    agency: Officer, prosecutor: Officer
) -> None:
    boss = receives_too(agency, "Ахметов Ерлан")
    for text, office in (
        ("Ахметов Болат берёт взятки", agency),
        ("Ахметов берёт взятки", agency),
        ("Ахметов Е. берёт взятки", prosecutor),
        ("Ахметову Ерлану дали денег", prosecutor),
    ):
        Reporter().report(text)
        report = Report.objects.get()
        assert report.unit == office.unit, text
        assert report.bars.filter(account=boss.account).exists(), text
        with pytest.raises(DomainError):
            envelopes.unwrap(bytes(wrap_of(report).wrapped), boss.secret)
        report.delete()


def test_a_script_tells_whether_a_leader_who_also_receives_is_named_by_more_than_the_family_name(
    agency: Officer, prosecutor: Officer
) -> None:
    boss = receives_too(agency, "Ахметов Ерлан")
    tags = [tag_of(boss.account.pk), tag_of(f"{LEADER}{boss.account.pk}")]
    people = {one["tag"]: one for one in told_to_scripts(timezone.localdate())["people"]}
    assert [len(people[one]["alone"]) > len(people[tags[1]]["alone"]) for one in tags] == [True, False]
    assert accounts_of(tags) == {boss.account.pk, f"{LEADER}{boss.account.pk}"}
    assert offices_led(accounts_of(tags[:1]), timezone.localdate()) == set()
    assert offices_led(accounts_of(tags), timezone.localdate()) == {"agency"}


def test_an_officer_who_has_a_post_there_alone_is_left_out_when_named(agency: Officer, prosecutor: Officer) -> None:
    person = factories.person([NAME])
    factories.appointment(person, factories.post(of=agency.unit.body))
    marat = named(officer(agency.unit, "marat", person=person), "Ермеков Марат")
    Reporter().report(SAID)
    assert Report.objects.get().unit == agency.unit
    assert [one.account for one in Bar.objects.all()] == [marat.account]


def test_who_leads_the_office_and_is_named_in_what_is_added_makes_it_go_to_the_other_office(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    leader(agency, Role.HEAD)
    words = reporter.report(FIRST)
    assert Report.objects.get().unit == agency.unit
    reporter.come_back(words)
    assert "The report is now with" in reporter.post("reports-return", step="add", text=SAID)
    report = Report.objects.get()
    assert report.unit == prosecutor.unit
    assert envelopes.unwrap(bytes(wrap_of(report).wrapped), prosecutor.secret)
    assert {who for who, _page in told_of_terms()} == {"nurlan"}


def test_who_leads_an_office_is_told_that_a_term_passed_without_a_page_that_is_not_theirs(
    agency: Officer, reporter: Reporter
) -> None:
    leader(agency, Role.HEAD, name="Head of the agency")
    reporter.report(FIRST)
    told = told_of_terms()
    page = f"reports/inbox/{Report.objects.get().pk}/"
    assert ("boss", "") in told
    assert ("boss", page) not in told
    assert (agency.account.username, page) in told


def test_a_post_that_ended_lately_or_begins_later_keeps_an_officer_out_and_one_of_long_ago_does_not(
    agency: Officer, reporter: Reporter
) -> None:
    body, today = factories.body(name="Жер комитеті"), timezone.localdate()
    spans = {
        "yesterday": (date(2015, 1, 1), today - timedelta(days=1)),
        "soon": (today + timedelta(days=3), None),
        "long-ago": (date(2010, 1, 1), today - timedelta(days=3 * 366)),
    }
    officers = {}
    for name, (since, until) in spans.items():
        person = factories.person()
        factories.appointment(person, factories.post(of=body), since=since, until=until)
        officers[name] = officer(agency.unit, name, person=person)
    reporter.report("The head took money last month", about=body.pk)
    page = reverse("reports-report", args=[Report.objects.get().pk])
    seen = {name: signed_in(one).get(page).status_code for name, one in officers.items()}
    assert seen == {"yesterday": 404, "soon": 404, "long-ago": 200}


@pytest.mark.parametrize(
    ("ended", "day"), [((2023, 12, 1), (2026, 12, 1)), ((2021, 2, 28), (2024, 2, 29)), ((2024, 2, 29), (2027, 2, 28))]
)
def test_a_post_binds_for_three_years_of_the_calendar(
    agency: Officer, ended: tuple[int, int, int], day: tuple[int, int, int]
) -> None:
    body, person = factories.body(name="Жер комитеті"), factories.person()
    factories.appointment(person, factories.post(of=body), since=date(2015, 1, 1), until=date(*ended))
    Account.objects.filter(pk=agency.account.pk).update(person=person)
    assert concerned([agency.account.pk], [body], date(*day)) == {agency.account.pk}
    assert not concerned([agency.account.pk], [body], date(*day) + timedelta(days=2))


def test_whose_family_works_at_the_office_that_a_report_is_about_does_not_get_it_at_the_other_one(
    agency: Officer, prosecutor: Officer, reporter: Reporter
) -> None:
    brother, sister = factories.person(["Оспанов Ерлан"]), factories.person(["Оспанова Айман"])
    factories.appointment(brother, factories.post(of=agency.unit.body))
    factories.family_tie(sister, brother, kind="sibling")
    biased = officer(prosecutor.unit, "aiman", person=sister)
    reporter.report("Somebody of the agency takes money", about_receiver="agency")
    report = Report.objects.get()
    page, desk = reverse("reports-report", args=[report.pk]), signed_in(prosecutor)
    assert (desk.get(page).status_code, signed_in(biased).get(page).status_code) == (200, 404)
    assert envelopes.unwrap(bytes(wrap_of(report).wrapped), prosecutor.secret)
    with pytest.raises(DomainError):
        envelopes.unwrap(bytes(wrap_of(report).wrapped), biased.secret)
    assert "Others read this report now" not in desk.get(page).content.decode()
    assert "Every report is sealed" in desk.get(reverse("reports-rewrap")).content.decode()
