"""The page of measurements: each benchmark writes its own section and leaves the others as they are."""

from __future__ import annotations

import argparse
import os
import platform
import re
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "docs" / "benchmarks.md"
GIGABYTE = 1 << 30
HEAD = "# Speed\n\nWritten by `make bench`; each section by the file of `bench/` that it names.\n"
SECTION = "<!-- section: {} -->"
Found = TypeVar("Found")


@dataclass(frozen=True)
class Limit:
    """A measured value and what it may be at most, or at least.

    Attributes:
        places: digits after the point.
    """

    what: str
    value: float
    most: float | None = None
    least: float | None = None
    places: int = 2

    @property
    def kept(self) -> bool:
        """Whether the value is within its limit."""
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    @property
    def line(self) -> str:
        """A line of a section's table of limits."""
        sign, limit = ("≤", self.most) if self.most is not None else ("≥", self.least)
        written = f"{sign} {limit:,.{self.places}f}"
        return f"| {self.what} | {self.value:,.{self.places}f} | {written} | {'yes' if self.kept else 'NO'} |"


def limits_table(limits: list[Limit]) -> list[str]:
    """Lines of a table of limits."""
    return ["| measured | value | limit | kept |", "|---|---:|---:|---|", *(limit.line for limit in limits)]


def machine() -> str:
    """What this was measured on."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor() or "unknown processor",
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIGABYTE
    return f"{os.cpu_count()} × {cpu}, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()}"


def write_section(name: str, text: str, page: Path = REPORT) -> None:
    """Put a section in its place on the page, or at the end when it is new.

    Args:
        name: of the section; letters and hyphens.
        text: Markdown that begins with a heading of the second level.
    """
    mark = SECTION.format(name)
    standing = page.read_text(encoding="utf-8") if page.exists() else HEAD
    section = re.compile(rf"{re.escape(mark)}\n.*?(?=\n<!-- section: |\Z)", re.DOTALL)
    new = f"{mark}\n\n{text.strip()}\n"
    if section.search(standing):
        page.write_text(section.sub(lambda _found: new, standing), encoding="utf-8")
    else:
        page.write_text(f"{standing.rstrip()}\n\n{new}", encoding="utf-8")


def add_kinds(parser: argparse.ArgumentParser, kinds: Sequence[str]) -> None:
    """Let a command line say on which kinds of database to measure, and that the page stays as it is."""
    parser.add_argument("--on", nargs="*", default=kinds, choices=kinds, help="kinds of database")
    parser.add_argument("--dry", action="store_true", help="print the section and leave the page as it is")


def written(
    name: str,
    given: argparse.Namespace,
    measured: Callable[[str, argparse.Namespace], Found],
    limits: Callable[[dict[str, Found]], list[Limit]],
    section: Callable[[dict[str, Found], argparse.Namespace, list[Limit]], str],
) -> int:
    """Measure on each kind of database, print the section, and write it unless told not to.

    Returns:
        Exit code: 1 when a limit is not kept.
    """
    signal.signal(signal.SIGTERM, lambda *_facts: sys.exit(143))  # so that all that was started is ended
    found = {kind: measured(kind, given) for kind in given.on}
    kept = limits(found)
    text = section(found, given, kept)
    print(text)
    if not given.dry:
        write_section(name, text)
    return 0 if all(one.kept for one in kept) else 1
