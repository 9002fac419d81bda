"""Noise of public counts by the cell key method, so that editions held against each other tell of nobody.

Each report has a random number, its record key, that nobody is told. The keys of the reports in a cell, added up, make
the key of the cell, and that draws the noise: the same reports always have the same noise, so that it cannot be averaged
away by asking again, and one report more draws anew, so that a difference of one need not mean one report
(G. Thompson, S. Broadfoot, D. Elazar, "Methodology for the automatic confidentialisation of statistical outputs from
remote servers at the Australian Bureau of Statistics", UNECE work session on statistical data confidentiality, 2013).
"""

from __future__ import annotations

from collections.abc import Collection

KEYS = 2**32
"""Record keys are below this."""
STEPS = ((0.1, -2), (0.3, -1), (0.7, 0), (0.9, 1), (1.0, 2))
"""Up to which part of all keys a count is moved by how much: by none in four of ten, by at most two, and on average not at all."""
STEPS_OF_ONE = ((0.25, -1), (0.75, 0), (1.0, 1))
"""The same for a count of one, which cannot fall by two."""


def perturbed(keys: Collection[int]) -> int:
    """How many a cell is said to count, by the record keys of what is in it; an empty cell stays empty."""
    if not keys:
        return 0
    place = sum(keys) % KEYS / KEYS
    steps = STEPS_OF_ONE if len(keys) == 1 else STEPS
    return len(keys) + next(step for end, step in steps if place < end)
