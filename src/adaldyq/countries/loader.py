"""Reads country packs: folders of YAML and CSV files, without a line of code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adaldyq.base.errors import DomainError
from adaldyq.countries import borders, described, sheets
from adaldyq.countries.pack import CountryPack
from adaldyq.countries.reading import Report, YamlFile, read_yaml
from adaldyq.countries.shapes import PackFile, PhasesFile, SchemesFile

HERE = Path(__file__).resolve().parent
FACTS, SCHEMES, PHASES = "pack.yaml", "identifiers.yaml", "phases.yaml"
UTC = "UTC"


@dataclass(frozen=True)
class Reading:
    """A pack that was read: the pack when nothing is wrong with it, and what came to light."""

    pack: CountryPack | None
    report: Report


def available() -> list[str]:
    """Codes of the packs that ship with the product."""
    return sorted(file.parent.name for file in HERE.glob(f"*/{FACTS}"))


def folder_of(pack: str) -> Path:
    """The folder of a pack, named by its code or by its path.

    Raises:
        DomainError: `no-such-pack`.
    """
    if pack in available():
        return HERE / pack
    if Path(pack).is_dir():
        return Path(pack).resolve()
    raise DomainError("no-such-pack", value=pack, known=", ".join(available()))


@cache
def load(pack: str) -> CountryPack:
    """Read a country pack, named by its code or by the path of its folder.

    Raises:
        DomainError: `no-such-pack`, or the first mistake in it, with file and line.
    """
    reading = read(folder_of(pack))
    if reading.pack is None:
        raise reading.report.mistakes[0]
    return reading.pack


def read(folder: Path) -> Reading:
    """Read all files of a pack and say everything that is wrong with them."""
    report = Report()
    facts, file = read_yaml(folder / FACTS, PackFile, report)
    schemes, schemes_file = read_yaml(folder / SCHEMES, SchemesFile, report)
    phases, phases_file = read_yaml(folder / PHASES, PhasesFile, report)
    if facts is None:
        read_without_facts(folder, report)
        return Reading(None, report)
    spoken = tuple(facts.languages)
    speech = described.languages(facts.languages, file)
    described.named(facts.names, spoken, file, "names")
    described.named(facts.index.names, spoken, file, "index", "names")
    codes = described.codes(facts.codes, spoken, file)
    rest_days = frozenset(facts.rest_days.days)
    territories = sheets.territories(folder, spoken, facts.code, report)
    borders.check(folder / facts.borders.file, territories, report)
    pack = CountryPack(
        code=facts.code,
        names=facts.names,
        speech=speech,
        money=described.currency(facts.currency, file),
        zone=zone(facts.time_zone.name, file),
        rest_days=rest_days,
        days=sheets.days(folder, codes.get("holiday", {}), rest_days, report),
        territories=territories,
        borders=folder / facts.borders.file,
        schemes=MappingProxyType(described.schemes(schemes, spoken, schemes_file) if schemes else {}),
        index_name=facts.index.names,
        index=sheets.index(folder, report),
        rate_facts=sheets.rates(folder, facts.currency.code, report),
        fee_unit=facts.fee_unit.unit,
        codes=MappingProxyType(codes),
        code_sources=MappingProxyType({name: part.source for name, part in facts.codes.items()}),
        thresholds=sheets.thresholds(folder, report),
        deadlines=sheets.deadlines(folder, report),
        retention=MappingProxyType(sheets.retention(folder, report)),
        filing_days=MappingProxyType(described.filing_days(facts.filing, file)),
        phases=described.phases(phases, codes, spoken, phases_file) if phases else (),
        sources=MappingProxyType(sources(facts)),
        folder=folder,
    )
    return Reading(None if report.mistakes else pack, report)


def read_without_facts(folder: Path, report: Report) -> None:
    """Say what is wrong with the files that can be judged without `pack.yaml`."""
    sheets.index(folder, report)
    sheets.thresholds(folder, report)
    sheets.deadlines(folder, report)
    sheets.retention(folder, report)


def zone(name: str, file: YamlFile) -> ZoneInfo:
    """A zone of the IANA time zone database."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        line = file.line("time_zone", "name")
        file.report.add(DomainError("pack-no-such-zone", file=file.name, line=line, value=name))
        return ZoneInfo(UTC)


def sources(facts: PackFile) -> dict[str, str]:
    """Where the single values of `pack.yaml` were taken from."""
    return {
        "names": facts.source,
        "time_zone": facts.time_zone.source,
        "rest_days": facts.rest_days.source,
        "borders": facts.borders.source,
        "index": facts.index.source,
        "fee_unit": facts.fee_unit.source,
    }
