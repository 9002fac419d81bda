"""How allauth works in this house: our accounts, our words, our counting of failures."""

from __future__ import annotations

import base64
import hashlib
import math
from datetime import timedelta
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext

from adaldyq.kernel import lockout
from adaldyq.kernel.actions.sign_ins import tell_of_new_device
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import STAFF
from adaldyq.portal.accounts.devices import recognised
from adaldyq.portal.sign_in import devices

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
UNKNOWN_BROWSER = gettext_noop("a browser that we do not recognise")
SECRET_SALT = b"adaldyq.portal.second-factor:"


def attempt_of(request: HttpRequest, step: lockout.Step, username: str, *, guarded: bool) -> lockout.Attempt:
    """Who tries to get in where, for counting failures."""
    client = AccountAdapter(request).get_client_ip(request)
    return lockout.Attempt(step, username, client, devices.device_of(request, username), guarded)


def refuse_when_barred(attempt: lockout.Attempt) -> None:
    """Stop an attempt that comes too soon after others that failed.

    Raises:
        ValidationError: how long to wait.
    """
    if pause := lockout.wait(attempt, at=timezone.now()):
        raise ValidationError(too_many(pause), code="too_many_login_attempts")


def too_many(pause: timedelta) -> str:
    """The sentence for whoever must wait."""
    minutes = math.ceil(pause / timedelta(minutes=1))
    return ngettext(
        "Too many attempts did not succeed here. Wait %(minutes)s minute, then try again. "
        "A passkey works at once, and so does a device on which you have signed in before.",
        "Too many attempts did not succeed here. Wait %(minutes)s minutes, then try again. "
        "A passkey works at once, and so does a device on which you have signed in before.",
        minutes,
    ) % {"minutes": minutes}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Accounts are opened by an act, never by signing up; failures are counted by `kernel.lockout`."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The name or the password is not right. Capital and small letters differ."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody opens an account for themselves."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse an attempt that comes too soon."""
        refuse_when_barred(self.password_attempt(request, credentials))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a failure."""
        lockout.failed(self.password_attempt(request, credentials), at=timezone.now())

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Check a name and a password; a success forgets the failures before it."""
        account: Account | None = super().authenticate(request, **credentials)
        if account is not None:
            lockout.succeeded(self.password_attempt(request, credentials))
        return account

    def password_attempt(self, request: HttpRequest, credentials: dict[str, Any]) -> lockout.Attempt:
        """The attempt, as it is counted."""
        username = credentials.get("username", "")
        guarded = Authenticator.objects.filter(user__username=username, type__in=FACTORS).exists()
        return attempt_of(request, lockout.Step.PASSWORD, username, guarded=guarded)

    def post_login(self, request: HttpRequest, user: Account, **how: Any) -> HttpResponse:
        """Remember the device of whoever has signed in, tell of a new one, then send them where they wanted to go."""
        response: HttpResponse = super().post_login(request, user, **how)
        if not devices.device_of(request, user.username):
            browser = recognised(request.headers.get("User-Agent", "")) or UNKNOWN_BROWSER
            tell_of_new_device(account=user, device=browser, at=timezone.now())
        devices.remember(request, response, user.username)
        return response

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Pages say themselves what has happened; there are no messages between pages."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Accounts have no address of allauth's; our views tell the owner through the kernel."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Second factors: secrets encrypted at rest, a QR code without another library, none removed that must stay."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right, or it has been used already. Wait for the next one."),
        "cannot_delete_authenticator": _("Staff must keep a second factor. Set up another one first."),
    }

    def get_totp_issuer(self) -> str:
        """The name under which an authenticator app lists the account."""
        return "Adaldyq"

    def _get_site_name(self) -> str:
        return "Adaldyq"

    def build_totp_svg(self, url: str) -> str:
        """The QR code, to stand within the page."""
        drawn = segno.make(url, error="m", micro=False)
        return str(drawn.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass="app-qr"))

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database."""
        return cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Read a secret from the database."""
        return cipher().decrypt(encrypted_text.encode("ascii")).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether a factor may go: the last one of staff may not."""
        account = authenticator.user
        others = Authenticator.objects.filter(user=account, type__in=FACTORS).exclude(pk=authenticator.pk)
        return not account.roles & STAFF or others.exists()


def cipher() -> MultiFernet:
    """The cipher of second factors, by the secret of the installation; former secrets still read."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(SECRET_SALT + key.encode()).digest() for key in map(str, keys))
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
