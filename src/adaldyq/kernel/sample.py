"""Sign-ins of a sample country: everybody may know their passwords and codes, so production must have none."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt

from adaldyq.base.errors import DomainError
from adaldyq.kernel.models import Account


def demo_sign_ins_present() -> list[str]:
    """Names of the sample country's accounts that can sign in; a country in production has none."""
    return list(
        Account.objects.filter(is_sample=True, is_active=True).order_by("username").values_list("username", flat=True)
    )


def code_now(username: str, *, at: datetime) -> str:
    """The six digits that an account of the sample country needs as its second factor.

    Raises:
        DomainError: `no-sample-sign-in`.
    """
    kept = Authenticator.objects.filter(
        user__username=username, user__is_sample=True, type=Authenticator.Type.TOTP
    ).first()
    if kept is None:
        raise DomainError("no-sample-sign-in", field="user", value=username)
    return str(
        format_hotp_value(hotp_value(decrypt(kept.data["secret"]), int(at.timestamp()) // app_settings.TOTP_PERIOD))
    )
