"""Says what is wrong with the shape of a YAML file of a pack, in sentences of our own and not in those of a library."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from pydantic_core import ErrorDetails

from adaldyq.base.errors import DomainError

SOURCE = "source"
LONGEST_SHOWN = 60
LOOKS_LIKE: Mapping[str, str] = {"^[A-Z]{2}$": "KZ", "^[A-Z]{3}$": "KZT", "^[A-Z][a-z]{3}$": "Cyrl"}
"""An example of each pattern that `shapes` asks for."""

CODES: Mapping[str, str] = {
    **dict.fromkeys(("string_too_short", "too_short"), "pack-field-missing"),
    "too_long": "pack-too-many",
    "string_type": "pack-not-a-text",
    "string_pattern_mismatch": "pack-looks-otherwise",
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), "pack-not-whole"),
    "greater_than_equal": "pack-too-small",
    "less_than_equal": "pack-too-large",
    **dict.fromkeys(("bool_type", "bool_parsing"), "pack-not-true-or-false"),
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), "pack-not-a-day"
    ),
    "enum": "pack-not-one-of",
    "list_type": "pack-not-a-list",
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), "pack-not-parts"),
}
"""The mistake that each error of pydantic is; any other is a value that cannot stand there."""


def told(error: ErrorDetails, file: str, line_of: Callable[..., int]) -> DomainError:
    """A mistake in the shape of a YAML file.

    Args:
        file: its name.
        line_of: gives the line of a place in it.
    """
    place = error["loc"]
    name, line = ".".join(map(str, place)) or file, line_of(*place)
    if error["type"] == "missing" and place[-1] == SOURCE:
        around = ".".join(map(str, place[:-1])) or file
        return DomainError("pack-no-source", file=file, line=line, value=around)
    if error["type"] in {"missing", "extra_forbidden"}:
        code = "pack-field-missing" if error["type"] == "missing" else "pack-field-unexpected"
        return DomainError(code, file=file, line=line, value=name)
    limits = error.get("ctx", {})
    known = re.findall("'([^']*)'", str(limits.get("expected", "")))
    code = CODES.get(error["type"], "pack-bad-value")
    return DomainError(
        code,
        file=file,
        line=line,
        what=name,
        value=name if code == "pack-field-missing" else str(error["input"])[:LONGEST_SHOWN],
        known=", ".join(known),
        wanted=LOOKS_LIKE.get(str(limits.get("pattern")), ""),
        limit=limits.get("ge", limits.get("le", limits.get("max_length", ""))),
    )
