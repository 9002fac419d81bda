"""Two people are two people, whichever accounts they act by, and nobody decides about what they owe themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Account, Company, Notification, Person
from adaldyq.kernel.problems import sentence
from adaldyq.measures.payments.actions.closing import match_entry, set_entry_aside
from adaldyq.measures.payments.actions.refunds import NewRefund, approve_refund, request_refund
from adaldyq.measures.payments.actions.taking_back import take_explanation_back
from adaldyq.measures.payments.actions.waivers import confirm_waiver, propose_waiver
from adaldyq.measures.payments.models import Invoice
from tests import factories
from tests.measures.payments import making
from tests.measures.payments.making import AT
from tests.measures.payments.test_reconciling import entry, found, matched

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account(settings: Settings) -> None:
    settings.BANK_ACCOUNTS = ("ADALDYQTESTKZT",)


def of_person(name: str, person: Person) -> Actor:
    """A cashier by an account of a person."""
    making.cashier(name)
    Account.objects.filter(username=name).update(person=person)
    return making.cashier(name)


def code(act: Callable[[], object]) -> str:
    """The code of a refusal."""
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def test_two_accounts_of_one_person_are_one() -> None:
    person = factories.person()
    one, two = of_person("one", person), of_person("two", person)
    other = of_person("other", factories.person())
    waiver = propose_waiver(invoice=making.invoice(), ground="veteran", words="Paper", by=one, at=AT)
    assert code(lambda: confirm_waiver(waiver=waiver, words="", by=two, at=AT)) == "acts-apart"
    assert confirm_waiver(waiver=waiver, words="", by=other, at=AT).state == "confirmed"
    new = NewRefund(making.paid(making.invoice()), 1_000, "mistake", "Wrong", "one")
    refund = request_refund(new=new, by=one, at=AT)
    assert code(lambda: approve_refund(refund=refund, words="", by=two, at=AT)) == "acts-apart"
    assert approve_refund(refund=refund, words="", by=other, at=AT).state == "approved"
    matched(entry(1, -700))
    set_entry_aside(entry=found(1), verdict="costs", words="A charge", by=one, at=AT)
    assert code(lambda: take_explanation_back(entry=found(1), words="No", by=two, at=AT)) == "acts-apart"


def test_nobody_asks_for_or_decides_what_is_their_own() -> None:
    person = factories.person()
    payer, other, third = of_person("payer", person), making.cashier("other"), making.cashier("third")
    of = making.invoice(person)
    assert code(lambda: propose_waiver(invoice=of, ground="veteran", words="Paper", by=payer, at=AT)) == "invoice-own"
    waiver = propose_waiver(invoice=of, ground="large_family", words="Paper", by=other, at=AT)
    assert code(lambda: confirm_waiver(waiver=waiver, words="", by=payer, at=AT)) == "invoice-own"
    new = NewRefund(making.paid(making.invoice(person)), 1_000, "mistake", "Wrong", "one")
    assert code(lambda: request_refund(new=new, by=payer, at=AT)) == "invoice-own"
    refund = request_refund(new=new, by=other, at=AT)
    assert code(lambda: approve_refund(refund=refund, words="", by=payer, at=AT)) == "invoice-own"
    assert approve_refund(refund=refund, words="", by=third, at=AT).state == "approved"


@pytest.mark.parametrize("heads", [False, True])
def test_nobody_lets_the_money_of_others_pay_an_invoice_of_their_own(heads: bool) -> None:
    person = factories.person()
    of = making.invoice(None if heads else person)
    if heads:
        known = {"source": factories.SOURCE, "as_of": factories.AS_OF, "registered_date": date(2020, 1, 1)}
        firm = Company(name="«Дала» ЖШС", legal_form="llp", head=person, **known)
        factories.loaded("company", firm)
        Invoice.objects.filter(pk=of.pk).update(person=None, company=firm)
        of.refresh_from_db()
    matched(entry(1, 333))
    said: dict[str, Any] = {"entry": found(1), "invoice": of, "words": "The name", "at": AT}
    assert code(lambda: match_entry(by=of_person("payer", person), **said)) == "invoice-own"


def test_what_is_left_is_told_to_people_as_money() -> None:
    new = NewRefund(making.paid(making.invoice()), 200_000, "mistake", "Wrong", "one")
    with pytest.raises(DomainError) as refused:
        request_refund(new=new, by=making.cashier(), at=AT)
    assert "1000.00 KZT" in str(sentence(refused.value))


def test_who_pays_by_a_transfer_that_the_house_matches_is_told() -> None:
    payer = factories.account("payer")
    Account.objects.filter(pk=payer.pk).update(person=factories.person())
    payer.refresh_from_db()
    of = making.invoice(payer.person)
    matched(entry(1, 100_000, of.reference))
    assert Notification.objects.filter(account=payer, message="invoice-paid").count() == 1
