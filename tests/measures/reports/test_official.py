"""Official keys, scripts and forms stand in the ledger, and what is served is held against them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.contrib.staticfiles.finders import find
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adaldyq.kernel.measure import handlers_of
from adaldyq.kernel.roles import Role
from adaldyq.kernel.worker import STARTED
from adaldyq.ledger.models import Leaf
from adaldyq.ledger.sequencer import sequence
from adaldyq.measures.reports import jobs
from adaldyq.measures.reports.adapters import scripts
from adaldyq.measures.reports.queries.publication import PUBLISH
from adaldyq.project.cli import report_official
from adaldyq.project.cli.reporting import reports as command
from adaldyq.sealing import envelopes
from tests import factories
from tests.measures.reports.office import Officer, custodian, officer

SITE = "http://testserver/en/"


def checked(*options: str) -> tuple[int, str]:
    """What the command says, and its exit code."""
    done = CliRunner().invoke(command, ["keys", *options], standalone_mode=False)
    assert done.exception is None, done.exception
    return int(done.return_value or 0), done.output


def fetched(address: str, sent: bytes | None = None) -> bytes:
    """What the site has at an address or answers there; of its scripts what lies in the installation."""
    path = address.removeprefix("http://testserver")
    if sent is not None:
        return Client().post(path, sent, content_type="application/octet-stream").content
    if path.startswith("/static/"):
        return Path(str(find(path.removeprefix("/static/")))).read_bytes()
    answer = Client().get(path)
    assert answer.status_code == 200, address
    return answer.content


@pytest.fixture
def published(agency: Officer) -> Officer:
    """An agency whose keys and scripts stand in the ledger."""
    custodian(agency.unit, "keeper")
    jobs.publish({}, timezone.now())
    sequence(at=timezone.now())
    return agency


def test_the_ledger_is_told_once_and_anew_when_a_key_changes(published: Officer) -> None:
    lines = Leaf.objects.filter(act=PUBLISH)
    jobs.publish({}, timezone.now())
    assert lines.count() == 1
    told = json.loads(lines.get().payload or "")
    assert {one["purpose"] for one in told["keys"]} == {"reports", "identities"}
    assert set(told["scripts"]) == set(scripts.NAMES)
    assert "kk" in told["kits"]
    assert published.account.pk not in json.dumps(told)
    officer(published.unit, "coming")
    assert checked()[0] == 4
    code, output = checked("--publish")
    assert (code, lines.count()) == (0, 2)
    assert "5 files are as the ledger has them" in output


def test_before_anything_is_published_nothing_is_judged(agency: Officer) -> None:
    code, output = checked()
    assert code == 1
    assert "does not stand in the ledger yet" in output


def test_a_script_or_a_form_that_is_served_and_not_official_is_found(
    published: Officer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    form = tmp_path / "form.html"
    form.write_bytes(Client().get("/en/reports/kit/").content)
    assert checked("--kit", str(form))[0] == 0
    form.write_bytes(form.read_bytes().replace(b"age1", b"age2", 1))
    code, output = checked("--kit", str(form))
    assert (code, "form.html is not official" in output) == (4, True)
    forged = {**scripts.served(), "filing.js": "0" * 64}
    monkeypatch.setattr(scripts, "served", lambda: forged)
    code, output = checked()
    assert (code, "filing.js is not official" in output) == (4, True)


def test_a_site_is_checked_from_elsewhere_by_its_receipt_and_the_scripts_of_its_pages(
    published: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_official, "fetched", fetched)
    code, output = checked("--site", SITE)
    assert (code, "2 files are as the ledger has them" in output) == (0, True)
    assert "seals to 2 keys, all of which the ledger has" in output
    monkeypatch.setattr(
        report_official,
        "fetched",
        lambda address, sent=None: fetched(address, sent) + (b"//" if address.endswith(".js") else b""),
    )
    code, output = checked("--site", SITE)
    assert (code, output.count("is not official")) == (4, 2)
    Leaf.objects.filter(act=PUBLISH).update(payload='{"keys": [], "kits": {}, "official": "x", "scripts": {}}')
    monkeypatch.setattr(report_official, "fetched", fetched)
    assert checked("--site", SITE)[0] == 4
    assert checked()[0] == 1


@pytest.mark.parametrize(
    "forged",
    [
        lambda page: page.replace(b"<h1", b"<script>send()</script><h1"),
        lambda page: page.replace(b"<form", b"<form onsubmit='send()'"),
        lambda page: page.replace(b"<h1", b"<SCRIPT SRC='/static/reports/words-en.txt'></SCRIPT><h1"),
        lambda page: page.replace(b"<h1", b"<iframe src='/en/about/'></iframe><h1"),
    ],
)
def test_a_page_that_runs_what_is_in_no_official_script_is_found(
    published: Officer, monkeypatch: pytest.MonkeyPatch, forged: Any
) -> None:
    monkeypatch.setattr(report_official, "fetched", lambda address, sent=None: forged(fetched(address, sent)))
    code, output = checked("--site", SITE)
    assert (code, "is not official" in output) == (4, True)


def test_a_site_that_lets_people_seal_to_a_key_of_somebody_else_is_found(
    published: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    true, strange = published.unit.keys.get(purpose="reports").recipient, envelopes.new_identity()[1]

    def forged(address: str, sent: bytes | None = None) -> bytes:
        answer = fetched(address, sent)
        return answer.replace(true.encode(), strange.encode()) if sent else answer

    monkeypatch.setattr(report_official, "fetched", forged)
    code, output = checked("--site", SITE)
    assert (code, f"{strange} is not official" in output) == (4, True)


def test_a_worker_that_starts_puts_the_scripts_of_a_new_version_into_the_ledger(
    published: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "adaldyq.measures.reports.jobs.publish" in handlers_of(STARTED)
    monkeypatch.setattr(scripts, "source", lambda name: f"the new {name}")
    jobs.publish({}, timezone.now())
    assert Leaf.objects.filter(act=PUBLISH).count() == 2


def test_who_begins_to_receive_makes_another_form_and_the_ledger_is_told_of_it(published: Officer) -> None:
    for event in ("kernel.role.grant", "kernel.role.withdraw", "kernel.proposal.confirm", "kernel.account.close"):
        assert "adaldyq.measures.reports.jobs.publish_of_receivers" in handlers_of(event)
    lines = Leaf.objects.filter(act=PUBLISH)
    newcomer = factories.account("newcomer")
    factories.grant(newcomer, Role.INSPECTOR, body=published.unit.body)
    factories.grant(newcomer, Role.RECEIVING_OFFICER, body=published.unit.body)
    for role, count in ((Role.INSPECTOR, 1), (Role.RECEIVING_OFFICER, 2)):
        grant = newcomer.grants.get(role=role)
        jobs.publish_of_receivers({"grant": grant.pk}, timezone.now())
        assert lines.count() == count
    assert checked()[0] == 0


def test_the_page_shows_what_is_official(published: Officer) -> None:
    page = Client().get(reverse("reports-official")).content.decode()
    assert published.unit.keys.get(purpose="reports").recipient in page
    assert scripts.digests()["kit.js"] in page
    assert "form.html, kk" in page
