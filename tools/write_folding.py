"""Writes the tables by which browsers fold text and names as the server does, for `make assets` to build into the scripts.

.venv/bin/python tools/write_folding.py
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from adaldyq.base import name_keys, names, sounds
from adaldyq.measures.reports.domain import named

TARGET = Path(__file__).parents[1] / "frontend" / "sealing" / "folding.json"


def tables() -> Mapping[str, object]:
    """All that is data in the rules: letters, spellings and numbers."""
    return {"letters": of_letters(), "sounds": of_sounds(), "named": of_named()}


def of_letters() -> Mapping[str, object]:
    """What `base.names.comparison_key` needs."""
    every = [chr(code) for code in range(sys.maxunicode + 1)]
    return {
        "unicode": unicodedata.unidata_version,
        "marks": classes(one for one in every if unicodedata.combining(one)),
        "casefold": {one: one.casefold() for one in every if one.casefold() != one.lower()},
        "special": spelt(names.SPECIAL_LATIN),
        "latin": spelt(names.LATIN),
        "apostrophes": "".join(map(chr, names.APOSTROPHES)),
        "folds": names.FOLDS,
    }


def of_sounds() -> Mapping[str, object]:
    """What `base.name_keys.loose_keys` needs."""
    return {
        "spellings": {one: list(found) for one, found in sorted(sounds.SOUNDS.items())},
        "apostrophes": spelt(name_keys.APOSTROPHES),
        "particles": sorted(name_keys.PARTICLES),
        "child": name_keys.CHILD.pattern,
        "final": spelt(name_keys.FINAL),
        "whole": name_keys.WHOLE,
        "most": name_keys.MOST_KEYS,
        "bones": name_keys.SHORTEST_BONES,
    }


def of_named() -> Mapping[str, object]:
    """What `measures.reports.domain.named` needs."""
    numbers = ("ENDING", "SHORTEST_STEM", "LONG", "ADDED", "BETWEEN", "SHORTEST_NAME", "SHORTEST_SMALL_STEM")
    return {
        **{name.lower(): getattr(named, name) for name in (*numbers, "LONGEST_INITIAL", "LONGEST_PAIR")},
        **{name.lower(): getattr(named, name) for name in ("OF_ADJECTIVE", "SOFTENED", "CHAINED", "FULL_NAME")},
        **{name.lower(): getattr(named, name) for name in ("SHORT", "SHORT_LETTERS", "SHORTEST_SHORT")},
        "short_endings": sorted(set(named.SHORT_ENDINGS)),
        "short_changes": named.SHORT_CHANGES,
        "chain": named.CHAIN.pattern,
        "chain_of_office": named.CHAIN_OF_OFFICE.pattern,
        "vowels": named.VOWELS,
        "to_cyrillic": named.TO_CYRILLIC,
        "to_latin": named.TO_LATIN,
        "unseen": "".join(classes(one for one in map(chr, range(0x10000)) if named.UNSEEN.match(one))),
    }


def spelt(table: Mapping[int, object]) -> Mapping[str, object]:
    """A table of `str.translate`, by letters."""
    letters = {chr(code): chr(value) if isinstance(value, int) else value or "" for code, value in table.items()}
    return dict(sorted(letters.items()))


def classes(letters: Iterator[str]) -> str:
    """Letters in their order as the inside of a class in a pattern of JavaScript."""
    runs: list[list[int]] = []
    for code in map(ord, letters):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"\\u{{{first:x}}}" + (f"-\\u{{{last:x}}}" if last > first else "") for first, last in runs)


def text() -> str:
    """The file."""
    return json.dumps(tables(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
