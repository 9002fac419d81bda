"""Who may do what with fees, invoices, refunds and the books."""

from __future__ import annotations

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Account, Body
from adaldyq.kernel.policies import may_write
from adaldyq.kernel.roles import Role
from adaldyq.measures.payments.models import Invoice


def may_set_fees(by: Actor, act: str, body: Body | None = None) -> bool:
    """Whether somebody may publish what a service of a body costs: a registrar of fees, as `writers.csv` says."""
    return may_write(by, act, body=body)


def may_issue(by: Actor, body: Body | None = None) -> bool:
    """Whether somebody may issue and cancel invoices of a body: a cashier of it, or the system for an act elsewhere."""
    return by.may(Role.CASHIER, body=body)


def may_decide(by: Actor, body: Body | None = None) -> bool:
    """Whether somebody may propose and decide waivers and refunds of a body: a cashier of it, never the system."""
    return not by.system and by.may(Role.CASHIER, body=body)


def is_somebody_else(by: Actor, first: Account | None) -> bool:
    """Whether who acts is another person than who did the first part, whichever accounts the two act by."""
    if first is None:
        return True
    return first.pk != by.id and not (by.person and by.person == first.person_id)


def is_own(by: Actor, invoice: Invoice) -> bool:
    """Whether an invoice is of the person who acts, or of a company they head, whatever they act as."""
    head = invoice.company.head_id if invoice.company is not None else None
    return bool(by.person) and by.person in {invoice.person_id, head}


def may_read_books(by: Actor) -> bool:
    """Whether somebody may read single entries of the books: a cashier, or an auditor."""
    return by.may(Role.CASHIER) or by.may(Role.AUDITOR)


def is_payer(by: Actor, invoice: Invoice) -> bool:
    """Whether an invoice is the viewer's own: of the person they stand for, or of the company they act for."""
    if by.acting_for.startswith("company:"):
        return invoice.company_id == by.acting_for.removeprefix("company:")
    return bool(by.stands_for) and invoice.person_id == by.stands_for
