"""Distributions as lines for pages, files and programs: all sums of a group in a year together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from adaldyq.base.names import order_key
from adaldyq.kernel import naming
from adaldyq.measures.declarations.domain.distributions import BODY, EVERYBODY, KIND, REGION, WEALTH
from adaldyq.measures.declarations.models import Distribution
from adaldyq.measures.declarations.queries import distributions

WAYS = (EVERYBODY, REGION, KIND, BODY)


@dataclass
class Line:
    """A group in a year: how many officials, and the quartiles of each sum; none of what is not told."""

    key: str
    name: str
    year: int
    currency: str
    counted_at: datetime
    officials: int | None = None
    told: dict[str, Decimal | None] = field(default_factory=dict)


def over_years(by: str = EVERYBODY, key: str = "") -> list[Line]:
    """A group over the years, newest first."""
    return lines(distributions.by_year(by, key), lambda one: str(one.year))


def of_year(year: int, way: str) -> list[Line]:
    """Groups of a year, by name."""
    names = names_of(way)
    found = lines(distributions.of_year(year, way), lambda one: names.get(one.key, one.key))
    return sorted(found, key=lambda one: order_key(one.name))


def names_of(way: str) -> Mapping[str, str]:
    """What the groups are called in the reader's language."""
    if way == REGION:
        return dict(naming.regions())
    if way == BODY:
        return naming.body_names()
    words = naming.pack().codes.get("body_kind", {}) if way == KIND else {}
    return {code: naming.spoken(word, code) for code, word in words.items()}


def lines(rows: Iterable[Distribution], name: Callable[[Distribution], str]) -> list[Line]:
    """Rows of several sums as one line a group and year."""
    found: dict[tuple[int, str], Line] = {}
    for one in rows:
        known = found.setdefault((one.year, one.key), Line(one.key, name(one), one.year, one.currency, one.counted_at))
        if one.name == WEALTH:
            known.officials = one.officials
        known.told |= {f"{part}_{one.name}": getattr(one, part) for part in ("lower", "median", "upper")}
    return list(found.values())
