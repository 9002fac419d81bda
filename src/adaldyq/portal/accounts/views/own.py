"""One's own account: an overview, sessions, and for whom one acts."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel.acting import SESSION_KEY, principals
from adaldyq.kernel.actions.accounts import end_sessions
from adaldyq.kernel.models import Absence, Account
from adaldyq.kernel.naming import body_names
from adaldyq.kernel.titles import ROLE_TITLES
from adaldyq.portal.accounts.devices import device
from adaldyq.portal.accounts.forms import PrincipalForm


def account_of(request: HttpRequest) -> Account:
    """Whoever is signed in; the access matrix lets nobody else come here."""
    account: Any = request.user
    return account  # type: ignore[no-any-return]  # as above


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What one may do, for whom, and where that is changed."""
    account = account_of(request)
    names = body_names() if any(one.body_id for one in account.held) else {}
    today = timezone.localdate()
    absences = Absence.objects.on(today)
    facts = {
        "roles": [
            (ROLE_TITLES[one.role], names.get(one.body_id, one.territory_id), one.deputy_for) for one in account.held
        ]
        if not account.acting_for
        else [(ROLE_TITLES[one], account.acting_name, "") for one in sorted(account.roles)],
        "standing_in": absences.filter(deputy=account).select_related("account"),
        "away": absences.filter(account=account).select_related("deputy"),
        "has_password": account.has_usable_password(),
        "has_person": bool(account.person_id),
        "has_bodies": bool(names),
    }
    return render(request, "accounts/overview.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; end one of them, or all others."""
    account, current = account_of(request), request.session.session_key or ""
    if request.method == "POST":
        if (chosen := request.POST.get("session", "")) == "others":
            end_sessions(account, but=current)
        elif chosen.isdigit():
            for one in UserSession.objects.filter(user=account, pk=int(chosen)):
                one.end()
        return redirect("accounts-sessions")
    listed = [
        {
            "id": one.pk,
            "device": device(one.user_agent),
            "ip": one.ip,
            "began": one.created_at,
            "seen": one.last_seen_at,
            "current": one.session_key == current,
        }
        for one in UserSession.objects.purge_and_list(account)
    ]
    return render(request, "accounts/sessions.html", {"sessions": listed})


@require_http_methods(["GET", "HEAD", "POST"])
def acting_for(request: HttpRequest) -> HttpResponse:
    """Choose for whom to act, until signing out or choosing again."""
    account = account_of(request)
    found = principals(account.person_id or "", day=timezone.localdate())
    choices = [(one.key, one.name) for one in found]
    form = PrincipalForm(request.POST or None, choices=choices, initial={"principal": account.acting_for})
    if request.method == "POST" and form.is_valid():
        if chosen := form.cleaned_data["principal"]:
            request.session[SESSION_KEY] = chosen
        else:
            request.session.pop(SESSION_KEY, None)
        request.session.cycle_key()
        UserSession.objects.create_from_request(request)
        back = request.POST.get("next", "")
        page = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        return redirect(back if page else "home")
    return render(request, "accounts/acting_for.html", {"form": form, "found": found})
