"""Ways in which people write what is closed, and what only looks like it; the tables stand beside this file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from adaldyq.base.redaction import TAKEN_OUT

BRACED = re.compile(r"\{(.*?)\}")


class Spelling(NamedTuple):
    """What is written, what of it everybody sees, and what must come out of no door."""

    text: str
    shown: str
    closed: tuple[str, ...]


def lines_of(name: str) -> list[str]:
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def spelling(line: str) -> Spelling:
    return Spelling(BRACED.sub(r"\1", line), BRACED.sub(TAKEN_OUT, line), tuple(BRACED.findall(line)))


CLOSED = [spelling(line) for line in lines_of("closed_spellings.txt")]
OPEN = lines_of("open_spellings.txt")
