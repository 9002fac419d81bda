"""The proof of filing, taken in a browser with scripts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from adaldyq.ledger.sequencer import sequence
from adaldyq.measures.reports.jobs import begin_night
from adaldyq.project.cli.reporting import reports as command
from tests.browser.reporting import CANARY, agency, come_back
from tests.measures.reports.office import Officer
from tests.measures.reports.reporter import Reporter

__all__ = ["agency"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_proof_comes_after_a_night_and_is_checked_without_the_site(
    live_server: LiveServer, page: Page, agency: Officer, tmp_path: Path
) -> None:
    words = " ".join(Reporter().report(CANARY))
    come_back(page, live_server, words)
    expect(page.locator("#proof-to-come")).to_be_visible()
    expect(page.locator("#proof")).to_be_hidden()
    tomorrow = timezone.now() + timedelta(days=1)
    begin_night({}, tomorrow)
    sequence(at=tomorrow)
    come_back(page, live_server, words)
    expect(page.locator("#in-ledger")).to_contain_text("stands in the public ledger")
    with page.expect_download() as download:
        page.locator("#take-proof").click()
    file = tmp_path / "receipt.zip"
    file.write_bytes(Path(download.value.path()).read_bytes())
    done = CliRunner().invoke(command, ["proof", str(file)], standalone_mode=False)
    assert done.return_value == 0, done.output
