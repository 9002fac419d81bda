"""Statements of banks with their queue, and the pages of the test provider, in a browser: they fit, and everybody can use them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from adaldyq.kernel.models import Account
from adaldyq.measures.payments.actions.importing import keep_statements, read_file
from adaldyq.measures.payments.actions.matching import match_statement
from adaldyq.measures.payments.domain.providing import Begun, Wanted
from adaldyq.measures.payments.models import BankStatement, StatementEntry
from adaldyq.project.provider.statements import Booked, Day, in_camt053
from tests.browser.conftest import sign_in
from tests.browser.looks import Look, in_looks, put_on
from tests.measures.payments import making
from tests.measures.payments.conformance.peers import SamplePeer, sample_peer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REFERENCE = "RF18539007547034"


def taken_in() -> None:
    """A day with an entry that is explained, one below its invoice, one of which nobody knows anything, and a charge."""
    exact, under = making.invoice(), making.invoice()
    lines = [(100_000, exact.reference), (60_000, under.reference), (40_000, ""), (-500, "")]
    entries = [
        Booked(place, amount, reference, "", "SERIK TANATAROV", "Fee")
        for place, (amount, reference) in enumerate(lines, 1)
    ]
    content = "".join(in_camt053(Day(date(2026, 3, 2), "KZT", 0, entries))).encode()
    kept = keep_statements(file=read_file(content), by=making.cashier(), at=making.AT)
    match_statement(statement=kept.statements[0], at=making.AT)


@in_looks
def test_pages_of_statements_are_sound(
    live_server: LiveServer, page: Page, sound: Callable[[], None], look: Look, settings: Settings
) -> None:
    settings.BANK_ACCOUNTS = ("ADALDYQTESTKZT",)
    taken_in()
    put_on(page, look)
    sign_in(page, live_server, Account.objects.get(username="cashier"))
    queued = StatementEntry.objects.filter(state="queued").values_list("pk", flat=True)
    assert len(queued) == 3
    for path in ("", f"{BankStatement.objects.get().pk}/", "entries/", *(f"entries/{one}/" for one in queued)):
        page.goto(f"{live_server.url}/{look.language}/payments/statements/{path}")
        sound()


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SamplePeer]:
    """The test provider in a process of its own."""
    with sample_peer(tmp_path_factory.mktemp("provider")) as found:
        yield found


def asked(provider: SamplePeer, key: str) -> Begun:
    """A payment that the provider was asked to take."""
    return provider.provider.create_payment(
        Wanted(key, REFERENCE, "Лицензия", 100_000, "KZT", "card", provider.inbox.address, provider.inbox.address, "kk")
    )


@in_looks
def test_pages_of_the_provider_are_sound(
    page: Page, sound: Callable[[], None], look: Look, provider: SamplePeer
) -> None:
    put_on(page, look)
    open_one, paid, declined = (asked(provider, f"{look}-{name}") for name in ("open", "paid", "declined"))
    provider.pay(paid)
    provider.decline(declined)
    origin = provider.provider.origin
    for begun in (open_one, paid, declined):
        for by in ("card", "transfer", "mobile"):
            page.goto(f"{origin}/pay/{begun.reference}/?by={by}&lang={look.language}")
            sound()
        page.goto(f"{origin}/mobile/{begun.reference}/")
        sound()
        page.goto(f"{origin}/payments/{begun.reference}/")
        sound()
    page.goto(f"{origin}/")
    sound()
