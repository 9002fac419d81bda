"""What an entry of the catalogue says, and what it must say before it is taken."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from adaldyq.base.errors import DomainError
from adaldyq.countries.facts import Names
from adaldyq.countries.permits import PaperFact, PermitFact, PermitKind, Risk

NUMBER = re.compile(r"[A-Z]{1,3}-[0-9]{1,6}")
ACTIVITY = re.compile(r"[0-9]{2,6}")
LONGEST_NAME, LONGEST_REFERENCE = 300, 100
MOST_LISTED = 50
MOST_DAYS, MOST_MONTHS, MOST_FEE = 1000, 1200, Decimal(10**9)


@dataclass(frozen=True, slots=True)
class Law:
    """The act that brings an entry in, and where in it."""

    names: Names
    number: str
    day: date
    article: Names


@dataclass(frozen=True, slots=True)
class Burden:
    """What one application costs a business, and how many there are in a year.

    Attributes:
        hours: of work.
        costs: what else is paid for it, beside the fee, in the country's currency.
        applications: in a year.
    """

    hours: Decimal
    costs: Decimal
    applications: int


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that an entry says of a permit.

    Attributes:
        fee: in the pack's unit of fees.
        days: working days in which the body decides.
        validity_months: how long it holds; None without end.
        renewal_days: working days before its end by which a renewal is asked for; None when there is none.
        burden: None where nobody has counted it.
    """

    kind: PermitKind
    sector: str
    names: Names
    law: Law
    subtypes: Sequence[Names]
    requirements: Sequence[Names]
    documents: Sequence[PaperFact]
    fee: Decimal
    days: int
    validity_months: int | None
    renewal_days: int | None
    silence_is_consent: bool
    risk: Risk
    activities: Sequence[str]
    life_events: Sequence[str]
    burden: Burden | None


def terms_of(fact: PermitFact) -> Terms:
    """The terms of a permit of a country pack."""
    counted = (fact.hours, fact.costs, fact.applications)
    same = (
        "kind", "sector", "names", "subtypes", "requirements", "documents", "fee", "days", "validity_months",
        "renewal_days", "silence_is_consent", "risk", "activities", "life_events",
    )  # fmt: skip
    return Terms(
        **{name: getattr(fact, name) for name in same},
        law=Law(fact.law, fact.law_number, fact.law_date, fact.law_article),
        burden=None if None in counted else Burden(*counted),  # type: ignore[arg-type]  # none of them is None here
    )


def check(terms: Terms, codes: Mapping[str, Collection[str]], languages: Collection[str], since: date) -> None:
    """Refuse terms that say too little, or what no page of ours sends.

    Args:
        codes: the pack's lists by name.
        languages: in which everything is named.
        since: day from which they hold.

    Raises:
        DomainError: `permit-law-missing` without an act, its number and its article; `permit-law-later` when the act is
            younger than the day; `permit-untranslated`, `permit-activity`, `permit-number-range`, `declared-not-offered`.
    """
    law = terms.law
    if not (law.number.strip() and all(law.names.get(one) and law.article.get(one) for one in languages)):
        raise DomainError("permit-law-missing", field="law_number")
    if law.day > since:
        raise DomainError("permit-law-later", field="law_date")
    named = [("names", terms.names), *(("subtypes", one) for one in terms.subtypes)]
    named += [("requirements", one) for one in terms.requirements]
    named += [("documents", one.names) for one in terms.documents]
    for field, names in named:
        if not all(names.get(one, "").strip() and len(names[one]) <= LONGEST_NAME for one in languages):
            raise DomainError("permit-untranslated", field=field, limit=LONGEST_NAME)
    check_codes(terms, codes)
    check_numbers(terms)


def check_codes(terms: Terms, codes: Mapping[str, Collection[str]]) -> None:
    """Refuse codes that the pack has not.

    Raises:
        DomainError: as `check`.
    """
    if terms.sector not in codes["permit_sector"]:
        raise DomainError("declared-not-offered", field="sector", value=terms.sector)
    for event in terms.life_events:
        if event not in codes["life_event"]:
            raise DomainError("declared-not-offered", field="life_events", value=event)
    if not terms.activities:
        raise DomainError("permit-activity", field="activities", value="")
    known = codes.get("activity", ())
    for code in terms.activities:
        begins = any(code.startswith(one) for one in known)
        if not ACTIVITY.fullmatch(code) or (known and not begins):
            raise DomainError("permit-activity", field="activities", value=code)


def check_numbers(terms: Terms) -> None:
    """Refuse numbers that cannot be.

    Raises:
        DomainError: `permit-number-range`.
    """
    burden = terms.burden
    ranges: list[tuple[str, Decimal | int | None, Decimal | int]] = [
        ("fee", terms.fee, MOST_FEE),
        ("days", terms.days, MOST_DAYS),
        ("validity_months", terms.validity_months, MOST_MONTHS),
        ("renewal_days", terms.renewal_days, MOST_DAYS),
        ("hours", burden.hours if burden else None, 10_000),
        ("costs", burden.costs if burden else None, MOST_FEE),
        ("applications", burden.applications if burden else None, 10_000_000),
    ]
    for field, value, most in ranges:
        if value is not None and not 0 <= value <= most:
            raise DomainError("permit-number-range", field=field, most=most)
    for field, listed in (
        ("subtypes", terms.subtypes),
        ("requirements", terms.requirements),
        ("documents", terms.documents),
    ):
        if len(listed) > MOST_LISTED:
            raise DomainError("permit-number-range", field=field, most=MOST_LISTED)


def check_number(number: str) -> str:
    """A number of the catalogue.

    Raises:
        DomainError: `permit-catalogue-number`.
    """
    if not NUMBER.fullmatch(number):
        raise DomainError("permit-catalogue-number", field="number", value=number[:40])
    return number
