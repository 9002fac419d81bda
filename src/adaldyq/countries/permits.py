"""The permits that a country's catalogue begins with, as its pack states them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from adaldyq.countries.facts import Names


class PermitKind(StrEnum):
    """What a business needs before it begins."""

    LICENCE = "licence"  # the body decides, and the holder stands in a register
    PERMIT = "permit"  # the body decides about one thing
    NOTIFICATION = "notification"  # the business tells the body, which decides nothing


class Risk(StrEnum):
    """How much harm the activity may do."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class PaperFact:
    """A document that is asked for.

    Attributes:
        held_by: name of the base registry that holds it already, so that nobody need bring it; empty when none does.
    """

    names: Names
    held_by: str


@dataclass(frozen=True, slots=True)
class PermitFact:
    """A permit.

    Attributes:
        number: in the catalogue.
        body: official name of the issuing body, in the state language.
        law: name of the act that brings it in; `law_number`, `law_date` and `law_article` say which and where.
        since: day from which it is needed.
        fee: in the pack's `fee_unit`.
        days: working days in which the body decides; of a notification, in which it notes it.
        validity_months: how long it holds; None without end.
        renewal_days: working days before the end by which a renewal is asked for; None when it is not renewed.
        hours: that a business spends on one application; `costs`: what else it pays for it, in the country's currency;
            `applications`: how many there are in a year. None where nobody has counted.
    """

    number: str
    kind: PermitKind
    body: str
    sector: str
    names: Names
    since: date
    law: Names
    law_number: str
    law_date: date
    law_article: Names
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
    hours: Decimal | None
    costs: Decimal | None
    applications: int | None
    source: str
