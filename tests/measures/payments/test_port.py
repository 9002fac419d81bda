"""What other measures ask for through the port becomes invoices, those that waited before too, and falls with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from adaldyq.base.money import Money
from adaldyq.kernel.actor import system
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.models import Notification, PortAnswer, PortRequest
from adaldyq.kernel.ports import INVOICE, fees
from adaldyq.kernel.ports.actions import withdraw
from adaldyq.kernel.ports.telling import take_up
from adaldyq.kernel.roles import Role
from adaldyq.measures.payments.actions.provider_events import apply_provider_events
from adaldyq.measures.payments.domain.references import is_reference
from adaldyq.measures.payments.models import FeeSchedule, Invoice, Refund
from tests import factories
from tests.measures.payments import making

pytestmark = pytest.mark.django_db
BY = system("another measure")
DUE = date(2030, 1, 15)
PURPOSE = {"kk": "Айыппұл", "ru": "Штраф", "en": "Fine"}


def asked(about: Any, who: str) -> PortRequest:
    """What another measure asks about a record of its own."""
    wanted = fees.Invoice(who, Money(Decimal("58980.00"), "KZT"), PURPOSE, DUE, "N-1")
    with transaction.atomic():
        return fees.invoice(wanted, about=about, by=BY, at=timezone.now())


def test_a_fine_that_was_queued_before_there_were_payments_becomes_an_invoice_that_is_paid_and_given_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    who, about = factories.person(), factories.body()
    account = factories.account("payer", Role.CITIZEN)
    account.person = who
    account.save()
    monkeypatch.setattr(apps.get_app_config("payments"), "ports", {})
    request = asked(about, who.pk)
    deliver_waiting(at=timezone.now() + timedelta(minutes=1))
    request.refresh_from_db()
    assert (request.state, Invoice.objects.count()) == ("waiting", 0)
    monkeypatch.undo()
    at = timezone.now() + timedelta(minutes=2)
    assert take_up(at=at) == 1
    for _again in range(2):
        deliver_waiting(at=at)
    of = Invoice.objects.get()
    assert (of.amount, of.currency, of.due_date, of.person, of.purpose) == (5_898_000, "KZT", DUE, who, PURPOSE)
    assert is_reference(of.reference)
    assert FeeSchedule.objects.get().stated
    assert PortAnswer.objects.get().number == of.number
    attempt = making.attempt(of, at=at)
    apply_provider_events(events=[making.told(attempt, "succeeded", at=at)], by=BY, at=at)
    assert list(PortAnswer.objects.order_by("at").values_list("state", flat=True)) == ["issued", "paid"]
    assert PortAnswer.objects.get(state="paid").reference == of.reference
    told = Notification.objects.filter(account=account).values_list("message", flat=True)
    assert set(told) == {"invoice-issued", "invoice-paid"}
    with transaction.atomic():
        withdraw(port=INVOICE, about=about, by=BY, at=at)
    deliver_waiting(at=at + timedelta(minutes=1))
    of.refresh_from_db()
    refund = Refund.objects.get()
    assert (of.state, refund.state, refund.amount, refund.ground) == ("cancelled", "requested", 5_898_000, "cancelled")


def test_what_is_withdrawn_before_it_is_paid_is_cancelled() -> None:
    about = factories.body()
    asked(about, factories.person().pk)
    deliver_waiting(at=timezone.now())
    with transaction.atomic():
        withdraw(port=INVOICE, about=about, by=BY, at=timezone.now())
    deliver_waiting(at=timezone.now() + timedelta(minutes=1))
    assert (Invoice.objects.get().state, Refund.objects.count()) == ("cancelled", 0)
