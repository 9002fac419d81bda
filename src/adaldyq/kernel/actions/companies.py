"""Acts on the registers of companies and their owners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.kernel import findable
from adaldyq.kernel.actions.bodies import check_code
from adaldyq.kernel.actions.periods import (
    Provenance,
    check_free,
    check_period,
    end,
    follow,
    hold,
    recorded,
)
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Company, Ownership, Person
from adaldyq.kernel.policies import require_registrar

KINDS = ("direct", "beneficial")
WHOLE = Decimal(100)


def company_line(company: Company) -> Recorded:
    """The ledger line of a company."""
    return recorded("company", company, name=company.name, identifier=company.identifier, ends=company.closed_date)


def ownership_line(one: Ownership) -> Recorded:
    """The ledger line of a share."""
    facts = {"share": one.share, "kind": one.kind, "begins": one.valid_from, "ends": one.valid_to}
    owner = one.owner_person_id or one.owner_company_id
    return recorded("ownership", one, one.owner_person_id or "", company=one.company_id, owner=owner, **facts)


@act("kernel.company.register", records=company_line)
def register_company(
    *,
    name: str,
    legal_form: str,
    registered: date,
    origin: Provenance,
    by: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> Company:
    """Register a company.

    Args:
        facts: `identifier`, `territory`, `head` and `activity` where they are known.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `value-missing`, `unknown-code`, or `company-there-already` by its number.
    """
    require_registrar(by, "kernel.company.register", territory=(facts or {}).get("territory"))
    if not name.strip():
        raise DomainError("value-missing", field="name")
    check_code("legal_form", legal_form, "legal_form")
    identifier = (facts or {}).get("identifier", "")
    if identifier and Company.objects.filter(identifier=identifier).exists():
        raise DomainError("company-there-already", field="identifier", value=identifier)
    company = Company.objects.create(
        name=name.strip(), legal_form=legal_form, registered_date=registered, **(facts or {}), **origin.columns
    )
    findable.refresh([company])
    return company


@act("kernel.company.close", records=company_line)
def close_company(*, company: Company, until: date, origin: Provenance, by: Actor, at: datetime) -> Company:
    """Strike a company off, and end the shares in it.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `closed-already`, `ends-before-it-begins`.
    """
    require_registrar(by, "kernel.company.close", territory=company.territory)
    held = hold(company)
    if held.closed_date is not None:
        raise DomainError("closed-already", field="until", day=held.closed_date)
    check_period(held.registered_date, until)
    for one in Ownership.objects.filter(company=held, valid_to__isnull=True):
        end(one, max(until, one.valid_from or until), **origin.columns)
    held.closed_date, held.source, held.as_of = until, origin.source, origin.as_of
    held.save(update_fields=["closed_date", "source", "as_of"])
    return held


@act("kernel.company.owner", records=ownership_line)
def record_ownership(
    *,
    company: Company,
    owner: Person | Company,
    share: Decimal | None,
    kind: str,
    since: date,
    origin: Provenance,
    by: Actor,
    at: datetime,
) -> Ownership:
    """Record what somebody owns of a company from a day; their share before ends the day before.

    Args:
        share: in percent; None when the source does not say.
        kind: direct or beneficial.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `unknown-kind`, `owner-of-itself`, `share-out-of-range`, `closed-already`, or
            `shares-above-the-whole` when direct shares of that day, or of one after it, would add up to more than
            100 percent.
    """
    require_registrar(by, "kernel.company.owner", territory=company.territory)
    held = hold(company)
    check_share(held, owner, share, kind)
    if held.closed_date is not None and held.closed_date < since:
        raise DomainError("closed-already", field="company", day=held.closed_date)
    columns = owner_columns(owner)
    rows = Ownership.objects.filter(company=held, kind=kind, **columns)
    follow(rows, since)
    check_free(rows, since, None)
    if kind == "direct" and share is not None:
        check_whole(list(Ownership.objects.filter(company=held, kind=kind)), share, since, None)
    return Ownership.objects.create(company=held, share=share, kind=kind, valid_from=since, **columns, **origin.columns)


def owner_columns(owner: Person | Company) -> dict[str, str]:
    """The owner as columns."""
    return {"owner_person_id": owner.pk} if isinstance(owner, Person) else {"owner_company_id": owner.pk}


def check_share(company: Company, owner: Person | Company, share: Decimal | None, kind: str) -> None:
    """Refuse a share that nobody can have.

    Raises:
        DomainError: `unknown-kind`, `owner-of-itself`, `share-out-of-range`.
    """
    if kind not in KINDS:
        raise DomainError("unknown-kind", field="kind", value=kind, known=", ".join(KINDS))
    if isinstance(owner, Company) and owner.pk == company.pk:
        raise DomainError("owner-of-itself", field="owner")
    if share is not None and not 0 < share <= WHOLE:
        raise DomainError("share-out-of-range", field="share", value=share)


def check_whole(others: Sequence[Ownership], share: Decimal, since: date | None, until: date | None) -> None:
    """See that a direct share fits beside those of other owners on every day on which it lasts.

    Raises:
        DomainError: `shares-above-the-whole`.
    """
    first, last = since or date.min, until or date.max
    days = {first, *(one.valid_from for one in others if one.valid_from and first < one.valid_from <= last)}
    held = max(sum((one.share or Decimal(0) for one in others if lasts_on(one, day)), Decimal(0)) for day in days)
    if held + share > WHOLE:
        raise DomainError("shares-above-the-whole", field="share", held=held.normalize(), share=share.normalize())


def lasts_on(one: Ownership, day: date) -> bool:
    """Whether a share is held on a day."""
    return (one.valid_from or date.min) <= day <= (one.valid_to or date.max)


@act("kernel.company.end_owner", records=ownership_line)
def end_ownership(*, ownership: Ownership, until: date, origin: Provenance, by: Actor, at: datetime) -> Ownership:
    """End a share, as when it is sold: `until` is the last day.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `ended-already`, `ends-before-it-begins`.
    """
    require_registrar(by, "kernel.company.end_owner", territory=ownership.company.territory)
    return end(ownership, until, **origin.columns)
