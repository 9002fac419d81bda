"""Time that processes have taken of the processor, by what Linux tells of them under /proc."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

PROCESSES = Path("/proc")
PARENT, TIMES = 1, slice(11, 15)
"""Places of the parent, and of the times of a process and of its children that have ended, behind its name."""


def taken(roots: Iterable[int]) -> float:
    """Seconds that processes, all that they have started, and what those have started, have taken."""
    found = dict(processes())
    seconds, waiting = 0.0, list(roots)
    while waiting:
        one = waiting.pop()
        seconds += found[one][1] if one in found else 0.0
        waiting += [child for child, (parent, _seconds) in found.items() if parent == one]
    return seconds


def processes() -> Iterator[tuple[int, tuple[int, float]]]:
    """Every process with its parent and its seconds."""
    for entry in PROCESSES.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            facts = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        yield int(entry.name), (int(facts[PARENT]), sum(map(int, facts[TIMES])) / os.sysconf("SC_CLK_TCK"))
