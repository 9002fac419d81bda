"""Reports by telephone, through the page of an operator."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from django.conf import settings as ours
from django.test import Client
from django.urls import reverse

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Event, Read
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.actions.calls import take_call
from adaldyq.measures.reports.actions.composing import Told, sealed_filing
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.models import OfficerKey, Report
from adaldyq.measures.reports.views.quiet import beginning_of_today
from adaldyq.sealing import envelopes, phrases
from tests import factories
from tests.measures.reports.canary import assert_nowhere
from tests.measures.reports.office import Officer, custodian, officer, unit
from tests.measures.reports.reporter import Reporter

CANARY = "canary-c411ed she says that he takes money for every permit"
NAME = "canary-9a3e Асель, 8 700 000 00 00"


@pytest.fixture
def desk(agency: Officer) -> Reporter:
    """The browser of an operator."""
    browser = Reporter()
    browser.client = Client()
    browser.client.force_login(factories.account("operator", Role.OPERATOR))
    return browser


def called(desk: Reporter, what: str, **answers: object) -> Sequence[str]:
    """Take a call to its end; the words that are read out."""
    desk.look("reports-call")
    desk.post("reports-call", step="check", what=what, **answers)
    assert desk.status == 200, desk.page
    desk.post("reports-call", step="send")
    return read_out(desk)


def read_out(desk: Reporter) -> Sequence[str]:
    """The words on the page."""
    return re.findall(r'<li><span class="govuk-heading-l">([^<]+)<', desk.page)


def test_what_a_caller_says_reaches_the_officer_marked_with_its_secrecy(agency: Officer, desk: Reporter) -> None:
    body = factories.body(name="Жер комитеті")
    words = called(desk, CANARY, topic="bribe", about=body.pk, who="the inspector", language="en")
    assert " ".join(words[0]) in desk.page, "each word is spelt"
    report = Report.objects.get()
    assert (report.about_body, report.topic, report.lookup) == (body, "bribe", report.lookup)
    key = envelopes.unwrap(bytes(report.wraps.get().wrapped), agency.secret)
    letter = letters.open_letter(bytes(report.messages.get().sealed), key)
    assert (letter.text, letter.answers, letter.language) == (CANARY, {"who": "the inspector"}, "en")
    officer_at = Client()
    officer_at.force_login(agency.account)
    for page in (reverse("reports-inbox"), reverse("reports-report", args=[report.pk])):
        assert "by telephone; an operator heard and typed it" in officer_at.get(page).content.decode()


def test_the_caller_comes_back_with_the_phrase_in_the_chosen_language(desk: Reporter, reporter: Reporter) -> None:
    words = called(desk, CANARY, language="kk")
    assert len(words) == phrases.length("kk")
    assert CANARY in reporter.come_back(list(words))


def test_nothing_of_a_call_is_kept_in_the_open_and_nothing_says_who_took_it(
    agency: Officer, desk: Reporter, caplog: pytest.LogCaptureFixture
) -> None:
    custodian(agency.unit, "keeper")
    words = called(desk, CANARY, who=CANARY, identity=NAME)
    assert Report.objects.get().identity
    assert_nowhere([CANARY, NAME, " ".join(words)], caplog)
    event = Event.objects.get(name="reports.report.file")
    assert (event.actor, event.happened_at.astimezone(ours.PACK.zone).hour) == ("", 0)
    assert "reports-call" in ours.UNLOGGED_ROUTES
    assert not Read.objects.exists()


def test_a_form_sent_twice_is_one_report_and_the_page_shows_it_never_again(desk: Reporter) -> None:
    desk.look("reports-call")
    check = desk.post("reports-call", step="check", what=CANARY)
    desk.post("reports-call", step="send")
    first = read_out(desk)
    desk.page = check
    desk.post("reports-call", step="send")
    assert read_out(desk) == first
    assert Report.objects.count() == 1
    assert CANARY not in desk.look("reports-call")
    assert "no-store" in desk.response["Cache-Control"]


def test_what_is_wrong_is_said_and_nothing_is_lost(agency: Officer, desk: Reporter) -> None:
    desk.look("reports-call")
    page = desk.post("reports-call", step="check", what="", who="the inspector")
    assert (desk.status, 'href="#id_what"' in page, "the inspector" in page) == (422, True, True)
    assert CANARY in desk.post("reports-call", step="check", what=CANARY, carried="gAAAAABold")
    assert desk.status == 409
    page = desk.post("reports-call", step="check", what=CANARY, about=agency.unit.body.pk)
    assert (desk.status, "No office is left" in page, CANARY in page) == (422, True, True)
    desk.post("reports-call", step="check", what=CANARY)
    OfficerKey.objects.all().delete()
    page = desk.post("reports-call", step="send")
    assert (desk.status, "Nothing was taken" in page) == (422, True)
    assert CANARY in desk.post("reports-call", step="change")
    assert not Report.objects.exists()


def test_a_call_about_the_agency_goes_to_the_prosecutor(agency: Officer, desk: Reporter) -> None:
    prosecutor = officer(unit("prosecutor"), "nurlan")
    called(desk, CANARY, about_receiver="agency")
    assert Report.objects.get().unit == prosecutor.unit


def test_nobody_else_takes_calls(agency: Officer) -> None:
    at = beginning_of_today()
    filing = sealed_filing(Told(CANARY, "phone"), phrases.new_entropy(), at.date())
    with pytest.raises(NotAllowed):
        take_call(filing=filing, by=actor_of(agency.account), at=at)
