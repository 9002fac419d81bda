"""Officers in a browser with scripts: keys, opening, answering, sealing anew. The server gets no key and no text."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from adaldyq.measures.reports.adapters import letters, store
from adaldyq.measures.reports.models import Enclosure, OfficerKey, Report
from adaldyq.sealing import envelopes, lockers
from tests.browser.conftest import sign_in
from tests.browser.looks import Look, in_looks, put_on
from tests.browser.reporting import CANARY, Sent, agency, come_back, open_form, report
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.reporter import Reporter

__all__ = ["agency"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSPHRASE, ANOTHER = "four words of no text", "four other words of none"


@pytest.fixture(autouse=True)
def _cheap(settings: Settings) -> None:
    settings.LOCKER_WORK = 10


def make_key(page: Page, live_server: LiveServer, passphrase: str = PASSPHRASE) -> str:
    """Make a key on the page of keys; the file that the browser saved."""
    before = OfficerKey.objects.count()
    page.goto(f"{live_server.url}/en/reports/inbox/keys/")
    page.locator("#make_passphrase").fill(passphrase)
    page.locator("#make_again").fill(passphrase)
    with page.expect_download() as download:
        page.locator("#making button[type=submit]").click()
    expect(page.locator("#making")).to_be_visible()
    page.wait_for_load_state()
    expect(page.locator("tbody tr")).to_have_count(before + 1 if before else 1)
    return Path(download.value.path()).read_text()


def unlock(page: Page, live_server: LiveServer, found: Report, passphrase: str = PASSPHRASE) -> None:
    """Open a report with the passphrase."""
    page.goto(f"{live_server.url}/en/reports/inbox/{found.pk}/")
    page.locator("#passphrase").fill(passphrase)
    page.locator("#unlock button[type=submit]").click()


def readers_of(found: Report, secret: str) -> bool:
    """Whether a key opens the wrap in force."""
    try:
        envelopes.unwrap(bytes(found.wraps.get(is_current=True).wrapped), secret)
    except Exception:  # noqa: BLE001  # any refusal is the answer
        return False
    return True


def test_a_key_made_in_the_browser_opens_a_report_and_answers_it(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    sent = Sent(page)
    sign_in(page, live_server, agency.account)
    saved = make_key(page, live_server)
    secret = lockers.unlock(saved, PASSPHRASE)
    kept = OfficerKey.objects.get(state="active")
    assert bytes(kept.locked).decode() == saved
    open_form(page, live_server)
    words = report(page, CANARY, who="the inspector")
    found = Report.objects.get()
    assert readers_of(found, secret)
    unlock(page, live_server, found, "a wrong passphrase")
    expect(page.locator("#problems")).to_contain_text("This passphrase does not open the key")
    unlock(page, live_server, found)
    expect(page.locator("#messages")).to_contain_text(CANARY)
    expect(page.locator("#messages")).to_contain_text("the inspector")
    page.locator("textarea[name=text]").first.fill("we have your report")
    page.get_by_role("button", name="Acknowledge the report").click()
    expect(page.get_by_role("button", name="Close the report")).to_be_visible()
    found.refresh_from_db()
    assert found.state == "acknowledged"
    key = envelopes.unwrap(bytes(found.wraps.get(is_current=True).wrapped), secret)
    assert letters.open_letter(bytes(found.messages.get(place=2).sealed), key).text == "we have your report"
    come_back(page, live_server, " ".join(words))
    expect(page.locator("#messages")).to_contain_text("we have your report")
    hidden = (PASSPHRASE, secret, "we have your", CANARY, "canary", "the inspector", " ".join(words))
    sent.check(seen=('"step":"send"', '"step":"open"', 'name="sealed"', "\r\nacknowledge\r\n"), hidden=hidden)


def test_keys_are_sealed_anew_in_the_browser_and_go_on_after_it_was_closed(
    live_server: LiveServer,
    page: Page,
    agency: Officer,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr("adaldyq.measures.reports.views.resealing.PORTION", 1)
    for _each in range(3):
        Reporter().report(CANARY)
    coming = officer(agency.unit, "coming")
    key = tmp_path / "key"
    key.write_text(f"{agency.secret}\n")
    sent = Sent(page)
    sign_in(page, live_server, agency.account)

    def seal_anew() -> None:
        page.goto(f"{live_server.url}/en/reports/rewrap/")
        page.locator("#rewrapping_key").set_input_files(str(key))
        page.locator("#rewrapping button[type=submit]").click()

    second = Report.objects.order_by("pk")[1].pk
    page.route(f"**/portion/?after={second}", lambda route: route.abort())
    seal_anew()
    expect(page.locator("#problems")).to_contain_text("The server does not answer")
    assert [readers_of(one, coming.secret) for one in Report.objects.order_by("pk")] == [True, False, False]
    page.unroute_all()
    seal_anew()
    expect(page.locator("#progress")).to_have_text(
        "Sealed anew: 2. Not opened by your key: 0; another officer does these."
    )
    assert all(readers_of(one, coming.secret) for one in Report.objects.all())
    assert page.locator("#readers li").count() == 2
    sent.check(seen=("/portion/",), hidden=(agency.secret,))


def test_whom_a_report_names_is_kept_out_by_the_browser_that_seals_its_key_anew(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    sign_in(page, live_server, agency.account)
    make_key(page, live_server)
    named = officer(agency.unit, "named")
    Reporter().report(CANARY)
    found, sent = Report.objects.get(), Sent(page)
    page.goto(f"{live_server.url}/en/reports/inbox/{found.pk}/keep-out/")
    page.locator("#id_whom").select_option(f"account:{named.account.pk}")
    page.locator("#passphrase").fill("another passphrase")
    page.locator("main form button").click()
    expect(page.locator("#problems")).to_contain_text("This passphrase does not open the key")
    assert readers_of(found, named.secret)
    page.locator("#passphrase").fill(PASSPHRASE)
    page.locator("main form button").click()
    expect(page.locator("h1")).to_have_text(f"Report {found.pk}")
    assert not readers_of(found, named.secret)
    unlock(page, live_server, found)
    expect(page.locator("#messages")).to_contain_text(CANARY)
    sent.check(seen=("/keep-out/", "adaldyq-rewrap"), hidden=(PASSPHRASE, "another passphrase"))


def test_a_referral_is_sealed_in_the_browser_to_the_other_body(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    sign_in(page, live_server, agency.account)
    make_key(page, live_server)
    prosecutor = officer(unit("prosecutor"), "nurlan")
    words = (reporter := Reporter()).report(CANARY)
    found, sent, told = Report.objects.get(), Sent(page), "the prosecutor has it now"
    page.goto(f"{live_server.url}/en/reports/inbox/{found.pk}/refer/")
    page.locator("input[name=to]").check()
    page.locator("#id_text").fill(told)
    page.locator("#passphrase").fill(PASSPHRASE)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#problems")).to_contain_text("Why?")  # told by the server; the text came back sealed
    page.locator("input[name=reason]").first.check()
    page.locator("#passphrase").fill(PASSPHRASE)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("The report was given to the other body")
    found.refresh_from_db()
    assert (found.unit, readers_of(found, prosecutor.secret)) == (prosecutor.unit, True)
    assert told in reporter.come_back(words)
    sent.check(seen=("/refer/", "adaldyq-rewrap"), hidden=(PASSPHRASE, told))


def test_whoever_opens_a_report_seals_its_key_to_who_came_meanwhile(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    sign_in(page, live_server, agency.account)
    make_key(page, live_server)
    Reporter().report(CANARY)
    found, coming = Report.objects.get(), officer(agency.unit, "coming")
    page.route("**/portion/**", lambda route: route.abort())
    unlock(page, live_server, found)
    expect(page.locator("#progress")).to_contain_text("was not sealed anew")
    page.unroute_all()
    assert not readers_of(found, coming.secret)
    unlock(page, live_server, found)
    expect(page.locator("#progress")).to_contain_text("is sealed anew to those who read it now")
    assert readers_of(found, coming.secret)
    expect(page.locator("#messages")).to_contain_text(CANARY)


def test_a_cleaned_copy_of_a_photo_has_no_place_and_no_device(
    live_server: LiveServer, page: Page, agency: Officer, tmp_path: Path
) -> None:
    photo = Image.new("RGB", (60, 40), "teal")
    exif = photo.getexif()
    exif[0x010F] = "camera-of-the-reporter"
    exif.get_ifd(0x8825)[1] = "N"
    photo.save(tmp_path / "photo.jpg", exif=exif)
    sign_in(page, live_server, agency.account)
    make_key(page, live_server)
    open_form(page, live_server)
    report(page, CANARY, [str(tmp_path / "photo.jpg")])
    unlock(page, live_server, Report.objects.get())
    with page.expect_download() as original:
        page.locator("#messages button").nth(0).click()
    assert b"camera-of-the-reporter" in Path(original.value.path()).read_bytes()
    with page.expect_download() as cleaned:
        page.locator("#messages button").nth(1).click()
    assert cleaned.value.suggested_filename == "photo-clean.jpg"
    content = Path(cleaned.value.path()).read_bytes()
    assert b"camera-of-the-reporter" not in content
    copy = Image.open(io.BytesIO(content))
    assert (copy.size, dict(copy.getexif())) == ((60, 40), {})
    saved: list[str] = []
    page.on("download", lambda one: saved.append(one.suggested_filename))
    kept = store.path_of(Enclosure.objects.get().stored)
    whole = kept.read_bytes()
    for bent in (whole[:-20], whole[:-1] + bytes([whole[-1] ^ 1])):
        kept.write_bytes(bent)
        page.locator("#messages button").nth(0).click()
        expect(page.locator("#problems")).to_contain_text("This did not work in your browser")
        page.evaluate("document.querySelector('#problems').replaceChildren()")
    assert saved == []


@in_looks
def test_pages_of_officers_are_sound(
    live_server: LiveServer,
    page: Page,
    sound: Callable[[], None],
    agency: Officer,
    look: Look,
) -> None:
    put_on(page, look)
    sign_in(page, live_server, agency.account)
    make_key(page, live_server)
    open_form(page, live_server)
    report(page, CANARY)
    make_key(page, live_server, ANOTHER)
    page.goto(f"{live_server.url}/{look.language}/reports/inbox/keys/")
    sound()
    page.goto(f"{live_server.url}/{look.language}/reports/inbox/{Report.objects.get().pk}/")
    sound()
    page.locator("#passphrase").fill(PASSPHRASE)
    page.locator("#unlock button[type=submit]").click()
    expect(page.locator("#messages")).to_contain_text(CANARY)
    sound()


def words_of(report: Report, reader: Officer) -> str:
    """The first letter of a report."""
    own = envelopes.unwrap(bytes(report.wraps.get().wrapped), reader.secret)
    return letters.open_letter(bytes(report.messages.get().sealed), own).text


def test_in_a_flood_the_honest_report_is_found_by_its_words(
    live_server: LiveServer, page: Page, agency: Officer, tmp_path: Path
) -> None:
    for number in range(5):
        Reporter().report(f"Cheap watches, buy cheap watches now, number {number}!")
    Reporter().report(CANARY)
    key = tmp_path / "key"
    key.write_text(f"{agency.secret}\n")
    sent = Sent(page)
    sign_in(page, live_server, agency.account)
    one, *others = [report.pk for report in Report.objects.order_by("pk") if CANARY not in words_of(report, agency)]
    page.goto(f"{live_server.url}/en/reports/inbox/{one}/related/")
    page.locator("#finding_key").set_input_files(str(key))
    page.locator("#finding button").click()
    expect(page.locator("#progress")).to_have_text("Of 5 that are open, 4 are like it. Not opened by your key: 0.")
    assert {link.inner_text() for link in page.locator("#found a").all()} == set(others)
    page.locator("#found button").first.click()
    assert page.locator("#id_number").input_value() in others
    page.goto(f"{live_server.url}/en/reports/inbox/triage/")
    page.get_by_role("link", name="6 reports").click()
    expect(page.locator("#tick-unlike")).to_be_hidden()
    page.locator("#sifting_key").set_input_files(str(key))
    page.locator("#sifting button[type=submit]").click()
    expect(page.locator("#progress")).to_have_text("Of 6 that are open, 1 are like no other.")
    expect(page.locator("main")).to_contain_text(f"{CANARY} — like no other")
    expect(page.locator("main")).to_contain_text("number 3! — like others: 4")
    page.locator("#tick-unlike").click()
    page.get_by_label("The same text came many times.").check()
    page.get_by_role("button", name="Set aside", exact=True).click()
    expect(page.get_by_role("heading", name="Waits for a second look")).to_be_visible()
    kept = Report.objects.get(state="received")
    assert words_of(kept, agency) == CANARY
    sent.check(seen=("/envelopes/", "step=set-aside"), hidden=(agency.secret, "watches", "canary"))


class Desk:
    """An officer at the protection file of a report."""

    def __init__(self, page: Page, file: str) -> None:
        self.page, self.file = page, file
        self.sent = Sent(page)

    def step(self, name: str, text: str) -> None:
        """Open a step and type into it."""
        self.page.goto(f"{self.file}/{name}/")
        expect(self.page.locator("[data-with-script]")).to_be_visible()
        self.page.locator("#id_text").fill(text)

    def send(self, refused: str = "") -> None:
        """Send it; what is said when it is refused."""
        self.page.locator("main form button[type=submit]").click()
        if refused:
            expect(self.page.locator("#problems")).to_contain_text(refused)
        else:
            expect(self.page).to_have_url(f"{self.file}/")


def test_what_is_typed_into_a_protection_file_is_sealed_in_the_officers_browser(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    Reporter().report(CANARY)
    found = Report.objects.get()
    sign_in(page, live_server, agency.account)
    desk = Desk(page, f"{live_server.url}/en/reports/inbox/{found.pk}/protection")
    desk.step("open", "you-are-protected")
    desk.send()
    desk.step("note", "room-seven")
    desk.send("This field is required.")
    page.get_by_label("dismissal").check()
    for part, number in (("day", "31"), ("month", "2"), ("year", "2026")):
        page.locator(f"[name=day_{part}]").fill(number)
    page.locator("[name=who]").fill("the-head")
    desk.send("There is no such day")
    page.locator("[name=day_day]").fill("3")
    desk.send()
    desk.step("ask", "we-ask-them")
    desk.send("has not let the employer be asked")
    expect(page.locator("#id_text")).to_have_value("we-ask-them")
    hidden = ("protected", "room-seven", "dismissal", "2026", "the-head", "we-ask")
    desk.sent.check(seen=('name="sealed"',), hidden=hidden)
    key = envelopes.unwrap(bytes(found.wraps.get(is_current=True).wrapped), agency.secret)
    letter = letters.open_letter(bytes(found.messages.get(place=3).sealed), key)
    assert letter.text.splitlines()[1] == "room-seven"
    assert (letter.kind, letter.answers) == (
        letters.ANSWER,
        {"when": "3\N{NO-BREAK SPACE}February 2026", "who": "the-head"},
    )
