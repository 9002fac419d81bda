"""Maps of regions, in a projection that keeps areas true (Albers; Snyder, Map Projections, 1987, p. 98)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians, sin, sqrt
from pathlib import Path

from adaldyq.ui.formats.values import show_short
from adaldyq.ui.plots import RegionMap

WIDTH = 800.0
STEPS = 5

Point = tuple[float, float]
Place = tuple[int, int]  # in the drawing
Project = Callable[[float, float], Point]


@dataclass(frozen=True, slots=True)
class Shape:
    """Outline of a region: its code, its path, and how large it is in the drawing."""

    code: str
    path: str
    area: float


@dataclass(frozen=True, slots=True)
class DrawnRegion:
    """A region with the step of its value: 1 palest to 5 strongest, 0 without a value."""

    path: str
    step: int
    title: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the key, in words."""

    number: int
    text: str


def region_map(plot: RegionMap) -> dict[str, object]:
    """A map as shapes with their steps, and the key."""
    shapes, height = outlines(plot.borders)
    bounds = step_bounds([float(region.value) for region in plot.regions.values() if region.value is not None])
    drawn = []
    for shape in shapes:
        region = plot.regions.get(shape.code)
        value = None if region is None or region.value is None else float(region.value)
        title = f"{region.name}: {plot.written(region.value)}" if region else shape.code
        drawn.append(DrawnRegion(shape.path, 0 if value is None else shade(step_of(value, bounds), len(bounds)), title))
    key = [Step(shade(place, len(bounds)), step_words(plot, *ends)) for place, ends in enumerate(bounds, 1)]
    return {"shapes": drawn, "width": round(WIDTH), "height": height, "key": key, "gap": any(not r.step for r in drawn)}


def step_words(plot: RegionMap, low: float, high: float) -> str:
    """A step of the key."""
    ends = [show_short(value, plot.kind, plot.currency) for value in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"


def step_bounds(values: Sequence[float]) -> list[tuple[float, float]]:
    """Lowest and highest value of each step; steps hold about as many regions each, equal values one step."""
    ranked = sorted(values)
    distinct = sorted(set(ranked))
    steps = min(STEPS, len(distinct))
    if steps < STEPS:
        return [(value, value) for value in distinct]
    cuts = [ranked[len(ranked) * place // steps] for place in range(steps)]
    lows = sorted({ranked[0], *cuts})
    return [
        (low, max(value for value in distinct if value >= low and (place + 1 == len(lows) or value < lows[place + 1])))
        for place, low in enumerate(lows)
    ]


def shade(step: int, steps: int) -> int:
    """Number of the colour of a step; few steps lie as far apart as many, so that two can be told apart."""
    return STEPS if steps == 1 else 1 + round((step - 1) * (STEPS - 1) / (steps - 1))


def step_of(value: float, bounds: Sequence[tuple[float, float]]) -> int:
    """The step a value falls in, from 1."""
    return next(place for place, (_, high) in enumerate(bounds, 1) if value <= high)


@cache
def outlines(borders: Path) -> tuple[list[Shape], int]:
    """Regions of a GeoJSON file as SVG paths 800 wide, the largest first so that cities lie on top; and the height."""
    features = json.loads(borders.read_text(encoding="utf-8"))["features"]
    rings = {feature["properties"]["iso"]: list(rings_of(feature["geometry"])) for feature in features}
    project = albers([point for code in rings for ring in rings[code] for point in ring])
    flat = {code: [[project(*point) for point in ring] for ring in rings[code]] for code in rings}
    xs = [x for code in flat for ring in flat[code] for x, _ in ring]
    ys = [y for code in flat for ring in flat[code] for _, y in ring]
    left, top, ratio = min(xs), max(ys), WIDTH / (max(xs) - min(xs))

    def fit(point: Point) -> Place:
        return round((point[0] - left) * ratio), round((top - point[1]) * ratio)

    shapes = [shape(code, [[fit(point) for point in ring] for ring in flat[code]]) for code in flat]
    return sorted(shapes, key=lambda one: -one.area), round((top - min(ys)) * ratio)


def rings_of(geometry: dict[str, list[list[list[list[float]]]]]) -> Iterator[list[Point]]:
    """Rings of a Polygon or MultiPolygon (RFC 7946), longitude and latitude in degrees."""
    polygons = geometry["coordinates"] if str(geometry["type"]) == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        for ring in polygon:
            yield [(float(point[0]), float(point[1])) for point in ring]  # type: ignore[arg-type]  # depth differs by type


def shape(code: str, rings: list[list[Place]]) -> Shape:
    """A region's rings as one path: whole steps from point to point, which a map takes a third of the octets for."""
    return Shape(code, "".join(map(outline, rings)), sum(abs(ring_area(ring)) for ring in rings))


def outline(ring: list[Place]) -> str:
    """A ring as SVG writes it; points that fall together are drawn once."""
    points = [place for place, before in zip(ring, [None, *ring], strict=False) if place != before]
    steps = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(points)]
    drawn = "".join(f" {x} {y}" for x, y in steps).replace(" -", "-").lstrip()
    return f"M{points[0][0]} {points[0][1]}l{drawn}z" if steps else ""


def ring_area(ring: list[Place]) -> float:
    """Area of a ring, by the shoelace formula."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def albers(points: Sequence[Point]) -> Project:
    """The projection fitted to `points`: standard parallels at a sixth from either end, meridian in the middle."""
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    middle = radians((min(longitudes) + max(longitudes)) / 2)
    sixth = (max(latitudes) - min(latitudes)) / 6
    first, second = radians(min(latitudes) + sixth), radians(max(latitudes) - sixth)
    n = (sin(first) + sin(second)) / 2
    c = cos(first) ** 2 + 2 * n * sin(first)

    def project(longitude: float, latitude: float) -> Point:
        rho = sqrt(c - 2 * n * sin(radians(latitude))) / n
        theta = n * (radians(longitude) - middle)
        return rho * sin(theta), -rho * cos(theta)

    return project
