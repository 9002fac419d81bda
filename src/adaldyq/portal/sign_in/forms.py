"""Forms of signing in, in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, EditWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from adaldyq.kernel import lockout
from adaldyq.kernel.actions.sign_ins import tell_of_recovery_code
from adaldyq.portal.sign_in.adapters import attempt_of, refuse_when_barred

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FIELD_NAMES = {"login": "username"}


def plain(field: forms.Field, label: StrOrPromise, required: StrOrPromise) -> None:
    """Give a field our label, no placeholder, and our sentence for when it is empty."""
    field.label = label
    field.help_text = ""
    field.error_messages["required"] = required
    for attribute in ("placeholder", "autofocus"):
        field.widget.attrs.pop(attribute, None)


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Name and password; a refusal does not tell which of them was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        plain(name, _("Sign-in name"), _("Write your sign-in name."))
        plain(password, pgettext_lazy("sign-in", "Password"), _("Write your password."))
        name.widget.attrs.update(spellcheck="false", autocapitalize="none")

    def add_prefix(self, field_name: str) -> str:
        """Name the fields as browsers and password managers expect them."""
        return str(super().add_prefix(FIELD_NAMES.get(field_name, field_name)))


class PasswordAgainForm(PasswordAgain):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["password"], pgettext_lazy("sign-in", "Password"), _("Write your password."))


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """The password now, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["oldpassword"], _("Password now"), _("Write the password that you have now."))
        plain(self.fields["password1"], _("New password"), _("Write a new password."))
        plain(self.fields["password2"], _("New password, again"), _("Write the new password once more."))


class Counted(forms.Form):
    """A code that is checked only as often as `kernel.lockout` permits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["code"], _("Code"), _("Write the code."))
        self.fields["code"].help_text = _("Six digits from your authenticator app, or one of your recovery codes.")
        self.fields["code"].widget.attrs.update(spellcheck="false", autocomplete="one-time-code")

    def clean_code(self) -> str:
        """The code, if it is right.

        Raises:
            ValidationError: it is wrong, or it comes too soon after others that were.
        """
        account = self.user  # type: ignore[attr-defined]  # set by allauth's form that this is mixed into
        attempt = attempt_of(context.request, lockout.Step.CODE, account.username, guarded=True)
        refuse_when_barred(attempt)
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # as above
        except ValidationError:
            lockout.failed(attempt, at=timezone.now())
            raise
        if self.authenticator.type == Authenticator.Type.TOTP and not first_use(account.pk, code):  # type: ignore[attr-defined]  # as above
            raise get_adapter().validation_error("incorrect_code")
        lockout.succeeded(attempt)
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:  # type: ignore[attr-defined]  # as above
            tell_of_recovery_code(account=account, at=timezone.now())
        return code


def first_use(account: str, code: str) -> bool:
    """Whether a code of an app is used for the first time in the whole span in which it would be right."""
    span = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return bool(cache.add(f"second-factor-code:{account}:{code}", 1, timeout=span))


class CodeForm(Counted, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """The second step of signing in."""


class CodeAgainForm(Counted, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """A code once more, before something that matters."""


class SetUpAppForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """The first code of an authenticator app, which shows that it has the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["code"], _("Code that the app shows"), _("Write the code that the app shows."))
        self.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code", spellcheck="false")


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """A new passkey: what to call it, and whether it alone is enough to sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("What to call it")
        self.fields["name"].initial = self.initial["name"] = ""
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with this passkey alone")
        alone.help_text = _("It then asks for your finger, face or PIN each time, and no password is needed.")

    def clean_name(self) -> str:
        """The name given, or a plain one."""
        return str(self.cleaned_data["name"]) or str(_("Passkey"))


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain(self.fields["name"], _("What to call it"), _("Write a name."))


class PasskeyAnswerForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """What a passkey answered. It cannot be guessed, so nothing is counted and nobody can bar it."""

    def clean_credential(self) -> Any:
        """The passkey that answered, if its answer is right."""
        credential = self.cleaned_data["credential"]
        auth.parse_authentication_response(credential)
        account = self.user or auth.extract_user_from_response(credential)
        return auth.complete_authentication(account, credential)
