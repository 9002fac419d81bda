"""Names of people in three spellings, combined from the country pack's lists."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from adaldyq.base.names import latin
from adaldyq.demo.columns import Ints, written

SPELLINGS = (("kk", "Cyrl"), ("ru", "Cyrl"), ("en", "Latn"))
"""Language and script of the three rows that every person has."""

TO_RUSSIAN = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")
VOWELS = "аәеиоөуұүыіэюя"
SONS, DAUGHTERS = 1, 0


def russian(text: str) -> str:
    """A Kazakh name in the letters of Russian."""
    return text.translate(TO_RUSSIAN)


def patronymics(father: str, sex: int) -> tuple[str, str, str]:
    """The patronymic of a father's name in the three spellings."""
    kazakh = father + ("ұлы" if sex == SONS else "қызы")
    stem = russian(father)
    if stem.endswith("й"):
        stem, joint = stem[:-1], "е"
    elif stem[-1] in VOWELS or stem.endswith("ь"):
        stem, joint = stem.rstrip("ь"), "е"
    else:
        joint = "о"
    written = stem + joint + ("вич" if sex == SONS else "вна")
    return kazakh, written, latin(written)


@dataclass(frozen=True)
class NameLists:
    """Given and family names; the places in them are what people carry.

    Attributes:
        male: given names of men, Kazakh spelling.
        female: given names of women, Kazakh spelling.
        family: family names as men carry them; women add an ending.
    """

    male: tuple[str, ...]
    female: tuple[str, ...]
    family: tuple[str, ...]

    @classmethod
    def read(cls, folder: Path) -> NameLists:
        """Read the names of a country pack."""
        lists = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        women = set(lists["surnames"]["female"])
        return cls(
            male=tuple(name for name in lists["names"]["male"] if " " not in name),
            female=tuple(name for name in lists["names"]["female"] if " " not in name),
            family=tuple(name for name in lists["surnames"]["male"] if name + "а" in women),
        )

    @cached_property
    def given(self) -> tuple[pa.Array[Any], ...]:
        """Given names by spelling: women's first, then men's."""
        words = [*self.female, *self.male]
        return tuple(pa.array(spelt) for spelt in (words, [*map(russian, words)], [*map(latin, words)]))

    @cached_property
    def families(self) -> tuple[pa.Array[Any], ...]:
        """Family names by spelling: each woman's form, then each man's."""
        words = [form for name in self.family for form in (name + "а", name)]
        return tuple(pa.array(spelt) for spelt in (words, [*map(russian, words)], [*map(latin, words)]))

    @cached_property
    def fathers(self) -> tuple[pa.Array[Any], ...]:
        """Patronymics by spelling: each father's daughters', then his sons'."""
        formed = [patronymics(name, sex) for name in self.male for sex in (DAUGHTERS, SONS)]
        return tuple(pa.array([one[spelling] for one in formed]) for spelling in range(len(SPELLINGS)))

    def parts(self, spelling: int, sex: Ints, given: Ints, family: Ints, father: Ints) -> tuple[pa.Array[Any], ...]:
        """Family name, given name and patronymic of people.

        Args:
            spelling: place in SPELLINGS.
            sex: 0 female, 1 male.
            given: place in the list of that sex.
            family: place in the list of family names.
            father: place of the father's name in the list of men's.
        """
        names = np.where(sex == SONS, len(self.female) + given, given)
        return (
            self.families[spelling].take(pa.array(family * 2 + sex, pa.int64())),
            self.given[spelling].take(pa.array(names, pa.int64())),
            self.fathers[spelling].take(pa.array(father * 2 + sex, pa.int64())),
        )


def full(parts: tuple[pa.Array[Any], ...]) -> pa.Array[Any]:
    """Family name, given name and patronymic as one text."""
    return written(*parts, between=" ")
