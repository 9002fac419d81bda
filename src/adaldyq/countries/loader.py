"""Reads country packs."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from adaldyq.base.errors import DomainError
from adaldyq.countries.pack import CountryPack, IdentifierScheme, TerritoryFact

Row = TypeVar("Row")

HERE = Path(__file__).resolve().parent
LAST_DECLARED_YEAR = 2100


class MonthAndDay(BaseModel):
    """A day of any year."""

    model_config = ConfigDict(extra="forbid")
    month: int
    day: int


class Index(BaseModel):
    """The index that the law counts in."""

    model_config = ConfigDict(extra="forbid")
    names: dict[str, str]


class PackFile(BaseModel):
    """The shape of `pack.yaml`."""

    model_config = ConfigDict(extra="forbid")
    code: str
    currency: str
    languages: list[str]
    names: dict[str, str]
    index: Index
    filing_deadline: MonthAndDay
    codes: dict[str, dict[str, dict[str, str]]]


def available() -> list[str]:
    """Codes of the packs that ship with the product."""
    return sorted(file.parent.name for file in HERE.glob("*/pack.yaml"))


@cache
def load(code: str) -> CountryPack:
    """Read a country pack.

    Raises:
        DomainError: `no-such-pack`, or `bad-pack-file` with file, line and what is wrong there.
    """
    folder = HERE / code
    if code not in available():
        raise DomainError("no-such-pack", value=code, known=", ".join(available()))
    facts = read_facts(folder / "pack.yaml")
    schemes = import_module(f"adaldyq.countries.{code}.schemes")
    return CountryPack(
        code=facts.code,
        currency=facts.currency,
        languages=tuple(facts.languages),
        names=facts.names,
        territories=tuple(rows(folder / "territories.csv", territory)),
        borders=folder / "regions.geojson",
        schemes=MappingProxyType({scheme.name: scheme for scheme in typed(schemes.SCHEMES)}),
        index_name=facts.index.names,
        index_values=dict(rows(folder / "index_values.csv", lambda row: (int(row["year"]), Decimal(row["amount"])))),
        exchange_rates=dict(
            rows(
                folder / "exchange_rates.csv",
                lambda row: ((row["currency"], int(row["year"])), Decimal(row["rate"])),
            )
        ),
        codes=facts.codes,
        filing_deadlines=deadlines(facts.filing_deadline),
        folder=folder,
    )


def typed(schemes: tuple[IdentifierScheme, ...]) -> tuple[IdentifierScheme, ...]:
    """Give the type checker the type of what a pack's module offers."""
    return schemes


def read_facts(file: Path) -> PackFile:
    """Read and check `pack.yaml`."""
    try:
        return PackFile.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DomainError("bad-pack-file", file=file.name, line=line, problem=str(error.problem)) from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise DomainError("bad-pack-file", file=file.name, line=1, problem=f"{place}: {first['msg']}") from None


def rows(file: Path, read: Callable[[dict[str, str]], Row]) -> Iterator[Row]:
    """Read a CSV file of the pack, a fact a line."""
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        for row in reader:
            try:
                yield read(row)
            except (KeyError, ValueError, InvalidOperation) as error:
                raise DomainError("bad-pack-file", file=file.name, line=reader.line_num, problem=str(error)) from None


def territory(row: dict[str, str]) -> TerritoryFact:
    """Read one territory; every column after the fourth is its name in a language."""
    names = {
        language: row[language] for language in row if language not in {"code", "official_code", "level", "parent"}
    }
    return TerritoryFact(row["code"], row["official_code"], row["level"], row["parent"], names)


def deadlines(day: MonthAndDay) -> dict[int, date]:
    """Last day to file for each declared year: that day of the year after."""
    return {year: date(year + 1, day.month, day.day) for year in range(2000, LAST_DECLARED_YEAR)}
