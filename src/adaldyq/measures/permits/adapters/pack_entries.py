"""Entries of the catalogue from a country pack."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from adaldyq.countries.pack import CountryPack
from adaldyq.measures.permits.domain.terms import Terms, terms_of


def entries_of(pack: CountryPack, without: Collection[str]) -> Iterator[tuple[str, str, Terms, date]]:
    """Number, official name of the body, terms and first day of each permit of a pack.

    Args:
        without: numbers that are left out.
    """
    for fact in pack.permits:
        if fact.number not in without:
            yield fact.number, fact.body, terms_of(fact), fact.since
