"""When I am away, and whose deputy I am."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.absences import declare_absence, end_absence
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Absence, Body
from adaldyq.kernel.naming import body_names
from adaldyq.kernel.trying import tried
from adaldyq.portal.accounts.forms import AbsenceForm
from adaldyq.portal.accounts.views.own import account_of


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """Absences that concern me; declare one."""
    account, names = account_of(request), body_names()
    own = {one.body_id for one in account.held if one.body_id and not one.deputy_for}
    form = AbsenceForm(request.POST or None, choices=[(body, names.get(body, body)) for body in sorted(own)])
    if request.method == "POST" and form.is_valid() and tried(form, lambda: declared(request, form)):
        return redirect("accounts-absences")
    listed = (
        Absence.objects.filter(
            Q(account=account) | Q(deputy=account), ended_at=None, valid_to__gte=timezone.localdate()
        )
        .select_related("account", "deputy")
        .order_by("valid_from")
    )
    rows = [(one, names.get(one.body_id, one.body_id), one.account_id == account.pk) for one in listed]
    return render(request, "accounts/absences.html", {"form": form, "absences": rows, "has_bodies": bool(own)})


def declared(request: HttpRequest, form: AbsenceForm) -> Absence:
    """Declare the absence that the form asks for.

    Raises:
        DomainError: what the act refuses.
    """
    entry, account = form.cleaned_data, account_of(request)
    return declare_absence(
        account=account,
        deputy=entry["deputy"],
        body=Body.objects.get(pk=entry["body"]),
        valid_from=entry["valid_from"],
        valid_to=entry["valid_to"],
        by=actor_of(account),
        at=timezone.now(),
    )


@require_POST
def end(request: HttpRequest, absence_id: str) -> HttpResponse:
    """End an absence before its last day."""
    absence = get_object_or_404(Absence.objects.select_related("body"), pk=absence_id)
    try:
        end_absence(absence=absence, by=actor_of(account_of(request)), at=timezone.now())
    except DomainError:
        return render(request, "accounts/refused.html", status=403)
    return redirect("accounts-absences")
