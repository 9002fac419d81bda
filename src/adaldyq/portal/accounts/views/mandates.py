"""Who may act for me or my companies, and for whom I may."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import partition
from django.views.decorators.http import require_http_methods, require_POST

from adaldyq.base.errors import DomainError
from adaldyq.kernel.acting import headed
from adaldyq.kernel.actions.mandates import grant_mandate, withdraw_mandate
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.identity import person_by_identifier
from adaldyq.kernel.models import Account, Company, FamilyTie, Mandate, Person
from adaldyq.kernel.naming import names_of, pack
from adaldyq.kernel.trying import tried
from adaldyq.portal.accounts.forms import MandateForm
from adaldyq.portal.accounts.views.own import account_of


@require_http_methods(["GET", "HEAD", "POST"])
def mandates(request: HttpRequest) -> HttpResponse:
    """Mandates given and held; give one."""
    account = account_of(request)
    mine = Company.objects.filter(headed(account.person_id or "")).order_by("name")
    form = MandateForm(request.POST or None, choices=list(mine.values_list("id", "name")))
    asked = ""
    if request.method == "POST" and form.is_valid():
        found: list[Mandate | Person] = []
        if tried(form, lambda: found.append(given(request, form) if form.is_sure else representative(form))):
            if form.is_sure:
                return redirect("accounts-mandates")
            asked = called(str(found[0].pk), account.person_id or "")
            form.ask()
    concerned = Q(representative_id=account.person_id) | Q(person_id=account.person_id) | Q(company__in=mine)
    rows = (
        list(
            Mandate.objects.filter(concerned, withdrawn_at=None)
            .filter(Q(valid_to=None) | Q(valid_to__gte=timezone.localdate()))
            .select_related("company")
            .order_by("-granted_at")
        )
        if account.person_id
        else []
    )
    shown = [
        row(one, account, names_of({one.representative_id for one in rows} | {one.person_id or "" for one in rows}))
        for one in rows
    ]
    given_by_me, held = partition(lambda one: bool(one["held"]), shown)
    context = {
        "form": form,
        "asked": asked,
        "given": given_by_me,
        "held": held,
        "for_oneself": not actor_of(account).represents,
    }
    return render(request, "accounts/mandates.html", context)


def row(mandate: Mandate, account: Account, names: dict[str, str]) -> dict[str, object]:
    """A mandate as the page shows it."""
    principal = mandate.company.name if mandate.company else names.get(mandate.person_id or "", "")
    return {
        "id": mandate.pk,
        "principal": principal,
        "representative": names.get(mandate.representative_id, ""),
        "valid_from": mandate.valid_from,
        "valid_to": mandate.valid_to,
        "held": mandate.representative_id == account.person_id,
    }


def given(request: HttpRequest, form: MandateForm) -> Mandate:
    """Give the mandate that the form asks for.

    Raises:
        DomainError: `no-such-person`, or what the act refuses.
    """
    entry, now, person = form.cleaned_data, timezone.now(), representative(form)
    company = Company.objects.filter(pk=entry["company"]).first() if entry["company"] else None
    days = {"valid_from": entry["valid_from"], "valid_to": entry["valid_to"]}
    return grant_mandate(representative=person, company=company, by=actor_of(account_of(request)), at=now, **days)


def representative(form: MandateForm) -> Person:
    """Whose number was typed.

    Raises:
        DomainError: `no-such-person`.
    """
    number = form.cleaned_data["number"].strip()
    if (person := numbered(number)) is None:
        raise DomainError("no-such-person", field="number", value=number)
    return person


def called(person: str, viewer: str) -> str:
    """What to call somebody to who typed their number: in full whom the viewer knows already, else without the family name.

    A number must tell nobody the full name of a stranger.
    """
    name = names_of([person]).get(person, "")
    known = FamilyTie.objects.filter(person=viewer, relative=person).exists()
    return name if known or person == viewer else without_family_name(name)


def without_family_name(name: str) -> str:
    """Given name and the first letters of the others, which come before and after it: “О. Серік Б.”."""
    words = name.split()
    if len(words) < len(("family", "given")):
        return f"{name[:1]}…" if name else ""
    return " ".join(word if place == 1 else f"{word[:1]}." for place, word in enumerate(words))


def numbered(number: str) -> Person | None:
    """The person who has a number of the country today."""
    country, day = pack(), timezone.localdate()
    schemes = [name for name, scheme in country.schemes.items() if scheme.holder == "person"]
    found = (person_by_identifier(scheme, country.code.upper(), number, day=day) for scheme in schemes)
    return next(filter(None, found), None)


@require_POST
def withdraw(request: HttpRequest, mandate_id: str) -> HttpResponse:
    """Withdraw a mandate, or lay it down."""
    mandate = get_object_or_404(Mandate.objects.select_related("company"), pk=mandate_id)
    try:
        withdraw_mandate(mandate=mandate, by=actor_of(account_of(request)), at=timezone.now())
    except DomainError:
        return render(request, "accounts/refused.html", status=403)
    return redirect("accounts-mandates")
