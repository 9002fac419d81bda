"""Who may act for me or my companies, and for whom I may."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import partition
from django.views.decorators.http import require_http_methods, require_POST

from adaldyq.base.errors import DomainError
from adaldyq.kernel.acting import headed
from adaldyq.kernel.actions.mandate_requests import agree_mandate, ask_mandate, take_back_request
from adaldyq.kernel.actions.mandates import withdraw_mandate
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Company, Mandate, MandateRequest
from adaldyq.kernel.naming import names_of
from adaldyq.kernel.trying import refusal
from adaldyq.portal.accounts.forms import MandateForm
from adaldyq.portal.accounts.views.own import account_of


@require_http_methods(["GET", "HEAD", "POST"])
def mandates(request: HttpRequest) -> HttpResponse:
    """Mandates given and held, and those asked for; ask for one."""
    account = account_of(request)
    mine = Company.objects.filter(headed(account.person_id or "")).order_by("name")
    form, status = MandateForm(request.POST or None, choices=list(mine.values_list("id", "name"))), None
    if request.method == "POST" and form.is_valid():
        status = refusal(form, partial(ask, request, form))
        if status is None:
            return redirect("accounts-mandates")
    concerned = Q(representative_id=account.person_id) | Q(person_id=account.person_id) | Q(company__in=mine)
    rows = in_force(concerned) if account.person_id else []
    waiting = asked(concerned) if account.person_id else []
    people = {one.representative_id for one in rows} | {one.person_id for one in rows}
    names = names_of({one for one in people | {one.person_id for one in waiting} if one})
    given_by_me, held = partition(lambda one: bool(one["held"]), [row(one, account, names) for one in rows])
    asked_by_me, asks_me = partition(lambda one: bool(one["held"]), [row(one, account, names) for one in waiting])
    context = {
        "form": form,
        "given": given_by_me,
        "held": held,
        "asked": asked_by_me,
        "asks": asks_me,
        "for_oneself": not actor_of(account).represents,
    }
    return render(request, "accounts/mandates.html", context, status=status)


def in_force(concerned: Q) -> list[Mandate]:
    """Mandates that are neither withdrawn nor over, the latest first."""
    kept = Mandate.objects.filter(concerned, withdrawn_at=None)
    lasting = kept.filter(Q(valid_to=None) | Q(valid_to__gte=timezone.localdate()))
    return list(lasting.select_related("company").order_by("-granted_at"))


def asked(concerned: Q) -> list[MandateRequest]:
    """Requests that nobody has agreed to yet, the latest first."""
    waiting = MandateRequest.objects.open(timezone.now()).filter(concerned)
    return list(waiting.select_related("company").order_by("-asked_at"))


def row(one: Mandate | MandateRequest, account: Account, names: dict[str, str]) -> dict[str, object]:
    """A mandate or a request as the page shows it; of whom was asked, who asked is told the number that they typed."""
    principal = one.company.name if one.company else names.get(one.person_id or "", "")
    return {
        "id": one.pk,
        "principal": principal,
        "representative": one.number if isinstance(one, MandateRequest) else names.get(one.representative_id, ""),
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "held": one.representative_id == account.person_id,
    }


def ask(request: HttpRequest, form: MandateForm) -> MandateRequest:
    """Ask for the mandate that the form names.

    Raises:
        DomainError: what the act refuses.
    """
    entry, now = form.cleaned_data, timezone.now()
    company = Company.objects.filter(pk=entry["company"]).first() if entry["company"] else None
    days = {"valid_from": entry["valid_from"], "valid_to": entry["valid_to"]}
    number = "".join(entry["number"].split())
    return ask_mandate(number=number, company=company, by=actor_of(account_of(request)), at=now, **days)


@require_POST
def answer(request: HttpRequest, request_id: str, step: str) -> HttpResponse:
    """Agree to act for whom one was asked, or ask no more."""
    one = get_object_or_404(MandateRequest.objects.select_related("company"), pk=request_id)
    act = {"agree": agree_mandate, "take-back": take_back_request}[step]
    return done(request, partial(act, request=one))


@require_POST
def withdraw(request: HttpRequest, mandate_id: str) -> HttpResponse:
    """Withdraw a mandate, or lay it down."""
    mandate = get_object_or_404(Mandate.objects.select_related("company"), pk=mandate_id)
    return done(request, partial(withdraw_mandate, mandate=mandate))


def done(request: HttpRequest, act: Callable[..., object]) -> HttpResponse:
    """Back to the list once an act is done, or the page that says that it is not."""
    try:
        act(by=actor_of(account_of(request)), at=timezone.now())
    except DomainError:
        return render(request, "accounts/refused.html", status=403)
    return redirect("accounts-mandates")
