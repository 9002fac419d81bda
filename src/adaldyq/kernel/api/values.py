"""Kinds of value that operations take: text without control characters, days of our calendar, ids."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Field, Schema
from pydantic import BeforeValidator, ConfigDict, StringConstraints

from adaldyq.base.ids import ALPHABET, LENGTH

FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(2199, 12, 31)
PRINTABLE = r"^[^\x00-\x1f\x7f]*$"

DAYS = "^(1[89]|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"  # the same for clients: JSON Schema bounds no days


def only_number(value: object) -> object:
    """A number as it was sent; of anything else nothing, which no number field takes: `true` is not 1, nor is "1"."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


Whole = Annotated[int, BeforeValidator(only_number)]
"""A whole number, as JSON Schema has it."""

Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY, json_schema_extra={"pattern": DAYS})]
RecordId = Annotated[str, StringConstraints(pattern=rf"^[{ALPHABET}]{{{LENGTH}}}$")]
Country = Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]
Number = Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=40)]
Line = Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=300)]
Text = Annotated[str, StringConstraints(pattern=PRINTABLE, min_length=1, max_length=300)]
Short = Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=100)]


class Given(Schema):
    """What an operation is given: a field that it does not know is a mistake, not something to pass over."""

    model_config = ConfigDict(extra="forbid")
