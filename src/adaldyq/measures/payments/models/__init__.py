"""Fees, invoices, attempts to pay them, what providers tell, refunds, and the books."""

from adaldyq.measures.payments.models.attempts import (
    ELECTRONIC,
    METHODS,
    AttemptCorrection,
    AttemptStep,
    PaymentAttempt,
)
from adaldyq.measures.payments.models.books import BookAccount, BookEntry
from adaldyq.measures.payments.models.fees import FeeSchedule, FeeVersion
from adaldyq.measures.payments.models.invoices import Invoice, Waiver
from adaldyq.measures.payments.models.provider_events import KINDS, TOLD_BY, ProviderEvent
from adaldyq.measures.payments.models.refunds import GROUNDS, Refund
from adaldyq.measures.payments.models.statements import BankStatement, StatementEntry

__all__ = [
    "ELECTRONIC",
    "GROUNDS",
    "KINDS",
    "METHODS",
    "TOLD_BY",
    "AttemptCorrection",
    "AttemptStep",
    "BankStatement",
    "BookAccount",
    "BookEntry",
    "FeeSchedule",
    "FeeVersion",
    "Invoice",
    "PaymentAttempt",
    "ProviderEvent",
    "Refund",
    "StatementEntry",
    "Waiver",
]
