"""Operations of the register of companies, which is public with its owners."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from adaldyq.kernel import naming
from adaldyq.kernel.api.pages import Page, Slice, page_of
from adaldyq.kernel.models import Company
from adaldyq.kernel.queries import history, lookup
from adaldyq.portal.api.people import DayAsked
from adaldyq.portal.api.registers import LONGEST_WORDS

router = Router(tags=["registers"])


class CompaniesAsked(Slice):
    """Which companies are asked for."""

    q: str = Field("", max_length=LONGEST_WORDS, description="Part of the name, or the registration number.")


class CompanyOut(Schema):
    """A company."""

    id: str
    identifier: str = Field(description="Registration number; empty when unknown.")
    name: str
    legal_form: str
    activity: str
    territory_id: str | None
    registered_date: date | None
    closed_date: date | None
    source: str
    as_of: date


class OwnerOut(Schema):
    """A share in a company."""

    id: str
    owner: str = Field(description="Name of the owner, in the language asked for.")
    owner_person_id: str | None
    owner_company_id: str | None
    kind: str = Field(description="direct or beneficial.")
    share: Decimal | None = Field(description="In percent; null when the source does not say.")
    valid_from: date | None
    valid_to: date | None


@router.get("/companies", response=Page[CompanyOut], url_name="api-companies", summary="Companies")
def companies(request: HttpRequest, response: HttpResponse, asked: Query[CompaniesAsked]) -> dict[str, Any]:
    """Companies by name."""
    found = lookup.companies(asked.q.replace("\0", "")).order_by("name", "id")
    rows = list(found[asked.offset : asked.offset + asked.limit])
    return page_of(request, response, asked, found.count(), rows)


@router.get("/companies/{company_id}", response=CompanyOut, url_name="api-company", summary="A company")
def company(request: HttpRequest, company_id: str) -> Company:
    """One company; the id of one that was merged leads to the one that is kept.

    Raises:
        Http404: there is none.
    """
    known = history.resolve("company", company_id) if lookup.is_id(company_id) else ""
    found = Company.objects.filter(pk=known).first() if known else None
    if found is None:
        raise Http404(company_id)
    return found


@router.get(
    "/companies/{company_id}/owners",
    response=list[OwnerOut],
    url_name="api-company-owners",
    summary="Owners of a company on a day",
)
def owners(request: HttpRequest, company_id: str, asked: Query[DayAsked]) -> list[dict[str, Any]]:
    """Who owned a company on a day; the law opens them.

    Raises:
        Http404: there is no such company.
    """
    owned = list(history.owners_of(company(request, company_id).pk, asked.chosen()))
    names = naming.names_of([one.owner_person_id for one in owned if one.owner_person_id])
    stored = [name for name in OwnerOut.model_fields if name != "owner"]
    return [
        {name: getattr(one, name) for name in stored}
        | {"owner": one.owner_company.name if one.owner_company else names.get(one.owner_person_id or "", "")}
        for one in owned
    ]
