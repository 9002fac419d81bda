"""Pages of signing in and of second factors: allauth's steps in our design."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView, PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import DownloadRecoveryCodesView, GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    ListWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from adaldyq.kernel.access import is_proven
from adaldyq.kernel.actions.sign_ins import Change, note_change
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account
from adaldyq.kernel.roles import STAFF
from adaldyq.portal.sign_in.adapters import FACTORS
from adaldyq.portal.sign_in.languages import in_language


class SignIn(LoginView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Sign in with a name and a password, a passkey, or the national e-ID."""

    template_name = "portal/sign_in/sign_in.html"

    def get_success_url(self) -> str | None:
        """Where the visitor wanted to go, in the language that they signed in in; none where they said nothing."""
        wanted = super().get_success_url()
        return in_language(str(wanted)) if wanted else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """On the sample country the page also tells who may sign in."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        sample = {"sign_ins": sample_sign_ins(), "sample_password": sample_password()}
        return context | sample | {"e_id": bool(settings.E_ID)}


def sample_sign_ins() -> list[tuple[str, object]]:
    """Names and roles of the sample country; none on a real one."""
    offered = getattr(settings, "DEMO_SIGN_INS", list)
    return list(offered())


def sample_password() -> str:
    """The password of all sign-ins of the sample country."""
    return str(getattr(settings, "DEMO_PASSWORD", ""))


class SecondFactors(IndexView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """What second factors an account has, and how to set one up."""

    template_name = "portal/sign_in/second_factors.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for the second factor that is there, when this session has not shown it."""
        account: Any = request.user
        if not is_proven(request) and Authenticator.objects.filter(user=account, type__in=FACTORS).exists():
            return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Factors by kind, and whether one is still needed."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        account: Any = self.request.user
        needed = bool(account.roles & STAFF) and not is_proven(self.request)
        return context | {"needed": needed}


class Told:
    """A change of a sign-in, of which its owner is told in the same transaction.

    Attributes:
        change: what it is.
        proves: kind of the factor that counts as shown in this session by being added; empty for none.
    """

    change: Change
    proves = ""

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the change, and tell."""
        account: Any = self.request.user  # type: ignore[attr-defined]  # a view has it
        with transaction.atomic():
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # allauth's view that this is mixed into
            note_change(account=account, change=self.change, by=actor_of(account), at=timezone.now())
        if self.proves:
            prove(self.request, self.proves)  # type: ignore[attr-defined]  # the same
        return answer


class ChangePassword(Told, PasswordChangeView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Change the password; whoever signs in by e-ID has none here."""

    template_name = "portal/sign_in/password.html"
    change = Change.PASSWORD

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Show or take the form.

        Raises:
            Http404: the account has no password.
        """
        if isinstance(request.user, Account) and not request.user.has_usable_password():
            raise Http404
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer


class SetUpApp(Told, ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Set up an authenticator app; its first code counts as the second factor of this session."""

    template_name = "portal/sign_in/app.html"
    change, proves = Change.APP_ADDED, Authenticator.Type.TOTP


class RemoveApp(Told, DeactivateTOTPView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Remove the authenticator app, unless it is the last factor of staff."""

    template_name = "portal/sign_in/app_remove.html"
    change = Change.APP_REMOVED


class NewCodes(Told, GenerateRecoveryCodesView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Make new recovery codes in place of those before."""

    template_name = "portal/sign_in/recovery_codes_new.html"
    change = Change.NEW_CODES


class AddPasskey(Told, AddWebAuthnView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Add a passkey; it counts as the second factor of this session."""

    template_name = "portal/sign_in/passkey_add.html"
    change, proves = Change.PASSKEY_ADDED, Authenticator.Type.WEBAUTHN


def prove(request: HttpRequest, kind: str) -> None:
    """Write into the session that the second factor has been shown."""
    account: Any = request.user
    newest = Authenticator.objects.filter(user=account, type=kind).order_by("-id").first()
    if newest is not None:
        record_authentication(request, account, "mfa", id=newest.pk, type=kind, reauthenticated=True)


class RemovePasskey(Told, RemoveWebAuthnView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Remove a passkey, unless it is the last factor of staff."""

    template_name = "portal/sign_in/passkey_remove.html"
    change = Change.PASSKEY_REMOVED

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Remove it, or say why it must stay."""
        from allauth.mfa.adapter import get_adapter  # noqa: PLC0415  # chosen by a setting, read when it is needed

        self.object = self.get_object()
        if get_adapter().can_delete_authenticator(self.object):
            removed: HttpResponse = super().post(request, *args, **kwargs)
            return removed
        refused: HttpResponse = self.render_to_response(self.get_context_data(must_stay=True))
        return refused


@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """The page for whose sign-in is closed."""
    return render(request, "portal/sign_in/closed.html")


sign_in = SignIn.as_view()
code = AuthenticateView.as_view(template_name="portal/sign_in/code.html")
passkey = LoginWebAuthnView.as_view()
password_again = ReauthenticateView.as_view(template_name="portal/sign_in/password_again.html")
code_again = CodeAgainView.as_view(template_name="portal/sign_in/code_again.html")
passkey_again = ReauthenticateWebAuthnView.as_view(template_name="portal/sign_in/passkey_again.html")
password = ChangePassword.as_view()
second_factors = SecondFactors.as_view()
set_up_app = SetUpApp.as_view()
remove_app = RemoveApp.as_view()
recovery_codes = ViewRecoveryCodesView.as_view(template_name="portal/sign_in/recovery_codes.html")
new_recovery_codes = NewCodes.as_view()
recovery_codes_file = DownloadRecoveryCodesView.as_view(template_name="portal/sign_in/recovery_codes.txt")
passkeys = ListWebAuthnView.as_view(template_name="portal/sign_in/passkeys.html")
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
rename_passkey = EditWebAuthnView.as_view(template_name="portal/sign_in/passkey_name.html")
