"""Verification in a browser: anybody reads the rules, an analyst works through findings and asks for a run."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.models import Account
from adaldyq.verification import states
from adaldyq.verification.actions.decisions import Step, decide
from adaldyq.verification.catalogue import rules
from adaldyq.verification.models import Finding, Run
from tests.browser.conftest import sign_in
from tests.browser.looks import Look, pages_in_looks, put_on
from tests.verification.records import AT, ESTATE, NAME, PERSON, analyst, as_actor, fact, made_run

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ("catalogue", "rule", "queue", "finding", "years", "runs", "run", "conflict")


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, settings: Settings) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def signed_in(page: Page, live_server: LiveServer) -> Account:
    """An analyst, signed in in the browser."""
    one = analyst()
    sign_in(page, live_server, one)
    return one


def records() -> Finding:
    """A country with a few questions, one of them in somebody's work."""
    names = {PERSON: NAME, **{f"P{n}": f"Әлімжанов {n}" for n in range(60)}}
    facts = [fact(PERSON), *(fact(f"P{n}", f"20-{n}", evidence=[]) for n in range(60))]
    made_run(facts, names=names, unjudged={"missing-table:bank_balance": 30, "odd": 2})
    made_run([fact(PERSON, "N1")], kind="quality", severity="low", dataset="nacp")
    return Finding.objects.get(subject_id=PERSON, rule=ESTATE, dataset="")


def address(page: str, finding: Finding) -> str:
    return {
        "catalogue": "rules/",
        "rule": f"rules/{ESTATE}/",
        "queue": "findings/?severity=zzz",
        "finding": f"findings/{finding.pk}/",
        "conflict": f"findings/{finding.pk}/",
        "years": f"findings/{finding.pk}/?years=all",
        "runs": "runs/",
        "run": f"runs/{Run.objects.filter(dataset='')[0].pk}/",
    }[page]


@pages_in_looks(PAGES)
def test_a_page_is_accessible_and_fits(
    shown: str,
    look: Look,
    page: Page,
    live_server: LiveServer,
    signed_in: Account,
    sound: Callable[[], None],
) -> None:
    finding = records()
    put_on(page, look)
    page.goto(f"{live_server.url}/{look.language}/verification/{address(shown, finding)}")
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")
    sound()
    if shown == "conflict":
        step = Step(states.EXPLAIN, 0, "An heir.")
        decide(finding=finding, step=step, by=as_actor(analyst("Another")), at=AT)
        page.check("[name=step][value=explain]")
        page.fill("[name=reason]", "My own words.")
        page.click("main form.app-form button[type=submit]")
        expect(page.get_by_text("My own words.")).to_be_visible()
        expect(page.get_by_text("An heir.")).to_be_visible()


def test_an_analyst_takes_a_finding_and_explains_it(page: Page, live_server: LiveServer, signed_in: Account) -> None:
    records()
    page.goto(f"{live_server.url}/en/verification/findings/?person={PERSON}")
    page.click(f"main table a:has-text('{rules()[ESTATE].head.title.en}')")
    page.click("text=Take into work")
    expect(page.get_by_text("The decision is recorded")).to_be_visible()
    page.check("[name=step][value=explain]")
    page.click("text=Record the decision")
    expect(page.locator(".govuk-error-summary").get_by_text("Write the reason")).to_be_visible()
    expect(page.locator("[name=step][value=explain]")).to_be_checked()
    page.fill("[name=reason]", "The right was sold in December; the register was late.")
    page.check("[name=ruled_out][value='1']")
    page.click("text=Record the decision")
    expect(page.get_by_text("The right was sold in December")).to_be_visible()
    assert Finding.objects.get(subject_id=PERSON, dataset="").state == states.EXPLAINED


def test_an_analyst_asks_for_a_run(page: Page, live_server: LiveServer, signed_in: Account) -> None:
    page.goto(f"{live_server.url}/en/verification/runs/")
    page.click("text=Ask for a run")
    expect(page.get_by_text("The run is asked for")).to_be_visible()


def test_anybody_finds_a_rule_by_words_and_reads_its_query(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/ru/verification/rules/")
    page.click("main details > summary")
    page.fill("main [name=q]", "НЕДВИЖИМОСТЬ декларации")
    page.click("main details button[type=submit]")
    expect(page).to_have_url(re.compile("[?&]q=%D0%9D"))
    page.click(f"main table a:has-text('{rules()[ESTATE].head.title.ru}')")
    expect(page.locator("pre").first).to_contain_text("FROM held_real_estate")
