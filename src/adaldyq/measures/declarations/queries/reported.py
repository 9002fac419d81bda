"""What lenders, the depository of securities and the register of companies know of a person, as rows of a declaration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext, override

from adaldyq.kernel import naming
from adaldyq.kernel.models import LoanBalance, Person, SecurityHolding
from adaldyq.measures.declarations.queries.company_heads import companies_headed
from adaldyq.measures.declarations.queries.prefilled import COMPANIES, DEPOSITORY, LENDERS, Prefilled, row


def debts(owner: Person, whose: str, year: int) -> Iterator[Prefilled]:
    """What licensed lenders reported to be owed at the end of the year."""
    for one in LoanBalance.objects.filter(person=owner, year=year).order_by("since_date", "pk"):
        values = {
            "owner": whose,
            "direction": "payable",
            "kind": one.kind,
            "counterparty": one.lender,
            "since_date": one.since_date,
            "amount": one.balance,
            "currency": one.currency or naming.pack().currency,
        }
        yield row("claim", values, LENDERS, one.pk)


def securities(owner: Person, whose: str, year: int) -> Iterator[Prefilled]:
    """What the depository of securities held at the end of the year."""
    for one in SecurityHolding.objects.filter(person=owner, year=year).order_by("issuer", "pk"):
        values = {
            "owner": whose,
            "issuer": one.issuer,
            "kind": one.kind,
            "quantity": one.quantity,
            "value": one.market_value,
            "currency": one.currency or naming.pack().currency,
            "country": one.country,
        }
        yield row("security", values, DEPOSITORY, one.pk)


def heading(owner: Person, whose: str, day: date) -> Iterator[Prefilled]:
    """Companies that somebody heads, as the register of companies names them; whether that is paid it does not know."""
    there = Q(closed_date=None) | Q(closed_date__gt=day)
    with override(naming.pack().languages[0]):
        title = gettext("Head")
    for one in companies_headed([owner.pk], day).filter(there).order_by("name", "pk"):
        yield row("position", {"owner": whose, "organisation": one.name, "title": title}, COMPANIES, one.pk)
