"""Home, sign-in, about, accessibility, and the choice of a language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from adaldyq.kernel.actor import actor_of
from adaldyq.portal.forms import SignInForm
from adaldyq.portal.headlines import headline_figures
from adaldyq.portal.tasks import tasks_for


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the pages in their language."""
    with translation.override(translation.get_language_from_request(request)):
        return redirect(reverse("home"))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What a visitor can do here, and what the registers show."""
    roles = actor_of(request.user).roles
    return render(request, "portal/home.html", {"tasks": tasks_for(roles), "figures": headline_figures()})


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignIn(LoginView):
    """Sign in with a name and a password."""

    template_name = "portal/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """On the sample country the page also tells who may sign in."""
        return super().get_context_data(**kwargs, sign_ins=sample_sign_ins(), sample_password=sample_password())


def sample_sign_ins() -> list[tuple[str, object]]:
    """Names and roles of the sample country; none on a real one."""
    offered = getattr(settings, "DEMO_SIGN_INS", list)
    return list(offered())


def sample_password() -> str:
    """The password of all sign-ins of the sample country."""
    return str(getattr(settings, "DEMO_PASSWORD", ""))


sign_in = SignIn.as_view()
about = require_safe(TemplateView.as_view(template_name="portal/about.html"))
accessibility = require_safe(TemplateView.as_view(template_name="portal/accessibility.html"))
