"""No public page, file or answer tells that somebody has just reported, or that an office does something about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from adaldyq.kernel import events
from adaldyq.kernel.access import matrix
from adaldyq.kernel.acts import ACTS, Leaves
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Company, Deadline
from adaldyq.kernel.ports.telling import take_up
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import DayCount, Leaf
from adaldyq.ledger.receipts import Receipt
from adaldyq.ledger.sequencer import sequence
from adaldyq.measures.reports.actions.counting import count_reports
from adaldyq.measures.reports.actions.releasing import LINES, release_leaves
from adaldyq.measures.reports.models import Report
from adaldyq.measures.reports.models.leaves import HANDLED
from adaldyq.measures.reports.models.numbers import WAYS
from adaldyq.measures.reports.queries.proofs import RELEASE
from adaldyq.portal.operations.measuring import rendered
from tests import factories, rooms_of_acts
from tests.measures.reports.many import Desk
from tests.measures.reports.office import Officer, custodian
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.test_cases import asked, brought, register

WHAT, SUFFERED = "the inspector asked for money", "they took the night shifts from me"
IN_MARCH, NIGHT = datetime(2025, 3, 3, 6, tzinfo=UTC), datetime(2025, 10, 8, 1, tzinfo=UTC)
NEW_EACH_TIME = re.compile(
    r"""
    (?<=name="csrfmiddlewaretoken"[ ]value=")[^"]+ | (?<=name="form_key"[ ]value=")[^"]+
    | (?<=name="carried"[ ]value=")[^"]+ | (?<=nonce-)[\w+/=-]+
    | (?<="challenge":)[^}]+ | (?<="page":[ ]")[^"]+ | (?<=[ ]·[ ])\w+[ ][0-9a-f]{16}(?=</p>) | \d\d:\d\d(?::\d\d)?
    | (?<=—[ ]localhost/ledger/licences[ ])[\w+/=]+
    """,
    re.VERBOSE,
)
"""What a page has anew for each visit, whoever reports: one-time codes, the calculation of a form, the time of day and a
signature of it."""

MOST_OPEN = 100
"""So many addresses at least show something of the records of the test."""

ANSWERS = 3
"""Of the register of cases: opened, money back, ended."""

TELLS_ITSELF = {"sign-out"}
"""Addresses that end or begin something for who opens them."""

DAY_OF_AN_OFFICE = {
    "reports.draw.fix",
    "reports.draw.make",
    "reports.edition.keep",
    "reports.key.add",
    "reports.key.retire",
    "reports.leaf.release",
    "reports.official.publish",
    "reports.unit.open",
}
"""Acts that have public lines of their own: they come with or without reports, and tell of none."""


@pytest.fixture
def country(agency: Officer, heads: None) -> Mapping[str, str]:
    """Records that public pages show, by the name of the argument that stands for them; and numbers of former reports."""
    factories.territory()
    company = Company(name="«Байтерек» ЖШС", legal_form="llp", source="a test", as_of=date(2025, 1, 1))
    factories.loaded("company", company)
    declaration = factories.official()
    body = declaration.person.appointments.get().post.body
    Desk(agency).receive(8, IN_MARCH, about=body, place="KZ-75")
    count_reports(by=factories.BY, at=NIGHT)
    settle()
    return {
        "body_id": body.pk,
        "person_id": declaration.person_id,
        "declaration_id": declaration.pk,
        "company_id": company.pk,
        "code": "KZ-75",
        "reference": Leaf.objects.order_by("pk")[0].reference,
        "rule_id": "declarations.private-loan",
        "name": "report_number.csv",
        "place": "0/000.p/1",
        "service": "land",
    }


def named(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, list[str]]]:
    """Names of all addresses, and of their arguments."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from named(one.url_patterns)
        else:
            yield one.name or str(one.pattern), list(one.pattern.converters)


def addresses(country: Mapping[str, str]) -> list[str]:
    """Every address that everybody may open."""
    rows = matrix(Path(settings.ACCESS_MATRIX))
    public = [(name, known) for name, known in named(get_resolver().url_patterns) if Role.PUBLIC in rows[name]]
    assert len(public) > 100
    found = [reverse(name, kwargs={one: argument(one, country) for one in known}) for name, known in public]
    numbers = [f"{reverse('reports-numbers-csv')}?by={way}&year={IN_MARCH.year}" for way in ("year", *WAYS)]
    return [*(one for one in found if one not in {reverse(name) for name in TELLS_ITSELF}), *numbers]


def argument(name: str, country: Mapping[str, str]) -> Any:
    """What stands in an address: a record of the country, a number or a name."""
    numbers = {"size": 1, "year": 2024, "level": 0, "width": 256}
    return country.get(name) or numbers.get(name) or "00000000ZZZZ"


def told(country: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """What everybody is told by every address now."""
    return {address: answer_of(address) for address in addresses(country)}


def answer_of(address: str) -> tuple[int, str]:
    """Status and text of an answer, without what is new each time."""
    answer = Client(raise_request_exception=False).get(address)
    return answer.status_code, NEW_EACH_TIME.sub("", answer.getvalue().decode(errors="replace"))


def figures() -> list[str]:
    """What the house tells its monitoring of deadlines, events and acts."""
    kept = ("adaldyq_deadlines", "adaldyq_events_waiting ", "adaldyq_acts")
    return [line for line in rendered().decode().splitlines() if line.startswith(kept)]


def settle() -> None:
    """Do what a worker does within seconds."""
    events.deliver_waiting(at=timezone.now() + timedelta(minutes=1))
    sequence(at=timezone.now())


def test_no_public_answer_changes_when_somebody_reports_and_asks_for_protection(
    country: Mapping[str, str], reporter: Reporter
) -> None:
    settle()
    before, counted = told(country), figures()
    assert told(country) == before  # whatever differs afterwards is not what is new each time
    assert sum(status == HTTPStatus.OK for status, _text in before.values()) > MOST_OPEN
    words = reporter.report(WHAT)
    reporter.come_back(words)
    reporter.post("reports-return", step="add", text=SUFFERED, retaliation="on", may_ask="on")
    assert "a protection file is open" in reporter.page
    settle()
    after = told(country)
    assert [address for address in before if after[address] != before[address]] == []
    assert figures() == counted


def test_the_deadlines_of_reports_are_told_by_no_count_of_the_moment(agency: Officer, reporter: Reporter) -> None:
    reporter.report(WHAT)
    page = Client().get(reverse("desk-deadlines-counts")).content.decode()
    assert "Acknowledge a report" not in page
    assert f'href="{reverse("reports-numbers")}"' in page
    assert b"Acknowledge" not in Client().get(reverse("desk-deadlines-csv")).getvalue()
    Deadline.objects.update(due_at=timezone.now() - timedelta(days=1))
    assert b"adaldyq_deadlines_due 0.0" in rendered()


def test_terms_that_pass_add_no_line_by_which_reports_of_a_day_are_counted(agency: Officer, reporter: Reporter) -> None:
    for _each in range(3):
        reporter.report(WHAT)
    settle()
    lines = Leaf.objects.count()
    passed = timezone.now() + timedelta(days=9)
    assert tick(at=passed) == 3
    assert Leaf.objects.count() == lines
    release_leaves(by=factories.BY, at=passed + timedelta(days=1))
    assert Leaf.objects.count() == lines + LINES
    told = Leaf.objects.order_by("pk")[lines:].values_list("act", "payload")
    assert {act for act, _payload in told} == {RELEASE}
    assert sum("kernel.deadline.fall" in (payload or "") for _act, payload in told) == 3


class Office:
    """What an officer does about the one report, step by step."""

    def __init__(self, one: Officer) -> None:
        self.browser = Client()
        self.browser.force_login(one.account)
        self.report = Report.objects.get().pk

    def handle(self, **sent: str) -> None:
        """A step of the report's page."""
        assert self.browser.post(reverse("reports-report", args=[self.report]), sent).status_code == 302

    def protect(self, step: str, **sent: str) -> None:
        """A step of its protection file."""
        address = reverse("reports-protection-step", args=[self.report, step])
        assert self.browser.post(address, sent).status_code == 302


def test_what_an_office_does_is_counted_nowhere_and_has_no_line_of_its_own_in_public(
    agency: Officer, reporter: Reporter
) -> None:
    keeper = custodian(agency.unit, "keeper")
    reporter.report(WHAT, identity="Saule")
    settle()
    counts, lines = explorer(), Leaf.objects.count()
    office = Office(agency)
    office.handle(step="acknowledge", text="we have it")
    office.protect("open", text="you are protected", may_ask="on")
    office.protect("note", kind="threat", day_day="3", day_month="2", day_year="2026", text=SUFFERED)
    office.protect("ask", text="we ask the employer")
    office.protect("relief", text="that you stay at work")
    office.protect("decide", decided="grant", text="you stay")
    opens = Client()
    opens.force_login(keeper.account)
    why = {"reason": "court", "basis": "judgment 7 of the court"}
    assert opens.post(reverse("reports-name", args=[office.report]), why).status_code == 302
    office.handle(step="close", text="done", outcome="substantiated")
    settle()
    assert Leaf.objects.count() == lines
    release_leaves(by=factories.BY, at=timezone.now() + timedelta(days=1))
    settle()
    assert explorer() == counts
    assert list(Leaf.objects.order_by("pk")[lines:].values_list("act", flat=True)) == [RELEASE] * LINES
    entries = b"".join(bytes(one) for one in Leaf.objects.order_by("pk")[lines:].values_list("entry", flat=True))
    for word in (b"protection", b"relief", b"open_name", b"acknowledge", b"deadline"):
        assert word not in entries


def test_an_officer_has_the_receipt_of_a_step_when_its_night_is_over(agency: Officer, reporter: Reporter) -> None:
    reporter.report(WHAT)
    office = Office(agency)
    office.handle(step="acknowledge", text="we have it")
    release_leaves(by=factories.BY, at=timezone.now() + timedelta(days=1))
    settle()
    (line,) = Leaf.objects.filter(act=RELEASE, payload__contains="reports.report.acknowledge")
    assert line.reference in office.browser.get(reverse("ledger-mine")).content.decode()
    own = office.browser.get(reverse("ledger-receipt-own", args=[line.reference]))
    assert json.loads(Receipt.parse(own.content.decode()).payload or "")["by"] == agency.account.pk


def test_what_becomes_of_its_terms_is_counted_nowhere_either(agency: Officer, reporter: Reporter) -> None:
    reporter.report(WHAT)
    report = Report.objects.get()
    settle()
    counts, lines = explorer(), Leaf.objects.count()
    office = Office(agency)
    office.handle(step="acknowledge", text="we have it")
    delay = office.browser.post(
        reverse("reports-delay", args=[report.pk]), {"reason": "expert", "text": "it takes longer"}
    )
    assert delay.status_code == 302, delay.content.decode()
    settle()
    assert explorer() == counts
    assert Leaf.objects.count() == lines


def test_answers_of_the_register_of_cases_are_counted_nowhere_either(
    agency: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(agency)
    reports = brought(desk, 1)
    asked(desk, reports)
    settle()
    counts, lines = explorer(), Leaf.objects.count()
    monkeypatch.setattr(
        apps.get_app_config("street"), "ports", {"case": f"{register.__module__}.register"}, raising=False
    )
    assert take_up(at=timezone.now()) == 1
    settle()
    settle()
    page = Client()
    page.force_login(agency.account)
    assert "judgment or decision in force" in page.get(reverse("reports-report", args=[reports[0].pk])).content.decode()
    assert explorer() == counts
    assert Leaf.objects.count() == lines
    release_leaves(by=factories.BY, at=timezone.now() + timedelta(days=1))
    assert set(Leaf.objects.order_by("pk")[lines:].values_list("act", flat=True)) == {RELEASE}
    assert Leaf.objects.filter(payload__contains="kernel.port.answer").count() == ANSWERS


def explorer() -> list[tuple[object, str, int]]:
    """What the explorer of the ledger counts."""
    return sorted(DayCount.objects.values_list("day", "act", "count"))


def test_every_act_about_a_single_report_has_the_one_name_in_public() -> None:
    rooms_of_acts.read_in()
    own = {name for name, one in ACTS.items() if name.startswith("reports.") and one.leaves is not Leaves.NONE}
    assert {name for name in own if not ACTS[name].told_as} == DAY_OF_AN_OFFICE
    assert {ACTS[name].told_as for name in own - DAY_OF_AN_OFFICE} == {HANDLED}
