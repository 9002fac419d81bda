"""Checks the borders of a pack: a GeoJSON file (RFC 7946) with a shape for each territory below the country."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.countries.facts import TerritoryFact
from adaldyq.countries.reading import Report, text_of
from adaldyq.countries.sheets import TERRITORIES

SHORTEST_RING = 4
FARTHEST = (180, 90)


def check(file: Path, territories: Sequence[TerritoryFact], report: Report) -> None:
    """Say what is wrong with the file of borders."""
    if not file.is_file():
        report.add(DomainError("pack-file-missing", file=file.name))
        return
    text = text_of(file, report)
    if text is None:
        return
    try:
        features = json.loads(text)["features"]
        shapes = [(str(one["properties"]["iso"]), one["geometry"]) for one in features]
    except json.JSONDecodeError as error:
        report.add(DomainError("pack-not-json", file=file.name, line=error.lineno))
        return
    except (KeyError, TypeError):
        report.add(DomainError("pack-not-borders", file=file.name, line=1))
        return
    countries = {one.code for one in territories if not one.parent}
    wanted = {one.code for one in territories if one.parent in countries}
    if report.unread(TERRITORIES):
        return
    for code in sorted(wanted - {code for code, _ in shapes}):
        report.add(DomainError("pack-no-border", file=file.name, line=1, value=code))
    for code, geometry in shapes:
        line = line_of(text, code)
        if code not in wanted:
            report.add(DomainError("pack-border-of-nothing", file=file.name, line=line, value=code))
        if not all(is_ring(ring) for ring in rings(geometry)):
            report.add(DomainError("pack-bad-ring", file=file.name, line=line, value=code))


def line_of(text: str, code: str) -> int:
    """The line on which a code first stands."""
    return text.count("\n", 0, max(text.find(f'"{code}"'), 0)) + 1


def rings(geometry: Any) -> Iterator[Any]:
    """All rings of a polygon or of several; one that is none for anything else."""
    match geometry:
        case {"type": "Polygon", "coordinates": [*found]} if found:
            yield from found
        case {"type": "MultiPolygon", "coordinates": [*polygons]} if polygons:
            for polygon in polygons:
                yield from polygon if isinstance(polygon, list) and polygon else [None]
        case _:
            yield None


def is_ring(ring: Any) -> bool:
    """Whether a ring is closed, long enough, and lies on the earth."""
    if not isinstance(ring, list) or len(ring) < SHORTEST_RING or ring[0] != ring[-1]:
        return False
    return all(
        isinstance(point, list)
        and len(point) >= len(FARTHEST)
        and all(
            isinstance(value, int | float) and abs(value) <= most for value, most in zip(point, FARTHEST, strict=False)
        )
        for point in ring
    )
