"""What rule files and step files say of themselves: the parts of a head and what each may hold."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

NUMBER = BeforeValidator(lambda value: str(value) if isinstance(value, float) else value)


class Part(BaseModel):
    """A part of a head: nothing in it may be unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Part):
    """One text in the three languages of the product."""

    kk: Annotated[str, Field(min_length=1)]
    ru: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def in_language(self, language: str) -> str:
        """The text in a language; English when it is none of the three."""
        return str(getattr(self, language, self.en))


class Parameter(Part):
    """A number that the query names as `$name`.

    Attributes:
        value: the number; not written in the file when the country pack has it.
        threshold: the pack's threshold whose newest amount is the number.
        source: what the pack says that the amount comes from.
    """

    name: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    value: Annotated[int | Decimal, NUMBER]
    threshold: str = ""
    source: str = ""
    unit: Words
    meaning: Words

    @model_validator(mode="before")
    @classmethod
    def take_from_pack(cls, given: Any, info: ValidationInfo) -> Any:
        """Put the number of the country pack in the place of a threshold's name."""
        if not isinstance(given, dict) or "threshold" not in given:
            return given
        if given.keys() & {"value", "source"}:
            raise ValueError("a threshold of the pack brings value and source with it")
        named = [one for one in info.context or () if one.name == given["threshold"]]
        if not named:
            raise ValueError(f"the country pack has no threshold {given['threshold']}")
        newest = max(named, key=lambda one: one.since)
        return given | {"value": newest.amount, "source": newest.source}


class Example(Part):
    """Small tables in, findings out.

    `tables` and `expect` are text: a line of column names, then a line a row, cells parted by `|`; an
    empty cell is unknown.
    """

    case: Words
    tables: dict[str, str]
    expect: str = ""


class Sources(Part):
    """What a query reads.

    Attributes:
        tables: tables it cannot do without, each with the columns it cannot do without.
        optional: tables that it reads when they are there, and takes for empty when not.
        steps: derived tables.
    """

    tables: dict[str, list[str]] = {}
    optional: dict[str, list[str]] = {}
    steps: list[str] = []


class StepColumn(Part):
    """How the page of a finding shows a column of a step.

    Attributes:
        type: `money` in the currency that the row's `currency` names, or `number`.
    """

    title: Words
    meaning: Words
    type: Literal["money", "number"] = "money"


class StepHead(Sources):
    """What a step file says of itself. Rules then read the step as a table.

    Attributes:
        key: the column that names a row.
        written: whether its table is written once a run; otherwise it is only a name for a query, worked out
            wherever it is read.
        columns: columns that rules may show as what they compared.
    """

    id: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    meaning: Annotated[str, Field(min_length=1)]
    key: str
    written: bool = True
    columns: dict[str, StepColumn] = {}


class RuleHead(Sources):
    """What a rule file says of itself.

    Attributes:
        subject: whom or what `subject_id` names: a person, or a territory or body where the question is about no person.
        codes: list of the country pack that the first part of `object_id` is a code of; none when it is no such code.
        kind: `flag` asks a person for an explanation, `quality` marks a suspected typing or reading error.
        unit: what is counted as checked, such as a declaration.
        checked: query of `unit_id, reason`; the reason is null for a unit that can be judged.
        reasons: sentences for the reasons that `checked` gives.
        compared: for each step whose rows findings name as evidence, the columns that their page shows.
        largest: how many rows of each kind that the query's part `behind` lists evidence names too; none without it.
    """

    id: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z-]+$")]
    kind: Literal["flag", "quality"]
    severity: Literal["high", "medium", "low"]
    subject: Literal["person", "territory", "body"] = "person"
    codes: str = ""
    title: Words
    explanation: Words
    basis: Annotated[list[Words], Field(min_length=1)]
    innocent: Annotated[list[Words], Field(min_length=1)]
    parameters: list[Parameter] = []
    tables: Annotated[dict[str, list[str]], Field(min_length=1)]
    unit: Words
    checked: str
    reasons: dict[str, Words] = {}
    compared: dict[str, Annotated[list[str], Field(min_length=1)]] = {}
    largest: Annotated[int, Field(ge=0, le=40)] = 0
    fires_on: Annotated[list[Example], Field(min_length=1)]
    silent_on: Annotated[list[Example], Field(min_length=1)]

    @model_validator(mode="after")
    def examples_say_what_they_expect(self) -> RuleHead:
        """Hold `fires_on` to expect findings and `silent_on` to expect none."""
        if any(not example.expect.strip() for example in self.fires_on):
            raise ValueError("an example of fires_on must say what it expects")
        if any(example.expect.strip() for example in self.silent_on):
            raise ValueError("an example of silent_on expects nothing")
        return self
