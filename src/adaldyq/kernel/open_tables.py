"""What a room puts into the open snapshot. It names its `OpenTables` in its app's config as `open_tables`, a dotted name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.apps import apps
from django.utils.module_loading import import_string

Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class OpenTables:
    """Published tables of which everybody may have the public columns of some rows.

    Attributes:
        tables: their names; a table without rows is there too.
        rows: some rows of one of them at a time, with the public columns and maybe others; only those the law opens.
        redacted: by table, columns that are closed as they stand and open as `rows` gives them, redacted.
    """

    tables: Sequence[str]
    rows: Callable[[], Iterator[tuple[str, Rows]]]
    redacted: Mapping[str, Sequence[str]] = field(default_factory=dict)


def open_tables() -> Iterable[OpenTables]:
    """What the rooms offer, in the order of the apps."""
    for config in apps.get_app_configs():
        if named := getattr(config, "open_tables", ""):
            offered: OpenTables = import_string(named)
            yield offered
