"""What tests of payments begin with, made through acts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from adaldyq.countries.facts import AmountUnit
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.models import Account, Body, Person
from adaldyq.kernel.roles import Role
from adaldyq.measures.payments.actions.attempts import open_attempt
from adaldyq.measures.payments.actions.fees import NewFee, publish_fee
from adaldyq.measures.payments.actions.invoices import NewInvoice, issue_invoice
from adaldyq.measures.payments.actions.provider_events import apply_provider_event, record_provider_event
from adaldyq.measures.payments.domain.fees import Exemption, FeeLaw, FeeTerms
from adaldyq.measures.payments.domain.formulas import Formula
from adaldyq.measures.payments.domain.providing import Said
from adaldyq.measures.payments.models import FeeSchedule, FeeVersion, Invoice, PaymentAttempt, ProviderEvent
from adaldyq.measures.payments.queries.fees import newest
from tests import factories

BY = system("test")
AT = datetime(2026, 3, 2, 6, tzinfo=UTC)
PROVIDER = "test"
NAMES = {"kk": "Құжат", "ru": "Документ", "en": "Document"}
LAW = FeeLaw({"kk": "Заң", "ru": "Закон", "en": "Law"}, "1-I", date(2020, 1, 1), {"kk": "1", "ru": "1", "en": "1"})


def terms(base: str = "1000", unit: AmountUnit = AmountUnit.CURRENCY, **facts: object) -> FeeTerms:
    """A fee of a sum in the country's currency."""
    known = {
        "due_days": 10,
        "expiry_days": 30,
        "exemptions": (Exemption("veteran", 100), Exemption("large_family", 50)),
    }
    return FeeTerms(NAMES, Formula(unit, Decimal(base)), LAW, **{**known, **facts})  # type: ignore[arg-type]  # any


def fee(code: str = "document", *, body: Body | None = None, of: FeeTerms | None = None) -> FeeVersion:
    """A published fee."""
    known = FeeSchedule.objects.filter(code=code).first()
    if known:
        return newest(known)
    new = NewFee(code, body or Body.objects.first() or factories.body(), of or terms(), date(2020, 1, 1))
    return publish_fee(new=new, by=BY, at=AT)


def invoice(who: Person | None = None, *, at: datetime = AT, version: FeeVersion | None = None) -> Invoice:
    """An invoice of 1,000.00."""
    new = NewInvoice(version or fee(), person=who or factories.person())
    return issue_invoice(new=new, by=BY, at=at)


def attempt(of: Invoice, key: str = "one", *, at: datetime = AT, method: str = "card") -> PaymentAttempt:
    """An attempt to pay an invoice."""
    return open_attempt(invoice=of, provider=PROVIDER, method=method, key=key, by=BY, at=at)


def told(of: PaymentAttempt, kind: str, key: str = "", *, at: datetime = AT, refund: str = "") -> ProviderEvent:
    """What the provider told of an attempt, stored."""
    amount = of.amount if kind == "succeeded" else None
    said = Said(
        key or f"{kind}-{of.pk}-{refund}", kind, of.pk, amount, of.currency if amount else "", refund_key=refund
    )
    return record_provider_event(provider=PROVIDER, raw=b"{}", said=said, told_by="webhook", at=at)[0]


def paid(of: Invoice, key: str = "one", *, at: datetime = AT, method: str = "card") -> PaymentAttempt:
    """A payment of an invoice that has come."""
    made = attempt(of, key, at=at, method=method)
    apply_provider_event(event=told(made, "succeeded", at=at), by=BY, at=at)
    made.refresh_from_db()
    return made


def cashier(name: str = "cashier") -> Actor:
    """A cashier, opened on first use."""
    account = Account.objects.filter(username=name).first()
    if account is None:
        account = factories.account(name)
        factories.grant(account, Role.CASHIER)
        account.refresh_from_db()
    return actor_of(account)
