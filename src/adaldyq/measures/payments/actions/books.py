"""Entries of the books, made within the acts that move money; they are no acts of their own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from adaldyq.base.ids import new_id
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.measures.payments.domain.standing import NOTHING, Standing, changes, kind_of, pairs
from adaldyq.measures.payments.models import BookAccount, BookEntry, Invoice, PaymentAttempt, Refund
from adaldyq.measures.payments.states import OWED

NO_MONEY: Mapping[str, int] = {}


def standing(invoice: Invoice) -> Standing:
    """How an invoice stands, as the books see it."""
    return Standing(
        claimed=invoice.state in OWED, gross=invoice.amount - invoice.reduced, waived=invoice.waived, held=invoice.held
    )


def post(
    moved: Mapping[str, int],
    *,
    kind: str,
    currency: str,
    at: datetime,
    invoice: Invoice | None = None,
    attempt: PaymentAttempt | None = None,
    refund: Refund | None = None,
    memo: str = "",
) -> list[BookEntry]:
    """Enter changes of accounts that add up to zero.

    Args:
        moved: by account, in least units; debits above zero.
        kind: what happened, such as `capture`, `fee` or `settlement`.
        memo: such as the line of a statement.

    Raises:
        ValueError: they do not add up to zero.
    """
    if sum(moved.values()):
        raise ValueError(f"an entry out of balance: {dict(moved)}")
    known = set(BookAccount.objects.filter(code__in=moved).values_list("code", flat=True))
    new = [BookAccount(code=one, kind=kind_of(one)) for one in sorted(set(moved) - known)]
    BookAccount.objects.bulk_create(new, ignore_conflicts=True)
    posting, day = new_id(), day_of(at)
    return BookEntry.objects.bulk_create(
        BookEntry(
            posting=posting,
            kind=kind,
            debit_id=debit,
            credit_id=credit,
            amount=amount,
            currency=currency,
            invoice=invoice,
            attempt=attempt,
            refund=refund,
            memo=memo,
            day=day,
            at=at,
        )
        for debit, credit, amount in pairs(moved)
    )


def post_change(
    invoice: Invoice,
    before: Standing,
    *,
    kind: str,
    at: datetime,
    money: Mapping[str, int] = NO_MONEY,
    attempt: PaymentAttempt | None = None,
    refund: Refund | None = None,
) -> None:
    """Enter that an invoice stands otherwise than before, and where the money went.

    Args:
        before: how it stood; `standing` of it before the change.
        money: changes of the accounts that hold money: providers, what is contested, what goes back.

    Raises:
        ValueError: money would come from nowhere.
    """
    moved = changes(before, standing(invoice), money)
    if moved:
        post(moved, kind=kind, currency=invoice.currency, at=at, invoice=invoice, attempt=attempt, refund=refund)


def post_new(invoice: Invoice, at: datetime) -> None:
    """Enter that an invoice was issued."""
    post_change(invoice, NOTHING, kind="issue", at=at)
