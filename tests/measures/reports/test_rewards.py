"""Rewards by law: worked out by the pack, proposed by one and decided by another, paid without learning to whom."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.base.money import Money
from adaldyq.countries.loader import HERE, read
from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.models import Notification
from adaldyq.measures.reports import jobs
from adaldyq.measures.reports.actions.cases import ask_case, end_case, note_money, open_case
from adaldyq.measures.reports.actions.counting import count_reports
from adaldyq.measures.reports.actions.handling import Sealed
from adaldyq.measures.reports.actions.protection import open_protection
from adaldyq.measures.reports.actions.rewards import Proposal, grant_reward, lapse_reward, pay_reward, propose_reward
from adaldyq.measures.reports.domain.rewards import digest_of, reward_of
from adaldyq.measures.reports.models import Report, Reward
from adaldyq.project.cli.reporting import reports as command
from tests.measures.reports.many import Desk
from tests.measures.reports.office import Officer, custodian
from tests.measures.reports.reporter import Reporter

REGISTER = system("register of cases")
DAY = datetime(2025, 5, 5, 6, tzinfo=UTC)
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


@pytest.mark.parametrize(
    ("offence", "back", "shared_by", "amount"),
    [
        ("administrative", "0", 1, "117960.00"),  # 30 indexes of 3,932
        ("especially_grave", "3932000", 1, "393200.00"),  # a thousand indexes are not above a thousand
        ("minor", "3932000.10", 1, "393200.01"),  # above, a tenth
        ("minor", "900000000", 1, "15728000.00"),  # four thousand indexes at most
        ("grave", "0", 3, "91746.66"),  # 70 indexes by three, cut to the cent
    ],
)
def test_the_reward_is_worked_out_as_the_rules_of_kazakhstan_have_it(
    offence: str, back: str, shared_by: int, amount: str
) -> None:
    pack = read(HERE / "kz").pack
    assert pack is not None
    due = reward_of(pack, date(2025, 6, 2), offence, Money(Decimal(back), "KZT"), shared_by)
    assert due.amount == Money(Decimal(amount), "KZT")
    assert "2023" in due.law


@pytest.fixture
def keeper(agency: Officer) -> Officer:
    """The custodian of the agency."""
    return custodian(agency.unit, "keeper")


def browser_of(one: Officer) -> Client:
    """A browser of an officer or a custodian."""
    found = Client()
    found.force_login(one.account)
    return found


def judged(report: Report, by: Any, back: int = 0) -> Report:
    """A report whose case ended, and what came back by it."""
    request = ask_case(reports=[report], by=by, at=DAY)
    request = open_case(request=request, case="2025-17", day=DAY.date(), by=REGISTER, at=DAY)
    if back:
        money = Money(Decimal(back), "KZT")
        note_money(request=request, reference=request.pk, amount=money, day=DAY.date(), by=REGISTER, at=DAY)
    end_case(request=request, day=DAY.date(), by=REGISTER, at=DAY)
    return report


def reported(agency: Officer, reporter: Reporter) -> tuple[list[str], Report]:
    """The phrase of a report that was acknowledged, and the report."""
    words = reporter.report("the inspector asked for money")
    report = Report.objects.get()
    page = reverse("reports-report", args=[report.pk])
    browser_of(agency).post(page, {"step": "acknowledge", "text": "we have it"})
    report.refresh_from_db()
    return words, report


def test_a_reward_is_paid_to_whoever_has_the_code_and_nobody_else_knows_it(
    agency: Officer, keeper: Officer, reporter: Reporter, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words, report = reported(agency, reporter)
    judged(report, actor_of(agency.account), back=10_000_000)
    officer, page = browser_of(agency), reverse("reports-reward", args=[report.pk])
    sent = {"offence": "grave", "refusal": "", "ground": "judgment 17 of 3 March"}
    lacking = officer.post(page, {**sent, "ground": " "})
    assert (lacking.status_code, 'href="#id_ground' in lacking.content.decode()) == (422, True)
    assert officer.post(page, sent).status_code == 302
    assert Notification.objects.filter(account=keeper.account, message="reward-proposed").count() == 1
    decide = reverse("reports-reward-decide", args=[report.pk])
    assert officer.get(decide).status_code == 403
    desk = browser_of(keeper)
    shown = desk.get(decide).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "judgment 17 of 3 March" in shown
    assert desk.post(decide, {"step": "grant"}).status_code == 302
    found = CODE.search(reporter.come_back(words))
    assert found
    assert "A reward was granted" in reporter.page
    (order,) = csv.DictReader(io.StringIO(CliRunner().invoke(command, ["rewards", "orders"]).output))
    assert order["amount"] == "1000000.00"
    assert order["code_sha256"] == hashlib.sha256(found[0].replace("-", "").encode()).hexdigest()
    capsys.readouterr()
    call_command("dumpdata", verbosity=0)
    assert found[0] not in capsys.readouterr().out
    file = tmp_path / "paid.csv"
    file.write_text(f"order,day\n{order['order']},{timezone.localdate()}\n")
    for said in ("1 payment taken in", "0 payments taken in"):
        assert said in CliRunner().invoke(command, ["rewards", "paid", str(file)]).output
    assert "Your reward was paid." in reporter.come_back(words)


def test_a_reward_that_nobody_fetches_lapses_and_what_was_paid_in_time_may_be_told_afterwards(
    agency: Officer, keeper: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    words, report = reported(agency, reporter)
    judged(report, actor_of(agency.account))
    browser_of(agency).post(
        reverse("reports-reward", args=[report.pk]), {"offence": "grave", "refusal": "", "ground": "judgment 17"}
    )
    browser_of(keeper).post(reverse("reports-reward-decide", args=[report.pk]), {"step": "grant"})
    reward = Reward.objects.get()
    last = reward.claim_until
    assert last
    assert last.isoformat() in CliRunner().invoke(command, ["rewards", "orders"]).output
    with pytest.raises(DomainError, match="reward-term-runs"):
        lapse_reward(reward=reward, by=REGISTER, at=timezone.now())
    after = datetime.combine(last + timedelta(days=1), time(8), UTC)
    jobs.begin_night({}, after - timedelta(days=1))
    assert "is paid until" in reporter.come_back(words)
    jobs.begin_night({}, after)
    assert "has lapsed" in reporter.come_back(words)
    assert reward.pk not in CliRunner().invoke(command, ["rewards", "orders"]).output
    reward.refresh_from_db()
    with pytest.raises(DomainError, match="reward-lapsed"):
        pay_reward(reward=reward, day=last + timedelta(days=1), by=REGISTER, at=after)
    assert pay_reward(reward=reward, day=last, by=REGISTER, at=after).state == "paid"


def test_a_refusal_is_told_with_its_reason_and_a_proposal_may_be_given_back(
    agency: Officer, keeper: Officer, reporter: Reporter
) -> None:
    words, report = reported(agency, reporter)
    officer, desk = browser_of(agency), browser_of(keeper)
    page, decide = (reverse(name, args=[report.pk]) for name in ("reports-reward", "reports-reward-decide"))
    assert "There is nothing to propose" in officer.get(page).content.decode()
    judged(report, actor_of(agency.account))
    officer.post(page, {"offence": "minor", "refusal": "", "ground": "decision 4"})
    assert desk.post(decide, {"step": "refuse"}).status_code == 422  # a reward was proposed
    assert desk.post(decide, {"step": "return"}).status_code == 302
    officer.post(page, {"offence": "minor", "refusal": "took_part", "ground": "decision 4"})
    assert Reward.objects.get().amount == 0
    assert "0 ₸" not in desk.get(reverse("reports-rewards")).content.decode().replace("\xa0", " ")
    assert desk.post(decide, {"step": "refuse"}).status_code == 302
    assert "took part in the offence" in reporter.come_back(words)
    assert CliRunner().invoke(command, ["rewards", "orders"]).output.count("\n") == 1


def proposal() -> Proposal:
    """A proposal of a reward."""
    return Proposal("grave", "judgment 17")


def test_nobody_decides_alone_and_no_person_pays(agency: Officer, keeper: Officer) -> None:
    desk = Desk(agency)
    (report,) = desk.acknowledge(desk.receive(1, DAY), 0)
    reward = propose_reward(report=judged(report, desk.by), proposal=proposal(), by=desk.by, at=DAY)
    letter, code = Sealed(desk.letter), digest_of("A")
    with pytest.raises(NotAllowed):
        grant_reward(reward=reward, code_sha256=code, message=letter, by=desk.by, at=DAY)
    granted = grant_reward(reward=reward, code_sha256=code, message=letter, by=actor_of(keeper.account), at=DAY)
    for by in (desk.by, actor_of(keeper.account)):
        with pytest.raises(NotAllowed):
            pay_reward(reward=granted, day=DAY.date(), by=by, at=DAY)


@pytest.mark.usefixtures("heads")
def test_what_was_granted_is_told_in_the_public_numbers_but_nothing_of_few(agency: Officer, keeper: Officer) -> None:
    caches["recent"].clear()
    desk, keeps = Desk(agency), actor_of(keeper.account)
    for report in desk.acknowledge(desk.receive(20, DAY), 0)[:6]:
        reward = propose_reward(report=judged(report, desk.by), proposal=proposal(), by=desk.by, at=DAY)
        code = digest_of(reward.pk)
        grant_reward(reward=reward, code_sha256=code, message=Sealed(desk.letter), by=keeps, at=DAY)
    for report in desk.acknowledge(desk.receive(5, DAY), 0):
        open_protection(report=report, may_ask=False, message=Sealed(desk.letter), by=desk.by, at=DAY)
    count_reports(by=REGISTER, at=datetime(2025, 7, 20, 1, tzinfo=UTC))
    (line,) = Client().get("/api/v1/reports/statistics").json()["lines"]
    assert line["rewards"] == "500000.00"  # five of six, of 100 000 at least each
    assert line["protected"]["found"] == 5
    assert "Rewards granted" in Client().get("/en/reports/numbers/").content.decode()
