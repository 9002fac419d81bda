"""What all chunks of the country share: territories, bodies and the kinds of posts in them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from adaldyq.countries.facts import Names
from adaldyq.countries.pack import CountryPack
from adaldyq.demo import columns
from adaldyq.demo.columns import Ids, Ints
from adaldyq.demo.identifiers import bins
from adaldyq.demo.lists import NATIONAL, POSTS, REGIONAL, SOURCE, BodyFact, Spelt

TODAY_YEAR = 2025
AS_OF = columns.day(TODAY_YEAR, 10, 1)
LANGUAGES = ("kk", "ru", "en")
HEADS = tuple(place for place, post in enumerate(POSTS) if "h" in post.powers)
CAPITAL = "KZ-71"


@dataclass(frozen=True)
class BodyOfNation:
    """One body of the sample country: facts, place of its territory, place of the body above it or -1."""

    kind: str
    level: str
    name: Spelt
    territory: int
    parent: int


@dataclass(frozen=True)
class Nation:
    """The shared facts of the sample country.

    Attributes:
        pack: of the country.
        ids: makes ids.
    """

    pack: CountryPack
    ids: Ids

    @cached_property
    def regions(self) -> Sequence[str]:
        """Codes of the regions and cities of national rank, in the pack's order."""
        return [one.code for one in self.pack.territories if one.level != "country"]

    @cached_property
    def bodies(self) -> Sequence[BodyOfNation]:
        """National bodies first, then those of each region in the same order."""
        capital = self.regions.index(CAPITAL)
        found = [BodyOfNation(fact.kind, fact.level, fact.name, capital, -1) for fact in NATIONAL]
        for place, code in enumerate(self.regions):
            akimat = len(found)
            names = next(one.names for one in self.pack.territories if one.code == code)
            for fact in REGIONAL:
                parent = akimat if len(found) > akimat else -1
                found.append(BodyOfNation(fact.kind, fact.level, in_region(fact, names), place, parent))
        return found

    def bodies_in(self, region: int) -> Ints:
        """Places of the bodies of a region."""
        return len(NATIONAL) + region * len(REGIONAL) + np.arange(len(REGIONAL))

    def head_post(self, body: int) -> int:
        """The kind of post that heads a body."""
        kind = self.bodies[body].kind
        return next(place for place in HEADS if kind in POSTS[place].kinds.split())

    @cached_property
    def tables(self) -> dict[str, pa.Table]:
        """The shared tables, with the names in all languages beside the columns that are published."""
        return {"territory": self.territory_table(), "body": self.body_table()}

    def territory_table(self) -> pa.Table:
        """The territories of the pack, parents first."""
        facts = self.pack.territories
        return pa.table(
            {
                "id": pa.array([one.code for one in facts]),
                "parent_id": pa.array([one.parent or None for one in facts]),
                "official_code": pa.array([one.official_code or None for one in facts]),
                "level": pa.array([one.level for one in facts]),
                "source": columns.same(SOURCE, len(facts)),
                "as_of": columns.dates(np.full(len(facts), AS_OF)),
            }
        )

    def body_table(self) -> pa.Table:
        """The bodies, parents first."""
        count = len(self.bodies)
        founded = np.array([columns.day(1992 + place % 8, 1 + place % 12) for place in range(count)])
        letters, valid = bins(founded, 0)
        return pa.table(
            {
                "id": self.body_ids(np.arange(count)),
                "identifier": columns.fixed_text(letters, valid),
                "name": pa.array([body.name.kk for body in self.bodies]),
                "names": pa.array([in_json(body.name) for body in self.bodies]),
                "level": pa.array([body.level for body in self.bodies]),
                "kind": pa.array([body.kind for body in self.bodies]),
                "parent_id": self.body_ids(np.array([body.parent for body in self.bodies])),
                "territory_id": columns.coded(np.array([body.territory for body in self.bodies]), self.regions),
                "source": columns.same(SOURCE, count),
                "as_of": columns.dates(np.full(count, AS_OF)),
            }
        )

    def body_ids(self, places: Ints) -> pa.Array[Any]:
        """Ids of bodies; null for negative places."""
        return self.ids.column(0, 0, places)


def in_region(fact: BodyFact, names: Names) -> Spelt:
    """The name of a body of a region in three languages."""
    return Spelt(*(text.format(names[language]) for language, text in zip(LANGUAGES, fact.name, strict=True)))


def in_json(name: Spelt) -> str:
    """A text in three languages as the JSON that models keep."""
    return json.dumps(dict(zip(LANGUAGES, name, strict=True)), ensure_ascii=False)
