"""Signing in by the national e-ID: OpenID Connect with an authorization code and PKCE.

The identity is taken from the ID token only. Its signature, issuer, audience, time and nonce are checked also where
the standard would permit to trust the connection instead (OpenID Connect Core 1.0, section 3.1.3.7). Nothing that
the provider says is kept but the subject, which is opaque.
"""

from __future__ import annotations

import secrets
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe
from requests import RequestException

from adaldyq.kernel.actions.accounts import open_personal_account
from adaldyq.kernel.actor import system
from adaldyq.kernel.identity import person_by_identifier
from adaldyq.kernel.models import Account, Person
from adaldyq.kernel.naming import names_of, pack
from adaldyq.kernel.proving import E_ID
from adaldyq.portal.sign_in.languages import in_language

BY = system("sign-in")
CLAIMS, AGAIN, SHOWN = "_e_id_claims", "_e_id_again", "_e_id_shown"
"""What a request carries: the claims, the account that shows itself once more, and the one that has."""
ANEW = {"prompt": "login", "max_age": "0"}
LATELY = app_settings.REAUTHENTICATION_TIMEOUT
"""Seconds for which it holds that somebody has shown themselves at the e-ID."""


class EIdAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """What is asked of the e-ID provider, and what of its answer is believed."""

    nonce = ""
    again = ""
    """The account that shows once more that it is there; empty when somebody signs in."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **answer: Any) -> SocialLogin:
        """Check the ID token and hand on the subject alone; the other claims stay with the request.

        Raises:
            OAuth2Error: the token is missing, or is not what was asked for.
        """
        claims = self.checked(app, answer["response"].get("id_token", ""))
        if settings.OIDC_IDENTIFIER_CLAIM not in claims:
            more = self._fetch_user_info(token.token)
            if more.get("sub") != claims["sub"]:
                raise OAuth2Error("the user info is about somebody else")
            claims = more | claims
        told = claims.get("auth_time")
        if self.again and told is not None and int(told) < time.time() - LATELY:
            raise OAuth2Error("the provider did not ask anew")
        setattr(request, CLAIMS, claims)
        setattr(request, AGAIN, self.again)
        return self.get_provider().sociallogin_from_response(request, {"id_token": {"sub": claims["sub"]}})

    def checked(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """The claims of an ID token, all checked.

        Raises:
            OAuth2Error: it is not right.
        """
        try:
            claims: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("the provider's keys or its token cannot be read") from error
        if not self.nonce or not secrets.compare_digest(str(claims.get("nonce", "")), self.nonce):
            raise OAuth2Error("the nonce is not the one that was sent")
        return claims


class Callback(OAuth2CallbackView):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """The provider's answer: the state must be the one sent from this session; it brings nonce and language back."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, refusal = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        self.adapter.again = (state or {}).get("again", "")
        if state and state.get("language"):
            translation.activate(state["language"])
            request.LANGUAGE_CODE = state["language"]
        return state, refusal


class EIdAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types that mypy reads
    """Whose account a subject of the e-ID provider is."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Accounts are opened by an act, below."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the subject to the account of the person whom its identifier names.

        Raises:
            ImmediateHttpResponse: with the page for whom the register does not know, or knows as somebody else.
        """
        person = self.person_of(request)
        if person is None or (sociallogin.is_existing and sociallogin.user.person_id != person.pk):
            raise ImmediateHttpResponse(render(request, "portal/sign_in/e_id_unknown.html", status=403))
        if not sociallogin.is_existing:
            sociallogin.connect(request, account_of(person))
        again = getattr(request, AGAIN)
        if again and not str(sociallogin.user.pk) == again == str(request.user.pk):
            page = render(request, "portal/sign_in/e_id_failed.html", {"another": True}, status=403)
            raise ImmediateHttpResponse(page)
        setattr(request, SHOWN, again)

    def person_of(self, request: HttpRequest) -> Person | None:
        """The person of the register whom the identifier claim names."""
        value = str(getattr(request, CLAIMS)[settings.OIDC_IDENTIFIER_CLAIM])
        return person_by_identifier(
            settings.OIDC_IDENTIFIER_SCHEME, pack().code.upper(), value, day=timezone.localdate()
        )

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Say that it did not succeed, or that it was given up, and how to go on.

        Raises:
            ImmediateHttpResponse: with that page.
        """
        given_up = error == AuthError.CANCELLED
        page = render(request, "portal/sign_in/e_id_failed.html", {"given_up": given_up}, status=403)
        raise ImmediateHttpResponse(page)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Accounts have no address of their own; notifications go through the kernel."""


def account_of(person: Person) -> Account:
    """The account of a person; it is opened when they sign in for the first time."""
    kept = Account.objects.filter(person=person).order_by("id").first()
    if kept is not None:
        return kept
    with translation.override(pack().languages[0]):  # the provider's answer comes back under no language
        name = names_of([person.pk]).get(person.pk, person.pk)
    return open_personal_account(person=person, name=name, by=BY, at=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the e-ID provider; to the page to sign in whoever opens the address without its button."""
    return sent(request) if request.method == "POST" else redirect("sign-in")


@require_http_methods(["GET", "HEAD", "POST"])
def begin_again(request: HttpRequest) -> HttpResponse:
    """Let whoever has signed in by the e-ID alone show there once more that it is them, before what matters."""
    if request.method == "POST":
        return sent(request, again=str(request.user.pk))
    return render(request, "portal/sign_in/e_id_again.html", {"next": request.GET.get("next", "")})


def sent(request: HttpRequest, again: str = "") -> HttpResponse:
    """Send somebody to the e-ID provider.

    Args:
        again: the account that shows itself once more, for which the provider must ask anew (OpenID Connect Core 1.0,
            section 3.1.2.1); empty when somebody signs in.
    """
    adapter = adapter_for(request, settings.OIDC_PROVIDER)
    nonce = secrets.token_urlsafe(24)
    provider = adapter.get_provider()
    try:
        answer: HttpResponse = provider.redirect(
            request,
            process=AuthProcess.LOGIN,
            next_url=next_page(request),
            auth_params={"nonce": nonce, "ui_locales": get_language() or "", **(ANEW if again else {})},
            nonce=nonce,
            again=again,
            language=get_language(),
        )
    except (RequestException, KeyError):
        return render(request, "portal/sign_in/e_id_failed.html", {"unreachable": True}, status=503)
    return answer


def next_page(request: HttpRequest) -> str:
    """Where the visitor goes after signing in: a page of ours, in the language they read."""
    from allauth.account.adapter import get_adapter  # noqa: PLC0415  # chosen by a setting, read when it is needed

    wanted = request.POST.get("next", "")
    if not wanted or not get_adapter(request).is_safe_url(wanted):
        return f"/{get_language()}/"
    return in_language(wanted)


@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the answer of the e-ID provider."""
    adapter = adapter_for(request, provider_id)
    answer: HttpResponse = Callback.adapter_view(adapter)(request)
    if getattr(request, SHOWN, "") and request.user.is_authenticated:
        record_authentication(request, request.user, E_ID, reauthenticated=True)
    return answer


def adapter_for(request: HttpRequest, provider_id: str) -> EIdAdapter:
    """The adapter of a provider of this installation.

    Raises:
        Http404: there is no such provider.
    """
    adapter = EIdAdapter(request, provider_id)
    try:
        adapter.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return adapter
