"""Reports lead to cases: an office asks, only the register of cases answers, and the public is told its answers."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.base.money import Money
from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.models import PortRequest, Read
from adaldyq.kernel.ports import Answer, casefile
from adaldyq.kernel.ports.actions import answer_once
from adaldyq.kernel.ports.telling import take_up
from adaldyq.measures.reports.actions.cases import ask_case, decline_case, note_money, open_case
from adaldyq.measures.reports.actions.counting import count_reports
from adaldyq.measures.reports.actions.handling import acknowledge_report
from adaldyq.measures.reports.domain.telling import Teller
from adaldyq.measures.reports.models import Bar, CaseRequest, MoneyBack, Report
from adaldyq.measures.reports.queries.counting import teller
from adaldyq.measures.reports.queries.retention import last_kept_day
from adaldyq.project.cli.reporting import reports as command
from adaldyq.ui.formats.values import money
from tests import factories
from tests.factories import BY
from tests.measures.reports.many import Desk
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.views.test_narrowing import named
from tests.measures.reports.views.test_resealing import refer, signed_in

IN_MARCH, NIGHT = datetime(2025, 3, 3, 6, tzinfo=UTC), datetime(2025, 10, 8, 1, tzinfo=UTC)
REGISTER = system("register of cases")
HEAD = "request,step,day,case,reference,amount,currency\n"


@pytest.fixture
def desk(agency: Officer) -> Desk:
    """The officer, and nothing kept from another test."""
    caches["recent"].clear()
    return Desk(agency)


def brought(desk: Desk, count: int, **facts: object) -> list[Report]:
    """Reports that were closed as reported."""
    return desk.close(desk.acknowledge(desk.receive(count, IN_MARCH, **facts), 1), 20)  # type: ignore[arg-type]  # facts of any kind


def asked(desk: Desk, reports: list[Report]) -> CaseRequest:
    """One case, asked for because of some reports."""
    return ask_case(reports=reports, by=desk.by, at=datetime(2025, 4, 1, tzinfo=UTC))


def opened(desk: Desk, reports: list[Report], back: int = 0) -> CaseRequest:
    """The same, opened by the register, and what came back."""
    at = datetime(2025, 5, 2, tzinfo=UTC)
    request = open_case(request=asked(desk, reports), case="2025-17", day=at.date(), by=REGISTER, at=at)
    if back:
        amount = Money(Decimal(back), "KZT")
        note_money(request=request, reference=request.pk, amount=amount, day=at.date(), by=REGISTER, at=at)
    return request


def answer(folder: Path, text: str) -> str:
    """What the command says to a file of answers."""
    file = folder / "answers.csv"
    file.write_text(HEAD + text)
    result = CliRunner().invoke(command, ["cases", "answers", str(file)])
    return result.output + str(result.exception or "")


def test_a_case_is_asked_for_several_reports_waits_and_is_answered_by_the_register(desk: Desk, tmp_path: Path) -> None:
    first, second = brought(desk, 2, about=factories.body(name="Жер комитеті"))
    browser = Client()
    browser.force_login(desk.officer.account)
    page = reverse("reports-case", args=[first.pk])
    assert second.pk in browser.get(page).content.decode()
    assert browser.post(page, {"others": [second.pk]}).status_code == 302
    request = CaseRequest.objects.get()
    report_page = reverse("reports-report", args=[second.pk])
    assert "waits for the register of cases" in browser.get(report_page).content.decode()
    (row,) = csv.DictReader(io.StringIO(CliRunner().invoke(command, ["cases", "queue"]).output))
    assert row["request"] == request.pk
    assert row["about"] == "Жер комитеті"
    assert set(row["reports"].split()) == {first.pk, second.pk}
    told = (
        f"{request.pk},opened,2025-05-02,2025-17,,,\n{request.pk},money,2025-06-01,,A-1,250000.50,KZT\n"
        f"{request.pk},ended,2025-06-03,,,,\n"
    )
    assert "3 answers taken in" in answer(tmp_path, told)
    assert "0 answers taken in" in answer(tmp_path, told)  # sent again, it changes nothing
    shown = browser.get(report_page).content.decode()
    assert "2025-17" in shown
    assert "judgment or decision in force" in shown
    assert money(Decimal("250000.50"), "KZT") in browser.get(reverse("reports-cases")).content.decode()
    assert reverse("reports-case", args=[first.pk]) not in browser.get(report_page).content.decode()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nobody,opened,2025-05-02,1,,,\n", "answers-request"),
        ("{},flown,2025-05-02,1,,,\n", "answers-line"),
        ("{},opened,in May,1,,,\n", "answers-line"),
        ("{},money,2025-05-02,,A,much,KZT\n", "answers-line"),
        ("{},money,2025-05-02,,A,NaN,KZT\n", "answers-line"),
        ("{},ended,2025-05-02,,,,\n", "answers-order"),
        ("{},opened,2025-05-02,,,,\n", "case-number-missing"),
        ("{},opened,2999-05-02,1,,,\n", "day-to-come"),
        ("{},money,2025-05-02,,A,5,KZT\n", "case-not-open"),
        ("{},opened,2025-05-02,1,,,,,,\n", "answers-line"),
        ("{},opened\n", "answers-line"),
    ],
)
def test_an_answer_that_cannot_be_is_told_with_its_line(desk: Desk, tmp_path: Path, line: str, said: str) -> None:
    request = asked(desk, brought(desk, 1))
    assert said in answer(tmp_path, line.format(request.pk))
    assert CaseRequest.objects.get().state == "waiting"
    assert not MoneyBack.objects.exists()


def test_money_is_told_once_in_the_countrys_currency_and_is_more_than_nothing(desk: Desk) -> None:
    request, day = opened(desk, brought(desk, 1), back=5), IN_MARCH.date()
    for reference, amount, currency, code in (
        (request.pk, 5, "KZT", "money-told-already"),
        ("B", 0, "KZT", "money-not-positive"),
        ("B", 5, "EUR", "money-other-currency"),
    ):
        with pytest.raises(DomainError) as refused:
            told = Money(Decimal(amount), currency)
            note_money(request=request, reference=reference, amount=told, day=day, by=REGISTER, at=NIGHT)
        assert refused.value.code == code


def test_no_office_counts_its_own_success(desk: Desk) -> None:
    (report,) = brought(desk, 1)
    request = asked(desk, [report])
    with pytest.raises(NotAllowed):
        open_case(request=request, case="1", day=IN_MARCH.date(), by=desk.by, at=NIGHT)
    with pytest.raises(DomainError) as refused:
        asked(desk, [report])
    assert refused.value.code == "case-asked-already"
    decline_case(request=request, by=REGISTER, at=NIGHT)
    asked(desk, [report])  # anew


def test_a_report_is_kept_while_its_case_is_under_way(desk: Desk) -> None:
    (report,) = brought(desk, 1)
    assert last_kept_day(report, NIGHT.date()) is not None
    opened(desk, [report])
    assert last_kept_day(report, NIGHT.date()) is None


@pytest.mark.usefixtures("heads")
def test_the_public_is_told_what_led_to_a_case_and_what_came_back(desk: Desk) -> None:
    large, small = (factories.body(name=name, names={"kk": name, "en": name}) for name in ("Үлкен", "Шағын"))
    many = brought(desk, 20, about=large)
    brought(desk, 12, about=small)
    for one in many[2:8]:
        opened(desk, [one], back=1000)
    opened(desk, many[:2], back=1000)  # one case of two reports counts its money once
    asked(desk, many[8:12])  # what only the office says does not count
    count_reports(by=BY, at=NIGHT)
    found = lines_of("body")
    assert (found["Үлкен"]["led_to_case"], found["Үлкен"]["recovered"]) == ("5", "5")
    assert Decimal(found["Үлкен"]["amount"]) == 5000
    (line,) = Client().get("/api/v1/reports/statistics").json()["lines"]
    assert (line["led_to_case"]["found"], line["amount"], line["currency"]) == (5, "5000.00", "KZT")
    assert "Brought money back" in Client().get("/en/reports/numbers/", {"by": "body"}).content.decode()


@pytest.mark.usefixtures("heads")
def test_what_came_back_by_few_cases_or_by_one_of_many_is_not_told(desk: Desk) -> None:
    large, small = (factories.body(name=name, names={"kk": name, "en": name}) for name in ("Үлкен", "Шағын"))
    many, some = brought(desk, 20, about=large), brought(desk, 12, about=small)
    for one in many[:6]:
        opened(desk, [one], back=500)
    opened(desk, many[6:7], back=9_000_000)
    opened(desk, some, back=500)  # twelve reports, one case
    count_reports(by=BY, at=NIGHT)
    found = lines_of("body")
    assert [found[name]["recovered"] for name in ("Үлкен", "Шағын")] == ["5", "10"]
    assert [found[name]["amount"] for name in ("Үлкен", "Шағын")] == ["500.00", ""]


def test_no_sum_stands_beside_a_count_of_which_nothing_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = brought(desk, 20)
    for one in reports[:6]:
        opened(desk, [one], back=500)
    six = sum(teller(NIGHT.date()).alone(one.pk) for one in reports[:6])  # the coin of their cases is another one
    monkeypatch.setattr(Teller, "tails", lambda _teller, those, _table: 9 if those == six else 0)
    count_reports(by=BY, at=NIGHT)
    (line,) = lines_of("topic").values()
    assert (line["received"], line["recovered"], line["amount"]) == ("20", "", "")


@pytest.mark.usefixtures("heads")
def test_of_few_reports_that_led_to_a_case_nothing_is_told(desk: Desk) -> None:
    for one in brought(desk, 20)[:4]:
        opened(desk, [one], back=500)
    count_reports(by=BY, at=NIGHT)
    (hidden,) = lines_of("topic").values()
    assert [hidden[which] for which in COUNTED] == [""] * 3


COUNTED = ("led_to_case", "recovered", "amount")


def lines_of(way: str) -> dict[str, dict[str, str]]:
    """The file of a way of counting, by name of the line."""
    answer = Client().get("/en/reports/numbers/reports.csv", {"by": way, "year": "2025"})
    return {row["name"]: row for row in csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))}


def register(request: PortRequest, at: datetime) -> None:
    """A register of cases of this house: it opens a case and tells of money that came back."""
    office = casefile.grounds_of(request).office
    opened = Answer("opened", at.date(), number=f"C-{office}"[:60])
    money_back = Answer("money", at.date(), amount=Money(Decimal(5), "KZT"), reference="M-1")
    for one in (opened, money_back, Answer("ended", at.date())):
        answer_once(request=request, given=one, by=REGISTER, at=at)


def test_a_register_of_this_house_takes_what_waits_and_answers_with_its_number(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = brought(desk, 2)
    waits, outside = asked(desk, [first]), asked(desk, [second])
    deliver_waiting(at=NIGHT)
    decline_case(request=outside, by=REGISTER, at=NIGHT)  # the register outside answers
    monkeypatch.setattr(apps.get_app_config("street"), "ports", {"case": f"{__name__}.register"}, raising=False)
    assert take_up(at=NIGHT) == 1
    for _round in range(2):
        deliver_waiting(at=NIGHT)
    browser = Client()
    browser.force_login(desk.officer.account)
    assert f"C-{first.unit.body_id}" in browser.get(reverse("reports-report", args=[first.pk])).content.decode()
    waits.refresh_from_db()
    assert (waits.state, MoneyBack.objects.get().amount) == ("ended", Decimal(5))
    asked(desk, [second])  # anew: it is told at once, and waits for nobody outside
    deliver_waiting(at=NIGHT)
    assert len(CliRunner().invoke(command, ["cases", "queue"]).output.splitlines()) == 1


def test_an_officer_whom_one_report_of_a_request_names_sees_of_it_only_the_others(
    agency: Officer, reporter: Reporter
) -> None:
    biased = named(officer(agency.unit, "biased"), "Садыкова Айгуль")
    for text in ("Садыкова Айгуль делит с ними", "They take money", "They take money too"):
        Reporter().report(text)
    hers = Bar.objects.get(account=biased.account).report
    for one in Report.objects.all():
        acknowledge_report(report=one, message=None, by=actor_of(agency.account), at=timezone.now())
    ask_case(reports=list(Report.objects.all()), by=actor_of(agency.account), at=timezone.now())
    others = sorted(one.pk for one in Report.objects.exclude(pk=hers.pk))
    page = signed_in(biased).get(reverse("reports-cases"))
    text = page.content.decode()
    assert hers.pk not in text
    assert f"{others[0]} and 1 more" in text
    assert reverse("reports-report", args=[others[0]]) in text
    assert set(Read.objects.filter(reader_id=biased.account.pk).values_list("object_id", flat=True)) == set(others)
    assert "and 2 more" in signed_in(agency).get(reverse("reports-cases")).content.decode()


def test_the_office_that_a_report_was_given_to_sees_no_other_report_of_its_request(
    agency: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    there = officer(unit("prosecutor"), "nurlan")
    for text in ("They take money", "They take money too"):
        Reporter().report(text)
    for one in Report.objects.all():
        acknowledge_report(report=one, message=None, by=actor_of(agency.account), at=timezone.now())
    stays, goes = Report.objects.order_by("pk")
    ask_case(reports=[stays, goes], by=actor_of(agency.account), at=timezone.now())
    refer(goes, agency, there, tmp_path)
    page = signed_in(there).get(reverse("reports-cases")).content.decode()
    assert (goes.pk in page, stays.pk in page, "more" in page[page.index("<tbody") :]) == (True, False, False)
