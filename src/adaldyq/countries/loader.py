"""Reads country packs: folders of YAML and CSV files, without a line of code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from adaldyq.base.errors import DomainError
from adaldyq.countries import borders, described, required, sheets, words
from adaldyq.countries.pack import CountryPack
from adaldyq.countries.reading import Report, YamlFile, read_yaml
from adaldyq.countries.shapes import PackFile, PermitsFile, PhasesFile, SchemesFile

HERE = Path(__file__).resolve().parent
FACTS, SCHEMES, PHASES, PERMITS = "pack.yaml", "identifiers.yaml", "phases.yaml", "permits.yaml"
UTC = "UTC"
UNKNOWN = "–"


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
    facts, file = read_yaml(folder / FACTS, PackFile, report, stand_ins)
    schemes, schemes_file = read_yaml(folder / SCHEMES, SchemesFile, report)
    phases, phases_file = read_yaml(folder / PHASES, PhasesFile, report)
    permits, permits_file = read_permits(folder, report)
    if facts is None:
        read_without_facts(folder, report)
        return Reading(None, report)
    spoken = tuple(facts.languages)
    pack = replace(
        described_pack(folder, facts, file),
        schemes=MappingProxyType(described.schemes(schemes, spoken, schemes_file) if schemes else {}),
        phases=described.phases(phases, facts.codes, spoken, phases_file)
        if phases and "codes" not in file.mended
        else (),
        permits=described.permits(permits, facts.codes, spoken, permits_file)
        if permits and "codes" not in file.mended
        else (),
    )
    pack = with_tables(pack, report)
    if "borders" not in file.mended:
        borders.check(pack.borders, pack.territories, report)
    report.mistakes[:] = [one for one in report.mistakes if not is_misled(one, file)]
    words.check(pack.words, report)
    return Reading(None if report.mistakes else pack, report)


def read_permits(folder: Path, report: Report) -> tuple[PermitsFile | None, YamlFile]:
    """The permits of a pack, which may have none."""
    if not (folder / PERMITS).is_file():
        return None, YamlFile(PERMITS, None, report)
    return read_yaml(folder / PERMITS, PermitsFile, report)


def stand_ins(kept: Mapping[object, object]) -> Mapping[str, object]:
    """What stands in for wrong parts of `pack.yaml`, so that the rest and the other files are judged too.

    None when the languages are wrong, since names are judged by them.
    """
    spoken = kept.get("languages")
    if not isinstance(spoken, Mapping):
        return {}
    names, source = {str(language): UNKNOWN for language in spoken}, UNKNOWN
    last_day = {"month": 1, "day": 1, "source": source}
    return {
        "source": source,
        "code": "XX",
        "names": names,
        "currency": {"code": "XXX", "places": 0, "sign": UNKNOWN, "source": source},
        "time_zone": {"name": UTC, "source": source},
        "rest_days": {"days": [], "source": source},
        "borders": {"file": UNKNOWN, "source": source},
        "index": {"names": names, "source": source},
        "fee_unit": {"unit": "index", "source": source},
        "filing": {"electronic": last_day, "paper": last_day},
        "codes": {name: {"values": {}, "source": source} for name in required.CODE_LISTS},
    }


def is_misled(mistake: DomainError, facts: YamlFile) -> bool:
    """Whether a mistake is none, but comes of what stands in for a wrong part of `pack.yaml`."""
    if "code" in facts.mended and mistake.code == "pack-not-one-root":
        return True
    if "rest_days" in facts.mended and mistake.code in {"pack-rests-anyway", "pack-worked-anyway"}:
        return True
    place = mistake.parameters
    return "codes" in facts.mended and place.get("file") == sheets.HOLIDAYS and place.get("what") == "name"


def described_pack(folder: Path, facts: PackFile, file: YamlFile) -> CountryPack:
    """What `pack.yaml` says."""
    spoken = tuple(facts.languages)
    described.named(facts.names, spoken, file, "names")
    described.named(facts.index.names, spoken, file, "index", "names")
    return CountryPack(
        code=facts.code,
        names=facts.names,
        speech=described.languages(facts.languages, file),
        money=described.currency(facts.currency, file),
        zone=zone(facts.time_zone.name, file),
        rest_days=frozenset(facts.rest_days.days),
        borders=folder / facts.borders.file,
        schemes=MappingProxyType({}),
        index_name=facts.index.names,
        fee_unit=facts.fee_unit.unit,
        codes=MappingProxyType(described.codes(facts.codes, spoken, file)),
        code_sources=MappingProxyType({name: part.source for name, part in facts.codes.items()}),
        sole_traders=described.people_of(facts.codes, "legal_form", file),
        filing_days=MappingProxyType(described.filing_days(facts.filing, spoken, file)),
        phases=(),
        joint_filing=facts.filing.joint.allowed,
        sources=MappingProxyType(sources(facts)),
        folder=folder,
    )


def with_tables(pack: CountryPack, report: Report) -> CountryPack:
    """A pack with what its CSV files say."""
    return replace(
        pack,
        days=sheets.days(pack.folder, pack.codes.get("holiday", {}), pack.rest_days, report),
        territories=sheets.territories(pack.folder, pack.languages, pack.code, report),
        index=sheets.index(pack.folder, report),
        rate_facts=sheets.rates(pack.folder, pack.currency, report),
        thresholds=sheets.thresholds(
            pack.folder, report, pack.codes.get("reward_class", {}), pack.codes.get("street_service", {})
        ),
        deadlines=sheets.deadlines(pack.folder, report),
        retention=sheets.retention(pack.folder, report),
        documents=sheets.documents(pack.folder, pack.languages, report),
    )


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
        "joint_filing": facts.filing.joint.source,
        "time_zone": facts.time_zone.source,
        "rest_days": facts.rest_days.source,
        "borders": facts.borders.source,
        "index": facts.index.source,
        "fee_unit": facts.fee_unit.source,
    }
