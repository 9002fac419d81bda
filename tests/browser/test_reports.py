"""Reporting in a browser with scripts: nothing but envelopes leaves it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Dialog, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel import work
from adaldyq.kernel.actor import actor_of
from adaldyq.measures.reports.actions import handling
from adaldyq.measures.reports.actions.triage import set_aside
from adaldyq.measures.reports.adapters import letters, store
from adaldyq.measures.reports.models import ProtectionFile, Report
from adaldyq.measures.reports.views.office import sealed
from adaldyq.sealing import envelopes, phrases, receipts
from tests.browser.conftest import fits, sign_in, visiting
from tests.browser.looks import Look, in_looks, put_on
from tests.browser.reporting import CANARY, Sent, agency, come_back, open_form, report
from tests.measures.reports.office import Officer, custodian, officer, strange

__all__ = ["agency"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


NAME = "Saule Seitova, saule@example.kz"


def opened(found: Report, secret: str) -> letters.Letter:
    """The first letter of a report, as an officer with this key reads it."""
    key = envelopes.unwrap(bytes(found.wraps.get(is_current=True).wrapped), secret)
    return letters.open_letter(bytes(found.messages.get(place=1).sealed), key)


def asked_when_leaving_by(page: Page, link: Locator) -> list[str]:
    """What a browser asked when somebody followed a link, and stayed when asked."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    link.click(no_wait_after=True)
    page.wait_for_timeout(500)
    page.remove_listener("dialog", stay)
    return asked


def test_a_report_is_sealed_in_the_browser_and_the_server_gets_neither_text_nor_phrase(
    live_server: LiveServer, page: Page, agency: Officer, tmp_path: Path
) -> None:
    sent = Sent(page)
    photo = tmp_path / "canary-5d20c7.jpg"
    photo.write_bytes(CANARY.encode() * 200_000)
    stalled: list[str] = []

    def stall(route: Route) -> None:
        if b'"step":"file"' in (route.request.post_data_buffer or b"") and not stalled:
            stalled.append(route.request.url)
            route.fulfill(status=408, body="Request Timeout\n")
        else:
            route.fallback()

    page.route("**/reports/sealed/", stall)
    open_form(page, live_server)
    words = report(page, CANARY, [str(photo)], when="in March", amount="500 000")
    assert len(stalled) == 1
    found = Report.objects.get()
    assert found.channel == "sealed"
    letter = opened(found, agency.secret)
    assert (letter.text, letter.answers) == (CANARY, {"when": "in March", "amount": "500 000"})
    (file,) = letter.files
    target = tmp_path / "opened"
    with store.path_of(file.stored).open("rb") as envelope:
        envelopes.open_file(envelope, target, [file.key])
    assert target.read_bytes() == photo.read_bytes()
    secret = phrases.read(" ".join(words))
    assert receipts.unlock(secret, bytes(found.locked_mailbox)).startswith("AGE-SECRET-KEY-1")
    hidden = (CANARY, "canary-5d20c7", " ".join(words), secret.hex(), "in March", "500 000")
    sent.check(seen=('"step":"route"', '"step":"file"', '"step":"send"'), hidden=hidden)


def test_the_reporter_comes_back_reads_answers_and_reopens(
    live_server: LiveServer, page: Page, agency: Officer, tmp_path: Path
) -> None:
    sent = Sent(page)
    open_form(page, live_server)
    words = report(page, CANARY)
    custodian(agency.unit, "keeper")
    by, now = actor_of(agency.account), timezone.now()
    found = Report.objects.get()
    handling.acknowledge_report(report=found, message=sealed(found, "we have it\nwho was it?"), by=by, at=now)
    come_back(page, live_server, " ".join(words).upper())
    expect(page.locator("#messages")).to_contain_text("we have it")
    expect(page.locator("#messages")).to_contain_text(CANARY)
    expect(page.locator("#standing")).to_contain_text("being looked into")
    say_who_one_is(page)
    page.locator("#adding button[type=submit]").click()
    expect(page.locator("#problems")).to_contain_text("Write a message or choose a file")
    file = tmp_path / "акт.txt"
    file.write_bytes(CANARY.encode() * 90)
    page.locator("#id_text").fill("the head of it")
    page.locator("#id_retaliation").check()
    page.locator("#id_enclosures").set_input_files(str(file))
    page.locator("#adding button[type=submit]").click()
    expect(page.locator("#messages")).to_contain_text("the head of it")
    expect(page.locator("#standing")).to_contain_text("A protection file is open")
    assert ProtectionFile.objects.get().consented_date is None
    with page.expect_download() as download:
        page.locator("#messages button").click()
    assert Path(download.value.path()).read_bytes() == file.read_bytes()
    found.refresh_from_db()
    told = sealed(found, "he was dismissed")
    handling.close_report(report=found, outcome="substantiated", message=told, by=by, at=now)
    come_back(page, live_server, " ".join(words))
    page.locator("#reopen").click()
    expect(page.locator("#standing")).to_contain_text("being looked into")
    expect(page.locator("#unresolved")).to_be_hidden()
    found.refresh_from_db()
    assert (found.state, found.was_reopened) == ("acknowledged", True)
    hidden = (CANARY, "canary", " ".join(words), " ".join(words).upper(), "the head of it", "Saule", "акт")
    steps = ("send", "open", "name", "add", "take", "reopen")
    sent.check(seen=(f'"step":"{one}"' for one in steps), hidden=hidden)


def say_who_one_is(page: Page) -> None:
    """Give a name to a report that was filed without."""
    page.locator("#id_identity").fill(NAME)
    page.get_by_role("button", name="Seal my name").click()
    expect(page.locator("#name")).to_contain_text("Nobody has opened it")
    expect(page.locator("#unnamed")).to_be_hidden()


def test_a_name_leaves_the_browser_sealed_apart_and_its_custodian_shows_it(
    live_server: LiveServer, page: Page, agency: Officer, tmp_path: Path
) -> None:
    keeper = custodian(agency.unit, "keeper")
    sent = Sent(page)
    open_form(page, live_server)
    words = report(page, CANARY, identity=NAME)
    found = Report.objects.get()
    assert NAME not in str(opened(found, agency.secret))
    sent.check(seen=('"identity_sealed":',), hidden=("Saule", "saule@", CANARY, "canary"))
    sign_in(page, live_server, keeper.account)
    page.goto(f"{live_server.url}/en/reports/names/{found.pk}/")
    page.locator("[name=reason]").first.check()
    page.locator("[name=basis]").fill("her message of today")
    page.get_by_role("button", name="Open the name").click()
    key = tmp_path / "key"
    key.write_text(f"{keeper.secret}\n")
    page.locator("#naming_key").set_input_files(str(key))
    page.get_by_role("button", name="Show the name").click()
    expect(page.locator("#name")).to_have_text(NAME)
    come_back(page, live_server, " ".join(words))
    expect(page.locator("#name")).to_contain_text("The reason: the reporter asked for it.")


def test_a_form_without_network_seals_a_file_that_an_officer_takes_in(
    live_server: LiveServer, page: Page, agency: Officer, tmp_path: Path
) -> None:
    form, photo = tmp_path / "form.html", tmp_path / "canary-5d20c7.jpg"
    desk = Client()
    desk.force_login(agency.account)
    form.write_bytes(desk.get("/ru/reports/kit/").content)
    photo.write_bytes(CANARY.encode() * 2000)
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(form.as_uri())
    fits(page)
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#problems")).to_contain_text("Что произошло?")
    page.locator("#id_what").fill(CANARY)
    page.locator("#id_about").fill("the land office")
    page.locator("#id_enclosures").set_input_files(str(photo))
    with page.expect_download() as saved:
        page.locator("#form button[type=submit]").click()
    expect(page.locator("#receipt")).to_be_visible()
    fits(page)
    content = Path(saved.value.path()).read_bytes()
    assert (saved.value.suggested_filename, CANARY.encode() in content, complaints) == ("envelope.bin", False, [])
    assert {one.partition(":")[0] for one in asked} == {"file", "blob"} or asked == [form.as_uri()]
    desk.post("/ru/reports/take-in/", {"file": SimpleUploadedFile("envelope.bin", content)})
    letter = opened(Report.objects.get(), agency.secret)
    assert (letter.text, letter.answers) == (CANARY, {"about": "the land office"})
    target = tmp_path / "opened"
    with store.path_of(letter.files[0].stored).open("rb") as envelope:
        envelopes.open_file(envelope, target, [letter.files[0].key])
    assert target.read_bytes() == photo.read_bytes()
    come_back(page, live_server, " ".join(page.locator("#phrase li").all_text_contents()))
    expect(page.locator("#messages")).to_contain_text(CANARY)


def test_a_word_that_is_in_no_list_is_named_before_anything_is_sent(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    words = list(phrases.spell(bytes(range(11)), "ru"))
    page.goto(f"{live_server.url}/en/reports/return/")
    expect(page.locator("[data-with-script]").first).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method))
    for typed, said in (
        ([*words[:2], f"{words[2]}ъ", *words[3:]], f"Perhaps it is “{words[2]}”?"),
        ([*words[:2], "qqqq", *words[3:]], "Word 3, “qqqq”, is not in the list of words"),
        (words[:-1], "were typed. Write all of them"),
        ([words[1], words[0], *words[2:]], "together they are no phrase"),
    ):
        page.locator("#id_phrase").fill(" ".join(typed))
        page.locator("#form button[type=submit]").click()
        expect(page.locator("#problems")).to_contain_text(said)
    assert "POST" not in asked


def test_what_is_wrong_is_said_and_what_was_typed_stays(live_server: LiveServer, page: Page, agency: Officer) -> None:
    open_form(page, live_server)
    page.locator("#id_about").fill("органы")
    page.locator("#id_who").fill(" ".join(phrases.spell(bytes(range(11)), "kk")))
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#problems")).to_contain_text("holds the phrase of a receipt")
    expect(page.locator("#problems a").first).to_have_attribute("href", "#id_what")
    page.locator("#id_who").fill("the inspector")
    page.locator("#id_what").fill(CANARY)
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#problems")).to_contain_text("Choose which one you mean")
    expect(page.locator("#id_what")).to_have_value(CANARY)
    page.locator("[name=about_choice]").first.check()
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#problems")).to_contain_text("No office is left that may have it")
    page.locator("[value=own-words]").check()
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#problems a").first).to_have_attribute("href", "#id_about_receiver_0")
    expect(page.locator("#problems")).to_contain_text("Say whether it is about one of these offices")
    page.locator("[name=about_receiver][value=neither]").check()
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#answers")).to_contain_text("органы")
    expect(page.locator("#answers")).to_contain_text("Who gets it")
    page.locator("#send").click()
    expect(page.locator("#receipt")).to_be_visible()
    letter = opened(Report.objects.get(), agency.secret)
    assert (letter.text, letter.answers) == (CANARY, {"about": "органы", "who": "the inspector"})


def test_keys_that_change_before_the_report_is_sent_are_sealed_to_anew(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    open_form(page, live_server)
    page.locator("#id_what").fill(CANARY)
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#checking")).to_be_visible()
    colleague = officer(agency.unit, "colleague")
    page.locator("#send").click()
    expect(page.locator("#receipt")).to_be_visible()
    assert opened(Report.objects.get(), colleague.secret).text == CANARY
    assert asked_when_leaving_by(page, page.locator("#receipt a")) == ["beforeunload"]
    expect(page.locator("#phrase li").first).to_be_visible()


def test_an_address_without_tls_such_as_an_onion_service_is_enough(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })")
    open_form(page, live_server)
    words = report(page, CANARY)
    found = Report.objects.get()
    assert opened(found, agency.secret).text == CANARY
    handling.acknowledge_report(report=found, message=strange(), by=actor_of(agency.account), at=timezone.now())
    come_back(page, live_server, " ".join(words))
    expect(page.locator("#messages")).to_contain_text(CANARY)
    expect(page.locator("#messages")).to_contain_text("This message cannot be opened")


@pytest.mark.parametrize(
    "lacking",
    [
        "delete globalThis.BigInt",
        "delete globalThis.TransformStream; delete Object.hasOwn",
        "delete Element.prototype.replaceChildren",
        "delete DataView.prototype.setBigUint64; delete Blob.prototype.arrayBuffer",
        "Uint8Array.prototype.set = () => {}",  # has all that is asked for, and cannot seal
    ],
)
def test_a_browser_that_cannot_seal_goes_the_way_without_a_script_by_itself(
    live_server: LiveServer, browser: Browser, agency: Officer, lacking: str
) -> None:
    with visiting(browser, may_err=True) as page:
        page.add_init_script(lacking)
        page.goto(f"{live_server.url}/en/reports/file/", wait_until="networkidle")
        expect(page.locator("[data-without-script]").first).to_be_visible()
        expect(page.locator("[data-with-script]").first).to_be_hidden()
        page.locator("#id_what").fill(CANARY)
        page.locator("#form button[type=submit]").click()
        page.locator("button[value=send]").click()
        words = page.locator("#phrase li").all_text_contents()
        page.goto(f"{live_server.url}/en/reports/return/", wait_until="networkidle")
        expect(page.locator("[data-without-script]").first).to_be_visible()
        page.locator("#id_phrase").fill(" ".join(words))
        page.locator("#form button[type=submit]").click()
        expect(page.locator(".app-message")).to_contain_text(CANARY)
    assert Report.objects.get().channel == "on_arrival"


def test_a_browser_that_fails_midway_offers_the_way_without_a_script(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    open_form(page, live_server)
    page.locator("#id_what").fill(CANARY)
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#checking")).to_be_visible()
    page.evaluate("() => { crypto.getRandomValues = () => { throw new Error('no memory') } }")
    page.locator("#send").click()
    expect(page.locator("#problems")).to_contain_text("nothing was sent in the open")
    assert not Report.objects.exists()
    page.get_by_role("button", name="Let the server seal it").click()
    page.locator("button[value=send]").click()
    expect(page.locator("#phrase li").first).to_be_visible()
    assert opened(Report.objects.get(), agency.secret).text == CANARY


def test_the_way_out_is_in_sight_and_leads_nowhere_back(live_server: LiveServer, page: Page, agency: Officer) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="elsewhere"))
    page.goto(f"{live_server.url}/en/about/")
    open_form(page, live_server)
    page.locator("#id_what").fill(CANARY)
    page.locator("#form button[type=submit]").focus()
    expect(page.locator("#leave")).to_be_in_viewport()
    assert asked_when_leaving_by(page, page.locator(".govuk-breadcrumbs a").last) == ["beforeunload"]
    expect(page.locator("#id_what")).to_have_value(CANARY)
    assert asked_when_leaving_by(page, page.locator("#leave")) == []
    expect(page.locator("body")).to_have_text("elsewhere")
    page.go_back()
    expect(page).to_have_url(f"{live_server.url}/en/about/")


@in_looks
def test_every_step_of_a_report_is_sound(
    live_server: LiveServer,
    page: Page,
    sound: Callable[[], None],
    agency: Officer,
    look: Look,
) -> None:
    put_on(page, look)
    open_form(page, live_server, look.language)
    sound()
    page.locator("#id_what").fill(CANARY)
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#checking")).to_be_visible()
    sound()
    page.locator("#send").click()
    expect(page.locator("#receipt")).to_be_visible()
    sound()
    words = page.locator("#phrase li").all_text_contents()
    page.goto(f"{live_server.url}/{look.language}/reports/return/")
    expect(page.locator("[data-with-script]").first).to_be_visible()
    sound()
    page.locator("#id_phrase").fill(" ".join(words))
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#messages")).to_contain_text(CANARY)
    sound()


def test_a_calculation_that_grew_old_is_done_again_by_itself_also_where_the_browser_has_no_fast_way(
    live_server: LiveServer, page: Page, agency: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    monkeypatch.setattr(work, "SECONDS", -1)
    open_form(page, live_server)
    page.locator("#id_what").fill(CANARY)
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#checking")).to_contain_text("It tells nothing about you.")
    monkeypatch.undo()
    page.locator("#send").click()
    expect(page.locator("#receipt")).to_be_visible()
    assert Report.objects.count() == 1


def test_who_comes_back_reads_that_it_was_set_aside_and_objects(
    live_server: LiveServer, page: Page, agency: Officer
) -> None:
    open_form(page, live_server)
    words = report(page, CANARY)
    set_aside(reports=[Report.objects.get()], reason="empty", by=actor_of(agency.account), at=timezone.now())
    come_back(page, live_server, " ".join(words))
    expect(page.locator("#standing")).to_contain_text("thinks that this is no report")
    expect(page.locator("#unresolved")).to_be_hidden()
    page.locator("#object").click()
    expect(page.locator("#standing")).to_contain_text("It was received. By")
    expect(page.locator("#doubted")).to_be_hidden()
    assert Report.objects.get().state == "received"
