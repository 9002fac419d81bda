"""Procedures of permits from a country pack: `procedures/NUMBER.json`."""

from __future__ import annotations

from collections.abc import Iterator

from adaldyq.countries.pack import CountryPack
from adaldyq.measures.permits.domain.procedures import Procedure, read

FOLDER = "procedures"


def procedures_of(pack: CountryPack) -> Iterator[Procedure]:
    """Each procedure of a pack, by file name.

    Raises:
        DomainError: those of `domain.procedures.read`.
    """
    for file in sorted((pack.folder / FOLDER).glob("*.json")):
        yield read(file.read_text(encoding="utf-8"))
