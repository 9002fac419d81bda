"""A key that was sealed anew before the reporter named somebody never takes the place of the one that opens the report now."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from adaldyq.measures.reports.adapters import carried, letters, rewraps
from adaldyq.measures.reports.models import Bar, Identity, Referral, Report
from adaldyq.measures.reports.queries.queue import wrap_of
from adaldyq.measures.reports.views.sealed import in_base64
from adaldyq.sealing import envelopes
from tests.measures.reports.office import Officer, custodian, officer, unit
from tests.measures.reports.reporter import Reporter
from tests.measures.reports.script import Script
from tests.measures.reports.views.test_narrowing import named
from tests.measures.reports.views.test_resealing import public_of, sealed_anew, signed_in

FIRST, THIRD = "They take money at the market", "and one thing more"
NAMES_HER, NAMES_OFFICE = {"text": "Садыкова Айгуль в доле"}, {"text": "both offices", "about_receiver": "prosecutor"}


def opened_by(one: Officer, report: Report) -> list[str]:
    """All messages of a report, as an officer opens them with the own key."""
    key = envelopes.unwrap(bytes(wrap_of(report).wrapped), one.secret)
    return [letters.open_letter(bytes(sent.sealed), key).text for sent in report.messages.order_by("place")]


def adds(reporter: Reporter, words: list[str], **sent: str) -> None:
    """The reporter comes back and adds something."""
    reporter.come_back(words)
    reporter.post("reports-return", step="add", **sent)


@pytest.mark.parametrize("added", [NAMES_HER, NAMES_OFFICE])
def test_an_order_taken_before_somebody_was_named_is_refused_and_every_message_still_opens(
    agency: Officer, reporter: Reporter, tmp_path: Path, added: dict[str, str]
) -> None:
    officer(unit("prosecutor"), "nurlan")
    named(officer(agency.unit, "dana"), "Садыкова Айгуль")
    words, desk = reporter.report(FIRST), signed_in(agency)
    report, address = Report.objects.get(), reverse("reports-rewrap")
    officer(agency.unit, "coming")
    answer = sealed_anew(desk.get(reverse("reports-rewrap-order")).content, agency, tmp_path)
    adds(reporter, words, **added)
    refused = desk.post(address, {"file": answer})
    assert refused.status_code == 422
    assert "Nothing is lost: seal the key anew on this page" in refused.content.decode()
    adds(reporter, words, text=THIRD)
    assert opened_by(agency, report) == [FIRST, added["text"], THIRD]


def test_a_portion_of_the_script_that_holds_an_older_key_is_refused(
    agency: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    named(officer(agency.unit, "dana"), "Садыкова Айгуль")
    words, desk, portion = reporter.report(FIRST), signed_in(agency), reverse("reports-rewrap-portion")
    officer(agency.unit, "coming")
    answer = sealed_anew(desk.get(portion).content, agency, tmp_path).read()
    adds(reporter, words, **NAMES_HER)
    refused = desk.post(portion, answer, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "rewrap-keys-changed")
    assert opened_by(agency, Report.objects.get()) == [FIRST, NAMES_HER["text"]]


def test_a_referral_prepared_before_somebody_was_named_is_refused_and_keeps_what_was_chosen_and_typed(
    agency: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    other = officer(unit("prosecutor"), "nurlan")
    named(officer(agency.unit, "dana"), "Садыкова Айгуль")
    words, desk = reporter.report(FIRST), signed_in(agency)
    report = Report.objects.get()
    page, order = (
        reverse("reports-refer", args=[report.pk]),
        reverse("reports-refer-order", args=[report.pk, other.unit.pk]),
    )
    answer = sealed_anew(desk.get(order).content, agency, tmp_path).read()
    adds(reporter, words, **NAMES_HER)
    sent = {"to": other.unit.pk, "reason": "competence", "text": "it is theirs"}
    refused = desk.post(page, {**sent, "file": SimpleUploadedFile("answer.json", answer)})
    assert refused.status_code == 422
    assert "it is theirs" in refused.content.decode()
    assert not Referral.objects.exists()
    again = sealed_anew(desk.get(order).content, agency, tmp_path)
    assert desk.post(page, {**sent, "file": again}).status_code == 302
    adds(reporter, words, text=THIRD)
    assert opened_by(other, report) == [FIRST, NAMES_HER["text"], "it is theirs", THIRD]


def test_keeping_somebody_out_with_a_page_opened_before_destroys_no_key(agency: Officer, reporter: Reporter) -> None:
    named(officer(agency.unit, "dana"), "Садыкова Айгуль")
    third = officer(agency.unit, "third")
    words, desk = reporter.report(FIRST), signed_in(agency)
    report, own = Report.objects.get(), public_of(agency)
    page = reverse("reports-bar", args=[report.pk])
    keys = desk.get(desk.get(page).context["said"]["keys"]).json()
    assert set(keys) == {"recipient", "mailbox", "wrapped", "of"}
    old = envelopes.unwrap(bytes(wrap_of(report).wrapped), agency.secret)
    adds(reporter, words, **NAMES_HER)
    stale = rewraps.Wrapped(report.pk, envelopes.wrap(old, [own]), (own,), keys["of"])
    chosen = {"whom": f"account:{third.account.pk}", "resealed": rewraps.written(rewraps.ANSWER, [stale])}
    assert desk.post(page, chosen).status_code == 422
    assert (
        desk.get(desk.get(page).context["said"]["keys"]).json()["of"] != keys["of"]
    )  # what the script asks before it seals
    assert not Bar.objects.filter(account=third.account).exists()
    assert opened_by(agency, report) == [FIRST, NAMES_HER["text"]]


def test_the_key_of_a_name_that_was_given_anew_is_not_replaced_by_an_older_one(
    agency: Officer, reporter: Reporter, tmp_path: Path
) -> None:
    keeper = custodian(agency.unit, "keeper")
    reporter.report(FIRST, identity="Saule")
    desk = signed_in(keeper)
    custodian(agency.unit, "coming")
    order = desk.get(reverse("reports-rewrap-order")).content
    assert json.loads(order)["reports"][0]["of"] == rewraps.name_of(bytes(Identity.objects.get().wrapped))
    answer = sealed_anew(order, keeper, tmp_path)
    secret, _public = envelopes.new_identity()
    given = envelopes.wrap(secret, [public_of(keeper)])
    Identity.objects.update(wrapped=given)  # as when the name is destroyed and given once more
    assert desk.post(reverse("reports-rewrap"), {"file": answer}).status_code == 422
    assert bytes(Identity.objects.get().wrapped) == given


def test_an_answer_sealed_before_somebody_was_named_is_refused_and_nothing_reaches_whom_it_names(
    agency: Officer, reporter: Reporter
) -> None:
    officer(agency.unit, "dana")
    words, report = reporter.report(FIRST), Report.objects.get()
    page, desk = reverse("reports-report", args=[report.pk]), signed_in(agency)
    named(officer(agency.unit, "biased"), "Садыкова Айгуль")
    adds(reporter, words, **NAMES_HER)

    def sealed_to(recipient: str) -> dict[str, str]:
        letter = letters.Letter(letters.ANSWER, "which day was it?", language="en")
        sealed = in_base64(letters.seal(letter, [recipient, report.mailbox_recipient]))
        return {"step": "acknowledge", "sealed": sealed, "sealed_to": recipient}

    old = sealed_to(report.recipient)
    for sent in (old, {**old, "sealed_to": ""}):
        refused = desk.post(page, sent)
        assert refused.status_code == 422
        assert "keys have changed since you opened this page" in refused.content.decode()
    assert report.messages.count() == 2
    now = desk.get(desk.get(page).context["said"]["keys"]).json()["recipient"]
    assert now != report.recipient
    assert desk.post(page, sealed_to(now)).status_code == 302


def test_a_second_page_of_the_reporter_seals_to_the_key_of_before_and_is_told_to_send_again(
    agency: Officer, reporter: Reporter
) -> None:
    named(officer(agency.unit, "biased"), "Садыкова Айгуль")
    words, script = reporter.report(FIRST), Script()
    report, opened = Report.objects.get(), carried.put({"report": Report.objects.get().pk})
    letter = letters.Letter(letters.MESSAGE, THIRD)
    old = letters.seal(letter, [report.recipient, report.mailbox_recipient])
    adds(reporter, words, **NAMES_HER)
    version = script.step("narrow", opened=opened)["named"]["version"]
    head = {"opened": opened, "named": version}
    assert script.step("add", old, sealed_to=report.recipient, **head)["code"] == "keys-changed"
    now = script.step("narrow", **head)["recipient"]
    assert now != report.recipient
    again = letters.seal(letter, [now, report.mailbox_recipient])
    for _twice in range(2):
        assert script.step("add", again, sealed_to=now, **head)["added"] is True
    assert opened_by(agency, report) == [FIRST, NAMES_HER["text"], THIRD]
