"""What scripts of officers get and send: envelopes and locked keys of their own, and nobody else's."""

from __future__ import annotations

import base64

import pytest
from django.test import Client
from django.urls import reverse

from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.models import OfficerKey, Report
from adaldyq.sealing import envelopes, lockers
from tests.measures.reports.office import Officer, officer, unit
from tests.measures.reports.script import Script, in_base64, sealed_file

LOCKED = f"{lockers.BEGINS}\nYWdl\n-----END AGE ENCRYPTED FILE-----\n"


@pytest.fixture
def desk(agency: Officer) -> Client:
    """The officer's browser."""
    browser = Client()
    browser.force_login(agency.account)
    return browser


@pytest.fixture
def report(agency: Officer) -> Report:
    """A report with a file, sealed by a script."""
    script = Script()
    kept = script.step("file", sealed_file(b"film"), kept="", last=True)["kept"]
    script.step("send", **script.sealed_report("what I saw", files=[kept]))
    return Report.objects.get()


def test_envelopes_and_files_are_given_to_officers_of_the_unit_only(
    desk: Client, report: Report, agency: Officer
) -> None:
    told = desk.get(reverse("reports-envelopes", args=[report.pk])).json()
    key = envelopes.unwrap(base64.b64decode(told["wrapped"]), agency.secret)
    assert letters.open_letter(base64.b64decode(told["messages"][0]["sealed"]), key).text == "what I saw"
    place = report.messages.get().enclosures.get().stored
    file = desk.get(reverse("reports-envelope", args=[report.pk]), {"place": place})
    assert file.getvalue().startswith(envelopes.BEGINS)
    assert desk.get(reverse("reports-envelope", args=[report.pk]), {"place": "../key"}).status_code == 404
    other = Client()
    other.force_login(officer(unit("prosecutor"), "nurlan").account)
    for route in ("reports-envelopes", "reports-envelope"):
        assert other.get(reverse(route, args=[report.pk]), {"place": place}).status_code == 404


def test_a_locked_key_is_kept_and_given_back_to_its_own_officer(desk: Client, agency: Officer) -> None:
    public = envelopes.new_identity()[1]
    sent = {"unit": agency.unit.pk, "public": public, "locked": LOCKED.replace("\n", "\r\n")}
    desk.post(reverse("reports-keys"), sent)
    key = OfficerKey.objects.get(recipient=public)
    assert desk.get(reverse("reports-locker", args=[key.pk])).content.decode() == LOCKED
    other = Client()
    other.force_login(officer(agency.unit, "colleague").account)
    assert other.get(reverse("reports-locker", args=[key.pk])).status_code == 404
    older = OfficerKey.objects.get(account=agency.account, state="retired")
    assert desk.get(reverse("reports-locker", args=[older.pk])).status_code == 404  # it was made elsewhere


def test_a_secret_key_that_is_not_locked_is_not_kept(desk: Client, agency: Officer) -> None:
    secret, public = envelopes.new_identity()
    answer = desk.post(reverse("reports-keys"), {"unit": agency.unit.pk, "public": public, "locked": secret})
    assert answer.status_code == 422
    assert not OfficerKey.objects.filter(recipient=public).exists()


def test_an_answer_comes_sealed_and_one_that_is_no_envelope_is_refused(desk: Client, report: Report) -> None:
    address = reverse("reports-report", args=[report.pk])
    for wrong in ("###", in_base64(b"plain text")):
        assert desk.post(address, {"step": "acknowledge", "sealed": wrong}).status_code == 422
    assert desk.post(address, {"step": "acknowledge", "sealed": "", "text": ""}).status_code == 422
    sealed = letters.seal(letters.Letter("answer", "we have it"), [report.recipient, report.mailbox_recipient])
    desk.post(address, {"step": "acknowledge", "sealed": in_base64(sealed), "sealed_to": report.recipient})
    report.refresh_from_db()
    assert report.state == "acknowledged"
    assert bytes(report.messages.get(place=2).sealed) == sealed
