"""Finds every published table, so that verification needs to import no measure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from adaldyq.base.tables import Table
from adaldyq.kernel.published import Published


@cache
def published() -> Mapping[str, Published]:
    """Published tables by name, over all installed apps whose `tables` module has a `PUBLISHED`.

    Raises:
        ValueError: two apps publish one name.
    """
    found: dict[str, Published] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("adaldyq.") or find_spec(f"{config.name}.tables") is None:
            continue
        offered: Iterable[Published] = getattr(import_module(f"{config.name}.tables"), "PUBLISHED", ())
        for one in offered:
            if one.table.name in found:
                raise ValueError(f"two apps publish a table called {one.table.name}")
            found[one.table.name] = one
    return found


def contracts() -> Mapping[str, Table]:
    """Descriptions of the published tables by name."""
    return {name: one.table for name, one in published().items()}
