"""Somebody files online, or a file does for them, while a paper of theirs is still being keyed in."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Account, Person
from adaldyq.kernel.naming import pack
from adaldyq.measures.declarations.actions.sending import file_sent
from adaldyq.measures.declarations.domain.examples import example
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, Draft, Obligation, ReceivedPaper
from tests import factories
from tests.measures.declarations.views.journey import CAR, account_of, address, answered, shown_again, signing
from tests.measures.declarations.views.test_received import keyed_in, officer, step, taken

pytestmark = pytest.mark.django_db

YEAR = 2025
LAST_DAY = pack().filing_deadlines[YEAR]
BEGUN, ON_PAPER, TOO_LATE_ON_PAPER, ONLINE = date(2026, 7, 1), date(2026, 7, 10), date(2026, 7, 20), date(2026, 8, 20)


@pytest.fixture
def declarant(db: None) -> Person:
    """An official who owes a declaration by the electronic last day."""
    who = factories.person()
    factories.obligation(who, YEAR, due_date=LAST_DAY, body=factories.body(), is_public=True)
    account_of(who)
    return who


def on(monkeypatch: pytest.MonkeyPatch, day: date, who: Person) -> Client:
    """The browser of somebody who is signed in on a day, which is today from now on."""
    instant = datetime.combine(day, time(12), tzinfo=pack().zone)
    monkeypatch.setattr(timezone, "now", lambda: instant)
    client = Client()
    client.force_login(Account.objects.get(person=who))
    return client


def brought(who: Person, day: date, **other: str) -> ReceivedPaper:
    """A paper that was brought on a day."""
    parts = {"received_year": str(day.year), "received_month": str(day.month), "received_day": str(day.day)}
    return taken(who, year=str(YEAR), **parts, **other)


def filed(browser: Client, draft: Draft) -> Declaration:
    """A draft that is signed and filed through the pages."""
    answered(browser, draft)
    shown_again(browser)
    sent = browser.post(address("draft-sign", draft.pk), signing(browser, draft))
    assert sent.status_code == 302, sent.content.decode()
    draft.refresh_from_db()
    assert draft.declaration is not None
    return draft.declaration


def begun(browser: Client) -> Draft:
    """The draft that answers what is owed."""
    browser.post(address("begin", Obligation.objects.get().pk))
    return Draft.objects.get()


@pytest.mark.parametrize("day", [ON_PAPER, TOO_LATE_ON_PAPER])
@pytest.mark.parametrize("after", ["", "give_back", "amends"])
def test_who_files_online_in_time_is_in_time_whatever_paper_was_in_hand(
    monkeypatch: pytest.MonkeyPatch, declarant: Person, day: date, after: str
) -> None:
    draft = begun(on(monkeypatch, BEGUN, declarant))
    on(monkeypatch, day, declarant)
    paper = brought(declarant, day)
    browser = on(monkeypatch, ONLINE, declarant)
    one = filed(browser, draft)
    if after:
        keyed_in("first", paper)
        keyed_in("second", paper)
        assert step("third", paper, after, "filed online")[0] == 302
    one.refresh_from_db()
    assert one.due_date == Obligation.objects.get().due_date == LAST_DAY
    assert "Filed late" not in browser.get(address("filed", one.pk)).content.decode()
    assert "Filed late" not in Client().get("/en/declarations/").content.decode()
    assert b"late" not in b"".join(Client().get("/en/declarations/declarations.csv"))


def test_who_files_online_after_the_last_day_is_late_though_the_paper_came_before(
    monkeypatch: pytest.MonkeyPatch, declarant: Person
) -> None:
    draft = begun(on(monkeypatch, BEGUN, declarant))
    on(monkeypatch, ON_PAPER, declarant)
    brought(declarant, ON_PAPER)
    browser = on(monkeypatch, date(2026, 9, 20), declarant)
    one = filed(browser, draft)
    assert one.due_date == LAST_DAY
    assert "Filed late" in browser.get(address("filed", one.pk)).content.decode()


def test_a_file_too_carries_the_last_day_of_the_law(monkeypatch: pytest.MonkeyPatch, declarant: Person) -> None:
    on(monkeypatch, ON_PAPER, declarant)
    brought(declarant, ON_PAPER)
    on(monkeypatch, ONLINE, declarant)
    sent = {**example()["declarations"][0], "person": declarant.pk, "form": "income", "year": YEAR}
    (became,) = file_sent(values=[sent], key="k", by=system("importer"), at=timezone.now())
    assert became.declaration, became.wrong
    assert Declaration.objects.get().due_date == Obligation.objects.get().due_date == LAST_DAY


def test_an_amendment_carries_the_last_day_of_what_it_amends(
    monkeypatch: pytest.MonkeyPatch, declarant: Person
) -> None:
    on(monkeypatch, TOO_LATE_ON_PAPER, declarant)
    paper = brought(declarant, TOO_LATE_ON_PAPER)
    keyed_in("first", paper)
    keyed_in("second", paper)
    first = Declaration.objects.get()
    browser = on(monkeypatch, ONLINE, declarant)
    browser.post(address("amend", first.pk))
    second = filed(browser, Draft.objects.get())
    assert first.due_date == second.due_date == Obligation.objects.get().due_date == date(2026, 7, 15)


def test_an_older_paper_does_not_take_the_place_of_what_was_signed_later(
    monkeypatch: pytest.MonkeyPatch, declarant: Person
) -> None:
    browser = on(monkeypatch, date(2026, 5, 1), declarant)
    first = filed(browser, begun(browser))
    on(monkeypatch, date(2026, 6, 1), declarant)
    paper = brought(declarant, date(2026, 6, 1), is_amendment="on")
    browser = on(monkeypatch, date(2026, 6, 5), declarant)
    browser.post(address("amend", first.pk))
    again = Draft.objects.get(state="open")
    browser.post(address("draft-row", again.pk, "vehicle", "0000000000AA"), CAR)
    second = filed(browser, again)
    browser = on(monkeypatch, date(2026, 6, 10), declarant)
    keyed_in("first", paper)
    keyed_in("second", paper)
    assert paper.state == "refused"
    assert Declaration.objects.get(is_current=True) == second
    assert SECTION_MODELS["vehicle"]._default_manager.filter(declaration=second).count() == 1
    said = officer("third").get(f"/en/declarations/papers/{paper.pk}/").content.decode()
    assert "after the paper had come" in said
    assert 'value="amends"' not in said
    told = browser.get(f"/en/declarations/mine/papers/{paper.pk}/").content.decode()
    assert "You have filed this declaration since" in told
    assert step("third", paper, "file")[0] == 302
    assert (paper.state, Declaration.objects.get(is_current=True)) == ("refused", second)
    assert step("third", paper, "give_back", "filed online")[0] == 302


def test_a_paper_amends_what_was_filed_online_earlier_on_its_day(
    monkeypatch: pytest.MonkeyPatch, declarant: Person
) -> None:
    browser = on(monkeypatch, date(2026, 6, 1), declarant)
    filed(browser, begun(browser))
    on(monkeypatch, date(2026, 6, 2), declarant)
    paper = brought(declarant, date(2026, 6, 1), is_amendment="on")
    keyed_in("first", paper)
    keyed_in("second", paper)
    assert (paper.state, Declaration.objects.get(is_current=True).way) == ("filed", "paper")
