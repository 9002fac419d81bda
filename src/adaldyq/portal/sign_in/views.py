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
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from adaldyq.kernel.access import is_proven
from adaldyq.kernel.roles import STAFF
from adaldyq.portal.sign_in.adapters import FACTORS


class SignIn(LoginView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Sign in with a name and a password, a passkey, or the national e-ID."""

    template_name = "portal/sign_in/sign_in.html"

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


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Set up an authenticator app; its first code counts as the second factor of this session."""

    template_name = "portal/sign_in/app.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the app's key."""
        answer: HttpResponse = super().form_valid(form)
        prove(self.request, Authenticator.Type.TOTP)
        return answer


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Add a passkey; it counts as the second factor of this session."""

    template_name = "portal/sign_in/passkey_add.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the passkey."""
        answer: HttpResponse = super().form_valid(form)
        prove(self.request, Authenticator.Type.WEBAUTHN)
        return answer


def prove(request: HttpRequest, kind: str) -> None:
    """Write into the session that the second factor has been shown."""
    account: Any = request.user
    newest = Authenticator.objects.filter(user=account, type=kind).order_by("-id").first()
    if newest is not None:
        record_authentication(request, account, "mfa", id=newest.pk, type=kind, reauthenticated=True)


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Remove a passkey, unless it is the last factor of staff."""

    template_name = "portal/sign_in/passkey_remove.html"

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
password = PasswordChangeView.as_view(template_name="portal/sign_in/password.html")
second_factors = SecondFactors.as_view()
set_up_app = SetUpApp.as_view()
remove_app = DeactivateTOTPView.as_view(template_name="portal/sign_in/app_remove.html")
recovery_codes = ViewRecoveryCodesView.as_view(template_name="portal/sign_in/recovery_codes.html")
new_recovery_codes = GenerateRecoveryCodesView.as_view(template_name="portal/sign_in/recovery_codes_new.html")
recovery_codes_file = DownloadRecoveryCodesView.as_view(template_name="portal/sign_in/recovery_codes.txt")
passkeys = ListWebAuthnView.as_view(template_name="portal/sign_in/passkeys.html")
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
rename_passkey = EditWebAuthnView.as_view(template_name="portal/sign_in/passkey_name.html")
