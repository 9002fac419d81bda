"""Turns the YAML files of a pack into facts, and says what does not fit together in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from adaldyq.base.errors import DomainError
from adaldyq.base.money import OTHER_PLACES, minor_places
from adaldyq.countries import required
from adaldyq.countries.facts import FilingDay, Language, Names
from adaldyq.countries.identifiers import Checksum, IdentifierScheme
from adaldyq.countries.pack import Currency
from adaldyq.countries.patterns import endless
from adaldyq.countries.permits import PaperFact, PermitFact
from adaldyq.countries.phases import Phase, Release
from adaldyq.countries.reading import YamlFile
from adaldyq.countries.shapes import (
    CodesPart,
    CurrencyPart,
    ExamplesPart,
    FilingParts,
    LanguagePart,
    PermitPart,
    PermitsFile,
    PhasesFile,
    SchemePart,
    SchemesFile,
)

LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
DAY_GROUPS = {"year", "month", "day"}
LEAP_YEAR = 2000


def named(names: Names, languages: Collection[str], file: YamlFile, *place: str | int) -> Names:
    """Names that must be there in every language of the pack, and in no other."""
    for language in languages:
        if language not in names:
            file.report.add(DomainError("pack-untranslated", file=file.name, line=file.line(*place), value=language))
    for language in names:
        if language not in languages:
            line = file.line(*place, language)
            file.report.add(DomainError("pack-no-such-language", file=file.name, line=line, value=language))
    return names


def languages(parts: Mapping[str, LanguagePart], file: YamlFile) -> tuple[Language, ...]:
    """The languages of the pages, in the order of the file."""
    for code in parts:
        if not LANGUAGE_CODE.fullmatch(code):
            line = file.line("languages", code)
            file.report.add(DomainError("pack-not-a-language", file=file.name, line=line, value=code))
    return tuple(Language(code, one.name, one.script, one.right_to_left, one.source) for code, one in parts.items())


def currency(part: CurrencyPart, file: YamlFile) -> Currency:
    """The country's own currency, with the places that ISO 4217 gives it where it does."""
    places = minor_places(part.code)
    if part.code in OTHER_PLACES and part.places != places:
        line = file.line("currency", "places")
        file.report.add(DomainError("pack-wrong-places", file=file.name, line=line, value=part.code, places=places))
    return Currency(part.code, part.places, part.sign, part.source)


def filing_days(parts: FilingParts, spoken: Collection[str], file: YamlFile) -> dict[str, FilingDay]:
    """Last days to file by way."""
    found = {}
    place = named(parts.paper.place, spoken, file, "filing", "paper", "place") if parts.paper.place else {}
    for way, part, where in (("electronic", parts.electronic, {}), ("paper", parts.paper, place)):
        found[way] = FilingDay(way, part.month, part.day, part.source, where)
        try:
            date(LEAP_YEAR + 1, part.month, part.day)
        except ValueError:
            value = f"{part.month:02d}-{part.day:02d}"
            line = file.line("filing", way)
            file.report.add(DomainError("pack-not-a-day", file=file.name, line=line, what=way, value=value))
    return found


def people_of(parts: Mapping[str, CodesPart], name: str, file: YamlFile) -> frozenset[str]:
    """Codes of a list that stand for people; each must be one of the list."""
    part = parts.get(name)
    if part is None:
        return frozenset()
    line, known = file.line("codes", name, "people"), ", ".join(part.values)
    for code in part.people:
        if code not in part.values:
            facts = {"what": "people", "value": code, "known": known}
            file.report.add(DomainError("pack-not-one-of", file=file.name, line=line, **facts))
    return frozenset(part.people) & part.values.keys()


def codes(parts: Mapping[str, CodesPart], spoken: Collection[str], file: YamlFile) -> dict[str, Mapping[str, Names]]:
    """Code lists by name; those that every pack must have among them."""
    for name in required.CODE_LISTS:
        if name not in parts:
            file.report.add(DomainError("pack-name-required", file=file.name, line=file.line("codes"), value=name))
    return {
        name: {code: named(names, spoken, file, "codes", name, "values", code) for code, names in part.values.items()}
        for name, part in parts.items()
    }


def schemes(parts: SchemesFile, spoken: Collection[str], file: YamlFile) -> dict[str, IdentifierScheme]:
    """Identifier schemes by name, each tried on its examples."""
    found = {}
    for name, part in parts.root.items():
        named(part.titles, spoken, file, name, "titles")
        if pattern_is_sound(name, part, file):
            found[name] = scheme(name, part)
            tried(found[name], part.examples, file)
    return found


def scheme(name: str, part: SchemePart) -> IdentifierScheme:
    """One scheme."""
    return IdentifierScheme(
        name=name,
        holder=part.holder,
        titles=part.titles,
        pattern=part.pattern,
        checksum=part.checksum,
        source=part.source,
        centuries=part.centuries,
        weights=tuple(map(tuple, part.weights)),
        modulus=part.modulus,
        valid=tuple(part.examples.valid),
        invalid=tuple(part.examples.invalid),
    )


def pattern_is_sound(name: str, part: SchemePart, file: YamlFile) -> bool:
    """Whether a scheme's pattern is a regular expression with a whole day or none, and its weights fit it."""
    before = len(file.report.mistakes)
    line = file.line(name, "pattern")
    try:
        groups = set(re.compile(part.pattern).groupindex)
    except re.error as error:
        what, spot = f"{name}.pattern", (error.pos or 0) + 1
        file.report.add(DomainError("pack-bad-pattern", file=file.name, line=line, what=what, place=spot))
        return False
    if (again := endless(part.pattern)) is not None:
        what = f"{name}.pattern"
        file.report.add(DomainError("pack-endless-pattern", file=file.name, line=line, what=what, place=again))
    if (groups & DAY_GROUPS and not groups >= DAY_GROUPS) or ("century" in groups) != bool(part.centuries):
        file.report.add(DomainError("pack-half-a-day", file=file.name, line=line, value=name))
    if (part.checksum is Checksum.WEIGHTED) != bool(part.weights):
        line = file.line(name, "weights")
        file.report.add(DomainError("pack-weights", file=file.name, line=line, value=name))
    return len(file.report.mistakes) == before


def tried(one: IdentifierScheme, examples: ExamplesPart, file: YamlFile) -> None:
    """Try a scheme on its examples."""
    for kind, numbers, wanted in (("valid", examples.valid, True), ("invalid", examples.invalid, False)):
        for place, number in enumerate(numbers):
            try:
                answer = one.check(number)
            except (ValueError, IndexError):  # weights that do not fit the length of the number
                answer = not wanted
            if answer is not wanted:
                line = file.line(one.name, "examples", kind, place)
                file.report.add(
                    DomainError("pack-example", file=file.name, line=line, scheme=one.name, value=number, wanted=kind)
                )


def phases(
    parts: PhasesFile, lists: Mapping[str, CodesPart], spoken: Collection[str], file: YamlFile
) -> tuple[Phase, ...]:
    """Phases of the obligation, in the order of the file."""
    groups, circumstances = (
        [code for code in lists[name].values if code in told] if name in lists else []
        for name, told in (
            ("obligation_group", required.GROUPS),
            ("obligation_circumstance", required.CIRCUMSTANCES),
        )
    )
    found: list[Phase] = []
    for place, part in enumerate(parts.root):
        named(part.names, spoken, file, place, "names")
        known(part.group, groups, file, place, "group")
        release = part.release
        for number, circumstance in enumerate(release.unless if release else ()):
            known(circumstance, circumstances, file, place, "release", "unless", number)
        earlier = [one for one in found if one.group == part.group]
        if any(one.release is None or one.release.year > part.year for one in earlier):
            line = file.line(place, "group")
            file.report.add(DomainError("pack-phases-overlap", file=file.name, line=line, value=part.group))
        if release and (release.year < part.year or release.since < part.since):
            line = file.line(place, "release")
            file.report.add(DomainError("pack-released-before", file=file.name, line=line, value=part.group))
        found.append(
            Phase(
                part.group,
                part.names,
                part.year,
                part.since,
                part.spouses,
                part.public,
                part.source,
                Release(release.year, release.since, tuple(release.unless), release.source) if release else None,
            )
        )
    return tuple(found)


def permits(
    parts: PermitsFile, lists: Mapping[str, CodesPart], spoken: Collection[str], file: YamlFile
) -> tuple[PermitFact, ...]:
    """Entries of the catalogue of permits, in the order of the file."""
    named(parts.law, spoken, file, "law")
    sectors, events = (list(lists[name].values) if name in lists else [] for name in ("permit_sector", "life_event"))
    found: dict[str, PermitFact] = {}
    for place, part in enumerate(parts.entries):
        at = ("entries", place)
        if part.number in found:
            line = file.line(*at, "number")
            file.report.add(DomainError("pack-twice", file=file.name, line=line, value=part.number))
        named(part.names, spoken, file, *at, "names")
        named(part.law.article, spoken, file, *at, "law", "article")
        for name, listed in (("subtypes", part.subtypes), ("requirements", part.requirements)):
            for number, names in enumerate(listed):
                named(names, spoken, file, *at, name, number)
        for number, paper in enumerate(part.documents):
            named(paper.title, spoken, file, *at, "documents", number, "title")
        known(part.sector, sectors, file, *at, "sector")
        for number, event in enumerate(part.life_events):
            known(event, events, file, *at, "life_events", number)
        found[part.number] = permit(part, parts)
    return tuple(found.values())


def permit(part: PermitPart, parts: PermitsFile) -> PermitFact:
    """One entry."""
    same = {name: getattr(part, name) for name in PermitPart.model_fields if name not in {"law", "documents"}}
    return PermitFact(
        **same,
        law=parts.law,
        law_number=part.law.number,
        law_date=part.law.date,
        law_article=part.law.article,
        documents=tuple(PaperFact(one.title, one.held_by) for one in part.documents),
        source=parts.source,
    )


def known(value: str, choices: Collection[str], file: YamlFile, *place: str | int) -> None:
    """Say that a value is none of those it may be."""
    if value not in choices:
        named = next(str(one) for one in reversed(place) if isinstance(one, str))
        line, allowed = file.line(*place), ", ".join(choices)
        file.report.add(
            DomainError("pack-not-one-of", file=file.name, line=line, what=named, value=value, known=allowed)
        )
