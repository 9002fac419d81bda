"""Home, about, accessibility, and the choice of a language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from adaldyq.kernel.actor import actor_of
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


about = require_safe(TemplateView.as_view(template_name="portal/about.html"))
accessibility = require_safe(TemplateView.as_view(template_name="portal/accessibility.html"))
