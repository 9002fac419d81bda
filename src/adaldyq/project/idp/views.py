"""Pages of the sample country's e-ID: choose a person, then confirm what the portal is told."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adaldyq.project.idp import people

ASKED, KEPT = "ui_locales", "idp_language"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def speak_as_asked(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the language that the portal asked for (`ui_locales` of OpenID Connect), else the browser's."""

    def answer(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get(ASKED, "") or request.COOKIES.get(KEPT, "")
        known = asked if asked in dict(settings.LANGUAGES) else ""
        with translation.override(known or translation.get_language_from_request(request)):
            response = get_response(request)
        if known:
            response.set_cookie(KEPT, known, httponly=True, samesite="Lax")
        return response

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def choose_person(request: HttpRequest) -> HttpResponse:
    """Choose the person to be."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    next_page = wanted if safe else reverse("choose-person")
    if request.method == "POST":
        chosen = people.citizen(request.POST.get("person", ""))
        if chosen is not None:
            become(request, chosen)
            return redirect(next_page)
    words = request.GET.get("q", "").strip()
    listed = people.found(words) if words else people.suggested()
    facts = {"people": listed, "q": words, "next": next_page, "missing": request.method == "POST"}
    return render(request, "idp/choose.html", facts, status=400 if facts["missing"] else 200)


@require_safe
def show_again(request: HttpRequest) -> HttpResponse:
    """Ask anew who it is, as a portal may want before something that matters (`prompt=login`)."""
    logout(request)
    return redirect(f"{reverse('choose-person')}?{urlencode({'next': request.GET.get('next', '')})}")


def become(request: HttpRequest, chosen: people.Citizen) -> None:
    """Sign in as a person."""
    known = User.objects.filter(username=chosen.id).first()
    login(request, known or User.objects.create_user(username=chosen.id), backend=BACKEND)  # type: ignore[arg-type]  # in this process the accounts are Django's own


@require_POST
def another_person(request: HttpRequest) -> HttpResponse:
    """Choose again."""
    logout(request)
    return redirect(f"{reverse('choose-person')}?next={request.POST.get('next', '')}")
