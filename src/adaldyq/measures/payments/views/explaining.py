"""What an entry of a statement may be, in words, and the act behind what a cashier chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.measures.payments.actions.charging_back import match_charge_back
from adaldyq.measures.payments.actions.closing import match_entry, set_entry_aside
from adaldyq.measures.payments.actions.giving_back import match_refund
from adaldyq.measures.payments.actions.refunds_again import match_returned
from adaldyq.measures.payments.domain.amounts import money
from adaldyq.measures.payments.forms.statements import ANOTHER, INVOICE, LATE, PAYOUT, REFUND, REPAID, RETURNED, TAKEN
from adaldyq.measures.payments.queries import statements as queries
from adaldyq.measures.payments.queries.providers import provider_codes
from adaldyq.measures.payments.queries.refunds import returned_by
from adaldyq.ui.formats.values import day
from adaldyq.ui.formats.values import money as written

FAILED = "failed"
Choice = tuple[str, str]


def shown(units: int, currency: str) -> str:
    """Least units as people read them."""
    return written(money(units, currency).amount, currency)


def offered(one: Any, invoices: Sequence[Any]) -> list[Choice]:
    """What an entry may be, the likely first."""
    found = [(f"{INVOICE}{each.pk}", invoice_words(each)) for each in invoices]
    if one.amount > 0:
        back = [came_choice(each) for each in returned_by(one)[: queries.CANDIDATES]]
        bears = any(key.partition(":")[2] == one.end_to_end for key, _words in back)
        found = [*back, *found] if bears else [*found, *back]
        found.append((ANOTHER, _("It pays another invoice, whose number or reference is below")))
        found += [
            (f"{PAYOUT}{code}", _("The provider “%(code)s” paid it out") % {"code": code}) for code in provider_codes()
        ]
        found.append(("unmatched", _("Nobody can place it: it is kept for whoever claims it")))
    else:
        found += [left_choice(each) for each in queries.refunds_for(one)[: queries.CANDIDATES]]
        if (taken := queries.payment_taken_by(one)) is not None:
            found.append((f"{TAKEN}{taken.pk}", taken_words(one, taken)))
        found += [
            (f"{TAKEN}{each.pk}", transfer_words(each))
            for each in queries.transfers_taken_by(one)[: queries.CANDIDATES]
        ]
        found.append(("costs", _("The bank or a provider charges it")))
        found.append(("unmatched", _("It went out and belongs to no refund: kept apart until it is found out")))
    return found


def left_choice(refund: Any) -> Choice:
    """A refund that an entry which went out may be; one that failed is never chosen beforehand."""
    if refund.state != FAILED:
        return f"{REFUND}{refund.pk}", refund_words(refund)
    words = _("The refund of %(sum)s of invoice %(number)s, which was said to have failed, left after all")
    return f"{LATE}{refund.pk}", of_refund(words, refund)


def came_choice(refund: Any) -> Choice:
    """A refund whose transfer the bank may have sent back, or whose payer may have given it back."""
    if refund.state != FAILED:
        words = _("The bank sent back the transfer of the refund of %(sum)s of invoice %(number)s")
        return f"{RETURNED}{refund.pk}", of_refund(words, refund)
    words = _("The payer gave back the refund of %(sum)s of invoice %(number)s, which had left twice")
    return f"{REPAID}{refund.pk}", of_refund(words, refund)


def of_refund(words: str, refund: Any) -> str:
    """A sentence about a refund, with its sum and the number of its invoice."""
    return words % {"sum": shown(refund.amount, refund.currency), "number": refund.invoice.number}


def refund_words(refund: Any) -> str:
    """A refund in a line: its invoice and sum, and when it was approved."""
    words = _("It is the refund of %(sum)s of invoice %(number)s, approved on %(day)s")
    return words % {
        "sum": shown(refund.amount, refund.currency),
        "number": refund.invoice.number,
        "day": day(localtime(refund.decided_at).date()) if refund.decided_at else "",
    }


def taken_words(one: Any, attempt: Any) -> str:
    """What an entry may have taken of a payment, in a line."""
    words = _("The payer’s bank took back %(sum)s of the payment of %(whole)s for invoice %(number)s")
    return words % {
        "sum": shown(-one.amount, one.currency),
        "whole": shown(attempt.amount, attempt.currency),
        "number": attempt.invoice.number,
    }


def transfer_words(attempt: Any) -> str:
    """A transfer that the payer's bank may have taken back, in a line."""
    words = _("The payer’s bank took back the transfer of %(sum)s for invoice %(number)s")
    return words % {"sum": shown(attempt.amount, attempt.currency), "number": attempt.invoice.number}


def invoice_words(invoice: Any) -> str:
    """An invoice in a line: number, what is left to pay, for what, until when."""
    words = _("It pays invoice %(number)s: %(left)s left to pay of %(sum)s, %(purpose)s, due %(day)s")
    return words % {
        "number": invoice.number,
        "left": shown(invoice.to_pay, invoice.currency),
        "sum": shown(invoice.claim, invoice.currency),
        "purpose": naming.spoken(invoice.purpose, invoice.number),
        "day": day(invoice.due_date),
    }


def decide(one: Any, said: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Do what a form says about an entry.

    Raises:
        DomainError: those of `pay` and of the acts.
    """
    verdict, words = said["verdict"], said["words"]
    name, colon, key = verdict.partition(":")
    kind = f"{name}{colon}"
    refund = queries.refund_of_key(key) if kind in {REFUND, LATE, RETURNED, REPAID} else None
    taken = queries.payment_of_key(key) if kind == TAKEN else None
    if kind == PAYOUT:
        set_entry_aside(entry=one, verdict="payout", provider=key, words=words, by=by, at=now)
    elif refund is not None and kind in {REFUND, LATE}:
        match_refund(entry=one, refund=refund, words=words, by=by, at=now)
    elif refund is not None:
        match_returned(entry=one, refund=refund, words=words, by=by, at=now)
    elif taken is not None:
        match_charge_back(entry=one, attempt=taken, words=words, by=by, at=now)
    elif kind in {ANOTHER, INVOICE}:
        pay(one, said, key, by, now)
    else:
        set_entry_aside(entry=one, verdict=verdict, words=words, by=by, at=now)


def pay(one: Any, said: Mapping[str, Any], key: str, by: Actor, now: datetime) -> None:
    """Let an entry pay the invoice that was chosen, or whose number was typed.

    Raises:
        DomainError: `statement-no-invoice` for a number of none; those of `match_entry`.
    """
    named = "" if key else said["number"]
    invoice = queries.invoice_of_key(key) if key else queries.invoice_named(named)
    if invoice is None:
        raise DomainError("statement-no-invoice", field="number", value=named)
    method = "cash_at_bank" if said["cash"] else "transfer"
    match_entry(entry=one, invoice=invoice, method=method, words=said["words"], by=by, at=now)
