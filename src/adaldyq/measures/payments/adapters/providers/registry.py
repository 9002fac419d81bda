"""Which providers this installation has."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.measures.payments.adapters.providers.checkout import StripeProvider
from adaldyq.measures.payments.adapters.providers.protocol import Provider
from adaldyq.measures.payments.adapters.providers.sample import SampleProvider


def providers() -> Mapping[str, Provider]:
    """The providers that the operator has set up, by code."""
    found: list[Provider] = []
    if settings.PROVIDER:
        found.append(SampleProvider(**settings.PROVIDER))
    if settings.STRIPE:
        found.append(StripeProvider(**settings.STRIPE))
    return {one.code: one for one in found}


def provider_of(code: str) -> Provider:
    """A provider by its code.

    Raises:
        DomainError: `provider-unknown`.
    """
    found = providers().get(code)
    if found is None:
        raise DomainError("provider-unknown", field="provider", value=code)
    return found


def is_our_account(number: str) -> bool:
    """Whether statements of an account prove money of ours: the operator, not whoever brings a file, says which do."""
    return number in settings.BANK_ACCOUNTS or any(one.holds(number) for one in providers().values())
