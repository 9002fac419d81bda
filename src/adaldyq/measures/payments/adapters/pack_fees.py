"""Fees and grounds of waivers from a country pack: `fees.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from adaldyq.countries.facts import AmountUnit, Names
from adaldyq.countries.pack import CountryPack
from adaldyq.measures.payments.domain.fees import Exemption, FeeLaw, FeeTerms
from adaldyq.measures.payments.domain.formulas import NUMBERS, formula_of

FILE = "fees.yaml"
DUE_DAYS = 10
"""Working days to pay a fee that another register brings, where the pack does not say."""


@dataclass(frozen=True, slots=True)
class PackFee:
    """A fee as a pack states it.

    Attributes:
        body: official name of the body in the state language; empty for any body.
    """

    code: str
    body: str
    terms: FeeTerms
    since: date


@cache
def stated_in(folder: Path) -> Mapping[str, Any]:
    """The file of a pack; a pack need not have one."""
    file = folder / FILE
    return yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {"grounds": {}, "fees": []}


def waiver_grounds(pack: CountryPack) -> Mapping[str, Names]:
    """Names of the grounds of waivers, by code."""
    found: Mapping[str, Names] = stated_in(pack.folder)["grounds"]
    return found


@dataclass(frozen=True, slots=True)
class Usual:
    """What fees have in common that other registers bring: days to pay, and grounds of waivers with their per cent."""

    due_days: int
    exemptions: tuple[Exemption, ...]
    source: str


def usual_terms(pack: CountryPack) -> Usual:
    """What a pack says of fees that other registers bring, such as those of permits."""
    whole = stated_in(pack.folder)
    said = whole.get("brought", {})
    listed = tuple(Exemption(ground, per_cent) for ground, per_cent in said.get("exemptions", {}).items())
    return Usual(said.get("due_days", DUE_DAYS), listed, str(whole.get("source", "")))


def fees_of(pack: CountryPack) -> Iterator[PackFee]:
    """The fees of a pack.

    Raises:
        KeyError: a fee lacks something.
        DomainError: as `domain.formulas.formula_of`.
    """
    whole = stated_in(pack.folder)
    for one in whole["fees"]:
        yield PackFee(one["code"], one.get("body", ""), terms_of(one, whole["source"], pack), one["since"])


def terms_of(one: Mapping[str, Any], source: str, pack: CountryPack) -> FeeTerms:
    """What a fee says; numbers without a unit are in the pack's unit of fees."""
    numbers = {name: str(one[name]) for name in NUMBERS if name in one}
    unit = AmountUnit(one.get("unit", pack.fee_unit))
    law = one["law"]
    return FeeTerms(
        names=one["names"],
        formula=None if one.get("stated") else formula_of({"unit": unit.value, **numbers}),
        law=FeeLaw(law["names"], str(law["number"]), law["date"], law["article"]),
        due_days=one["due_days"],
        expiry_days=one.get("expiry_days"),
        source=one.get("source", source),
        exemptions=tuple(Exemption(ground, per_cent) for ground, per_cent in one.get("exemptions", {}).items()),
    )
