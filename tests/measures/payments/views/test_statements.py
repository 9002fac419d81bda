"""Pages of whoever reconciles: a file is taken in, entries are explained, a day closes."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import Settings

from adaldyq.kernel.logs import only_harmless
from adaldyq.kernel.models import Account, Upload
from adaldyq.kernel.roles import Role
from adaldyq.measures.payments import jobs
from adaldyq.measures.payments.models import BankStatement, Invoice, StatementEntry
from adaldyq.measures.payments.views import statements as views
from adaldyq.project.provider.statements import Booked, Day, in_camt053, in_mt940
from tests import factories
from tests.measures.payments import making

pytestmark = pytest.mark.django_db
LIST, QUEUE = "/en/payments/statements/", "/en/payments/statements/entries/"
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def account(settings: Settings) -> None:
    settings.BANK_ACCOUNTS = ("ADALDYQTESTKZT",)


@pytest.fixture
def cashier() -> Client:
    making.cashier()
    browser = Client()
    browser.force_login(Account.objects.get(username="cashier"))
    return browser


def file(*entries: Booked, writer: Any = in_camt053) -> SimpleUploadedFile:
    content = "".join(writer(Day(DAY, "KZT", 0, entries))).encode()
    return SimpleUploadedFile("day.xml" if writer is in_camt053 else "day.sta", content)


def entry(number: int, amount: int, reference: str = "") -> Booked:
    return Booked(number, amount, reference, "", "SERIK TANATAROV", "Fee")


def key_of(page: str) -> str:
    found = re.search(r'name="form_key" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_file_is_taken_in_explained_and_its_day_closes(cashier: Client) -> None:
    exact, under, other = making.invoice(), making.invoice(), making.invoice()
    sent = file(entry(1, 100_000, exact.reference), entry(2, 60_000, under.reference), entry(3, 40_000), entry(4, -500))
    answer = cashier.post(LIST, {"file": sent}, follow=True)
    page = answer.content.decode()
    assert "Not explained" in page
    statement = BankStatement.objects.get()
    address = f"{LIST}{statement.pk}/"
    refused = cashier.post(address, {"form_key": key_of(page)})
    assert refused.status_code == 422
    assert "3 entries are not explained yet" in refused.content.decode()
    assert cashier.get(QUEUE).content.decode().count("SERIK TANATAROV") == 3
    explain(cashier, 2, f"invoice:{under.pk}")
    assert explain(cashier, 3, "another", number="RF00NOBODY").status_code == 422
    explain(cashier, 3, "another", number=other.reference.lower())
    explain(cashier, 4, "costs")
    assert "Nothing waits" in cashier.get(QUEUE).content.decode()
    closed = cashier.post(address, {"form_key": key_of(cashier.get(address).content.decode())}, follow=True)
    assert closed.status_code == 200
    statement.refresh_from_db()
    assert statement.state == "closed"
    for of, state in ((exact, "paid"), (under, "issued"), (other, "issued")):
        of.refresh_from_db()
        assert of.state == state


def explain(browser: Client, at: int, verdict: str, **more: str) -> Any:
    one = StatementEntry.objects.get(bank_reference=f"AT{at:012d}")
    address = f"{QUEUE}{one.pk}/"
    key = key_of(browser.get(address).content.decode())
    return browser.post(address, {"form_key": key, "verdict": verdict, "words": "The payer wrote so.", **more})


def test_a_file_that_is_refused_says_the_line_and_leaves_nothing(cashier: Client) -> None:
    whole = file(entry(1, 100), writer=in_mt940).read().decode()
    for content, said in (
        (whole.replace("C1,00N", "C2,00N"), "make 2.00 KZT"),
        (whole[:150], "before its closing balance"),
    ):
        answer = cashier.post(LIST, {"file": SimpleUploadedFile("day.sta", content.encode())})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not BankStatement.objects.exists()


@pytest.mark.parametrize(
    ("changed", "to", "said"),
    [
        ("0302C1,00N", "0302C0,00N", "is no amount"),
        ("C260301KZT0,00", "C260301KZT999999999999999,00", "is no amount"),
        ("C260301KZT0,00", "C260301KZT20000000000000,00", "is no amount"),
        (":28C:61/1", f":28C:{'6' * 70}/1", "cannot be the value"),
        (":25:ADALDYQTESTKZT", f":25:ADALDYQTEST{'K' * 40}", "cannot be the value"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_stands_in_the_log(
    cashier: Client, caplog: pytest.LogCaptureFixture, changed: str, to: str, said: str
) -> None:
    whole = file(entry(1, 100), writer=in_mt940).read().decode()
    assert changed in whole
    if changed.endswith("N"):  # nothing came, so it closes as it began
        whole = whole.replace("C260302KZT1,00", "C260302KZT0,00")
    content = whole.replace(changed, to).encode()
    answer = cashier.post(LIST, {"file": SimpleUploadedFile("day.sta", content)})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert "a statement was refused" in caplog.text
    line = shown_line(caplog)
    assert hashlib.sha256(content).hexdigest().startswith(str(line["digest"]))
    assert line["actor"]
    assert "withheld" not in line
    assert not BankStatement.objects.exists()


def shown_line(caplog: pytest.LogCaptureFixture) -> dict[str, object]:
    """What the log keeps of the refusal of a statement."""
    for one in caplog.records:
        if isinstance(one.msg, dict) and one.msg.get("event") == "a statement was refused":
            return dict(only_harmless(frozenset())(None, "warning", dict(one.msg)))
    raise AssertionError(caplog.text)


def test_the_page_of_an_entry_of_the_last_day_of_time_opens(cashier: Client) -> None:
    cashier.post(LIST, {"file": file(entry(1, 100))})
    StatementEntry.objects.update(booked_date=date.max)
    assert cashier.get(f"{QUEUE}{StatementEntry.objects.get().pk}/").status_code == 200


def test_what_is_left_behind_or_large_is_matched_by_the_worker(
    cashier: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 0)
    of: Invoice = making.invoice()
    cashier.post(LIST, {"file": file(entry(1, 100_000, of.reference))})
    assert StatementEntry.objects.get().state == "new"
    jobs.go_round(making.AT)
    of.refresh_from_db()
    assert (StatementEntry.objects.get().state, of.state) == ("matched", "paid")


def test_an_auditor_reads_and_decides_nothing(cashier: Client) -> None:
    cashier.post(LIST, {"file": file(entry(1, 100))})
    auditor = factories.account("auditor")
    factories.grant(auditor, Role.AUDITOR)
    browser = Client()
    browser.force_login(Account.objects.get(username="auditor"))
    one = StatementEntry.objects.get()
    assert "What shows it" not in browser.get(f"{QUEUE}{one.pk}/").content.decode()
    assert "form_key" not in browser.get(f"{LIST}{one.statement_id}/").content.decode()
    assert browser.post(f"{QUEUE}{one.pk}/", {"verdict": "unmatched", "words": "x"}).status_code == 403
    assert browser.post(LIST, {"file": file(entry(2, 100))}).status_code == 403


def test_the_file_itself_is_kept_sealed_and_whoever_reconciles_gets_it_back(cashier: Client) -> None:
    content = "".join(in_camt053(Day(DAY, "KZT", 0, [entry(1, 40_000)]))).encode()
    for _again in range(2):
        cashier.post(LIST, {"file": SimpleUploadedFile("day.xml", content)})
    statement, kept = BankStatement.objects.get(), Upload.objects.get()
    assert (kept.purpose, kept.sha256, kept.state) == ("bank_statement", statement.digest, "attached")
    assert b"SERIK TANATAROV" not in (Path(settings.FILES_DIR) / kept.place).read_bytes()
    with override("en"):
        address = reverse("desk-file", args=[kept.pk])
    assert address in cashier.get(f"{LIST}{statement.pk}/").content.decode()
    answer = cashier.get(address)
    assert answer.content == content
    assert "ADALDYQTESTKZT-2026-03-02.xml" in answer.headers["Content-Disposition"]
    stranger = Client()
    stranger.force_login(factories.account("stranger", Role.CITIZEN))
    assert stranger.get(address).status_code == 404
