"""Terms tell that there is a report: who must not learn of one finds none among the own deadlines, and is not reminded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Account, Deadline, Notification
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.actions.resealing import bar_from_report
from adaldyq.measures.reports.jobs import begin_night
from adaldyq.measures.reports.models import ProtectionFile, Report
from tests import factories
from tests.measures.reports.office import Officer, custodian, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_narrowing import FIRST, SECOND, named
from tests.measures.reports.views.test_watching import signed_in, step

NAMED = "Садыкова Айгуль"


def due_for(account: Account) -> str:
    """The page of what is due for somebody."""
    browser = Client()
    browser.force_login(Account.objects.get(pk=account.pk))
    return browser.get(reverse("desk-deadlines")).content.decode()


def told(days: Iterable[int]) -> set[tuple[str, str]]:
    """Who is told what while so many days pass."""
    Notification.objects.all().delete()
    for one in days:
        tick(at=timezone.now() + timedelta(days=one))
    return set(Notification.objects.values_list("account__username", "message"))


def taken_up(desk: Client, report: Report, *steps: tuple[str, dict[str, str]]) -> None:
    """Acknowledge a report, and take steps of its protection file."""
    step(desk, report, "acknowledge", text="we have it")
    for name, sent in steps:
        answer = desk.post(reverse("reports-protection-step", args=[report.pk, name]), sent)
        assert answer.status_code == 302, answer.content.decode()


def added(reporter: Reporter, words: list[str], text: str, **answers: str) -> None:
    """Come back, and add something."""
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text=text, **answers)


def test_whom_a_report_names_finds_no_term_of_it_and_a_colleague_does(agency: Officer, reporter: Reporter) -> None:
    colleague = officer(agency.unit, "dana")
    named(agency, NAMED)
    reporter.report(FIRST, who="Садыкова взяла")
    report = Report.objects.get()
    assert report.pk in due_for(colleague.account)
    assert report.pk not in due_for(agency.account)


def test_who_works_in_the_body_that_a_report_is_about_finds_no_term_of_it(agency: Officer, reporter: Reporter) -> None:
    body, clerk = factories.body(name="Жер комитеті"), factories.person()
    biased = officer(agency.unit, "biased", person=clerk)
    factories.appointment(clerk, factories.post(of=body))
    reporter.report(FIRST, about=body.pk)
    report = Report.objects.get()
    assert report.pk in due_for(agency.account)
    assert report.pk not in due_for(biased.account)


def test_custodians_and_heads_who_read_no_report_find_no_term_of_one(agency: Officer, reporter: Reporter) -> None:
    keeper, head = custodian(agency.unit, "keeper"), factories.account("boss")
    factories.grant(head, Role.HEAD, body=agency.unit.body)
    reporter.report(FIRST)
    assert [Report.objects.get().pk in due_for(one) for one in (keeper.account, head)] == [False, False]


def test_all_who_may_be_given_a_report_are_reminded_while_nobody_answers_for_it(
    agency: Officer, reporter: Reporter
) -> None:
    colleague = officer(agency.unit, "dana")
    custodian(agency.unit, "keeper")
    named(agency, NAMED)
    reporter.report(FIRST, who="Садыкова взяла")
    assert told([6]) == {("dana", "deadline-reminder")}
    Report.objects.update(assigned_to=None)
    Deadline.objects.update(account=colleague.account)
    assert told([9]) == {("dana", "deadline-missed")}


def test_a_head_whom_a_report_concerns_is_not_told_of_its_terms(agency: Officer, reporter: Reporter) -> None:
    body = factories.body(name="Жер комитеті")
    for name, person in (("head", None), ("biased", factories.person())):
        head = factories.account(name)
        Account.objects.filter(pk=head.pk).update(person=person)
        factories.grant(head, Role.HEAD, body=agency.unit.body)
        if person:
            factories.appointment(person, factories.post(of=body))
    reporter.report(FIRST, about=body.pk)
    heard = told([6, 8, 9, 11, 12])
    assert ("head", "deadline-escalated") in heard
    assert "biased" not in {who for who, _what in heard}


def test_who_had_a_report_until_its_reporter_named_them_is_told_nothing_of_it(
    agency: Officer, reporter: Reporter
) -> None:
    officer(agency.unit, "dana")
    named(agency, NAMED)
    words = reporter.report(FIRST)
    report, day = Report.objects.get(), {"day_day": "3", "day_month": "2", "day_year": "2026"}
    steps = (
        ("open", {"text": "you are protected", "may_ask": "on"}),
        ("note", {"kind": "threat", "text": "they wrote", **day}),
        ("ask", {"text": "we ask"}),
    )
    taken_up(signed_in(agency), report, *steps)
    assert ProtectionFile.objects.get().protector_id == agency.account.pk
    added(reporter, words, SECOND)
    assert ProtectionFile.objects.get().protector_id is None
    assert {who for who, _what in told(range(1, 100))} == {"dana"}


def test_whom_a_colleague_keeps_out_is_told_nothing_more(agency: Officer, reporter: Reporter) -> None:
    dana = officer(agency.unit, "dana")
    reporter.report(FIRST)
    report = Report.objects.get()
    taken_up(signed_in(agency), report)
    whom = {"whom": f"account:{agency.account.pk}"}
    assert signed_in(dana).post(reverse("reports-bar", args=[report.pk]), whom).status_code == 302
    assert {who for who, _what in told(range(1, 100))} == {"dana"}


def test_who_works_in_a_body_that_a_report_turns_out_to_name_has_it_no_more(
    agency: Officer, reporter: Reporter
) -> None:
    body, clerk = factories.body(name="Жер комитеті"), factories.person()
    biased = officer(agency.unit, "biased", person=clerk)
    factories.appointment(clerk, factories.post(of=body))
    reporter.report(FIRST)
    report = Report.objects.get()
    taken_up(signed_in(biased), report)
    bar_from_report(report=report, whom=body, by=actor_of(agency.account), at=timezone.now())
    report.refresh_from_db()
    assert report.assigned_to is None
    assert {who for who, _what in told(range(1, 100))} == {"aigul"}


def test_an_office_named_after_it_was_told_of_a_term_sees_the_row_and_later_steps_no_more(
    agency: Officer, reporter: Reporter
) -> None:
    other = officer(unit("prosecutor"), "nurlan")
    words = reporter.report(FIRST)
    report = Report.objects.get()
    tick(at=timezone.now() + timedelta(days=9))
    overdue = reverse("reports-overdue")
    assert report.pk in signed_in(other).get(overdue).content.decode()
    added(reporter, words, "Генпрокуратура в доле", about_receiver="prosecutor")
    assert report.pk not in signed_in(other).get(overdue).content.decode()


def test_an_office_named_after_it_was_told_of_a_term_sees_no_row_after_erasure_either(
    agency: Officer, reporter: Reporter
) -> None:
    other, words = officer(unit("prosecutor"), "nurlan"), reporter.report(FIRST)
    report, desk = Report.objects.get(), signed_in(agency)
    tick(at=timezone.now() + timedelta(days=9))
    overdue = reverse("reports-overdue")
    assert report.pk in signed_in(other).get(overdue).content.decode()
    added(reporter, words, "Генпрокуратура в доле", about_receiver="prosecutor")
    step(desk, report, "acknowledge", text="we have it")
    step(desk, report, "close", text="done", outcome="no_breach")
    tick(at=timezone.now() + timedelta(days=200))
    begin_night({}, timezone.now() + timedelta(days=365 * 4))
    report.refresh_from_db()
    assert report.state == "erased"
    assert report.pk not in signed_in(other).get(overdue).content.decode()
    assert report.pk not in due_for(other.account)
