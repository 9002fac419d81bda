"""Whoever a report names gets nothing of it, found in the browser before it is sealed: on the page and in the form as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.base.errors import DomainError
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.models import Bar, Report
from adaldyq.measures.reports.queries.routing import officers_of
from adaldyq.sealing import envelopes
from tests import factories
from tests.browser.reporting import CANARY, Sent, agency, open_form, report
from tests.measures.reports.office import Officer, officer, unit

__all__ = ["agency"]
pytestmark = pytest.mark.browser
HER_NAME, HIS_NAME = "Садыкова Айгуль", "Өмірғалиев Қайрат"
NAMED = [
    "взятку взяла А. Садыкова",
    "дали Садыковой А.М. в руки",
    "Cадыкoвa A. взяла",  # Latin letters that look alike
    "взяла Сады кова Айгуль",
    "С а д ы к о в а А.",
    "это СадыковаАйгуль",
    "they paid A. Sadykova",
    "Садықова Айгүл алды",
]
HIM = ["дали Кайрату Омиргалиеву", "Омиргалиев К. взял", "Өмірғалиевке Қ. бердім", "Omirgaliyev Kairat"]
NOBODY = [
    "антиквар обманул меня",
    "взяла Айгуль Ахметова",
    "Сады у реки, Айгуль",
    "Ким взял",
    "Ақша алған адам болатын",
]
OFFICES = ["Aнтикop берёт взятки", "А н т и к о р молчит", "Жемкорлыкка карсы агенттикке айттым", "Анти-кору дали"]
KIT = {
    "en": ("Your answers name this office", "You wrote the names of all who could read it there", "You wrote a name"),
    "ru": (
        "В ваших ответах назван этот орган",
        "Вы написали имена всех, кто мог бы это там прочитать",
        "Вы написали имя",
    ),
    "kk": (
        "Жауаптарыңызда осы орган аталған",
        "Сіз оны сол жерде оқи алатындардың бәрінің атын жазғансыз",
        "Сіз жазған есім",
    ),
}


def called(one: Officer, name: str) -> None:
    """Let an officer have a name."""
    Account.objects.filter(pk=one.account.pk).update(name=name)


def reads(found: Report, one: Officer) -> bool:
    """Whether an officer's key opens a report."""
    try:
        envelopes.unwrap(bytes(found.wraps.get(is_current=True).wrapped), one.secret)
    except DomainError:
        return False
    return True


@pytest.mark.parametrize(("name", "text"), [*((HER_NAME, one) for one in NAMED), *((HIS_NAME, one) for one in HIM)])
def test_an_officer_whom_a_sealed_report_names_gets_no_key_and_the_server_no_text(
    live_server: LiveServer, page: Page, agency: Officer, name: str, text: str
) -> None:
    prosecutor = officer(unit("prosecutor"), "nurlan")
    called(agency, name)
    sent = Sent(page)
    open_form(page, live_server)
    page.locator("#id_what").fill(f"{CANARY}\n{text}")
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#answers")).to_contain_text("Whoever is called so does not get this one")
    page.locator("#send").click()
    expect(page.locator("#receipt")).to_be_visible()
    found = Report.objects.get()
    assert (found.unit, reads(found, prosecutor), reads(found, agency)) == (prosecutor.unit, True, False)
    assert list(Bar.objects.values_list("account", flat=True).exclude(account=None)) == [agency.account.pk]
    sent.check(seen=('"left_out":["',), hidden=(CANARY, *text.split()[1:3], name, agency.account.pk))


@pytest.mark.parametrize("text", NOBODY)
def test_a_text_that_names_nobody_goes_to_the_agency(
    live_server: LiveServer, page: Page, agency: Officer, text: str
) -> None:
    officer(unit("prosecutor"), "nurlan")
    called(agency, HER_NAME)
    open_form(page, live_server)
    report(page, text, who="Ким, Ахметов", when="Айгуль знает")
    found = Report.objects.get()
    assert (found.unit, reads(found, agency), Bar.objects.exists()) == (agency.unit, True, False)


def test_colleagues_of_whoever_is_named_get_it_also_who_came_while_the_page_was_open(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    called(agency, HER_NAME)
    open_form(page, live_server)
    newcomer = officer(agency.unit, "dana")
    called(newcomer, "Исаева Дана")
    page.locator("#id_what").fill("Исаева Д. просила денег")
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#answers")).to_contain_text("Whoever is called so does not get this one")
    late = officer(agency.unit, "erlan")
    page.locator("#send").click()
    expect(page.locator("#receipt")).to_be_visible()
    found = Report.objects.get()
    assert [reads(found, one) for one in (agency, newcomer, late)] == [True, False, True]
    assert {one.account_id for one in Bar.objects.all()} == {newcomer.account.pk}


def test_who_names_an_office_is_asked_however_its_name_is_written(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    prosecutor = officer(unit("prosecutor"), "nurlan")
    open_form(page, live_server)
    for text in OFFICES:
        page.locator("#id_what").fill(text)
        page.locator("#form button[type=submit]").click()
        expect(page.locator("#problems a")).to_have_attribute("href", "#id_about_receiver_0")
        expect(page.locator("#problems")).to_contain_text("Your answers name an office that receives reports")
    page.locator("[name=about_receiver][value=both]").check()
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#problems")).to_contain_text("No office is left")
    page.locator("[name=about_receiver][value=agency]").check()
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#checking")).to_be_visible()
    page.locator("#send").click()
    expect(page.locator("#receipt")).to_be_visible()
    assert Report.objects.get().unit == prosecutor.unit


def kit_of(page: Page, folder: Path, language: str = "en") -> None:
    """Open the form as a file."""
    form = folder / "form.html"
    form.write_bytes(Client().get(f"/{language}/reports/kit/").content)
    page.goto(form.as_uri())
    expect(page.locator("[data-with-script]").first).to_be_visible()


def choose(page: Page, one: Officer) -> None:
    """Choose who shall get it."""
    page.locator(f"[name=unit][value='{one.unit.pk}']").check()


def saved(page: Page) -> bytes:
    """The file that the form saves."""
    with page.expect_download() as download:
        page.locator("#form [type=submit]").click()
    expect(page.locator("#receipt")).to_be_visible()
    return Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_the_form_as_a_file_seals_nothing_to_whom_the_text_names(
    live_server: LiveServer, page: Page, agency: Officer, tmp_path: Path, language: str
) -> None:
    prosecutor = officer(unit("prosecutor"), "nurlan")
    called(agency, HER_NAME)
    said_of_office, said_of_all, said_of_name = KIT[language]
    kit_of(page, tmp_path, language)
    assert (HER_NAME in page.content(), agency.account.pk in page.content()) == (False, False)
    expect(page.locator("#id_not_about")).to_be_hidden()
    choose(page, agency)
    for texts, said in ((NAMED, said_of_all), (OFFICES, said_of_office)):
        for text in texts:
            page.locator("#id_who").fill(text)
            page.locator("#id_what").fill(CANARY)
            page.locator("#form [type=submit]").click()
            expect(page.locator("#problems a")).to_have_attribute("href", "#id_unit_0")
            expect(page.locator("#problems")).to_contain_text(said)
    page.locator("#id_not_about").check()
    choose(page, prosecutor)
    expect(page.locator("#id_not_about")).to_be_hidden()
    expect(page.locator("#id_not_about")).not_to_be_checked()
    page.locator("#id_who").fill(NAMED[0])
    content = saved(page)
    expect(page.locator("#kept_from")).to_contain_text(said_of_name)
    taken_in(prosecutor, content)
    found = Report.objects.get()
    assert (found.unit, reads(found, prosecutor)) == (prosecutor.unit, True)
    assert Bar.objects.filter(account=agency.account).exists()


def test_the_form_as_a_file_asks_whether_it_is_about_the_office_and_leaves_out_one_of_two(
    live_server: LiveServer, page: Page, agency: Officer, tmp_path: Path
) -> None:
    colleague, other = officer(agency.unit, "dana"), unit("prosecutor")
    called(colleague, "Исаева Дана")
    called(agency, HER_NAME)
    kit_of(page, tmp_path)
    choose(page, agency)
    page.locator("#id_what").fill("Я писал в Антикор, а Садыкова А. взяла деньги. Генпрокуратура знает")
    page.locator("#form [type=submit]").click()
    expect(page.locator("#problems")).to_contain_text("Your answers name every office that could get it")
    page.locator("#id_not_about").check()
    content = saved(page)
    expect(page.locator("#kept_from")).to_be_visible()
    head = json.loads(content.partition(b"\n")[0])
    assert (len(head["recipients"]), head["about_receiver"]) == (1, "prosecutor")
    taken_in(colleague, content)
    found = Report.objects.get()
    assert (reads(found, colleague), reads(found, agency)) == (True, False)
    assert {one.account_id or one.unit_id for one in Bar.objects.all()} == {agency.account.pk, other.pk}
    kit_of(page, tmp_path)
    choose(page, agency)
    page.locator("#id_what").fill(NOBODY[0])
    assert len(json.loads(saved(page).partition(b"\n")[0])["recipients"]) == len(
        officers_of(agency.unit, found.received_date)
    )


def taken_in(by: Officer, content: bytes) -> Any:
    """Let an officer take a file in."""
    desk = Client()
    desk.force_login(by.account)
    answer = desk.post("/en/reports/take-in/", {"file": SimpleUploadedFile("envelope.bin", content)})
    assert answer.status_code == 302
    return answer


def test_the_form_as_a_file_leads_away_from_the_office_whose_head_is_named(
    live_server: LiveServer, page: Page, agency: Officer, tmp_path: Path
) -> None:
    prosecutor, boss = officer(unit("prosecutor"), "nurlan"), factories.account("boss")
    Account.objects.filter(pk=boss.pk).update(name=HER_NAME)
    factories.grant(boss, Role.HEAD, body=agency.unit.body)
    kit_of(page, tmp_path)
    choose(page, agency)
    page.locator("#id_what").fill(f"{CANARY}: {HER_NAME}")
    page.locator("#form [type=submit]").click()
    expect(page.locator("#problems")).to_contain_text("somebody who leads that office")
    choose(page, prosecutor)
    taken_in(prosecutor, saved(page))
    found = Report.objects.get()
    assert (found.unit, reads(found, prosecutor), reads(found, agency)) == (prosecutor.unit, True, False)
    assert {one.account_id or one.unit_id for one in Bar.objects.all()} == {boss.pk, agency.unit.pk}
