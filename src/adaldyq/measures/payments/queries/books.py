"""The books: balances of accounts, and entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import Left

from adaldyq.measures.payments.domain.standing import BANK, Standing
from adaldyq.measures.payments.models import BankStatement, BookAccount, BookEntry, Invoice, StatementEntry
from adaldyq.measures.payments.states import CLOSED_DAY, OPEN_DAY, OWED

BATCH, KEY = 2000, 64
"""How many invoices are looked at together; how long the key of a statement's entry is."""
SAID = Sum(-F("amount"), output_field=BigIntegerField())


@dataclass(frozen=True, slots=True)
class Balance:
    """An account in a currency, in least units: what it received and gave in a period, and how it stands at its end.

    Attributes:
        opening: balance before the period; debits above zero.
    """

    account: str
    kind: str
    currency: str
    opening: int
    debits: int
    credits: int

    @property
    def closing(self) -> int:
        """Balance at the end of the period; debits above zero."""
        return self.opening + self.debits - self.credits


def trial_balance(since: date | None = None, until: date | None = None) -> list[Balance]:
    """Every account that has entries, by code and currency. All closing balances of a currency add up to zero."""
    kinds = dict(BookAccount.objects.values_list("code", "kind"))
    in_period = Q() if since is None else Q(day__gte=since)
    up_to = Q() if until is None else Q(day__lte=until)
    debits, credits_ = sums("debit_id", in_period & up_to), sums("credit_id", in_period & up_to)
    before = Q(pk__in=[]) if since is None else Q(day__lt=since)
    opened, gave = sums("debit_id", before), sums("credit_id", before)
    keys = sorted({*debits, *credits_, *opened, *gave})
    return [
        Balance(
            account,
            kinds[account],
            currency,
            opened.get((account, currency), 0) - gave.get((account, currency), 0),
            debits.get((account, currency), 0),
            credits_.get((account, currency), 0),
        )
        for account, currency in keys
    ]


def sums(side: str, condition: Q) -> dict[tuple[str, str], int]:
    """Sums of one side of entries by account and currency."""
    found = BookEntry.objects.filter(condition).values_list(side, "currency").annotate(Sum("amount")).order_by()
    return {(account, currency): amount for account, currency, amount in found}


def entries(account: str = "", since: date | None = None, until: date | None = None) -> QuerySet[BookEntry]:
    """Entries of an account, or all, the newest first."""
    found = BookEntry.objects.select_related("invoice").order_by("-at", "-pk")
    if account:
        found = found.filter(Q(debit_id=account) | Q(credit_id=account))
    if since:
        found = found.filter(day__gte=since)
    return found.filter(day__lte=until) if until else found


def accounts() -> list[str]:
    """Codes of all accounts."""
    return list(BookAccount.objects.order_by("code").values_list("code", flat=True))


def bank_apart() -> dict[str, int]:
    """By currency, how much more money the books have at the bank than entries of statements that stand in them; none when they agree.

    What was noted without any statement, as sample data is, is left out.
    """
    return apart(StatementEntry.objects.exclude(posting="").order_by().values("currency").annotate(sum=SAID))


def bank_apart_by_days(currency: str) -> int:
    """The same of one currency, without reading the entries of closed days again: their balances agreed with them when they closed."""
    closed = BankStatement.objects.filter(state=CLOSED_DAY, currency=currency).order_by().values("currency")
    days = closed.annotate(sum=Sum(F("opening") - F("closing"), output_field=BigIntegerField()))
    still = StatementEntry.objects.filter(statement__state=OPEN_DAY, currency=currency).exclude(posting="")
    return apart(days, still.order_by().values("currency").annotate(sum=SAID), currency=currency).get(currency, 0)


def apart(*said: QuerySet[Any, Any], currency: str = "") -> dict[str, int]:
    """What the books have at the bank beyond what is said, by currency.

    Args:
        said: sums by currency, with the sign turned.
        currency: only of this one.
    """
    stated = StatementEntry.objects.filter(key=Left(OuterRef("attempt__key"), KEY))
    given_back = StatementEntry.objects.filter(refund=OuterRef("refund"))
    of_statements = Q(attempt=None) | ~Q(attempt__provider=BANK) | Exists(stated) | Exists(given_back)
    moved = BookEntry.objects.filter(of_statements, Q(debit=BANK) | Q(credit=BANK))
    sign = Case(When(debit=BANK, then=F("amount")), default=-F("amount"), output_field=BigIntegerField())
    if currency:
        moved = moved.filter(currency=currency)
    booked = moved.order_by().values("currency").annotate(sum=Sum(sign))
    found: dict[str, int] = {}
    for of, amount in booked.union(*said, all=True).values_list("currency", "sum"):
        found[of] = found.get(of, 0) + amount
    return {of: amount for of, amount in found.items() if amount}


def misfits() -> list[str]:
    """Numbers of invoices of which the books say what does not follow from how they stand; none, unless rows were changed."""
    said: dict[str, dict[str, int]] = {}
    for side, sign in (("debit_id", 1), ("credit_id", -1)):
        rows = (
            BookEntry.objects.exclude(invoice=None).values_list("invoice_id", side).annotate(Sum("amount")).order_by()
        )
        for invoice, account, amount in rows:
            of = said.setdefault(invoice, {})
            of[account] = of.get(account, 0) + sign * amount
    wrong = []
    for one in Invoice.objects.order_by("issued_at").iterator(BATCH):
        wanted = Standing(one.state in OWED, one.amount - one.reduced, one.waived, one.held).balances
        found = said.get(one.pk, {})
        if any(found.get(account, 0) != balance for account, balance in wanted.items()):
            wrong.append(one.number)
    return wrong
