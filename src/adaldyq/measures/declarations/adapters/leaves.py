"""Accounts for every field of a JSON record: mapped to a column, or counted as a loss by its path."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from adaldyq.measures.declarations.adapters.collection import Tally

LOST = "lost: "
"""Begins the target of a field that has no place; the reason follows."""


def leaves(value: Any, path: str = "", name: Callable[[str], str] = str) -> Iterator[tuple[str, Any]]:
    """Every leaf of a JSON value with its path; items of lists are `[]`.

    Args:
        value: what JSON gave.
        path: that leads to it.
        name: makes the name of a key in a path, so that keys that are ids count as one field.
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{name(key)}" if path else name(key), name)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, f"{path}[]", name)
    else:
        yield path, value


def count_losses(record: Any, fields: Mapping[str, str], tally: Tally, name: Callable[[str], str] = str) -> None:
    """Count what of a record has no place, and what no field list knows; empty values are no loss.

    Args:
        record: what JSON gave.
        fields: the target of each path, beginning with `LOST` where it has none.
        tally: that counts.
        name: as for `leaves`.
    """
    for path, value in leaves(record, name=name):
        target = fields.get(path)
        if value is None or value == "" or (target is not None and not target.startswith(LOST)):
            continue
        tally.lose(path if target is not None else f"{path} (unknown to this version)", value)
