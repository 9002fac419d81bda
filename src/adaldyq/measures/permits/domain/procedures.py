"""A procedure as data: the steps of an application, who takes them, within how many working days, and where one appeals.

It holds no executable text: which way a step leads is one of its answers, by name. Its shape is a JSON Schema (2020-12), made
from the classes here, and every file is held to it before the linter (`domain.linting`) looks at what it says.
"""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from adaldyq.base.errors import DomainError

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_STEPS, MOST_CHARACTERS = 60, 200_000

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Words = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^<>{}$`\\]*$")]
Spoken = Annotated[dict[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], Words], Field(min_length=1)]


class Strict(BaseModel):
    """A part of the file; what nobody knows is a mistake."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Side(StrEnum):
    """On which side somebody stands."""

    APPLICANT = "applicant"
    OFFICIAL = "official"
    APPEAL = "appeal"  # another body, which hears appeals


class Key(StrEnum):
    """A key that one person holds and another does not."""

    VERIFY = "verify"
    DECIDE = "decide"


class Named(Strict):
    """A part that others name, with what people call it."""

    id: Code
    names: Spoken


class Participant(Named):
    """Somebody who takes steps."""

    side: Annotated[Side, Field(strict=False)]
    body: (
        Annotated[Words, Field(description="Official name of another body, whose officers take these steps.")] | None
    ) = None


class Answer(Named):
    """One way in which a step ends, and the step to which it leads."""

    to: Code


class Step(Named):
    """A step that somebody takes."""

    by: Code
    days: Annotated[int, Field(ge=1, le=365, description="Working days.")] | None = None
    appeal: Annotated[Code, Field(description="Participant who hears an appeal against it.")] | None = None
    key: Annotated[Key, Field(strict=False)] | None = None
    silence: Annotated[Code, Field(description="The answer that silence stands for.")] | None = None
    answers: Annotated[list[Answer], Field(min_length=1, max_length=10)]


class End(Named):
    """How an application ends."""

    outcome: Literal["granted", "refused", "returned", "noted"]


class Procedure(Strict):
    """A procedure of one entry of the catalogue."""

    format: Literal[1]
    permit: Annotated[str, Field(pattern=r"^[A-Z]{1,3}-[0-9]{1,6}$")]
    since: Annotated[date, Field(strict=False)]
    names: Spoken
    start: Code
    participants: Annotated[list[Participant], Field(min_length=1, max_length=20)]
    steps: Annotated[list[Step], Field(min_length=1, max_length=MOST_STEPS)]
    ends: Annotated[list[End], Field(min_length=1, max_length=20)]


def json_schema(address: str) -> dict[str, Any]:
    """The JSON Schema of a file.

    Args:
        address: where it is published.
    """
    return {"$schema": DIALECT, "$id": address, **Procedure.model_json_schema()}


def read(text: str) -> Procedure:
    """A procedure from the text of a file.

    Raises:
        DomainError: `procedure-too-large`, `procedure-not-json`, or `procedure-shape` with the place of the first mistake.
    """
    if len(text) > MOST_CHARACTERS:
        raise DomainError("procedure-too-large", field="text", limit=MOST_CHARACTERS)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise DomainError("procedure-not-json", field="text") from None
    return checked(content)


def checked(content: Any) -> Procedure:
    """A procedure from what a file holds.

    Raises:
        DomainError: `procedure-shape`.
    """
    try:
        return Procedure.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(one) for one in first["loc"]) or "–"
        raise DomainError("procedure-shape", field="text", place=place, count=error.error_count()) from None


def as_data(procedure: Procedure) -> dict[str, Any]:
    """A procedure as JSON holds it; what is left out stays out."""
    found: dict[str, Any] = procedure.model_dump(mode="json", exclude_none=True)
    return found


def step_of(procedure: Procedure, name: str) -> Step | None:
    """The step of a name; None for an end, and where there is none."""
    return next((one for one in procedure.steps if one.id == name), None)


def participant_of(procedure: Procedure, step: Step) -> Participant:
    """Who takes a step."""
    return next(one for one in procedure.participants if one.id == step.by)


def is_applicants(procedure: Procedure, step: Step) -> bool:
    """Whether a step is the applicant's."""
    return participant_of(procedure, step).side is Side.APPLICANT


def end_of(procedure: Procedure, name: str) -> End | None:
    """The end of a name; None for a step."""
    return next((one for one in procedure.ends if one.id == name), None)


def canonical(procedure: Procedure) -> str:
    """The one text of a procedure, of which its hash is made: sorted keys, no spaces."""
    return json.dumps(as_data(procedure), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
