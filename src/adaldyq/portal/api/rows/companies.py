"""Rows of companies and of shares in them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Field, Router
from pydantic import StringConstraints

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions import companies
from adaldyq.kernel.actions.bodies import check_code
from adaldyq.kernel.api.values import PRINTABLE, Day, Given, Text
from adaldyq.kernel.models import Company, Ownership, Person
from adaldyq.kernel.queries.history import resolve
from adaldyq.portal.api.events.companies import MOST_PERCENT, PLACES, Code
from adaldyq.portal.api.events.recording import record_of, territory_of
from adaldyq.portal.api.rows.taking import Outcome, Reference, Stated, Told, again, meant, rows

router = Router(tags=["rows"])


class CompanyRow(Given):
    """A company; it is found again by its registration number."""

    identifier: Code = Field(description="Registration number, such as the BIN.")
    name: Text
    legal_form: Code = Field(description="From the country pack's list.")
    registered: Day
    activity: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=10)] | None = None
    territory_id: Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=12)] | None = None
    head: Reference | None = Field(None, description="Number or id of the person who manages it.")
    closed: Day | None = Field(None, description="Last day, when it was struck off.")


class OwnerNamedRow(Given):
    """A row with an owner; exactly one is named, by number or id."""

    owner_person: Reference | None = None
    owner_company: Reference | None = None

    def owner(self) -> Person | Company:
        """The one owner who is named.

        Raises:
            DomainError: `one-owner` when none or two are named, `refers-to-nothing`.
        """
        if bool(self.owner_person) == bool(self.owner_company):
            raise DomainError("one-owner", field="owner_person")
        if self.owner_person:
            person: Person = meant("person", self.owner_person, "owner_person")
            return person
        company: Company = meant("company", self.owner_company or "", "owner_company")
        return company


class OwnerRow(OwnerNamedRow):
    """A share in a company; it is found again by company, owner, kind and first day."""

    company: Reference = Field(description="Number or id of the company.")
    kind: Literal["direct", "beneficial"] = "direct"
    share: Annotated[Decimal, Field(gt=0, le=MOST_PERCENT, decimal_places=PLACES, max_digits=9)] | None = Field(
        None, description="In percent."
    )
    since: Day
    until: Day | None = Field(None, description="Last day.")


@rows(router, "companies", route="api-rows-companies", summary="Rows of companies")
def put_company(given: CompanyRow, told: Told) -> Stated:
    """Bring companies up to rows: registered when new, changed where a fact differs, struck off when closed."""
    numbered = Company.objects.filter(identifier=given.identifier).values_list("pk", flat=True)
    known = {resolve("company", one) for one in numbered}
    if len(known) > 1:
        raise DomainError("company-there-already", field="identifier", value=given.identifier)
    head = meant("person", given.head, "head") if given.head else None
    if known:
        return put_known(record_of("company", known.pop(), "identifier"), given, head, told)
    facts: dict[str, Any] = {"identifier": given.identifier, "activity": given.activity or "", "head": head}
    if given.territory_id:
        facts["territory"] = territory_of(given.territory_id)
    named: dict[str, Any] = {"name": given.name, "legal_form": given.legal_form, "registered": given.registered}
    made = companies.register_company(**named, facts=facts, **told.who)
    if given.closed:
        made = companies.close_company(company=made, until=given.closed, **told.who)
    return Stated(made, Outcome.CREATED)


def put_known(present: Company, given: CompanyRow, head: Person | None, told: Told) -> Stated:
    """Bring a company that is registered up to its row.

    Raises:
        DomainError: `unknown-code`, `no-such-record` for the territory, `differs-from-the-register` when it was
            closed on another day, or what the acts refuse.
    """
    check_code("legal_form", given.legal_form, "legal_form")
    facts = {
        "name": given.name,
        "legal_form": given.legal_form,
        "registered_date": given.registered,
        "activity": given.activity,
        "territory_id": territory_of(given.territory_id).pk if given.territory_id else None,
        "head_id": head.pk if head else None,
    }
    changed = told.change("company", present, facts)
    if given.closed and given.closed != present.closed_date:
        if present.closed_date is not None:
            raise DomainError("differs-from-the-register", field="closed")
        companies.close_company(company=present, until=given.closed, **told.who)
        changed = True
    return Stated(present, Outcome.CHANGED if changed else Outcome.UNCHANGED)


@rows(router, "owners", route="api-rows-owners", summary="Rows of shares in companies")
def put_owner(given: OwnerRow, told: Told) -> Stated:
    """Bring shares up to rows: another share of the same owner ends the one before, `until` ends one."""
    company, owner = meant("company", given.company, "company"), given.owner()
    held = {"company": company, "kind": given.kind, "valid_from": given.since, **companies.owner_columns(owner)}
    present = Ownership.objects.filter(**held).first()

    def end() -> Ownership:
        share = present or begun
        return companies.end_ownership(ownership=share, until=given.until or given.since, **told.who)

    if present is not None:
        return again(present, {"share": given.share}, given.until, end)
    named: dict[str, Any] = {
        "company": company,
        "owner": owner,
        "share": given.share,
        "kind": given.kind,
        "since": given.since,
    }
    begun = companies.record_ownership(**named, **told.who)
    return Stated(end() if given.until else begun, Outcome.CREATED)
