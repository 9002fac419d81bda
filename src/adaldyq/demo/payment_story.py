"""What the people of the sample country paid for public services in the last year: most of it without cash, some not at all.

Fees are those of the pack. Some were waived, some money goes back, and of each something waits for the second cashier. The
sample citizen has one invoice to pay and one that is paid.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.models import Account, Person
from adaldyq.measures.payments.actions.attempts import open_attempt, prove_payment
from adaldyq.measures.payments.actions.invoices import NewInvoice, issue_invoice
from adaldyq.measures.payments.actions.loading import load_fees
from adaldyq.measures.payments.actions.provider_events import apply_provider_events, record_provider_event
from adaldyq.measures.payments.actions.refunds import NewRefund, approve_refund, finish_refund, request_refund
from adaldyq.measures.payments.actions.waivers import confirm_waiver, propose_waiver
from adaldyq.measures.payments.domain.providing import Said
from adaldyq.measures.payments.queries.fees import fee_on, schedule
from adaldyq.measures.payments.queries.invoices import Invoice, PaymentAttempt, any_issued

BY = system("demo")
CASHIERS = ("cashier", "cashier-2")
MOST, OF_PEOPLE = 60, 5
YEAR, FIRST, STRIDE = 330, 4, 37
PROVIDER = "test"
CODES = ("document", "vehicle", "property", "document", "licence-copy")
WAYS = ("card", "qr", "card", "transfer", "card", "cash_at_bank", "qr", "", "card", "transfer", "qr")
"""How people pay, in turn; every eleventh does not."""

WAIVED: Mapping[int, bool] = {3: True, 18: True, 33: False}
"""By the number of the invoice, whether the second cashier has confirmed its waiver."""

BACK: Mapping[int, bool] = {8: True, 23: True, 28: False}
"""By the number of the invoice, whether the second cashier has approved its refund."""

CONTESTED, TOO_MUCH = (15,), (25,)
PAPER, WRONG, SEEN = "Анықтама № 17 тексерілді.", "Қызмет көрсетілмеді: өтініш қайтарылды.", "Құжаттар қаралды."


def pay_fees(at: datetime) -> None:
    """Publish the pack's fees, and let people pay them, unless that was done."""
    load_fees(by=BY, at=at)
    found = {one.username: actor_of(one) for one in Account.objects.filter(username__in=CASHIERS)}
    if any_issued() or len(found) != len(CASHIERS):
        return
    cashiers = [found[name] for name in CASHIERS]
    people = Person.objects.filter(death_date=None, birth_date__year__lt=at.year - 20).order_by("pk")
    chosen = list(people[: min(MOST, people.count() // OF_PEOPLE)])
    for number, person in enumerate(chosen):
        story(number, person, cashiers, at - timedelta(FIRST + number * STRIDE % YEAR))
    if chosen:
        give_back_often(chosen[-1], cashiers, at - timedelta(60))
    citizen = Account.objects.filter(username="citizen").exclude(person=None).select_related("person").first()
    if citizen is not None and citizen.person is not None:
        paid(invoice("document", citizen.person, at - timedelta(40)), "card", at - timedelta(39))
        invoice("vehicle", citizen.person, at - timedelta(2))


def story(number: int, person: Person, cashiers: Sequence[Actor], at: datetime) -> None:
    """What became of one invoice."""
    first, second = cashiers
    code, way = CODES[number % len(CODES)], WAYS[number % len(WAYS)]
    of = invoice(code, person, at)
    if number in WAIVED:
        made = propose_waiver(invoice=of, ground=ground_of(of), words=PAPER, by=first, at=at + timedelta(1))
        if WAIVED[number]:
            confirm_waiver(waiver=made, words=SEEN, by=second, at=at + timedelta(2))
        return
    if not way and number not in BACK:
        return
    attempt = paid(of, way or "card", at + timedelta(hours=3 + 17 * number % 96), more=number in TOO_MUCH)
    if number in CONTESTED:
        told(attempt, "dispute_opened", at + timedelta(6))
    if number in BACK:
        new = NewRefund(attempt, attempt.captured, "not_provided", WRONG, f"demo-{number}")
        refund = request_refund(new=new, by=first, at=at + timedelta(6))
        if BACK[number]:
            approved = approve_refund(refund=refund, words=SEEN, by=second, at=at + timedelta(7))
            finish_refund(refund=approved, reference="", by=BY, at=at + timedelta(8))


def give_back_often(person: Person, cashiers: Sequence[Actor], at: datetime) -> None:
    """What a rule asks about: the same two give money back to one payer three times."""
    first, second = cashiers
    for number in range(3):
        day = at + timedelta(7 * number)
        attempt = paid(invoice("document", person, day), "card", day + timedelta(hours=2))
        new = NewRefund(attempt, attempt.captured, "not_provided", WRONG, f"demo-often-{number}")
        refund = request_refund(new=new, by=first, at=day + timedelta(1))
        approved = approve_refund(refund=refund, words=SEEN, by=second, at=day + timedelta(2))
        finish_refund(refund=approved, reference="", by=BY, at=day + timedelta(3))


def invoice(code: str, person: Person, at: datetime) -> Invoice:
    """An invoice of a service."""
    of = schedule(code)
    version = fee_on(of, at.date()) if of else None
    if version is None:
        raise ValueError(f"the pack has no fee {code}")
    return issue_invoice(new=NewInvoice(version, person=person), by=BY, at=at)


def ground_of(of: Invoice) -> str:
    """The ground on which most of a fee is waived."""
    return str(max(of.version.exemptions, key=lambda one: one["per_cent"])["ground"])


def paid(of: Invoice, way: str, at: datetime, *, more: bool = False) -> PaymentAttempt:
    """A payment that came: what a statement proves, or what the provider told.

    Args:
        more: whether a tenth too much was paid, which only a transfer can be.
    """
    if way in {"transfer", "cash_at_bank"} or more:
        amount = of.to_pay + (of.to_pay // 10 if more else 0)
        method = "transfer" if more else way
        return prove_payment(invoice=of, method=method, amount=amount, key=f"demo-{of.number}", by=BY, at=at)
    attempt = open_attempt(invoice=of, provider=PROVIDER, method=way, key="demo", by=BY, at=at)
    told(attempt, "succeeded", at + timedelta(minutes=4))
    attempt.refresh_from_db()
    return attempt


def told(attempt: PaymentAttempt, kind: str, at: datetime) -> None:
    """Let the provider tell something of a payment."""
    facts = {"event": f"demo-{kind}-{attempt.pk}", "kind": kind, "merchant_key": attempt.pk, "amount": attempt.amount}
    said = Said(str(facts["event"]), kind, attempt.pk, attempt.amount, attempt.currency, at)
    raw = json.dumps(facts, sort_keys=True).encode()
    event, _new = record_provider_event(provider=PROVIDER, raw=raw, said=said, told_by="webhook", at=at)
    apply_provider_events(events=[event], by=BY, at=at)
