"""Home, sign-in, and the choice of a language."""

from __future__ import annotations

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

sign_in = LoginView.as_view(template_name="portal/sign_in.html", redirect_authenticated_user=True)


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the pages in their language."""
    with translation.override(translation.get_language_from_request(request)):
        return redirect(reverse("home"))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What a visitor can do here, and what the registers show."""
    return render(request, "portal/home.html", {})
