"""What a version of a fee schedule says, and when it is fit to be published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from adaldyq.base.errors import DomainError
from adaldyq.countries.facts import Names
from adaldyq.measures.payments.domain.formulas import Formula

LONGEST_NAME, LONGEST_CODE = 300, 40
MOST_DUE_DAYS, MOST_EXPIRY_DAYS = 366, 3660
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Exemption:
    """That on a ground, by the law of the fee, so many per cent of it are waived."""

    ground: str
    per_cent: int


@dataclass(frozen=True, slots=True)
class FeeLaw:
    """The act that sets a fee."""

    names: Names
    number: str
    day: date
    article: Names


@dataclass(frozen=True, slots=True)
class FeeTerms:
    """What a fee is from a day on.

    Attributes:
        formula: how it is counted; None where an act states each sum, as of a fine.
        due_days: working days in which it is to be paid.
        expiry_days: days after the last day to pay on which an unpaid invoice expires; None: it does not.
        source: where it was published, or `illustrative`.
    """

    names: Names
    formula: Formula | None
    law: FeeLaw
    due_days: int
    expiry_days: int | None
    source: str = ""
    exemptions: Sequence[Exemption] = field(default_factory=tuple)


def check(terms: FeeTerms, grounds: Collection[str], languages: Sequence[str]) -> None:
    """Refuse terms that cannot be published.

    Args:
        grounds: codes of grounds of waivers in the country.

    Raises:
        DomainError: `fee-untranslated`, `fee-law-missing`, `fee-days`, `fee-exemption`.
    """
    for name, texts in (("names", terms.names), ("law", terms.law.names), ("article", terms.law.article)):
        check_texts(name, texts, languages)
    if not terms.law.number.strip():
        raise DomainError("fee-law-missing", field="law_number")
    if not 1 <= terms.due_days <= MOST_DUE_DAYS:
        raise DomainError("fee-days", field="due_days", most=MOST_DUE_DAYS)
    if terms.expiry_days is not None and not 0 <= terms.expiry_days <= MOST_EXPIRY_DAYS:
        raise DomainError("fee-days", field="expiry_days", most=MOST_EXPIRY_DAYS)
    listed = [one.ground for one in terms.exemptions]
    wrong = [one for one in terms.exemptions if one.ground not in grounds or not 1 <= one.per_cent <= WHOLE]
    if wrong or len(set(listed)) != len(listed):
        raise DomainError("fee-exemption", field="exemptions")


def check_texts(field_name: str, texts: Mapping[str, str], languages: Sequence[str]) -> None:
    """Refuse a text that is not there in every language.

    Raises:
        DomainError: `fee-untranslated`.
    """
    for language in languages:
        if not 0 < len(texts.get(language, "").strip()) <= LONGEST_NAME:
            raise DomainError("fee-untranslated", field=f"{field_name}_{language}", limit=LONGEST_NAME)
