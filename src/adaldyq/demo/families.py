"""People and their families: three generations, marriages, divorces, deaths, and where everybody lives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from adaldyq.demo.chance import days_between, happens, picks
from adaldyq.demo.columns import NONE, Bools, Ints, day
from adaldyq.demo.names import NameLists
from adaldyq.demo.rows import Rows, joined

YEAR = 365.25
TODAY = day(2025, 10, 1)
FIRST_DEATH, LAST_BIRTH, LAST_WEDDING, LAST_PARTING = day(2021), day(2024, 9, 1), day(2019, 6, 1), day(2024, 6, 30)
BRANCHES = (0.4, 0.4, 0.2)  # one, two or three grown children of a couple
CHILDREN = (0.15, 0.2, 0.3, 0.22, 0.13)  # none to four children of a married one
MARRIED, PARTED, DEAD_GRANDPARENTS, HUSBANDS_NAME = 0.8, 0.09, 0.12, 0.65
GROWN = int(24 * YEAR)
SPOUSE, CHILD, PARENT, SIBLING = range(4)
TIES = ("spouse", "child", "parent", "sibling")

PERSON = {
    **dict.fromkeys(("birth", "sex", "given", "family", "father_name", "region", "dwelling"), 0),
    "death": NONE,
    **dict.fromkeys(("spouse", "father", "mother", "clan"), -1),
    **dict.fromkeys(("wed", "parted"), NONE),
}


@dataclass(frozen=True)
class Shape:
    """How many people of each kind a chunk has; people stand in this order.

    Attributes:
        clans: couples of the oldest generation.
        branch_clan: clan of each grown child.
        married: which grown children are.
        children: how many children each grown child has.
        singles: people without a family.
    """

    clans: int
    branch_clan: Ints
    married: Bools
    children: Ints
    singles: int

    @property
    def heads(self) -> Ints:
        """Places of the grown children."""
        return 2 * self.clans + np.arange(len(self.branch_clan))

    @property
    def spouses(self) -> Ints:
        """Places of their spouses."""
        return 2 * self.clans + len(self.branch_clan) + np.arange(int(self.married.sum()))

    @property
    def first_child(self) -> int:
        """Place of the first grandchild."""
        return 2 * self.clans + len(self.branch_clan) + int(self.married.sum())

    @property
    def first_single(self) -> int:
        """Place of the first person without a family."""
        return self.first_child + int(self.children.sum())


def shape_of(people: int, chance: np.random.Generator) -> Shape:
    """Draw as many whole families as fit into `people`; the rest live alone."""
    offered = people // 5 + 1
    branches = picks(chance, offered, BRANCHES) + 1
    clan = np.repeat(np.arange(offered), branches)
    married = happens(chance, len(clan), MARRIED)
    children = np.where(married, picks(chance, len(clan), CHILDREN), 0)
    sizes = 2 + np.bincount(clan, 1 + married + children, offered).astype(np.int64)
    clans = int(np.searchsorted(np.cumsum(sizes), people, "right"))
    kept = clan < clans
    return Shape(clans, clan[kept], married[kept], children[kept], people - int(sizes[:clans].sum()))


def people_of(shape: Shape, names: NameLists, regions: int, chance: np.random.Generator) -> Rows:
    """Everybody in a chunk, with births, names, marriages and ends of them."""
    people = Rows.of(PERSON, shape.first_single + shape.singles)
    draw_births(people, shape, chance)
    draw_marriages(people, shape, chance)
    draw_children(people, shape, chance)
    draw_names(people, shape, names, chance)
    weights = np.r_[2.0, np.ones(regions - 1)]
    clan_region = picks(chance, shape.clans + 1, list(weights))
    people["region"] = np.where(
        people["clan"] >= 0, clan_region[people["clan"]], picks(chance, len(people), list(weights))
    )
    old = np.arange(len(people)) < 2 * shape.clans
    dies = old & happens(chance, len(people), DEAD_GRANDPARENTS)
    death = days_between(chance, filled_like(people, FIRST_DEATH), filled_like(people, day(2024, 11, 30)))
    people["death"] = np.where(dies, death, NONE)
    return people


def filled_like(people: Rows, value: int) -> Ints:
    """One value for each of the people."""
    return np.full(len(people), value, np.int64)


def years(chance: np.random.Generator, count: int, low: float, high: float) -> Ints:
    """A span between `low` and `high` years, in days, for each of `count`."""
    return (chance.uniform(low, high, count) * YEAR).astype(np.int64)


def draw_births(people: Rows, shape: Shape, chance: np.random.Generator) -> None:
    """Days of birth and sexes of all but the youngest generation."""
    clans, heads, spouses = shape.clans, shape.heads, shape.spouses
    birth, sex, clan = people["birth"], people["sex"], people["clan"]
    fathers = days_between(chance, np.full(clans, day(1938)), np.full(clans, day(1962)))
    birth[:clans], sex[:clans] = fathers, 1
    birth[clans : 2 * clans] = fathers + years(chance, clans, -1.5, 5)
    clan[:clans] = clan[clans : 2 * clans] = np.arange(clans)
    birth[heads] = np.minimum(birth[clans + shape.branch_clan] + years(chance, len(heads), 19, 33), day(1996))
    sex[heads] = chance.integers(0, 2, len(heads))
    clan[heads] = shape.branch_clan
    partners = heads[shape.married]
    birth[spouses] = birth[partners] + years(chance, len(spouses), -4, 4)
    sex[spouses], clan[spouses] = 1 - sex[partners], clan[partners]
    single = shape.first_single + np.arange(shape.singles)
    birth[single] = days_between(chance, np.full(len(single), day(1955)), np.full(len(single), day(2001)))
    sex[single] = chance.integers(0, 2, len(single))


def draw_marriages(people: Rows, shape: Shape, chance: np.random.Generator) -> None:
    """Weddings and divorces; death ends a marriage where it is written to the register."""
    clans, spouses, partners = shape.clans, shape.spouses, shape.heads[shape.married]
    pairs = np.r_[np.arange(clans), partners], np.r_[np.arange(clans) + clans, spouses]
    later = np.maximum(people["birth"][pairs[0]], people["birth"][pairs[1]])
    wed = np.maximum(np.minimum(later + years(chance, len(later), 19, 29), LAST_WEDDING), later + int(18 * YEAR))
    first_child = np.full(clans, NONE)
    np.maximum.at(first_child, shape.branch_clan, -people["birth"][shape.heads])
    wed[:clans] = np.minimum(wed[:clans], -first_child - int(YEAR))
    parts = happens(chance, len(wed), PARTED) & (np.arange(len(wed)) >= clans) & (wed < LAST_PARTING - int(3 * YEAR))
    parted = days_between(chance, wed + int(2 * YEAR), np.full(len(wed), LAST_PARTING))
    for mine, other in (pairs, pairs[::-1]):
        people["spouse"][mine] = other
        people["wed"][mine] = wed
        people["parted"][mine] = np.where(parts, parted, NONE)


def draw_children(people: Rows, shape: Shape, chance: np.random.Generator) -> None:
    """The parents of everybody who has some, and the births of the youngest."""
    heads, clans = shape.heads, shape.clans
    people["father"][heads] = shape.branch_clan
    people["mother"][heads] = clans + shape.branch_clan
    parent = np.repeat(heads, shape.children)
    child = shape.first_child + np.arange(len(parent))
    other = people["spouse"][parent]
    is_father = people["sex"][parent] == 1
    father, mother = np.where(is_father, parent, other), np.where(is_father, other, parent)
    end = np.minimum(people["birth"][mother] + int(44 * YEAR), LAST_BIRTH)
    end = np.where(people["parted"][parent] == NONE, end, np.minimum(end, people["parted"][parent]))
    first = people["wed"][parent] + int(0.8 * YEAR)
    people["birth"][child] = days_between(chance, first, np.maximum(np.minimum(end, first + int(15 * YEAR)), first))
    people["sex"][child] = chance.integers(0, 2, len(child))
    people["clan"][child] = people["clan"][parent]
    people["father"][child], people["mother"][child] = father, mother


def draw_names(people: Rows, shape: Shape, names: NameLists, chance: np.random.Generator) -> None:
    """Given names, family names and fathers' names, as families hand them on."""
    count, sex = len(people), people["sex"]
    lists = np.where(sex == 1, len(names.male), len(names.female))
    people["given"] = (chance.random(count) * lists).astype(np.int64)
    family = chance.integers(0, len(names.family), count)
    father_name = chance.integers(0, len(names.male), count)
    old, heads = np.arange(shape.clans), shape.heads
    family[old + shape.clans] = family[old]
    family[heads] = family[people["father"][heads]]
    wives = np.flatnonzero((sex == 0) & (people["spouse"] >= heads[0] if len(heads) else sex < 0))
    taking = wives[happens(chance, len(wives), HUSBANDS_NAME)]
    family[taking] = family[people["spouse"][taking]]
    children = shape.first_child + np.arange(int(shape.children.sum()))
    family[children] = family[people["father"][children]]
    born = np.r_[heads, children]
    father_name[born] = people["given"][people["father"][born]]
    people["family"], people["father_name"] = family, father_name


def ties_of(people: Rows) -> Rows:
    """Family ties, a row from each side: spouses, children and parents, siblings."""
    married = np.flatnonzero(people["spouse"] >= 0)
    spouse = people["spouse"][married]
    ends = people["parted"][married]
    death = np.stack([people["death"][married], people["death"][spouse]])
    first_death = np.where(
        (death == NONE).all(axis=0), NONE, np.where(death == NONE, np.iinfo(np.int64).max, death).min(0)
    )
    ends = np.where(ends == NONE, first_death, ends)
    tables = [tie(married, spouse, SPOUSE, people["wed"][married], ends)]
    for parent_name in ("father", "mother"):
        child = np.flatnonzero(people[parent_name] >= 0)
        parent = people[parent_name][child]
        tables.append(tie(child, parent, PARENT, people["birth"][child], NONE))
        tables.append(tie(parent, child, CHILD, people["birth"][child], NONE))
    one, other = siblings(people)
    tables.append(tie(one, other, SIBLING, np.maximum(people["birth"][one], people["birth"][other]), NONE))
    return joined(tables)


def tie(person: Ints, relative: Ints, kind: int, first: Ints, last: Ints | int) -> Rows:
    """Rows of the register of ties."""
    count = len(person)
    return Rows(
        {
            "person": person,
            "relative": relative,
            "kind": np.full(count, kind),
            "valid_from": first,
            "valid_to": np.full(count, last) if isinstance(last, int) else last,
        }
    )


def siblings(people: Rows) -> tuple[Ints, Ints]:
    """Every ordered pair of people with the same father and mother; families have few enough children to pair all."""
    born = np.flatnonzero(people["father"] >= 0)
    order = born[np.argsort(people["father"][born], kind="stable")]
    firsts, seconds = [], []
    for distance in range(1, 5):
        one, other = order[:-distance], order[distance:]
        same = people["father"][one] == people["father"][other]
        firsts += [one[same], other[same]]
        seconds += [other[same], one[same]]
    return np.concatenate(firsts), np.concatenate(seconds)


def residences_of(people: Rows, shape: Shape) -> Rows:
    """Where everybody is registered, and until when; gives each person the present dwelling as well."""
    count, clans, heads = len(people), shape.clans, shape.heads
    dwelling = np.arange(count)
    dwelling[clans : 2 * clans] = dwelling[:clans]
    partners = heads[shape.married]
    children = shape.first_child + np.arange(int(shape.children.sum()))
    since = people["birth"] + int(22 * YEAR)
    since[: 2 * clans] = np.tile(people["wed"][:clans], 2) if clans else since[: 2 * clans]
    since[partners], since[shape.spouses] = people["wed"][partners], people["wed"][partners]
    since[children] = people["birth"][children]
    shared = dwelling.copy()
    shared[shape.spouses] = dwelling[partners]
    shared[children] = np.repeat(dwelling[heads], shape.children)
    moves = np.full(count, NONE)
    moves[shape.spouses] = people["parted"][shape.spouses]
    grown = children[people["birth"][children] + GROWN < TODAY]
    moves[grown] = people["birth"][grown] + GROWN
    moved = np.flatnonzero(moves != NONE)
    own = Rows(
        {"person": moved, "dwelling": moved, "valid_from": moves[moved] + 1, "valid_to": np.full(len(moved), NONE)}
    )
    first = Rows({"person": np.arange(count), "dwelling": shared, "valid_from": since, "valid_to": moves})
    people["dwelling"] = np.where(moves == NONE, shared, np.arange(count))
    return joined([first, own])
