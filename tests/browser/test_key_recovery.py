"""A lost key comes back by some of several officers, and by no fewer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from adaldyq.sealing import envelopes, lockers
from tests.browser.conftest import sign_in
from tests.browser.looks import Look, in_looks, put_on
from tests.browser.reporting import agency
from tests.measures.reports import cheap_lockers
from tests.measures.reports.office import Officer, officer
from tests.measures.reports.script import in_base64

__all__ = ["agency"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSPHRASE, FRESH = "four words of no text", "four other words of none"


@pytest.fixture(autouse=True)
def _cheap(settings: Settings) -> None:
    settings.LOCKER_WORK = 10


@pytest.fixture
def colleagues(agency: Officer) -> list[Officer]:
    """Three officers who hold shares."""
    return [officer(agency.unit, name) for name in ("bota", "daniyar", "erlan")]


def come(page: Page, live_server: LiveServer, who: Officer, language: str = "en") -> None:
    """Open the page as an officer."""
    page.context.clear_cookies()
    sign_in(page, live_server, who.account)
    page.goto(f"{live_server.url}/{language}/reports/inbox/keys/recovery/")
    expect(page.locator("#splitting")).to_be_visible()


def key_file(folder: Path, who: Officer) -> str:
    """An officer's key in a file, locked."""
    file = folder / f"{who.account.username}.age"
    file.write_text(cheap_lockers.lock(who.secret, PASSPHRASE))
    return str(file)


def send(page: Page, form: str, button: str) -> Path:
    """Send a form of the page; the file that the browser saved."""
    with page.expect_download() as download:
        page.locator(f"#{form}").get_by_role("button", name=button).click()
    return Path(download.value.path())


def unlocked(page: Page, part: str, key: str) -> None:
    """Give the key and its passphrase."""
    page.locator(f"#{part}_key").set_input_files(key)
    page.locator(f"#{part}_passphrase").fill(PASSPHRASE)


def split(page: Page, live_server: LiveServer, owner: Officer, folder: Path) -> Path:
    """Split a key among all colleagues, two of whom restore it."""
    come(page, live_server, owner)
    for box in page.locator("[name=holders]").all():
        box.check()
    unlocked(page, "split", key_file(folder, owner))
    return send(page, "splitting", "Split the key")


def test_two_of_three_restore_a_key_and_one_does_not(
    live_server: LiveServer, page: Page, agency: Officer, colleagues: list[Officer], tmp_path: Path
) -> None:
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    shares = split(page, live_server, agency, tmp_path)
    told = json.loads(shares.read_text())
    assert (told["threshold"], len(told["shares"])) == (2, 3)
    assert agency.secret not in shares.read_text()
    heir, given = colleagues[2], []
    for number, holder in enumerate(colleagues[:2]):
        come(page, live_server, holder)
        page.locator("#shares").set_input_files(str(shares))
        page.locator("#to").select_option(str(envelopes.identity(heir.secret).to_public()))
        unlocked(page, "give", key_file(tmp_path, holder))
        kept = tmp_path / f"share-{number}.json"
        kept.write_bytes(send(page, "giving", "Seal my share").read_bytes())
        given.append(str(kept))
    come(page, live_server, heir)
    for files, said in (
        (given[:1], "1 of 2 shares are here"),
        ([given[0], given[0]], "1 of 2 shares are here"),
        ([str(shares)], "one of these is none"),
    ):
        page.locator("#given").set_input_files(files)
        unlocked(page, "restore", key_file(tmp_path, heir))
        page.locator("#fresh").fill(FRESH)
        page.locator("#again").fill(FRESH)
        page.locator("#restoring button").click()
        expect(page.locator("#problems")).to_contain_text(said)
    page.locator("#given").set_input_files(given)
    restored = send(page, "restoring", "Restore the key").read_text()
    assert lockers.unlock(restored, FRESH) == agency.secret
    assert posted == []


def test_a_share_that_was_lowered_or_changed_restores_nothing(
    live_server: LiveServer, page: Page, agency: Officer, colleagues: list[Officer], tmp_path: Path
) -> None:
    shares = json.loads(split(page, live_server, agency, tmp_path).read_text())
    heir = colleagues[0]
    own = next(one for one in shares["shares"] if one["holder"] == str(envelopes.identity(heir.secret).to_public()))
    forged = envelopes.seal({"kind": "share"}, bytes(range(76)), [own["holder"]])
    files = []
    for number, sealed in enumerate([own["sealed"], in_base64(forged)]):
        file = tmp_path / f"forged-{number}.json"
        told = {"format": "adaldyq-key-share/1", "recipient": shares["recipient"], "threshold": 1}
        file.write_text(json.dumps({**told, "to": own["holder"], "sealed": sealed}))
        files.append(str(file))
    come(page, live_server, heir)
    for sent, said in ((files[:1], "1 of 2 shares are here"), (files, "do not make the key")):
        page.locator("#given").set_input_files(sent)
        unlocked(page, "restore", key_file(tmp_path, heir))
        page.locator("#fresh").fill(FRESH)
        page.locator("#again").fill(FRESH)
        page.locator("#restoring button").click()
        expect(page.locator("#problems")).to_contain_text(said)


def test_one_holder_alone_is_refused(
    live_server: LiveServer, page: Page, agency: Officer, colleagues: list[Officer], tmp_path: Path
) -> None:
    come(page, live_server, agency)
    page.locator("[name=holders]").first.check()
    page.locator("#threshold").fill("1")
    unlocked(page, "split", key_file(tmp_path, agency))
    page.locator("#splitting button").click()
    expect(page.locator("#problems")).to_contain_text("Who holds a share: Choose at least two holders")
    expect(page.locator("#problems")).to_contain_text("from 2 to the number of holders")


@in_looks
def test_the_page_is_sound(
    live_server: LiveServer,
    page: Page,
    sound: Callable[[], None],
    agency: Officer,
    colleagues: list[Officer],
    look: Look,
) -> None:
    put_on(page, look)
    come(page, live_server, agency, look.language)
    sound()
    page.locator("#restoring button").click()
    expect(page.locator("#problems")).not_to_be_empty()
    sound()
