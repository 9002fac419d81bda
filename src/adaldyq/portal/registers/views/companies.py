"""Public pages of companies: the list, and one with its owners on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import Company
from adaldyq.kernel.queries import history, lookup
from adaldyq.portal.registers import words
from adaldyq.portal.registers.event_forms import event_links
from adaldyq.portal.registers.forms import DayForm, Search
from adaldyq.portal.registers.views.former import former_table
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.tables import Column, Table, sorted_page


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """A share in a company as a page or file shows it."""

    id: str
    owner: str
    owner_person_id: str
    owner_company_id: str
    kind: str
    share: Decimal | None
    since: date | None
    until: date | None
    source: str


@require_safe
def list_companies(request: HttpRequest) -> HttpResponse:
    """The register of companies."""
    form = Search(request.GET)
    columns = [
        Column("name", _("Name"), sort="name", link=address),
        Column("identifier", _("Registration number"), sort="identifier"),
        Column("legal_form", _("Legal form"), value=lambda row: words.code("legal_form", row.legal_form)),
        Column("territory", _("Territory"), value=lambda row: naming.place_name(row.territory_id or "")),
        Column("registered_date", _("Registered"), kind="day", sort="registered_date"),
        Column("closed_date", _("Struck off"), kind="day"),
    ]
    page = sorted_page(request, lookup.companies(form.asked()), columns, default="name")
    empty = _("No company has this name or number.")
    table = Table(_("Companies"), columns, page.rows, page=page, hide_caption=True, empty=empty)
    context = {"form": form, "asked": form.asked(), "table": table, "total": page.total}
    return render(request, "registers/companies.html", context)


def address(company: Company) -> str:
    """The page of a company."""
    return reverse("registers-company", args=[company.pk])


@require_safe
def show_company(request: HttpRequest, company_id: str) -> HttpResponse:
    """A company: what it is, and who owned it on a day."""
    if (kept := history.resolve("company", company_id)) != company_id:
        return redirect("registers-company", kept, permanent=True)
    company = company_or_404(company_id)
    form = DayForm(request.GET, timezone.localdate())
    day = form.chosen()
    context = {
        "company": company,
        "source": words.source(company.source),
        "day": day,
        "form": form,
        "facts": facts_of(company),
        "owners": Table(
            _("Owners"),
            owner_columns(),
            owner_rows(company, day),
            download=f"{reverse('registers-company-csv', args=[company.pk])}?{request.GET.urlencode()}",
            hide_caption=True,
            empty=_("The register names no owner on this day."),
        ),
        "former": former_table("company", company.pk),
        "acts": acts(company, actor_of(request.user)),
    }
    return render(request, "registers/company.html", context)


@require_safe
def company_csv(request: HttpRequest, company_id: str) -> HttpResponseBase:
    """Who owned a company on a day as a file."""
    company = company_or_404(company_id)
    day = DayForm(request.GET, timezone.localdate()).chosen()
    names = ("owner", "owner_person_id", "owner_company_id", "kind", "share", "since", "until", "source")
    return csv_response(
        f"company-{company.pk}-{day}.csv", [Column(name, name) for name in names], owner_rows(company, day)
    )


def company_or_404(company_id: str) -> Company:
    """The company with this id.

    Raises:
        Http404: there is none.
    """
    found = Company.objects.filter(pk=company_id).first()
    if found is None:
        raise Http404(company_id)
    return found


def owner_rows(company: Company, day: date) -> list[OwnerRow]:
    """Who owned a company on a day; owners of companies are open by law."""
    owned = list(history.owners_of(company.pk, day))
    names = naming.names_of([one.owner_person_id for one in owned if one.owner_person_id])
    return [
        OwnerRow(
            id=one.pk,
            owner=one.owner_company.name if one.owner_company else names.get(one.owner_person_id or "", ""),
            owner_person_id=one.owner_person_id or "",
            owner_company_id=one.owner_company_id or "",
            kind=str(words.OWNERSHIPS.get(one.kind, one.kind)),
            share=one.share,
            since=one.valid_from,
            until=one.valid_to,
            source=one.source or company.source,
        )
        for one in owned
    ]


def owner_columns() -> list[Column]:
    """Columns of the owners."""

    def page(row: OwnerRow) -> str:
        return reverse("registers-company", args=[row.owner_company_id]) if row.owner_company_id else ""

    return [
        Column("owner", _("Owner"), link=page),
        Column("kind", _("As")),
        Column("share", _("Share"), kind="percent"),
        Column("since", _("Since"), kind="day"),
        Column("until", _("Until"), kind="day"),
    ]


def facts_of(company: Company) -> Sequence[Fact]:
    """What a company is."""
    head = naming.names_of([company.head_id]).get(company.head_id) if company.head_id else None
    return [
        Fact(_("Registration number"), company.identifier or None),
        Fact(_("Legal form"), words.code("legal_form", company.legal_form)),
        Fact(_("Main activity"), words.activity(company.activity) or None),
        Fact(_("Head"), head),
        Fact(_("Territory"), naming.place_name(company.territory_id) if company.territory_id else None),
        Fact(_("Registered"), company.registered_date, kind="day"),
        *([Fact(_("Struck off"), company.closed_date, kind="day")] if company.closed_date else []),
    ]


def acts(company: Company, by: Actor) -> list[Link]:
    """What the viewer may record about a company."""
    kinds = (
        ("owner", _("Record an owner")),
        ("company-facts", _("Change facts")),
        ("close-company", _("Strike off")),
    )
    return event_links(kinds, company, by)
