"""Fees of applications: by the schedule that the catalogue brings, waived by two, owed again when a bank takes them back."""

from __future__ import annotations

import html
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of, system
from adaldyq.kernel.deadlines.queries import of_subject
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.models import Account, Notification
from adaldyq.measures.payments.actions.provider_events import apply_provider_events
from adaldyq.measures.payments.actions.waivers import confirm_waiver, propose_waiver
from adaldyq.measures.payments.models import FeeSchedule, Invoice
from adaldyq.measures.permits.actions.appealing import appeal
from adaldyq.measures.permits.actions.applying import send_application, withdraw_application
from adaldyq.measures.permits.actions.licensing import Order, suspend_licence
from adaldyq.measures.permits.actions.transferring import propose_transfer, transfer_licence
from adaldyq.measures.permits.domain.applying import REQUIREMENT, Cited
from adaldyq.measures.permits.models import PermitApplication, PermitLicence
from adaldyq.measures.permits.queries.licences import OWED, licence_of, proposal_of
from tests.measures.payments import making
from tests.measures.permits.applying import (
    AT,
    DAY,
    applicant,
    company,
    decider,
    draft,
    drawn,
    fresh,
    granted,
    officers,
    opened,
    sent,
    step,
    verified,
    verifier,
)

pytestmark = pytest.mark.django_db
BY = system("provider")


def deliver(at: datetime) -> None:
    """Let the worker deliver what waits, and what follows from it."""
    for minutes in (1, 2, 3):
        deliver_waiting(at=at + timedelta(minutes=minutes))


@pytest.fixture
def waiting() -> PermitApplication:
    """An application that was granted and whose invoice is there."""
    entry = opened(fee=10)
    officers(entry.body)
    one = granted(entry, applicant())
    deliver(AT)
    return fresh(one)


def invoice_of(application: PermitApplication) -> Invoice:
    """The invoice of an application."""
    return Invoice.objects.get(number=application.invoice_number)


def pay(of: Invoice, key: str, at: datetime) -> Any:
    """Let the provider tell of a payment, and deliver what follows."""
    made = making.attempt(of, key, at=at)
    apply_provider_events(events=[making.told(made, "succeeded", at=at)], by=BY, at=at)
    deliver(at)
    return made


def take_back(made: Any, at: datetime) -> None:
    """Let the payer's bank take a payment back."""
    apply_provider_events(events=[making.told(made, "charged_back", at=at)], by=BY, at=at)
    deliver(at)


def test_the_invoice_is_by_the_schedule_of_the_entry_in_the_version_of_the_day(waiting: PermitApplication) -> None:
    of = invoice_of(waiting)
    schedule = FeeSchedule.objects.get(code="permit-l-001")
    assert (of.version.schedule, schedule.stated, schedule.body) == (schedule, False, waiting.body)
    assert of.version.formula == {"unit": "index", "base": "10", "each": "0"}
    assert of.version.law_number == waiting.version.law_number
    assert of.amount == int(waiting.fee * 100) if waiting.fee else False
    assert {one["ground"] for one in of.version.exemptions} == {"disability", "low_income", "official_error"}
    sent(waiting.entry, applicant("another"), AT + DAY)
    deliver(AT + DAY)
    assert schedule.versions.count() == 1
    assert Invoice.objects.filter(version=of.version).count() == 2


def test_a_fee_that_two_people_waive_lets_the_licence_be_issued(waiting: PermitApplication) -> None:
    first, second = making.cashier("cashier"), making.cashier("cashier-2")
    assert licence_of(waiting.pk) is None
    made = propose_waiver(invoice=invoice_of(waiting), ground="official_error", words="No. 7", by=first, at=AT)
    confirm_waiver(waiver=made, words="Seen", by=second, at=AT)
    deliver(AT)
    assert fresh(waiting).fee_state == "waived"
    assert licence_of(waiting.pk) is not None


def test_a_fee_that_a_bank_takes_back_is_owed_again_until_it_is_paid_and_the_licence_stands_meanwhile(
    waiting: PermitApplication,
) -> None:
    of = invoice_of(waiting)
    for number, day in enumerate((1, 20)):
        at = AT + timedelta(days=day)
        made = pay(of, f"key-{number}", at)
        licence = licence_of(waiting.pk)
        assert (fresh(waiting).fee_state, licence and licence.state) == ("paid", "valid")
        assert not of_subject(licence).filter(name=OWED, state="running").exists() if licence else False
        take_back(made, at + DAY)
        assert fresh(waiting).fee_state == "issued"
        assert licence_of(waiting.pk) == licence
        assert of_subject(licence).filter(name=OWED, state="running").count() == 1 if licence else False
    told = set(Notification.objects.values_list("account__username", "message"))
    officer = waiting.decider.username if waiting.decider else ""
    assert {("entrepreneur", "licence-fee-owed"), (officer, "licence-fee-owed-officer")} <= told
    happened = list(waiting.events.filter(happened__startswith="fee").order_by("at").values_list("happened", flat=True))
    assert happened == ["fee_issued", "fee_paid", "fee_owed", "fee_paid", "fee_owed"]
    assert PermitLicence.objects.count() == 1


def test_the_officer_is_offered_to_suspend_and_told_when_the_fee_has_come(
    waiting: PermitApplication, client: Client
) -> None:
    of = invoice_of(waiting)
    take_back(pay(of, "one", AT + DAY), AT + 2 * DAY)
    licence = licence_of(waiting.pk)
    assert licence is not None
    assert "took the fee" not in page(client, f"/en/permits/licences/{licence.number}/")
    client.force_login(Account.objects.get(pk=waiting.decider_id))
    assert "took the fee of this licence back" in page(client, f"/en/permits/licences/{licence.number}/")
    assert "was not paid again" in page(client, f"/en/permits/licences/{licence.number}/do/suspend/")
    order = Order("The fee was taken back", "17")
    suspend_licence(licence=licence, order=order, by=decider(waiting), at=AT + 9 * DAY)
    pay(of, "two", AT + 10 * DAY)
    assert Notification.objects.filter(account=waiting.decider, message="licence-fee-settled").count() == 1
    assert not of_subject(licence).filter(name=OWED, state="running").exists()


def page(client: Client, address: str) -> str:
    """The text of a page."""
    answer = client.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def test_where_silence_granted_every_officer_of_the_body_is_told(waiting: PermitApplication) -> None:
    PermitApplication.objects.filter(pk=waiting.pk).update(decider=None, decided_by=None, deemed=True)
    take_back(pay(invoice_of(waiting), "one", AT + DAY), AT + 2 * DAY)
    told = Notification.objects.filter(message="licence-fee-owed-officer").values_list("account__username", flat=True)
    assert sorted(told) == ["officer-1", "officer-2"]


def returned(of: PermitApplication) -> PermitApplication:
    """An application that was found to lack something."""
    one = drawn(of)
    return step(one, "incomplete", verifier(one), defects=(Cited(REQUIREMENT, 0, "Page 2"),))


@pytest.mark.parametrize("first", ["paid", "sent again"])
def test_what_is_sent_again_with_what_was_missing_costs_nothing_more(first: str) -> None:
    entry, who = opened(fee=10), applicant()
    officers(entry.body)
    one = sent(entry, who)
    deliver(AT)
    if first == "paid":
        pay(invoice_of(fresh(one)), "key", AT)
    back = returned(fresh(one))
    again = sent(entry, who, AT + DAY, previous=back)
    deliver(AT + DAY)
    assert fresh(again).fee == back.fee
    if first != "paid":
        assert fresh(again).fee_state == "issued"
        pay(invoice_of(fresh(again)), "key", AT + DAY)
    assert (fresh(again).fee_state, Invoice.objects.count()) == ("paid", 1)
    whole = verified(drawn(fresh(again), AT + DAY), AT + DAY)
    step(whole, "grant", decider(whole), AT + DAY)
    assert licence_of(again.pk) is not None


def test_a_bank_that_takes_the_fee_back_makes_what_was_sent_again_owe_it() -> None:
    entry, who = opened(fee=10), applicant()
    officers(entry.body)
    one = sent(entry, who)
    deliver(AT)
    made = pay(invoice_of(fresh(one)), "key", AT)
    again = sent(entry, who, AT + DAY, previous=returned(fresh(one)))
    take_back(made, AT + 2 * DAY)
    assert fresh(again).fee_state == "issued"


def test_whoever_takes_back_what_was_sent_again_owes_nothing() -> None:
    entry, who = opened(fee=10), applicant()
    officers(entry.body)
    one = sent(entry, who)
    deliver(AT)
    again = sent(entry, who, AT + DAY, previous=returned(fresh(one)))
    withdraw_application(application=again, words="", by=actor_of(who), at=AT + DAY)
    deliver(AT + DAY)
    assert invoice_of(fresh(one)).state == "cancelled"


def test_what_was_returned_is_sent_again_once_and_then_not_appealed() -> None:
    entry, who = opened(fee=10), applicant()
    officers(entry.body)
    back = returned(sent(entry, who))
    drafts = [draft(entry, who, previous=back) for _each in range(2)]
    send_application(application=drafts[0], by=actor_of(who), at=AT + DAY)
    with pytest.raises(DomainError) as refused:
        send_application(application=drafts[1], by=actor_of(who), at=AT + DAY)
    assert refused.value.code == "permit-sent-again"
    with pytest.raises(DomainError) as refused:
        appeal(application=back, words="It was there", by=actor_of(who), at=AT + DAY)
    assert refused.value.code == "permit-sent-again"


def move(licence: PermitLicence, at: datetime) -> PermitLicence:
    """Transfer a licence to another company by two officers, and return that one."""
    names = Account.objects.filter(username__startswith="officer-").order_by("username")
    first, second = (actor_of(one) for one in names[:2])
    to = company(None, "Other", "190140000025")
    propose_transfer(licence=licence, to=to, order=Order("Sold", "5"), by=first, at=at)
    licence.refresh_from_db()
    proposal = proposal_of(licence)
    assert proposal is not None
    return transfer_licence(licence=licence, proposal=proposal.pk, by=second, at=at + timedelta(hours=1))


@pytest.mark.parametrize("first", ["taken_back", "transferred"])
def test_a_fee_that_is_owed_again_goes_with_the_licence_to_another_company(first: str) -> None:
    entry = opened(fee=10)
    officers(entry.body, "officer-1", "officer-2", "officer-3")
    one = granted(entry, applicant())
    deliver(AT)
    invoice = invoice_of(fresh(one))
    made = pay(invoice, "first", AT + DAY)
    licence = licence_of(one.pk)
    assert licence is not None
    if first == "taken_back":
        take_back(made, AT + 2 * DAY)
        last = of_subject(licence).get(name=OWED).due_date
        new = move(licence, AT + 3 * DAY)
        assert of_subject(new).get(name=OWED).due_date == last
    else:
        new = move(licence, AT + 3 * DAY)
        take_back(made, AT + 4 * DAY)
    owed = of_subject(new).get(name=OWED)
    assert (owed.state, owed.body_id) == ("running", new.body_id)
    assert not of_subject(licence).filter(name=OWED, state="running").exists()
    invoice.refresh_from_db()
    pay(invoice, "second", AT + 5 * DAY)
    owed.refresh_from_db()
    assert owed.state == "met"
