"""What the operator decides of payments through the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping

from adaldyq.base.words import gettext_noop as _
from adaldyq.project.env import WrongSetting

STRIPE_PAGES = "https://checkout.stripe.com"


def stripe() -> Mapping[str, str]:
    """The account at Stripe; empty when there is none.

    Raises:
        WrongSetting: its key is there without the secret of its webhooks.
    """
    key, secret = os.environ.get("ADALDYQ_STRIPE_KEY", ""), os.environ.get("ADALDYQ_STRIPE_SECRET", "")
    if bool(key) != bool(secret):
        raise WrongSetting(_("ADALDYQ_STRIPE_KEY and ADALDYQ_STRIPE_SECRET belong together"))
    return {"key": key, "secret": secret} if key else {}


def bank_accounts() -> tuple[str, ...]:
    """Numbers of the accounts to which fees come, as their bank writes them in statements."""
    return tuple(os.environ.get("ADALDYQ_BANK_ACCOUNTS", "").replace(",", " ").split())


def test_provider() -> Mapping[str, str]:
    """Where the test provider is, and the secrets that it shares with us; empty when there is none.

    Raises:
        WrongSetting: it is named without its secrets.
    """
    address = os.environ.get("ADALDYQ_PROVIDER", "").rstrip("/")
    if not address:
        return {}
    key, secret = os.environ.get("ADALDYQ_PROVIDER_KEY", ""), os.environ.get("ADALDYQ_PROVIDER_SECRET", "")
    if not key or not secret:
        raise WrongSetting(_("ADALDYQ_PROVIDER needs ADALDYQ_PROVIDER_KEY and ADALDYQ_PROVIDER_SECRET"))
    return {"address": address, "key": key, "secret": secret}
