"""The shapes of the YAML files of a pack."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel

from adaldyq.countries.facts import AmountUnit
from adaldyq.countries.identifiers import Checksum, Holder
from adaldyq.countries.permits import PermitKind, Risk

Text = Annotated[str, Field(min_length=1)]
NamesGiven = dict[str, Text]


class Part(BaseModel):
    """A part of a file; a key that nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class SourcedPart(Part):
    """A part that says where its values were taken from."""

    source: str


class LanguagePart(SourcedPart):
    """A language of the pages."""

    name: Text
    script: Annotated[str, Field(pattern=r"^[A-Z][a-z]{3}$")]
    right_to_left: bool = False


class CurrencyPart(SourcedPart):
    """The country's own currency."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    places: Annotated[int, Field(ge=0, le=4)]
    sign: Text


class ZonePart(SourcedPart):
    """The country's clock."""

    name: Text


class WeekPart(SourcedPart):
    """Days of the week that are not worked: 1 is Monday, 7 is Sunday."""

    days: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(max_length=6)]


class BordersPart(SourcedPart):
    """The file with the borders of the territories below the country."""

    file: Text


class IndexPart(SourcedPart):
    """The index that the law counts in."""

    names: NamesGiven


class FeeUnitPart(SourcedPart):
    """What fees are counted in."""

    unit: AmountUnit


class FilingPart(SourcedPart):
    """Last day to file one way, of the year after the declared one."""

    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]


class PaperFilingPart(FilingPart):
    """The same on paper, and where a paper is brought."""

    place: NamesGiven | None = None


class JointPart(SourcedPart):
    """Whether husband and wife may file one declaration together."""

    allowed: bool


class FilingParts(Part):
    """Last days to file, and whether husband and wife may file together."""

    electronic: FilingPart
    paper: PaperFilingPart
    joint: JointPart


class CodesPart(SourcedPart):
    """A code list; of legal forms `people` are those under which a person trades by themselves, whose name is a person's."""

    values: dict[Text, NamesGiven]
    people: list[Text] = []


class PackFile(SourcedPart):
    """The shape of `pack.yaml`; its own source is that of the country's code and names."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    names: NamesGiven
    languages: Annotated[dict[str, LanguagePart], Field(min_length=1)]
    currency: CurrencyPart
    time_zone: ZonePart
    rest_days: WeekPart
    borders: BordersPart
    index: IndexPart
    fee_unit: FeeUnitPart
    filing: FilingParts
    codes: dict[str, CodesPart]


class ExamplesPart(Part):
    """Numbers that tell whether a scheme is described right."""

    valid: Annotated[list[str], Field(min_length=1)]
    invalid: Annotated[list[str], Field(min_length=1)]


class SchemePart(SourcedPart):
    """An identifier scheme."""

    holder: Holder
    titles: NamesGiven
    pattern: Text
    centuries: dict[str, int] = {}
    checksum: Checksum
    weights: list[list[int]] = []
    modulus: Annotated[int, Field(ge=2)] = 11
    examples: ExamplesPart


class SchemesFile(RootModel[Annotated[dict[str, SchemePart], Field(min_length=1)]]):
    """The shape of `identifiers.yaml`: schemes by name."""


class ReleasePart(SourcedPart):
    """When and how far the law let a group go."""

    year: int
    since: date
    unless: list[str] = []


class PhasePart(SourcedPart):
    """When the law brought a group in."""

    group: Text
    names: NamesGiven
    year: int
    since: date
    spouses: bool
    public: bool
    release: ReleasePart | None = None


class PhasesFile(RootModel[Annotated[list[PhasePart], Field(min_length=1)]]):
    """The shape of `phases.yaml`."""


class LawPart(Part):
    """Where in the act that brings a permit in it stands."""

    number: Text
    date: date
    article: NamesGiven


class PaperPart(Part):
    """A document that is asked for, and the register that holds it already; empty when none does."""

    title: NamesGiven
    held_by: str = ""


class PermitPart(Part):
    """An entry of the catalogue of permits."""

    number: Annotated[str, Field(pattern=r"^[A-Z]{1,3}-[0-9]{1,6}$")]
    kind: PermitKind
    body: Text
    sector: Text
    names: NamesGiven
    since: date
    law: LawPart
    subtypes: list[NamesGiven] = []
    requirements: list[NamesGiven] = []
    documents: list[PaperPart] = []
    fee: Annotated[Decimal, Field(ge=0)] = Decimal(0)
    days: Annotated[int, Field(ge=0)]
    validity_months: Annotated[int, Field(ge=1)] | None = None
    renewal_days: Annotated[int, Field(ge=0)] | None = None
    silence_is_consent: bool
    risk: Risk
    activities: Annotated[list[Annotated[str, Field(pattern=r"^[0-9]{2,6}$")]], Field(min_length=1)]
    life_events: list[str] = []
    hours: Annotated[Decimal, Field(ge=0)] | None = None
    costs: Annotated[Decimal, Field(ge=0)] | None = None
    applications: Annotated[int, Field(ge=0)] | None = None


class PermitsFile(SourcedPart):
    """The shape of `permits.yaml`."""

    law: NamesGiven
    entries: list[PermitPart]
